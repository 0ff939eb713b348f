/// Up to 256 lines of sight from one point, and what each of them meets first; larger pictures take several.
///
/// The values lie in memory of the maker's, so that none is allocated.
struct SightBundle {
  /// The most lines in a bundle.
  static let capacity = 256
  /// Memory for a bundle.
  typealias Memory = InlineArray<136, SIMD8<Float>>

  /// Directions. Their length is the unit of ``distance``.
  let dx: UnsafeMutablePointer<Float>, dy: UnsafeMutablePointer<Float>, dz: UnsafeMutablePointer<Float>
  /// How far away it is; infinite where the line meets nothing.
  let distance: UnsafeMutablePointer<Float>
  /// What it is, as a ``SightCode``; 0 for nothing.
  let code: UnsafeMutablePointer<UInt8>
  /// The number of lines.
  private(set) var count = 0

  init(_ memory: UnsafeMutablePointer<Memory>) {
    dx = UnsafeMutableRawPointer(memory).assumingMemoryBound(to: Float.self)
    dy = dx + Self.capacity
    dz = dy + Self.capacity
    distance = dz + Self.capacity
    code = UnsafeMutableRawPointer(distance + Self.capacity).assumingMemoryBound(to: UInt8.self)
  }

  /// Whether no line can be added.
  @inline(__always)
  var isFull: Bool { count == Self.capacity }

  /// Adds a line.
  @inline(__always)
  mutating func append(_ x: Float, _ y: Float, _ z: Float) {
    dx[count] = x
    dy[count] = y
    dz[count] = z
    count &+= 1
  }

  /// Adds eight lines, where the number of lines is a multiple of eight.
  @inline(__always)
  mutating func append(_ x: SIMD8<Float>, _ y: SIMD8<Float>, _ z: SIMD8<Float>) {
    let place = 4 &* count
    UnsafeMutableRawPointer(dx).storeBytes(of: x, toByteOffset: place, as: SIMD8<Float>.self)
    UnsafeMutableRawPointer(dy).storeBytes(of: y, toByteOffset: place, as: SIMD8<Float>.self)
    UnsafeMutableRawPointer(dz).storeBytes(of: z, toByteOffset: place, as: SIMD8<Float>.self)
    count &+= 8
  }

  /// Gives the last eight lines, where they are fewer, companions without a direction, which meet nothing.
  func fillUp() {
    for line in count..<(count &+ 7) & ~7 { (dx[line], dy[line], dz[line]) = (0, 0, 0) }
  }

  /// Takes all lines away.
  @inline(__always)
  mutating func removeAll() { count = 0 }
}

extension SightBundle {
  /// Directions of four lines along an axis.
  @inline(__always)
  func four(_ axis: UnsafeMutablePointer<Float>, _ line: Int) -> SIMD4<Double> {
    SIMD4<Double>(UnsafeRawPointer(axis).load(fromByteOffset: 4 &* line, as: SIMD4<Float>.self))
  }

  /// Writes down that the lines from one on meet nothing.
  func clear(from first: Int) {
    for line in first..<count { (code[line], distance[line]) = (0, .infinity) }
  }

  /// Writes down what four lines have met.
  @inline(__always)
  func set(_ line: Int, _ codes: SIMD4<Int64>, _ distances: SIMD4<Double>) {
    UnsafeMutableRawPointer(code).storeBytes(
      of: SIMD4<UInt8>(truncatingIfNeeded: codes), toByteOffset: line, as: SIMD4<UInt8>.self)
    UnsafeMutableRawPointer(distance).storeBytes(
      of: SIMD4<Float>(distances), toByteOffset: 4 &* line, as: SIMD4<Float>.self)
  }
}

extension OverworldWorld {
  /// Lets the lines of a bundle from the player's eyes meet creatures and items on the ground, where no block is in the way.
  ///
  /// Everything counts as far as its box goes, a block as a whole cube, and water too.
  mutating func meetBodies(_ bundle: SightBundle, _ outlook: Outlook) {
    let (x, y, z, maximum) = (outlook.x, outlook.y, outlook.z, outlook.maximum)
    for index in 0..<Int(creatureCount) where creatures[unchecked: index].kind != .none {
      let kind = creatures[unchecked: index].kind
      bundle.show(
        creatures[unchecked: index].box(CreatureRules.standard[kind]).moved(-x, -y, -z),
        as: SightCode.creature(kind), maximum: maximum)
    }
    for index in 0..<Int(dropCount) where !drops[unchecked: index].stack.isEmpty {
      let item = drops[unchecked: index]
      let box = BodyBox(
        x: Double(item.x), y: Double(item.y), z: Double(item.z), width: 2 * ItemPhysics.halfWidth,
        height: ItemPhysics.height)
      bundle.show(box.moved(-x, -y, -z), as: SightCode.item, maximum: maximum)
    }
  }
}

extension SightBundle {
  /// Lets the lines meet a body, where nothing nearer is in its way. The box is relative to where the lines begin.
  @inline(__always)
  func show(_ box: BodyBox, as code: UInt8, maximum: Double) {
    let centerX = (box.minX + box.maxX) / 2, centerY = (box.minY + box.maxY) / 2
    let centerZ = (box.minZ + box.maxZ) / 2
    let x = box.maxX - centerX, y = box.maxY - centerY, z = box.maxZ - centerZ
    let squaredRadius = x * x + y * y + z * z
    let squaredDistance = centerX * centerX + centerY * centerY + centerZ * centerZ
    guard squaredDistance < (maximum + 2) * (maximum + 2) else { return }
    meet(
      box, SIMD3(Float(centerX), Float(centerY), Float(centerZ)), Float(squaredDistance - squaredRadius),
      code,
      maximum: Float(maximum))
  }

  /// Eight lines at a time are compared with the ball about the box; those that go through it are compared with the box.
  private func meet(
    _ box: BodyBox, _ center: SIMD3<Float>, _ squaredTangent: Float, _ code: UInt8, maximum: Float
  ) {
    let dx = UnsafeRawPointer(dx), dy = UnsafeRawPointer(dy), dz = UnsafeRawPointer(dz)
    for line in stride(from: 0, to: count, by: 8) {
      let x = dx.load(fromByteOffset: 4 &* line, as: SIMD8<Float>.self)
      let y = dy.load(fromByteOffset: 4 &* line, as: SIMD8<Float>.self)
      let z = dz.load(fromByteOffset: 4 &* line, as: SIMD8<Float>.self)
      let along = x * center.x + y * center.y + z * center.z
      let square = x * x + y * y + z * z
      let meets = (along * along .>= square * (squaredTangent - 1e-3)) .& (along .> 0)
      guard any(meets) || squaredTangent <= 0 else { continue }
      for lane in 0..<min(8, count &- line) where meets[lane] || squaredTangent <= 0 {
        let place = line &+ lane
        guard
          let distance = box.distance(
            x: 0, y: 0, z: 0, dx: Double(self.dx[place]), dy: Double(self.dy[place]),
            dz: Double(self.dz[place])),
          Float(distance) < self.distance[place], Float(distance) <= maximum
        else { continue }
        self.distance[place] = Float(distance)
        self.code[place] = code
      }
    }
  }
}
