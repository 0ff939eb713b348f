import KnackNumerics

/// What noise says of every cell of an episode's map: what it is or, where random numbers have a say, can be.
///
/// Bit boards, so that a question for all cells is 64 operations. Noise is first computed fast and almost right; the few
/// cells where that might decide wrongly are then looked at exactly.
struct TerrainZones {
  /// The player's surroundings; tunnels and caves; beaches; water; rock; and the rest.
  let start: MapBits, tunnels: MapBits, caves: MapBits, shore: MapBits, water: MapBits
  let rock: MapBits, meadow: MapBits
  /// Rock higher than 0.18 and than 0.3.
  let raised: MapBits, high: MapBits
  /// Rock with noise for coal; for iron (weak and strong); for lava (weak and strong). Meadows with noise for trees.
  let coal: MapBits, weakIron: MapBits, iron: MapBits, weakLava: MapBits, lava: MapBits
  let trees: MapBits
  // What is only needed on the way: cells asked about, and those that need a second look.
  private let asked: MapBits, found: MapBits, unsure: MapBits, doubtful: MapBits
  private let nearness: NoiseLayer, wetness: NoiseLayer, height: NoiseLayer, layer: NoiseLayer

  /// The memory of the boards and layers.
  struct Memory {
    fileprivate var boards = InlineArray<1216, UInt64>(repeating: 0)
    fileprivate var layers = InlineArray<16384, Float>(repeating: 0)
  }

  /// Boards and layers in some memory, nothing in them yet.
  init(_ memory: UnsafeMutablePointer<Memory>) {
    let bits = UnsafeMutableRawPointer(memory).assumingMemoryBound(to: UInt64.self)
    func board(_ index: Int) -> MapBits { MapBits(columns: bits + 64 * index) }
    (start, tunnels, caves, shore, water) = (board(0), board(1), board(2), board(3), board(4))
    (rock, meadow, raised, high) = (board(5), board(6), board(7), board(8))
    (coal, weakIron, iron, weakLava, lava) = (board(9), board(10), board(11), board(12), board(13))
    (trees, asked, found, unsure, doubtful) = (board(14), board(15), board(16), board(17), board(18))
    let values = UnsafeMutableRawPointer(bits + 1216).assumingMemoryBound(to: Float.self)
    func layer(_ index: Int) -> NoiseLayer { NoiseLayer(values: values + 4096 * index) }
    (nearness, wetness, height, self.layer) = (layer(0), layer(1), layer(2), layer(3))
  }

  /// Finds the zones of a map under a seed of noise.
  func find(_ simplex: UnsafePointer<OpenSimplex>) {
    findStart(simplex)
    findRockAndWater(simplex)
    findTunnels(simplex)
    findOres(simplex)
    for x in 0..<64 { forEachBit(doubtful[x]) { set(x, $0, TerrainSite(x, $0, simplex)) } }
  }

  /// Start: a disc of uneven edge. Beyond 17 cells it no longer matters to anything.
  private func findStart(_ simplex: UnsafePointer<OpenSimplex>) {
    let columns = 15..<50, groups = 1..<7
    asked.fill { columns.contains($0) ? (1 << 48 - 1) << 8 : 0 }
    nearness.add(simplex, step: (1 / 3, 1 / 3), z: 8, at: asked)
    for x in columns {
      for group in groups {
        let dx = Float(x - 32), dy = SIMD8<Float>(0, 1, 2, 3, 4, 5, 6, 7) + Float(8 * group - 32)
        nearness[x, group] = 4 - (dx * dx + dy * dy).squareRoot() + 2 * nearness[x, group]
      }
    }
    nearness.above(0, at: asked, into: start, doubtful: doubtful)
    for x in columns {
      Elementwise.sigmoid(nearness.values + (64 * x + 8), count: 48)
      (nearness[x, 0], nearness[x, 7]) = (.zero, .zero)  // not asked about
    }
  }

