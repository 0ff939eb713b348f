/// How bright places are in a picture.
///
/// Pictures for people take the light that the world's rules say, and keep what they found. Observations, of which many
/// are drawn in a second, take a guess that needs no search: light comes in a straight line from a column under the open sky
/// no more than six blocks away, and from the lamps about the player, as if nothing stood in between.
struct LightLook {
  /// A lamp's place and light.
  fileprivate struct Lamp: BitwiseCopyable {
    var x: Int32 = 0, y: Int32 = 0, z: Int32 = 0, light: Int32 = 0
  }

  private let world: UnsafeMutablePointer<OverworldWorld>
  private let skyline: UnsafePointer<UInt8>
  /// By place as in ``BlockGrid``, 256 more than 16 times the light of the sky and that of blocks; 0 where it was not asked
  /// for yet. Nil where light is guessed.
  private let found: UnsafeMutablePointer<UInt16>?
  private var lamps = InlineArray<32, Lamp>(repeating: Lamp())
  private var lampCount = 0
  private let sky: SIMD3<Float>

  /// The colour of the light of lamps.
  private static let warm = SIMD3<Float>(1, 0.87, 0.66)
  /// How bright a level of light is: Minecraft's curve, and a little of everything, so that caves are not quite black.
  private static let brightness = ConstantTable<Float>(
    (0...15).map { level in
      let dark = 1 - Float(level) / 15
      return 0.045 + 0.955 * (1 - dark) / (3 * dark + 1)
    })

  /// Light in a world.
  ///
  /// - Parameter found: memory for as many numbers as there are blocks, all zero or found in a world of the same blocks; nil for
  ///   guesses.
  init(
    _ world: UnsafeMutablePointer<OverworldWorld>, sky: SkyLook, found: UnsafeMutablePointer<UInt16>?
  ) {
    self.world = world
    skyline = withUnsafePointer(to: &world.pointee.skyline) {
      UnsafeRawPointer($0).assumingMemoryBound(to: UInt8.self)
    }
    self.found = found
    self.sky = sky.light
    if found == nil { lampCount = world.pointee.findLamps(&lamps) }
  }

  /// The colour of the light at a place.
  @inline(__always)
  mutating func callAsFunction(_ x: Int, _ y: Int, _ z: Int) -> SIMD3<Float> {
    let level = level(x, y, z)
    let outside = sky * Self.brightness[level.sky], inside = Self.warm * Self.brightness[level.block]
    return outside.replacing(with: inside, where: inside .> outside)
  }

  private mutating func level(_ x: Int, _ y: Int, _ z: Int) -> (sky: Int, block: Int) {
    guard BlockGrid.hasColumn(x, z), y >= 0 else { return (0, 0) }
    guard y < BlockGrid.height else { return (15, 0) }
    guard let found else { return guess(x, y, z) }
    let index = BlockGrid.index(x, y, z)
    if found[index] != 0 { return (Int(found[index] >> 4 & 15), Int(found[index] & 15)) }
    let level = world.pointee.foundLight(x, y, z)
    found[index] = UInt16(256 + 16 * level.sky + level.block)
    return level
  }

  private mutating func guess(_ x: Int, _ y: Int, _ z: Int) -> (sky: Int, block: Int) {
    var sky = isOpen(x, y, z) ? 15 : 0
    if sky == 0 {
      // One, three and six blocks away.
      var step = 1
      while step <= 6 {
        if isOpen(x &- step, y, z) || isOpen(x &+ step, y, z) || isOpen(x, y, z &- step)
          || isOpen(x, y, z &+ step)
        {
          sky = 15 &- step
          break
        }
        step = 2 &* step &+ (step == 1 ? 1 : 0)
      }
    }
    var block = 0
    for index in 0..<lampCount {
      let lamp = lamps[unchecked: index]
      let way = abs(x &- Int(lamp.x)) &+ abs(y &- Int(lamp.y)) &+ abs(z &- Int(lamp.z))
      block = max(block, Int(lamp.light) &- way)
    }
    return (sky, block)
  }

  /// Whether nothing above a place takes sunlight away.
  @inline(__always)
  private func isOpen(_ x: Int, _ y: Int, _ z: Int) -> Bool {
    BlockGrid.hasColumn(x, z) && y >= Int(skyline[x &* BlockGrid.side &+ z])
  }
}

/// Mutating so that the world is handed over by its address, see ``World/observe(_:into:)``.
extension OverworldWorld {
  fileprivate mutating func foundLight(_ x: Int, _ y: Int, _ z: Int) -> (sky: Int, block: Int) {
    lightLevel(x, y, z)
  }

  /// Finds the lamps about the player, the first 32 of them; returns how many.
  fileprivate mutating func findLamps(_ lamps: inout InlineArray<32, LightLook.Lamp>) -> Int {
    let table = LightTable.standard
    let x = cell(player.x), z = cell(player.z), reach = 16, last = BlockGrid.side &- 1
    let lowest = max(0, min(BlockGrid.height &- 32, cell(player.y) &- 16))
    guard BlockGrid.hasColumn(x, z) else { return 0 }
    var count = 0
    for x in max(0, x &- reach)...min(last, x &+ reach) {
      for z in max(0, z &- reach)...min(last, z &+ reach) where hasLamp(x, z, from: lowest, table) {
        for y in lowest..<lowest &+ 32 where count < lamps.count {
          let light = table.emits[Int(blocks.codes[unchecked: BlockGrid.index(x, y, z)])]
          guard light > 0 else { continue }
          lamps[count] = LightLook.Lamp(x: Int32(x), y: Int32(y), z: Int32(z), light: Int32(light))
          count &+= 1
        }
      }
    }
    return count
  }
}
