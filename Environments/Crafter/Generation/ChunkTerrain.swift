import KnackNumerics

/// The terrain of one chunk, a function of the episode's key and of random numbers.
///
/// The rules are those by which a whole map is drawn (see ``TerrainZones``), but noise is only looked at where it decides
/// something: fine detail only where the coarse layers leave open what a cell is, ores only where the random numbers
/// are in favour of one.
struct ChunkTerrain {
  private let plan: NoisePlan, chunk: Int, key: UInt64
  /// The cells that the chunk has, and what becomes of them.
  private let cells: ChunkBits
  private var start = ChunkBits(), rock = ChunkBits(), raised = ChunkBits(), high = ChunkBits()
  private var shore = ChunkBits(), water = ChunkBits(), meadow = ChunkBits(), caves = ChunkBits()
  /// Tunnels, in which skeletons live.
  private(set) var tunnels = ChunkBits()
  // Memory for noise: of the chunk's cells, and of a few selected ones with their places.
  private let wetness: UnsafeMutablePointer<SIMD8<Float>>, height: UnsafeMutablePointer<SIMD8<Float>>
  private let layer: UnsafeMutablePointer<SIMD8<Float>>
  private let listed: UnsafeMutablePointer<SIMD8<Float>>
  private let x: UnsafeMutablePointer<SIMD8<Float>>, y: UnsafeMutablePointer<SIMD8<Float>>

  /// Groups of eight cells, and all of them.
  private static let groups = 18, allGroups: UInt32 = 1 << 18 - 1
  /// Memory for six layers of noise.
  struct Memory {
    fileprivate var values = InlineArray<108, SIMD8<Float>>(repeating: .zero)
  }
  /// Noise is never further from zero.
  private static let bound: Float = 0.87

  /// Finds what noise decides.
  init(_ chunk: Int, _ key: UInt64, _ plan: NoisePlan, _ memory: UnsafeMutablePointer<Memory>) {
    (self.chunk, self.key, self.plan) = (chunk, key, plan)
    let values = UnsafeMutableRawPointer(memory).assumingMemoryBound(to: SIMD8<Float>.self)
    func field(_ index: Int) -> UnsafeMutablePointer<SIMD8<Float>> { values + index * Self.groups }
    (wetness, height, layer) = (field(0), field(1), field(2))
    (listed, x, y) = (field(3), field(4), field(5))
    cells = plan.cells[chunk]
    findHeight()
    findShore()
    findTunnels()
  }

  /// Adds a layer's noise to the chunk's cells.
  private func add(
    _ name: NoiseLayerName, weight: Float = 1, groups: UInt32 = allGroups,
    to values: UnsafeMutablePointer<SIMD8<Float>>
  ) {
    plan.add(name, of: chunk, key, weight: weight, groups: groups, to: values)
  }

  /// A layer's noise at some cells, listed in their order.
  private func list(_ name: NoiseLayerName, at cells: ChunkBits) {
    var count = 0
    let x = UnsafeMutableRawPointer(x).assumingMemoryBound(to: Float.self)
    let y = UnsafeMutableRawPointer(y).assumingMemoryBound(to: Float.self)
    let stepX = Float(name.step.x), stepY = Float(name.step.y)
    cells.forEach { cell in
      let column = (cell &* 171) &>> 11  // cell / 12
      x[count] = Float(column) * stepX
      y[count] = Float(cell &- 12 &* column) * stepY
      count &+= 1
    }
    let groups = (count &+ 7) &>> 3
    for i in count..<8 &* groups { (x[i], y[i]) = (0, 0) }
    listed.update(repeating: .zero, count: groups)
    plan.add(name, of: chunk, key, at: self.x, self.y, count: groups, to: listed)
  }

  /// Those of the cells that were listed whose noise is above a threshold.
  private func listed(_ cells: ChunkBits, above threshold: Float) -> ChunkBits {
    var count = 0, above = ChunkBits()
    let values = UnsafeRawPointer(listed).assumingMemoryBound(to: Float.self)
    cells.forEach { cell in
      if values[count] > threshold { above.insert(cell) }
      count &+= 1
    }
    return above
  }