  private func findRockAndWater(_ simplex: UnsafePointer<OpenSimplex>) {
    asked.fill { _ in .max }
    wetness.add(simplex, step: (1 / 15, 1 / 15), z: 3, at: asked)
    wetness.add(simplex, step: (1 / 5, 1 / 5), z: 3, weight: 0.15, at: asked)
    height.add(simplex, step: (1 / 15, 1 / 15), z: 0, weight: 1 / 1.3, at: asked)
    height.add(simplex, step: (1 / 5, 1 / 5), z: 0, weight: 0.3 / 1.3, at: asked)
    for x in 0..<64 {
      for group in 0..<8 {
        let start = nearness[x, group], water = wetness[x, group] + 0.1 - 2 * start
        wetness[x, group] = water
        height[x, group] = height[x, group] - (4 * start + 0.3 * water)
      }
    }
    asked.fill { ~start[$0] }
    height.above(0.15, at: asked, into: rock, doubtful: doubtful)
    height.above(0.18, at: rock, into: raised, doubtful: doubtful)
    height.above(0.3, at: rock, into: high, doubtful: doubtful)
    meadow.fill { ~start[$0] & ~rock[$0] }
    wetness.above(0.25, at: meadow, into: shore, doubtful: doubtful)
    wetness.above(0.3, at: shore, into: water, doubtful: doubtful)
    wetness.above(0.35, at: shore, into: asked, doubtful: doubtful)
    asked.fill { shore[$0] & ~asked[$0] }
    fill(simplex, 9, z: 4)
    layer.above(-0.2, at: asked, into: shore, doubtful: doubtful)
    water.fill { water[$0] & ~shore[$0] }
    meadow.fill { meadow[$0] & ~shore[$0] & ~water[$0] }
    asked.fill { meadow[$0] }
    fill(simplex, 7, z: 5)
    layer.above(0, at: meadow, into: trees, doubtful: doubtful)
  }

  private func findTunnels(_ simplex: UnsafePointer<OpenSimplex>) {
    asked.fill { high[$0] }
    fill(simplex, 7, z: 6)
    layer.above(0.15, at: high, into: caves, doubtful: doubtful)
    rock.fill { rock[$0] & ~caves[$0] }
    // Along x; then along y, with both axes swapped.
    let thin = 2.0 / 3, wide = 1.0 / 15
    asked.fill { rock[$0] }
    fill(simplex, (thin, wide), z: 7)
    layer.above(0.4, at: rock, into: tunnels, doubtful: doubtful)
    rock.fill { rock[$0] & ~tunnels[$0] }
    asked.fill { rock[$0] }
    asked.transpose()
    unsure.fill { _ in 0 }
    layer.clear()
    layer.add(simplex, step: (thin, wide), z: 7, at: asked, swapped: true)
    layer.above(0.4, at: asked, into: found, doubtful: unsure)
    found.transpose()
    unsure.transpose()
    rock.fill { rock[$0] & ~found[$0] }
    tunnels.fill { tunnels[$0] | found[$0] }
    doubtful.fill { doubtful[$0] | unsure[$0] }
  }

  private func findOres(_ simplex: UnsafePointer<OpenSimplex>) {
    asked.fill { rock[$0] }
    fill(simplex, 8, z: 1)
    layer.above(0, at: rock, into: coal, doubtful: doubtful)
    fill(simplex, 6, z: 2)
    layer.above(0.2, at: rock, into: weakIron, doubtful: doubtful)
    layer.above(0.4, at: rock, into: iron, doubtful: doubtful)
    asked.fill { high[$0] & rock[$0] }
    fill(simplex, 5, z: 6)
    layer.above(0.15, at: asked, into: weakLava, doubtful: doubtful)
    layer.above(0.35, at: asked, into: lava, doubtful: doubtful)
  }

  /// Fills the layer with noise at the cells asked about.
  private func fill(_ simplex: UnsafePointer<OpenSimplex>, _ size: Double, z: Int) {
    fill(simplex, (1 / size, 1 / size), z: z)
  }

  private func fill(_ simplex: UnsafePointer<OpenSimplex>, _ step: (Double, Double), z: Int) {
    layer.clear()
    layer.add(simplex, step: step, z: z, at: asked)
  }

  /// Sets what is known of a cell.
  private func set(_ x: Int, _ y: Int, _ site: TerrainSite) {
    start[x, y] = site.zone == .start
    tunnels[x, y] = site.zone == .tunnel
    caves[x, y] = site.zone == .cave
    shore[x, y] = site.zone == .shore
    water[x, y] = site.zone == .water
    meadow[x, y] = site.zone == .meadow
    rock[x, y] = site.zone == .rock
    raised[x, y] = site.height > 0.18
    coal[x, y] = site.coal > 0
    weakIron[x, y] = site.iron > 0.2
    iron[x, y] = site.iron > 0.4
    weakLava[x, y] = site.height > 0.3 && site.lava > 0.15
    lava[x, y] = site.height > 0.3 && site.lava > 0.35
    trees[x, y] = site.trees > 0
  }
}
