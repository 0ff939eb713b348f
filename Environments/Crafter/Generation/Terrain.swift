#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where tunnels are: bit *y* of word *x*.
public typealias CrafterTunnels = InlineArray<64, UInt64>

/// Draws an episode's terrain as the package does: noise says what a cell may be, and where several things may be there,
/// random numbers say which. The numbers are drawn cell by cell, x-major; the noise of a column is computed in one go, and
/// only where a branch needs it.
func generateTerrain<Draws: CrafterDraws>(
  _ rules: CrafterRules, _ draws: inout Draws, into map: inout CrafterMap
) -> CrafterTunnels {
  let simplex = OpenSimplex(seed: Int64(draws.below((1 << 31) - 1)))
  var tunnels = CrafterTunnels(repeating: 0)
  var column = TerrainColumn()
  for x in 0..<CrafterMap.side {
    column.prepare(x, simplex)
    tunnels[x] = column.tunnels
    for y in 0..<CrafterMap.side {
      map.materials[unchecked: CrafterMap.cell(x, y)] = column.material(y, rules.terrain, &draws)
    }
  }
  return tunnels
}

/// What noise says of a column of cells, before random numbers are drawn.
private struct TerrainColumn {
  /// What a cell can be, as far as noise tells.
  private enum Zone: UInt8 {
    case start, path, rock, shore, water, meadow
  }

  private typealias Values = InlineArray<64, Double>

  private var zones = InlineArray<64, UInt8>(repeating: 0)
  private(set) var tunnels: UInt64 = 0
  private var mountain = Values(repeating: 0)
  // Noise of what may lie in rock or stand on meadows.
  private var coal = Values(repeating: 0), iron = Values(repeating: 0), lava = Values(repeating: 0)
  private var trees = Values(repeating: 0)
  // Coordinates along the column, divided by each size of noise in use.
  private let sizes: InlineArray<9, Values>
  private var scratch = InlineArray<5, Values>(repeating: Values(repeating: 0))

  /// Sizes of noise; the last two are those of the tunnels, squeezed along one axis and stretched along the other.
  private enum Size: Int {
    case three, five, six, seven, eight, nine, fifteen, threeSqueezed, threeStretched
  }

  init() {
    sizes = InlineArray { size in
      Values { y in
        switch Size(rawValue: size)! {
        case .three: Double(y) / 3
        case .five: Double(y) / 5
        case .six: Double(y) / 6
        case .seven: Double(y) / 7
        case .eight: Double(y) / 8
        case .nine: Double(y) / 9
        case .fifteen: Double(y) / 15
        case .threeSqueezed: Double(y) / 5 / 3
        case .threeStretched: Double(2 * y) / 3
        }
      }
    }
  }

  /// Looks at the column at `x`.
  mutating func prepare(_ x: Int, _ simplex: OpenSimplex) {
    sample(simplex, x, .three, z: 8, into: 0)
    sample(simplex, x, .fifteen, z: 3, into: 1)
    sample(simplex, x, .five, z: 3, into: 2)
    sample(simplex, x, .fifteen, z: 0, into: 3)
    sample(simplex, x, .five, z: 0, into: 4)
    tunnels = 0
    var caves: UInt64 = 0, rock: UInt64 = 0, shore: UInt64 = 0, meadow: UInt64 = 0
    for y in 0..<64 {
      let dx = Double(x - 32), dy = Double(y - 32)
      let nearness = 4 - (dx * dx + dy * dy).squareRoot() + 2 * scratch[0][y]
      let start = 1 / (1 + exp(-nearness))
      let water = scratch[1][y] + 0.15 * scratch[2][y] + 0.1 - 2 * start
      let height = (scratch[3][y] + 0.3 * scratch[4][y]) / 1.3 - (4 * start + 0.3 * water)
      mountain[y] = height
      let bit: UInt64 = 1 << UInt64(y)
      if start > 0.5 {
        zones[y] = Zone.start.rawValue
      } else if height > 0.15 {
        zones[y] = Zone.rock.rawValue
        rock |= bit
        if height > 0.3 { caves |= bit }
      } else if 0.25 < water && water <= 0.35 {
        zones[y] = (water > 0.3 ? Zone.water : .meadow).rawValue
        shore |= bit
      } else if water > 0.3 {
        zones[y] = Zone.water.rawValue
      } else {
        zones[y] = Zone.meadow.rawValue
        meadow |= bit
      }
    }
    let high = caves
    rock &= ~mark(caves, simplex, x, .seven, .seven, z: 6, above: 0.15, as: .path)
    // Tunnels along x, then along y.
    tunnels = mark(rock, simplex, x, .threeStretched, .threeSqueezed, z: 7, above: 0.4, as: .path)
    tunnels |= mark(rock & ~tunnels, simplex, x, .threeSqueezed, .threeStretched, z: 7, above: 0.4, as: .path)
    rock &= ~tunnels
    let beaches = mark(shore, simplex, x, .nine, .nine, z: 4, above: -0.2, as: .shore)
    for y in bits(shore & ~beaches) where zones[y] == Zone.meadow.rawValue { meadow |= 1 << UInt64(y) }
    noise(rock, simplex, x, .eight, .eight, z: 1) { $0.coal[$1] = $2 }
    noise(rock, simplex, x, .six, .six, z: 2) { $0.iron[$1] = $2 }
    noise(rock & high, simplex, x, .five, .five, z: 6) { $0.lava[$1] = $2 }
    noise(meadow, simplex, x, .seven, .seven, z: 5) { $0.trees[$1] = $2 }
  }

