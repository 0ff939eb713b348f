/// Veins of one material: how many attempts a chunk has, how large they are, and at which levels they begin.
struct OreVein {
  var block: Block
  /// Attempts a chunk, and Minecraft's size of a vein, which is not its number of blocks.
  var attempts: Int, size: Int
  /// The number of levels from 0 in which a vein begins, all alike. Veins that begin above the ground come to nothing.
  var levels: Int
  /// Whether the level is the sum of two draws, so that the middle of the range is likeliest.
  var isTriangular = false

  /// Minecraft 1.11's veins (netherite: `populate.h`; Minecraft Wiki: "Mineral vein"), in the order in which they are laid.
  /// Granite, diorite and andesite are left out: this world has no such blocks. Emerald, which lies in single blocks and
  /// only under extreme hills, is laid apart.
  static let all = [
    OreVein(block: .dirt, attempts: 10, size: 33, levels: 256),
    OreVein(block: .gravel, attempts: 8, size: 33, levels: 256),
    OreVein(block: .coalOre, attempts: 20, size: 17, levels: 128),
    OreVein(block: .ironOre, attempts: 20, size: 9, levels: 64),
    OreVein(block: .goldOre, attempts: 2, size: 9, levels: 32),
    OreVein(block: .redstoneOre, attempts: 8, size: 8, levels: 16),
    OreVein(block: .diamondOre, attempts: 1, size: 8, levels: 16),
    OreVein(block: .lapisOre, attempts: 1, size: 7, levels: 16, isTriangular: true),
  ]
}

/// The blocks of ready-made veins, as steps from where a vein begins. Blocks above one another are a run.
///
/// A vein is what balls along a short, nearly level line fill together: `size` balls, thicker towards the middle, each of a
/// drawn radius. Drawing those anew for every vein would take longer than everything else in a chunk, so that veins are
/// chosen among a few dozen that were drawn once, in four mirror images.
struct VeinShapes {
  /// A step from a vein's beginning.
  struct Cell: BitwiseCopyable { var x: Int8, y: Int8, z: Int8 }
  /// The lowest of some blocks above one another, and how many there are: at most eight, which are written as one word.
  struct Run: BitwiseCopyable { var x: Int8, y: Int8, z: Int8, count: Int8 }

  /// Shapes of a size.
  static let count = 32
  /// All runs, and where those of shape `i` of kind `k` begin: `starts[count * k + i]`.
  let runs: [Run]
  let starts: [Int32]
  /// How far shapes of a kind reach from their beginning along x, y or z, in blocks.
  let reaches: [Int]

  /// The shapes of ``OreVein/all``.
  static let all = VeinShapes(OreVein.all.map(\.size))

  /// Draws shapes of some sizes.
  init(_ sizes: [Int]) {
    var runs: [Run] = [], starts: [Int32] = [], reaches: [Int] = []
    for size in sizes {
      var reach = 0
      for shape in 0..<Self.count {
        let cells = Self.drawn(size, shape)
        starts.append(Int32(runs.count))
        runs += Self.runs(of: cells)
        reach = cells.reduce(reach) { max($0, abs(Int($1.x)), abs(Int($1.y)), abs(Int($1.z))) }
      }
      reaches.append(reach)
    }
    starts.append(Int32(runs.count))
    self.runs = runs
    self.starts = starts
    self.reaches = reaches
  }

  /// Joins the cells that lie above one another, which must follow one another from the lowest up.
  private static func runs(of cells: [Cell]) -> [Run] {
    var runs: [Run] = []
    for cell in cells {
      if let last = runs.last, last.x == cell.x, last.z == cell.z, last.y + last.count == cell.y,
        last.count < 8
      {
        runs[runs.count - 1].count += 1
      } else {
        runs.append(Run(x: cell.x, y: cell.y, z: cell.z, count: 1))
      }
    }
    return runs
  }

  /// Draws one shape: its cells in the order of columns, in each from the lowest up.
  static func drawn(_ size: Int, _ shape: Int) -> [Cell] {
    var random = PlaceRandom(0, .veins, size, shape)
    // A line of a quarter of `size` blocks, in a direction of the plane; each end is up to two levels below the beginning.
    var alongX: Float = 0, alongZ: Float = 0, square: Float = 0
    repeat {
      alongX = random.uniform()
      alongZ = random.uniform()
      square = alongX * alongX + alongZ * alongZ
    } while square > 1 || square < 0.01
    let half = Float(size) / 8 / square.squareRoot()
    let fromY = Float(random.below(3)) - 2, toY = Float(random.below(3)) - 2
    var isInside = [Bool](repeating: false, count: 17 * 17 * 17)
    for ball in 0..<size {
      let part = Float(ball) / Float(size)
      let x = half * alongX * (1 - 2 * part), z = half * alongZ * (1 - 2 * part),
        y = fromY + (toY - fromY) * part
      // The sine of `part` · π within 0.002 (Bhaskara I), the same on every machine.
      let arch = 4 * part * (1 - part), thickness = 4 * arch / (5 - arch)
      let radius = ((thickness + 1) * random.uniform() * Float(size) / 16 + 1) / 2
      func cells(_ middle: Float) -> ClosedRange<Int> {
        Int((middle - radius).rounded(.down))...Int((middle + radius).rounded(.down))
      }
      for cellX in cells(x) {
        for cellY in cells(y) {
          for cellZ in cells(z) {
            let dx = Float(cellX) + 0.5 - x, dy = Float(cellY) + 0.5 - y, dz = Float(cellZ) + 0.5 - z
            if dx * dx + dy * dy + dz * dz < radius * radius {
              isInside[((cellX + 8) * 17 + cellZ + 8) * 17 + cellY + 8] = true
            }
          }
        }
      }
    }
    return isInside.indices.filter { isInside[$0] }.map {
      Cell(x: Int8($0 / 289 - 8), y: Int8($0 % 17 - 8), z: Int8($0 / 17 % 17 - 8))
    }
  }
}
