extension CrafterMap {
  /// Draws an episode's terrain: where noise says that several things may be on a cell, random numbers say which, cell by
  /// cell and x-major.
  mutating func draw<Draws: CrafterDraws>(
    _ zones: TerrainZones, _ terrain: TerrainTable, _ draws: inout Draws
  ) {
    for x in 0..<Self.side {
      fill(x, zones, terrain)
      let rock = zones.rock[x]
      // The cells for which a number is drawn, rock's and meadows'.
      let ores =
        zones.coal[x] | zones.iron[x]
        | zones.raised[x]
      let trees = zones.trees[x] & zones.meadow[x]
      forEachBit(rock & ores | trees) { y in
        let cell = Self.cell(x, y)
        if zones.meadow[x, y] {
          if draws.uniform() > terrain.treeThreshold {
            materials[unchecked: cell] = CrafterMaterial.tree.rawValue
          }
        } else if zones.coal[x, y] && draws.uniform() > terrain.coalThreshold {
          materials[unchecked: cell] = CrafterMaterial.coal.rawValue
        } else if zones.iron[x, y] && draws.uniform() > terrain.ironThreshold {
          materials[unchecked: cell] = CrafterMaterial.iron.rawValue
        } else if zones.raised[x, y] && draws.uniform() > terrain.diamondThreshold {
          materials[unchecked: cell] = CrafterMaterial.diamond.rawValue
        }
      }
    }
  }

  /// Fills a column with what its cells are before anything is drawn.
  @inline(__always)
  private mutating func fill(_ x: Int, _ zones: TerrainZones, _ terrain: TerrainTable) {
    let rock = zones.rock[x], lava = zones.lava[x] & rock
    let paths = zones.caves[x] | zones.tunnels[x]
    for group in 0..<8 {
      let shift = UInt64(8 &* group)
      func bytes(_ bits: UInt64, _ material: UInt8) -> UInt64 {
        spread(bits &>> shift) & (UInt64(material) &* 0x0101_0101_0101_0101)
      }
      let bytes =
        bytes(zones.start[x], terrain.start)
        | bytes(paths, CrafterMaterial.path.rawValue)
        | bytes(zones.shore[x], terrain.shore)
        | bytes(zones.water[x], CrafterMaterial.water.rawValue)
        | bytes(zones.meadow[x], terrain.meadow)
        | bytes(lava, CrafterMaterial.lava.rawValue)
        | bytes(rock & ~lava, CrafterMaterial.stone.rawValue)
      withUnsafeMutablePointer(to: &materials) {
        (UnsafeMutableRawPointer($0) + Self.cell(x, 8 &* group)).storeBytes(of: bytes, as: UInt64.self)
      }
    }
    guard terrain.variesRock else { return }
    forEachBit(rock & ~lava) { y in
      let material =
        zones.weakLava[x, y]
        ? terrain.nearLava
        : zones.coal[x, y]
          ? terrain.nearCoal
          : zones.weakIron[x, y]
            ? terrain.nearIron : zones.raised[x, y] ? terrain.nearDiamond : CrafterMaterial.stone.rawValue
      materials[Self.cell(x, y)] = material
    }
  }
}
