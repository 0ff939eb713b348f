/// The patterns that tiles are made with: functions from a point of a tile to its colour, drawn on 16 × 16 points.
///
/// `u` goes to the right and `v` down. What looks like chance is a function of the point, so that a tile is always the same.
enum TilePattern: String, CaseIterable {
  /// One colour; one with small specks; smooth rock; rock with spots of a second colour.
  case plain, grain, rock, ore
  /// Ground: a second colour's soil under the first one's turf, layers, pebbles, round stones, furrows.
  case turf, layers, pebbles, cobble, furrows
  /// Trees: bark, birch bark, a cut trunk, leaves.
  case bark, birch, rings, leaves
  /// Plants, which are transparent beside their leaves.
  case tuft, twigs, bloom, mushroom, sapling, stalks, crop, web
  /// Cactus, ribs of a pumpkin, a face cut into it.
  case cactus, ribs, face
  /// Water, and lava.
  case liquid, embers
  /// What is built: bricks, boards, glass, doors, a frame around a field, books, bars, ladders, rails, cloth.
  case bricks, boards, pane, door, frame, books, bars, ladder, rails, weave
  /// Furniture: a table's top and side, a furnace, a chest, a torch, a band around a box.
  case grid, tools, oven, chest, torch, band
  /// Coats of creatures: patches of a second colour; wool.
  case hide, fleece

  /// How many colours it takes; ``crop`` takes a height in place of its second.
  var colors: ClosedRange<Int> {
    switch self {
    case .ore, .turf, .birch, .rings, .bloom, .mushroom, .sapling, .face, .embers, .bricks, .frame, .rails,
      .grid,
      .tools, .oven, .chest, .torch, .band, .hide, .crop:
      2...2
    case .door: 1...2
    default: 1...1
    }
  }

  /// A number 0 ..< 1 for a point.
  static func noise(_ u: Int, _ v: Int, _ salt: Int) -> Float {
    var bits = UInt32(truncatingIfNeeded: u &* 374_761_393 &+ v &* 668_265_263 &+ salt &* 1_274_126_177)
    bits = (bits ^ bits &>> 13) &* 1_274_126_177
    bits = (bits ^ bits &>> 16) &* 2_246_822_519
    return Float((bits ^ bits &>> 15) & 0xFFFF) / 65_536
  }