  /// What the cell at `y` is made of.
  @inline(__always)
  func material<Draws: CrafterDraws>(_ y: Int, _ terrain: TerrainTable, _ draws: inout Draws) -> UInt8 {
    switch Zone(rawValue: zones[unchecked: y])! {
    case .start: return terrain.start
    case .path: return CrafterMaterial.path.rawValue
    case .shore: return terrain.shore
    case .water: return CrafterMaterial.water.rawValue
    case .meadow:
      return trees[unchecked: y] > 0 && draws.uniform() > terrain.treeThreshold
        ? CrafterMaterial.tree.rawValue : terrain.meadow
    case .rock:
      let coal = coal[unchecked: y], iron = iron[unchecked: y], height = mountain[unchecked: y]
      let lava = height > 0.3 ? lava[unchecked: y] : -1
      if coal > 0 && draws.uniform() > terrain.coalThreshold { return CrafterMaterial.coal.rawValue }
      if iron > 0.4 && draws.uniform() > terrain.ironThreshold { return CrafterMaterial.iron.rawValue }
      if height > 0.18 && draws.uniform() > terrain.diamondThreshold {
        return CrafterMaterial.diamond.rawValue
      }
      if lava > 0.35 { return CrafterMaterial.lava.rawValue }
      guard terrain.variesRock else { return CrafterMaterial.stone.rawValue }
      return lava > 0.15
        ? terrain.nearLava
        : coal > 0
          ? terrain.nearCoal
          : iron > 0.2
            ? terrain.nearIron : height > 0.18 ? terrain.nearDiamond : CrafterMaterial.stone.rawValue
    }
  }

  /// Noise of all cells of the column.
  private mutating func sample(_ simplex: OpenSimplex, _ x: Int, _ size: Size, z: Double, into slot: Int) {
    let across = Values(repeating: sizes[size.rawValue][x])
    var result = Values(repeating: 0)
    withUnsafePointer(to: across) { across in
      withUnsafePointer(to: sizes[size.rawValue]) { along in
        withUnsafeMutablePointer(to: &result) { result in
          simplex.noise(
            64, UnsafeRawPointer(across).assumingMemoryBound(to: Double.self),
            UnsafeRawPointer(along).assumingMemoryBound(to: Double.self), z,
            into: UnsafeMutableRawPointer(result).assumingMemoryBound(to: Double.self))
        }
      }
    }
    scratch[slot] = result
  }

  /// Hands the noise of some of the column's cells to `use`.
  private mutating func noise(
    _ cells: UInt64, _ simplex: OpenSimplex, _ x: Int, _ acrossSize: Size, _ alongSize: Size, z: Double,
    _ use: (inout TerrainColumn, Int, Double) -> Void
  ) {
    guard cells != 0 else { return }
    let across = Values(repeating: sizes[acrossSize.rawValue][x])
    var along = Values(repeating: 0), result = Values(repeating: 0), count = 0
    for y in bits(cells) {
      along[count] = sizes[alongSize.rawValue][y]
      count += 1
    }
    withUnsafePointer(to: across) { across in
      withUnsafePointer(to: along) { along in
        withUnsafeMutablePointer(to: &result) { result in
          simplex.noise(
            count, UnsafeRawPointer(across).assumingMemoryBound(to: Double.self),
            UnsafeRawPointer(along).assumingMemoryBound(to: Double.self), z,
            into: UnsafeMutableRawPointer(result).assumingMemoryBound(to: Double.self))
        }
      }
    }
    count = 0
    for y in bits(cells) {
      use(&self, y, result[count])
      count += 1
    }
  }

  /// Turns those of the cells into `zone` whose noise is above a threshold, and returns them.
  private mutating func mark(
    _ cells: UInt64, _ simplex: OpenSimplex, _ x: Int, _ acrossSize: Size, _ alongSize: Size, z: Double,
    above threshold: Double, as zone: Zone
  ) -> UInt64 {
    var marked: UInt64 = 0
    noise(cells, simplex, x, acrossSize, alongSize, z: z) { column, y, value in
      guard value > threshold else { return }
      column.zones[y] = zone.rawValue
      marked |= 1 << UInt64(y)
    }
    return marked
  }
}

/// The places of the bits that are set, lowest first.
private func bits(_ word: UInt64) -> some Sequence<Int> {
  sequence(state: word) { rest -> Int? in
    guard rest != 0 else { return nil }
    defer { rest &= rest - 1 }
    return rest.trailingZeroBitCount
  }
}
