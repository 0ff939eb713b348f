#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Creatures and items on the ground, as a picture shows them.
struct PaintedBodies {
  /// One of them.
  private struct Body: BitwiseCopyable {
    /// The middle of its soles relative to the eye, and that of its body.
    var place = SIMD3<Float>.zero, middle = SIMD3<Float>.zero
    /// The square of the radius of a ball about it.
    var squaredRadius: Float = 0
    /// Sine and cosine of where it faces, and how large it is.
    var sine: Float = 0, cosine: Float = 1, scale: Float = 1
    /// Its light, and red where it was just hurt.
    var light = SIMD3<Float>.one
    /// What it is; for an item, the tile.
    var kind = CreatureKind.none
    var tile: UInt16 = 0
    var isShorn = false
  }

  private var bodies = InlineArray<112, Body>(repeating: Body())
  private var count = 0

  /// Those of a world that are in range of the player's eyes.
  init(
    _ world: UnsafeMutablePointer<OverworldWorld>, range: Double, _ light: UnsafeMutablePointer<LightLook>
  ) {
    let eye = world.pointee.player.eye
    let looks = Appearance.standard
    func add(_ x: Double, _ y: Double, _ z: Double, _ radius: Double, _ height: Double) -> Body? {
      let place = SIMD3(x, y, z) - eye
      guard (place * place).sum() < (range + 2) * (range + 2) else { return nil }
      var body = Body()
      body.place = SIMD3<Float>(place)
      body.middle = body.place + SIMD3(0, Float(height / 2), 0)
      body.squaredRadius = Float(radius * radius)
      body.light = light.pointee(cell(x), cell(y + height / 2), cell(z))
      return body
    }
    for index in 0..<Int(world.pointee.creatureCount) {
      let creature = world.pointee.creatures[index]
      guard creature.kind != .none else { continue }
      let traits = CreatureRules.standard[creature.kind]
      let scale = creature.isYoung ? 0.5 : 1.0
      // Arms and horns reach beyond the box of the body.
      let radius = (traits.width + traits.height) / 2 * scale + 0.5
      guard var body = add(creature.x, creature.y, creature.z, radius, traits.height * scale) else {
        continue
      }
      body.kind = creature.kind
      let yaw = Double(creature.yaw) * .pi / 180
      body.sine = Float(sin(yaw))
      body.cosine = Float(cos(yaw))
      body.scale = Float(scale)
      if creature.hurtTicks > 0 { body.light *= SIMD3(1.2, 0.5, 0.5) }
      body.isShorn = creature.isShorn
      body.tile = looks.wool[Int(creature.color & 15)]
      bodies[count] = body
      count += 1
    }
    let rules = MinecraftRules.standard.items
    for index in 0..<Int(world.pointee.dropCount) where !world.pointee.drops[index].stack.isEmpty {
      let item = world.pointee.drops[index]
      guard var body = add(Double(item.x), Double(item.y), Double(item.z), 0.25, 0.25) else { continue }
      let block = rules.places[item.stack.item.index]
      body.tile = block == .air ? UInt16(looks.itemTile) : looks.blocks[Int(block.rawValue)].side
      bodies[count] = body
      count += 1
    }
  }

  /// What a line from the eye meets first, its colour and how far away; infinitely far where it meets nothing.
  mutating func nearest(_ direction: SIMD3<Float>, _ looks: Appearance) -> (
    distance: Float, color: SIMD3<Float>
  ) {
    var found: (distance: Float, color: SIMD3<Float>) = (.infinity, .zero)
    for index in 0..<count {
      let along = (bodies[unchecked: index].middle * direction).sum()
      let apart = bodies[unchecked: index].middle - direction * along
      guard (apart * apart).sum() < bodies[unchecked: index].squaredRadius, along > -1 else { continue }
      meet(bodies[unchecked: index], direction, looks, &found)
    }
    return found
  }

  private func meet(
    _ body: Body, _ direction: SIMD3<Float>, _ looks: Appearance,
    _ found: inout (distance: Float, color: SIMD3<Float>)
  ) {
    // Into the body's own directions and size, in which distances along the line stay the same.
    func turned(_ vector: SIMD3<Float>) -> SIMD3<Float> {
      SIMD3(
        vector.x * body.cosine + vector.z * body.sine, vector.y, vector.z * body.cosine - vector.x * body.sine
      )
        / body.scale
    }
    let origin = turned(-body.place), way = turned(direction)
    func meet(_ low: SIMD3<Float>, _ high: SIMD3<Float>, _ tile: Int) {
      guard let (distance, side) = OverworldPainter.meet(origin, way, low, high), distance < found.distance
      else {
        return
      }
      let point = origin + way * distance
      let u = side == 1 ? point.z : point.x, v = side == 2 ? point.z : point.y
      let texel = looks.tiles(
        tile, u - u.rounded(.down), 1 - (v - v.rounded(.down)), level: distance < 12 ? 0 : 2)
      found = (
        distance,
        SIMD3(texel.x, texel.y, texel.z) * body.light * OverworldPainter.shade(side, direction)
      )
    }
    guard body.kind != .none else {
      meet(SIMD3(-0.125, 0, -0.125), SIMD3(0.125, 0.25, 0.125), Int(body.tile))
      return
    }
    let parts = looks.parts(of: body.kind)
    for index in parts {
      let part = looks.parts[index]
      var tile = Int(part.tile)
      // The first two parts of a sheep are its wool, and the third its skin.
      if body.kind == .sheep && index < parts.lowerBound + 2 {
        tile = body.isShorn ? Int(looks.parts[parts.lowerBound + 2].tile) : Int(body.tile)
      }
      meet(SIMD3(part.minX, part.minY, part.minZ), SIMD3(part.maxX, part.maxY, part.maxZ), tile)
    }
  }
}