  /// The cells whose value is above a threshold.
  @inline(__always)
  private func above(_ threshold: Float, _ values: UnsafePointer<SIMD8<Float>>) -> ChunkBits {
    var above = SIMD8<UInt32>.zero
    for group in 0..<Self.groups {
      above |= (Self.signs(threshold - values[group]) &>> 31) &<< UInt32(truncatingIfNeeded: group)
    }
    return ChunkBits(lanes: above)
  }

  /// Numbers whose highest bit is set where a value is negative.
  @inline(__always)
  private static func signs(_ values: SIMD8<Float>) -> SIMD8<UInt32> {
    unsafeBitCast(values, to: SIMD8<UInt32>.self)
  }

  /// Finds the start, rock and how high it is; leaves wetness in its layer.
  private mutating func findHeight() {
    let coarse = plan.interpolation
    coarse.set(.wetness, of: chunk, key, plan, to: wetness)
    coarse.set(.height, of: chunk, key, plan, weight: 1 / 1.3, to: height)
    if Self.hasStart(chunk) { findStart() }
    for group in 0..<Self.groups {
      wetness[group] += 0.1
      height[group] -= 0.3 * wetness[group]
    }
    // Detail is looked at only where it may decide whether there is rock and how high it is, or water and shore.
    let detail = 0.3 / 1.3 * Self.bound, wetnessDetail = 0.15 * Self.bound
    let moist = 0.3 * wetnessDetail
    let uneven = groups {
      Self.signs(0.15 - detail - moist - height[$0]) & Self.signs(height[$0] - (0.3 + detail + moist))
    }
    add(.heightDetail, weight: 0.3 / 1.3, groups: uneven, to: height)
    let undecided = groups { group in
      let height = height[group], wetness = wetness[group]
      return Self.signs(0.15 - moist - height) & Self.signs(height - (0.18 + moist))
        | Self.signs(0.3 - moist - height) & Self.signs(height - (0.3 + moist))
        | Self.signs(0.25 - wetnessDetail - wetness) & Self.signs(wetness - (0.35 + wetnessDetail))
        & Self.signs(height - (0.15 + moist))
    }
    for group in 0..<Self.groups { layer[group] = .zero }
    add(.wetnessDetail, weight: 0.15, groups: undecided, to: layer)
    for group in 0..<Self.groups {
      wetness[group] += layer[group]
      height[group] -= 0.3 * layer[group]
    }
    rock = above(0.15, height) & cells & ~start
    raised = above(0.18, height) & rock
    high = above(0.3, height) & rock
  }

  /// Finds the start, and what it does to wetness and height.
  private mutating func findStart() {
    for group in 0..<Self.groups { layer[group] = .zero }
    add(.start, weight: 2, groups: plan.groupsNearStart(chunk), to: layer)
    let left = Float(chunk / 6 * 12 - 32), top = Float(chunk % 6 * 12 - 32)
    for group in 0..<Self.groups {
      let dx = plan.columns[group] + left, dy = plan.rows[group] + top
      layer[group] += 4 - (dx * dx + dy * dy).squareRoot()
    }
    start = above(0, layer) & cells
    Elementwise.sigmoid(UnsafeMutableRawPointer(layer).assumingMemoryBound(to: Float.self), count: 144)
    for group in 0..<Self.groups {
      wetness[group] -= 2 * layer[group]
      height[group] -= 4 * layer[group]
    }
  }

  /// The groups with a cell for which the highest bit is set, a bit each.
  @inline(__always)
  private func groups(_ cells: (_ group: Int) -> SIMD8<UInt32>) -> UInt32 {
    var lanes = SIMD8<UInt32>.zero
    for group in 0..<Self.groups { lanes |= (cells(group) &>> 31) &<< UInt32(truncatingIfNeeded: group) }
    let halves = lanes.lowHalf | lanes.highHalf, quarter = halves.lowHalf | halves.highHalf
    return quarter.x | quarter.y
  }

