/// One cave: a tunnel that winds on by steps, or a room.
private struct Tunnel {
  /// Where its head is, in blocks of the world.
  var x: Float, y: Float, z: Float
  /// Where it goes: a direction in the plane of length 1, and the rise for a block in the plane.
  var dx: Float, dz: Float, rise: Float
  /// How much wider than 1.5 blocks its half width becomes in the middle.
  var width: Float
  /// Steps done and steps in all.
  var step = 0, steps: Int
  /// Whether it leads down from the surface; whether it may divide into two.
  var isEntrance: Bool
  var divides: Bool
  /// The draws of its bends.
  var random: PlaceRandom
}

extension ChunkMaker {
  /// How far a step of a tunnel goes, in blocks; and the longest tunnel, in steps.
  private static let stride: Float = 2, longest = 28
  /// The level up to which caves hold lava.
  static let lavaLevel = 10
  /// How many chunks away a cave can begin that comes here: a tunnel goes 56 blocks and is at most nine wide.
  private static let reach = 4

  /// Digs the caves that pass through the chunk.
  ///
  /// As in Minecraft 1.11, few chunks have many tunnels, which begin deeper rather than higher, bend, grow wide in the
  /// middle, and may divide. A tunnel's way is a function of the seed and the chunk in which it begins; only the part near
  /// this chunk is dug. Some begin at the surface: entrances.
  func digTunnels() {
    for fromX in chunkX &- Self.reach...chunkX &+ Self.reach {
      for fromZ in chunkZ &- Self.reach...chunkZ &+ Self.reach {
        var random = PlaceRandom(seed, .tunnels, fromX, fromZ)
        let bits = random.next()
        let hasCaves = bits & 0xFF < 64, hasEntrance = bits &>> 8 & 0xFF < 32
        guard hasCaves || hasEntrance else { continue }
        if hasEntrance {
          dig(begin(&random, fromX, fromZ, level: 72, rise: -0.8, length: Self.longest, isEntrance: true))
        }
        if hasCaves {
          for _ in 0...random.below(1 &+ random.below(5)) {
            let level = 7 &+ random.below(8 &+ random.below(56))
            var tunnel = begin(
              &random, fromX, fromZ, level: level, rise: 0.2 * (random.uniform() - 0.5), length: Self.longest)
            if random.below(4) == 0 {
              let radius = 2.5 + 3.5 * random.uniform()
              hollow(tunnel.x, tunnel.y, tunnel.z, radius, 0.55 * radius)
              tunnel.width += 1
            }
            dig(tunnel)
          }
        }
      }
    }
  }

  /// A tunnel that begins somewhere in a chunk.
  private func begin(
    _ random: inout PlaceRandom, _ fromX: Int, _ fromZ: Int, level: Int, rise: Float, length: Int,
    isEntrance: Bool = false
  ) -> Tunnel {
    let x = Float(ChunkMap.side &* fromX) + 16 * random.uniform(),
      z = Float(ChunkMap.side &* fromZ) + 16 * random.uniform()
    let (dx, dz) = Self.direction(&random)
    let width = random.uniform() + random.uniform() * (random.below(10) == 0 ? 3 : 1)
    return Tunnel(
      x: x, y: Float(level), z: z, dx: dx, dz: dz, rise: rise, width: width,
      steps: length &- random.below(length / 4), isEntrance: isEntrance, divides: true,
      random: PlaceRandom(random.next()))
  }

  /// A direction in the plane, by rejection: no sine is needed, whose last digits differ between machines.
  private static func direction(_ random: inout PlaceRandom) -> (Float, Float) {
    while true {
      let x = 2 * random.uniform() - 1, z = 2 * random.uniform() - 1
      let square = x * x + z * z
      if square < 1 && square > 0.01 { return (x / square.squareRoot(), z / square.squareRoot()) }
    }
  }

  /// Digs a tunnel, and the two into which it may divide.
  private func dig(_ tunnel: Tunnel) {
    guard let (left, right) = digAlone(tunnel) else { return }
    _ = digAlone(left)
    _ = digAlone(right)
  }

  /// Digs a tunnel up to where it divides.
  private func digAlone(_ tunnel: Tunnel) -> (Tunnel, Tunnel)? {
    var tunnel = tunnel
    var turn: Float = 0, lift: Float = 0
    let isSteep = tunnel.isEntrance || tunnel.random.below(6) == 0
    let division =
      tunnel.divides && tunnel.width > 0.7 ? tunnel.steps / 4 &+ tunnel.random.below(tunnel.steps / 2) : -1
    let inverse = 1 / Float(tunnel.steps)
    // Where it can reach the chunk, or the columns around it for which it matters where the ground is opened.
    let near = 13 + tunnel.width
    let middleX = Float(ChunkMap.side &* chunkX &+ 8), middleZ = Float(ChunkMap.side &* chunkZ &+ 8)
    while tunnel.step < tunnel.steps {
      let dx = abs(tunnel.x - middleX), dz = abs(tunnel.z - middleZ)
      let away = max(dx, dz)
      if away > Float(tunnel.steps &- tunnel.step) * Self.stride + near { return nil }
      if away < near {
        let part = Float(tunnel.step) * inverse
        let radius = 1.5 + tunnel.width * 4 * part * (1 - part)
        hollow(tunnel.x, tunnel.y, tunnel.z, radius, radius)
      }
      let bits = tunnel.random.next()
      /// The difference of two uniform numbers times another: mostly near zero.
      func bend(_ shift: UInt64) -> Float {
        let a = Float(bits &>> shift & 0x3FF), b = Float(bits &>> (shift &+ 10) & 0x3FF),
          c = Float(bits &>> (shift &+ 20) & 0x3FF)
        return (a - b) * c * 0x1p-20
      }
      tunnel.rise *= isSteep ? 0.92 : 0.75
      tunnel.rise += 0.18 * lift - (tunnel.isEntrance ? 0.08 : 0)
      lift = 0.9 * lift + 2 * bend(0)
      let angle = 0.18 * turn
      turn = 0.75 * turn + 4 * bend(30)
      // A small rotation, and back to a length of about 1: a step of Newton's method for the inverse square root.
      let x = tunnel.dx - angle * tunnel.dz, z = tunnel.dz + angle * tunnel.dx
      let shrink = 1.5 - 0.5 * (x * x + z * z)
      tunnel.dx = x * shrink
      tunnel.dz = z * shrink
      let forward = Self.stride * (1 - 0.4 * min(1, tunnel.rise * tunnel.rise))
      tunnel.x += tunnel.dx * forward
      tunnel.z += tunnel.dz * forward
      tunnel.y = max(6, tunnel.y + tunnel.rise * forward)
      tunnel.step &+= 1
      if tunnel.step == division {
        var left = tunnel, right = tunnel
        (left.divides, right.divides) = (false, false)
        (left.dx, left.dz) = (-tunnel.dz, tunnel.dx)
        (right.dx, right.dz) = (tunnel.dz, -tunnel.dx)
        left.width *= 0.5 + 0.5 * tunnel.random.uniform()
        right.width *= 0.5 + 0.5 * tunnel.random.uniform()
        left.random = PlaceRandom(tunnel.random.next())
        right.random = PlaceRandom(tunnel.random.next())
        return (left, right)
      }
    }
    return nil
  }