  /// The colour of a point, red, green, blue and how opaque, each 0 … 1.
  func color(_ u: Int, _ v: Int, _ a: SIMD3<Float>, _ b: SIMD3<Float>, _ salt: Int) -> SIMD4<Float> {
    let clear = SIMD4<Float>(0, 0, 0, 0)
    /// The first colour, brighter or darker.
    func shade(_ brightness: Float, _ color: SIMD3<Float>? = nil) -> SIMD4<Float> {
      SIMD4((color ?? a) * brightness, 1)
    }
    func random(_ u: Int, _ v: Int, _ more: Int = 0) -> Float { Self.noise(u, v, salt &+ 7 &* more) }
    /// Brightness in steps, which is calmer than one of its own for each point.
    func specks(_ least: Float, _ most: Float, _ u: Int, _ v: Int) -> Float {
      least + (most - least) * (random(u, v) * 3.99).rounded(.down) / 3
    }
    /// The distance from the middle.
    func ring(_ u: Int, _ v: Int) -> Float {
      max(abs(Float(u) - 7.5), abs(Float(v) - 7.5))
    }
    switch self {
    case .plain: return shade(1)
    case .grain: return shade(specks(0.88, 1.06, u, v))
    case .rock:
      let crack = random(u / 3, v, 1) > 0.86 ? Float(0.86) : 1
      return shade(crack * specks(0.95, 1.04, u / 2, v))
    case .ore:
      let spots = [(2, 3), (9, 2), (5, 8), (12, 7), (2, 12), (10, 12)]
      for (spot, (x, y)) in spots.enumerated() {
        let du = u - x, dv = v - y
        if (0...2).contains(du) && (0...2).contains(dv) && random(u, v, 2 + spot) > 0.28 {
          return shade(du + dv < 2 ? 1.1 : 0.85, b)
        }
      }
      return TilePattern.rock.color(u, v, a, b, salt)
    case .turf:
      let depth = 2 + Int(random(u, 0, 3) * 3)
      return v < depth ? shade(specks(0.88, 1.06, u, v)) : shade(specks(0.86, 1.06, u, v), b)
    case .layers:
      return shade((v == 0 || v == 15 ? 1.04 : v % 5 == 4 ? 0.86 : 0.97) * specks(0.97, 1.02, u / 2, v))
    case .pebbles: return shade(specks(0.72, 1.16, (u + v / 3) / 2, v / 2) * specks(0.94, 1.03, v, u))
    case .cobble:
      var nearest = Float.infinity, second = Float.infinity, stone = 0
      for row in -1...4 {
        for column in -1...4 {
          // Stones repeat beyond the border, so that tiles join.
          let cell = ((row + 4) % 4) * 4 + (column + 4) % 4
          let x = Float(4 * column) + 0.5 + 3 * random(cell, 1, 4),
            y = Float(4 * row) + 0.5 + 3 * random(cell, 2, 4)
          let du = Float(u) - x, dv = Float(v) - y
          let distance = (du * du + dv * dv).squareRoot()
          if distance < nearest {
            (second, nearest, stone) = (nearest, distance, cell)
          } else {
            second = min(second, distance)
          }
        }
      }
      return shade(second - nearest < 0.8 ? 0.68 : 0.9 + 0.22 * random(stone, 3, 5))
    case .furrows: return shade(v % 4 < 2 ? specks(0.78, 0.9, u, v) : specks(0.95, 1.05, u, v))
    case .bark: return shade(specks(0.72, 1.08, u, v / 5 + u % 3))
    case .birch:
      return random(u / 4, v, 6) > 0.84 && v % 3 != 0 ? shade(1, b) : shade(specks(0.92, 1.03, u, v / 3))
    case .rings:
      let ring = ring(u, v)
      return ring > 6.6 ? shade(specks(0.8, 1, u, v), b) : shade(Int(ring) % 2 == 0 ? 1 : 0.84)
    case .leaves:
      return shade(specks(0.7, 1.12, u / 2, v / 2) * specks(0.82, 1.14, u, v))
    case .tuft:
      let blade = random(u, 0, 7)
      guard blade > 0.3, Float(15 - v) < 3 + 11 * random(u, 1, 7) else { return clear }
      return shade(0.7 + 0.35 * Float(15 - v) / 15)
    case .twigs:
      let branch = abs(abs(u - 7) - (15 - v) / 2) <= 0 || u == 7 && v > 6 || abs(u - 7) == 3 && v == 5
      return branch ? shade(specks(0.8, 1.1, u, v)) : clear
    case .bloom:
      let du = Float(u) - 7.5, dv = Float(v) - 6.5
      if du * du + dv * dv < 7 { return shade(du * du + dv * dv < 1.5 ? 0.8 : 1, b) }
      return (u == 7 || u == 8) && v > 8 || v == 12 && (5...6).contains(u) || v == 11 && u == 9
        ? shade(0.9) : clear
    case .mushroom:
      if (6...9).contains(u) && v > 10 { return shade(0.95, b) }
      return (3...12).contains(u) && (7...10).contains(v) && !(v == 7 && (u < 5 || u > 10))
        ? shade(specks(0.9, 1.08, u, v)) : clear
    case .sapling:
      if (7...8).contains(u) && v > 9 { return shade(1, b) }
      let du = Float(u) - 7.5, dv = Float(v) - 6
      return du * du + 0.8 * dv * dv < 26 && random(u, v, 8) > 0.2 ? shade(specks(0.75, 1.1, u, v)) : clear
    case .stalks:
      let isStalk = [2, 3, 7, 8, 12, 13].contains(u)
      return isStalk ? shade((v + u) % 6 == 0 ? 0.75 : u % 5 == 2 ? 1.05 : 0.92) : clear
    case .crop:
      // The height is written where other patterns have a colour.
      let height = Int((b.z * 255).rounded())
      return u % 3 != 1 && 15 - v < height ? shade(v % 3 == 0 ? 0.85 : 1.05) : clear
    case .web:
      let du = abs(u - 7), dv = abs(v - 7)
      return du == dv || u == 7 || v == 7 || max(du, dv) == 4 || max(du, dv) == 7 ? shade(1) : clear
    case .cactus:
      return shade(u % 4 == 0 ? 0.72 : v % 4 == 1 && u % 4 == 2 ? 1.3 : specks(0.95, 1.03, u, v / 2))
    case .ribs: return shade(u % 4 == 0 ? 0.76 : specks(0.94, 1.05, u, v / 3))
    case .face:
      let isEye =
        (5...7).contains(v) && ((3...5).contains(u) || (10...12).contains(u)) && v - 4 > abs(u % 7 - 4)
      let isMouth = (10...12).contains(v) && (3...12).contains(u) && !(v == 10 && u % 3 == 0)
      return isEye || isMouth ? shade(1, b) : TilePattern.ribs.color(u, v, a, b, salt)
    case .liquid:
      return SIMD4(a * (random((u + v) / 3, v / 2, 9) > 0.72 ? 1.14 : 1), 0.62)
    case .embers: return shade(specks(0.85, 1.1, u / 2, v / 2), random(u / 3, v / 2, 10) > 0.7 ? b : a)
    case .bricks:
      let row = v / 4, isSeam = v % 4 == 3 || (u + 4 * (row % 2)) % 8 == 7
      return isSeam ? shade(specks(0.92, 1.04, u, v), b) : shade(specks(0.94, 1.05, u / 2, row))
    case .boards:
      let row = v / 4
      let isSeam = v % 4 == 3 || u == (row % 2 == 0 ? 11 : 4)
      return shade(isSeam ? 0.72 : specks(0.92, 1.05, u / 4 + row, v))
    case .pane:
      if u == 0 || v == 0 || u == 15 || v == 15 { return shade(1) }
      return (u + v == 9 || u + v == 10) && (3...7).contains(u) ? shade(1.05) : clear
    case .door:
      let isWindow = b != a && (3...6).contains(v) && ((3...6).contains(u) || (9...12).contains(u))
      if isWindow { return shade(1, b) }
      return shade(u == 0 || u == 15 || v == 0 || v == 8 || u == 7 ? 0.72 : specks(0.93, 1.04, u, v / 3))
    case .frame: return ring(u, v) > 6 ? shade(specks(0.94, 1.03, u, v), b) : shade(specks(0.95, 1.04, u, v))
    case .books:
      if v == 0 || v == 7 || v == 8 || v == 15 { return shade(0.95) }
      let spines: [SIMD3<Float>] = [
        SIMD3(0.62, 0.16, 0.14), SIMD3(0.2, 0.36, 0.6), SIMD3(0.24, 0.48, 0.22), SIMD3(0.7, 0.6, 0.42),
      ]
      return shade(u % 3 == 2 ? 0.6 : 1, spines[Int(random(u / 3, v / 8, 11) * 3.99)])
    case .bars: return u % 4 == 1 || v == 2 || v == 13 ? shade(u % 4 == 1 ? 1 : 0.85) : clear
    case .ladder: return u == 2 || u == 13 || v % 4 == 1 ? shade(u == 2 || u == 13 ? 0.85 : 1) : clear
    case .rails: return u == 3 || u == 12 ? shade(1) : v % 5 < 2 && (1...14).contains(u) ? shade(1, b) : clear
    case .weave: return shade((u + v) % 2 == 0 ? specks(0.96, 1.03, u, v) : specks(0.9, 0.97, u, v))
    case .grid:
      if ring(u, v) > 6.6 { return shade(1, b) }
      return u % 5 == 0 || v % 5 == 0 ? shade(0.6) : shade(specks(0.92, 1.04, u, v))
    case .tools:
      let isSaw = (2...6).contains(u) && (4...6).contains(v), isHandle = u == 4 && (7...12).contains(v)
      let isHammer = (9...13).contains(u) && (4...5).contains(v) || u == 11 && (6...12).contains(v)
      if v == 0 || u == 0 || u == 15 { return shade(1, b) }
      if isSaw || (9...13).contains(u) && (4...5).contains(v) { return SIMD4(0.72, 0.72, 0.74, 1) }
      return isHandle || isHammer ? shade(0.8, b) : TilePattern.boards.color(u, v, a, b, salt)
    case .oven:
      if (4...11).contains(u) && (8...13).contains(v) {
        return shade(b.x > 0.5 && (u + v) % 3 == 0 ? 0.7 : 1, b)
      }
      return (3...12).contains(u) && v == 4 ? shade(0.55) : TilePattern.cobble.color(u, v, a, b, salt)
    case .chest:
      if (7...8).contains(u) && (5...8).contains(v) { return SIMD4(0.82, 0.82, 0.8, 1) }
      return ring(u, v) > 6.6 || v == 6 ? shade(1, b) : shade(specks(0.93, 1.04, u / 2, v))
    case .torch: return v < 8 ? shade(v < 7 ? 1.15 : 1, b) : shade(u % 2 == 0 ? 0.85 : 1)
    case .band: return (6...9).contains(v) ? shade(1, b) : shade(u % 4 == 3 ? 0.8 : specks(0.95, 1.03, u, v))
    case .hide:
      return random(u / 5, v / 4, 12) > 0.62
        ? shade(specks(0.95, 1.03, u, v), b) : shade(specks(0.9, 1.06, u, v))
    case .fleece: return shade(specks(0.84, 1.03, u / 2, v / 2) * specks(0.97, 1.02, u, v))
    }
  }
}
