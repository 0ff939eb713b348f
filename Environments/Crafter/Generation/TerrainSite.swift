#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What noise says of one cell, in the package's own arithmetic.
struct TerrainSite {
  /// What a cell can be, as far as noise tells.
  enum Zone {
    case start, cave, tunnel, rock, shore, water, meadow
  }

  /// What the cell is.
  var zone: Zone
  /// How high it is, and the noise of what may be there.
  var height: Double, coal: Double, iron: Double, lava: Double, trees: Double

  /// Looks at the cell at (`x`, `y`).
  init(_ x: Int, _ y: Int, _ simplex: UnsafePointer<OpenSimplex>) {
    let x = Double(x), y = Double(y)
    func noise(_ z: Double, _ size: Double) -> Double { simplex.pointee.noise(x / size, y / size, z) }
    let dx = x - 32, dy = y - 32
    let nearness = 4 - (dx * dx + dy * dy).squareRoot() + 2 * noise(8, 3)
    let start = 1 / (1 + exp(-nearness))
    let water = noise(3, 15) + 0.15 * noise(3, 5) + 0.1 - 2 * start
    height = (noise(0, 15) + 0.3 * noise(0, 5)) / 1.3 - (4 * start + 0.3 * water)
    coal = noise(1, 8)
    iron = noise(2, 6)
    lava = noise(6, 5)
    trees = noise(5, 7)
    zone =
      if start > 0.5 {
        .start
      } else if height > 0.15 {
        if height > 0.3 && noise(6, 7) > 0.15 {
          .cave
        } else if simplex.pointee.noise(2 * x / 3, y / 5 / 3, 7) > 0.4
          || simplex.pointee.noise(x / 5 / 3, 2 * y / 3, 7) > 0.4
        {
          .tunnel
        } else {
          .rock
        }
      } else if 0.25 < water && water <= 0.35 && noise(4, 9) > -0.2 {
        .shore
      } else if 0.3 < water {
        .water
      } else {
        .meadow
      }
  }
}
