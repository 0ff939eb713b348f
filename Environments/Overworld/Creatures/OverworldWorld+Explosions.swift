/// The numbers of a creeper's explosion on normal difficulty (netherite: `explosion.h`, `mob_ai_creeper.h`; Cuberite:
/// `Explodinator.cpp`; Glowstone: `Explosion.java`).
enum Explosion {
  /// Ticks from lighting the fuse to the bang.
  static let fuse: Int16 = 30
  static let power = 3.0
  /// Rays start on the surface of a grid of so many points along each edge; along them strength is lost with each pace.
  static let grid = 16
  static let pace = 0.3, loss = 0.225
  /// How far blocks can break: the strongest ray loses its strength within this distance.
  static let reach = 6
}

extension OverworldWorld {
  /// Blows up a creature: hurts who is near, the less behind walls, and breaks blocks, a third of which leave what they
  /// drop.
  mutating func explode(_ creature: Creature, _ rules: OverworldRules) {
    let x = creature.x, y = creature.y, z = creature.z
    let broken = blast(x, y, z)
    if !isPlayerDead {
      let impact = impact(on: player.box, x, y, z, rules)
      if impact > 0 {
        hurtPlayer(Self.damage(impact), rules)
        let dx = player.x - x, dy = player.y + OverworldPlayer.eyeHeight - y, dz = player.z - z
        let distance = max(0.1, (dx * dx + dy * dy + dz * dz).squareRoot())
        player.vx += dx / distance * impact
        player.vy += dy / distance * impact
        player.vz += dz / distance * impact
      }
    }
    for index in 0..<Int(creatureCount)
    where creatures[index].kind != .none && creatures[index].kind != .arrow {
      var other = creatures[index]
      let traits = CreatureRules.standard[other.kind]
      let impact = impact(on: other.box(traits), x, y, z, rules)
      guard impact > 0 else { continue }
      other.wound(Self.damage(impact), armor: traits.armor)
      other.knockBack(fromX: x, z: z)
      creatures[index] = other
    }
    breakBlocks(broken, x, y, z, rules)
  }

  private static func damage(_ impact: Double) -> Float {
    Float(((impact * impact + impact) / 2 * 7 * 2 * Explosion.power + 1).rounded(.down))
  }

  /// How hard an explosion hits a body, 0 to 1: the nearer and the less covered, the harder.
  private mutating func impact(
    on box: BodyBox, _ x: Double, _ y: Double, _ z: Double, _ rules: OverworldRules
  ) -> Double {
    let dx = (box.minX + box.maxX) / 2 - x, dy = box.minY - y, dz = (box.minZ + box.maxZ) / 2 - z
    let distance = (dx * dx + dy * dy + dz * dz).squareRoot() / (2 * Explosion.power)
    guard distance < 1 else { return 0 }
    // How many of 3 × 5 × 3 points of the body the explosion sees.
    var seen = 0
    for i in 0..<45 {
      let toX = box.minX + (box.maxX - box.minX) * Double(i % 3) / 2 - x
      let toY = box.minY + (box.maxY - box.minY) * Double(i / 3 % 5) / 4 - y
      let toZ = box.minZ + (box.maxZ - box.minZ) * Double(i / 15) / 2 - z
      let way = (toX * toX + toY * toY + toZ * toZ).squareRoot()
      guard way > 0.01 else {
        seen &+= 1
        continue
      }
      // The soles touch the ground: the last bit of the way does not count.
      let hit = view.cast(
        x: x, y: y + 0.01, z: z, dx: toX / way, dy: toY / way, dz: toZ / way, maximum: max(0, way - 0.05),
        stops: { rules.traits[$0].height > 0 })
      if hit == nil { seen &+= 1 }
    }
    return (1 - distance) * Double(seen) / 45
  }

  /// The blocks that an explosion breaks: bits of a cube of 13 × 13 × 13 about it.
  private mutating func blast(_ x: Double, _ y: Double, _ z: Double) -> InlineArray<35, UInt64> {
    var broken = InlineArray<35, UInt64>(repeating: 0)
    let resistance = CreatureRules.standard.blastResistance
    let side = 2 * Explosion.reach + 1, last = Explosion.grid - 1
    let centreX = cell(x), centreY = cell(y), centreZ = cell(z)
    for i in 0...last {
      for j in 0...last {
        for k in 0...last where i == 0 || i == last || j == 0 || j == last || k == 0 || k == last {
          var dx = 2 * Double(i) / Double(last) - 1, dy = 2 * Double(j) / Double(last) - 1,
            dz = 2 * Double(k) / Double(last) - 1
          let length = (dx * dx + dy * dy + dz * dz).squareRoot() / Explosion.pace
          (dx, dy, dz) = (dx / length, dy / length, dz / length)
          var (rayX, rayY, rayZ) = (x, y, z)
          var strength = Explosion.power * (0.7 + 0.6 * random.uniform())
          while strength > 0 {
            let atX = cell(rayX), atY = cell(rayY), atZ = cell(rayZ)
            let block = blocks[atX, atY, atZ]
            if block != .air { strength -= (Double(resistance[Int(block.rawValue)]) + 0.3) * Explosion.pace }
            let nearX = atX &- centreX &+ Explosion.reach, nearY = atY &- centreY &+ Explosion.reach,
              nearZ = atZ &- centreZ &+ Explosion.reach
            if strength > 0 && block != .air, min(nearX, nearY, nearZ) >= 0, max(nearX, nearY, nearZ) < side {
              let bit = (nearX &* side &+ nearY) &* side &+ nearZ
              broken[bit &>> 6] |= 1 &<< UInt64(bit & 63)
            }
            (rayX, rayY, rayZ) = (rayX + dx, rayY + dy, rayZ + dz)
            strength -= Explosion.loss
          }
        }
      }
    }
    return broken
  }

  private mutating func breakBlocks(
    _ broken: InlineArray<35, UInt64>, _ x: Double, _ y: Double, _ z: Double, _ rules: OverworldRules
  ) {
    let side = 2 * Explosion.reach + 1
    for bit in 0..<side * side * side where broken[bit &>> 6] &>> UInt64(bit & 63) & 1 != 0 {
      let atX = cell(x) &+ bit / (side * side) &- Explosion.reach,
        atY = cell(y) &+ bit / side % side &- Explosion.reach, atZ = cell(z) &+ bit % side &- Explosion.reach
      let block = blocks[atX, atY, atZ]
      guard block != .air else { continue }
      setBlock(atX, atY, atZ, .air, rules)
      guard random.uniform() * Explosion.power < 1 else { continue }
      dropYield(of: block, atX, atY, atZ, sheared: false, rules)
    }
  }
}