  /// Whether the start changes what is in a chunk: the nearest cells beyond these are 15 cells away, which leaves it less
  /// than 10⁻³ of weight.
  private static func hasStart(_ chunk: Int) -> Bool {
    (1...3).contains(chunk / 6) && (1...3).contains(chunk % 6)
  }

  /// Finds shores, water and meadows.
  private mutating func findShore() {
    let rest = cells & ~start & ~rock
    let wet = above(0.25, wetness) & rest
    let candidates = wet & ~above(0.35, wetness)
    if !candidates.isEmpty {
      list(.shore, at: candidates)
      shore = listed(candidates, above: -0.2)
    }
    water = above(0.3, wetness) & wet & ~shore
    meadow = rest & ~shore & ~water
  }

  /// Finds caves and tunnels, which are no longer rock.
  private mutating func findTunnels() {
    caves = find(.caves, above: 0.15, at: high)
    rock = rock & ~caves
    tunnels = find(.tunnels, above: 0.4, at: rock)
    rock = rock & ~tunnels
    let crossing = find(.crossTunnels, above: 0.4, at: rock.swapped).swapped
    rock = rock & ~crossing
    tunnels = tunnels | crossing
  }

  /// Those of some cells at which a layer's noise is above a threshold.
  private func find(_ name: NoiseLayerName, above threshold: Float, at cells: ChunkBits) -> ChunkBits {
    guard !cells.isEmpty else { return cells }
    let groups = cells.groups
    for group in 0..<Self.groups { layer[group] = .zero }
    add(name, groups: groups, to: layer)
    return above(threshold, layer) & cells
  }

  /// Draws what random numbers decide, and says what the cells are made of.
  func draw<Draws: CrafterDraws>(_ terrain: TerrainTable, _ draws: inout Draws) -> ChunkMaterials {
    var materials = ChunkMaterials()
    materials.paint(start, terrain.start)
    materials.paint(caves | tunnels, CrafterMaterial.path.rawValue)
    materials.paint(shore, terrain.shore)
    materials.paint(water, CrafterMaterial.water.rawValue)
    materials.paint(meadow, terrain.meadow)
    materials.paint(rock, CrafterMaterial.stone.rawValue)
    let trees = meadow.picked(terrain.treeChance, &draws)
    if !trees.isEmpty {
      list(.trees, at: trees)
      materials.paint(listed(trees, above: 0), CrafterMaterial.tree.rawValue)
    }
    if !rock.isEmpty { drawOres(terrain, &draws, on: &materials) }
    return materials
  }

  private func drawOres<Draws: CrafterDraws>(
    _ terrain: TerrainTable, _ draws: inout Draws, on materials: inout ChunkMaterials
  ) {
    let coal = rock.picked(terrain.coalChance, &draws), iron = rock.picked(terrain.ironChance, &draws)
    let diamonds = (raised & rock).picked(terrain.diamondChance, &draws)
    let highRock = high & rock, coalCells = terrain.variesRock ? rock : coal
    let ironCells = terrain.variesRock ? rock : iron
    list(.lava, at: highRock)
    let lava = listed(highRock, above: 0.35), nearLava = listed(highRock, above: 0.15)
    list(.coal, at: coalCells)
    let nearCoal = listed(coalCells, above: 0)
    list(.iron, at: ironCells)
    let nearIron = listed(ironCells, above: 0.2), strongIron = listed(ironCells, above: 0.4)
    if terrain.variesRock {
      materials.paint(raised & rock, terrain.nearDiamond)
      materials.paint(nearIron, terrain.nearIron)
      materials.paint(nearCoal, terrain.nearCoal)
      materials.paint(nearLava, terrain.nearLava)
    }
    materials.paint(lava, CrafterMaterial.lava.rawValue)
    materials.paint(diamonds, CrafterMaterial.diamond.rawValue)
    materials.paint(iron & strongIron, CrafterMaterial.iron.rawValue)
    materials.paint(coal & nearCoal, CrafterMaterial.coal.rawValue)
  }
}