  /// The nearest whole number of a small one, without the checks that a conversion makes: adding 1.5 · 2²³ leaves it in the
  /// low bits.
  @inline(__always)
  private static func rounded(_ value: Float) -> Int {
    Int(
      Int32(truncatingIfNeeded: (value + 0x1.8p23).bitPattern)
        &- Int32(truncatingIfNeeded: Float(0x1.8p23).bitPattern))
  }

  /// Digs an ellipsoid with a flat floor around a place of the world, and notes where it breaks through the ground.
  private func hollow(_ worldX: Float, _ y: Float, _ worldZ: Float, _ radius: Float, _ halfHeight: Float) {
    guard y - halfHeight < Float(columns.highest &+ 1) else { return }
    // Deep in the rock nothing opens, so that neighbours do not matter, and nothing limits it.
    if Self.rounded(y + halfHeight) <= columns.lowest &- 4 {
      forEachColumn(worldX, y, worldZ, radius, halfHeight, margin: 0) { x, z, bottom, top in
        dig(column(x, z), bottom, top)
      }
    } else {
      forEachColumn(worldX, y, worldZ, radius, halfHeight, margin: 3) { x, z, bottom, top in
        let index = ChunkColumns.index(x, z)
        let ground = Int(columns.ground[index]), ceiling = Int(columns.ceiling[index])
        var top = min(top, ceiling)
        guard top >= bottom else { return }
        // Sand does not stay where it is undermined.
        if top >= ground &- Int(columns.soil[index]) && top < ground
          && columns.cover[index] == Block.sand.rawValue && ceiling == ground
        {
          top = ground
        }
        if top == ground { columns.opened[index] = 1 }
        if Self.hasColumn(x, z) { dig(column(x, z), bottom, top) }
      }
    }
  }

  /// Calls `body` for the columns of an ellipsoid with a flat floor, with its lowest and its highest level in each.
  ///
  /// - Parameter margin: how many columns beyond the chunk's border count as well.
  @inline(__always)
  private func forEachColumn(
    _ worldX: Float, _ y: Float, _ worldZ: Float, _ radius: Float, _ halfHeight: Float, margin: Int,
    _ body: (_ x: Int, _ z: Int, _ bottom: Int, _ top: Int) -> Void
  ) {
    let firstX = ChunkMap.side &* chunkX, firstZ = ChunkMap.side &* chunkZ
    let last = ChunkMap.side &+ margin &- 1
    let lowX = max(-margin, Int((worldX - radius).rounded(.down)) &- firstX),
      highX = min(last, Int((worldX + radius).rounded(.down)) &- firstX)
    let lowZ = max(-margin, Int((worldZ - radius).rounded(.down)) &- firstZ),
      highZ = min(last, Int((worldZ + radius).rounded(.down)) &- firstZ)
    guard lowX <= highX, lowZ <= highZ else { return }
    let inverse = 1 / (radius * radius)
    let floor = max(5, Int(y - 0.7 * halfHeight))
    for x in lowX...highX {
      // From places of the world, so that a neighbour comes to the same number.
      let dx = Float(firstX &+ x) + 0.5 - worldX
      let far = 1 - dx * dx * inverse
      var middle = Float(firstZ &+ lowZ) + 0.5
      for z in lowZ...highZ {
        let dz = middle - worldZ
        middle += 1
        let rest = far - dz * dz * inverse
        guard rest > 0 else { continue }
        let half = halfHeight * rest.squareRoot()
        let bottom = max(floor, Self.rounded(y - half)), top = Self.rounded(y + half) &- 1
        if top >= bottom { body(x, z, bottom, top) }
      }
    }
  }

  /// Digs up the levels of a column, and lets lava into the lowest of the world.
  @inline(__always)
  private func dig(_ column: UnsafeMutablePointer<UInt8>, _ bottom: Int, _ top: Int) {
    var level = bottom
    while level <= min(top, Self.lavaLevel) {
      column[level] = Block.lava.rawValue
      level &+= 1
    }
    while level <= top {
      let high = min(top, level &+ 7)
      setLevels(column, level, high, .air)
      level = high &+ 1
    }
  }
}
