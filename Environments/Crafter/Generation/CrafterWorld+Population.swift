extension CrafterWorld {
  /// Draws the whole map of an episode, and its first creatures.
  @inline(never)
  mutating func generate(_ rules: CrafterRules) {
    var simplex = OpenSimplex(seed: Int64(draws.below((1 << 31) - 1)))
    var memory = TerrainZones.Memory()
    withUnsafeMutablePointer(to: &memory) { memory in
      let zones = TerrainZones(memory)
      withUnsafePointer(to: &simplex) { zones.find($0) }
      map.draw(zones, rules.terrain, &draws)
      population.countGround(&map, rules)
      populate(zones.tunnels, rules)
    }
  }

  /// Puts an episode's first creatures on the map: cows on meadows, zombies wherever creatures can walk, skeletons in
  /// tunnels; none near the player.
  mutating func populate(_ tunnels: MapBits, _ rules: CrafterRules) {
    func threshold(_ kind: CrafterKind) -> Double {
      rules.creatures[Int(kind.rawValue - CrafterKind.player.rawValue)].initialThreshold
    }
    let cows = threshold(.cow), zombies = threshold(.zombie), skeletons = threshold(.skeleton)
    for x in 0..<CrafterMap.side {
      for y in 0..<CrafterMap.side {
        let material = map.materials[unchecked: CrafterMap.cell(x, y)]
        guard rules.creatureGround.contains(material) else { continue }
        let square = (x - 32) * (x - 32) + (y - 32) * (y - 32)
        if square > 9 && material == rules.terrain.meadow && draws.uniform() > cows {
          addCreature(.cow, x, y, rules)
        } else if square > 100 && draws.uniform() > zombies {
          addCreature(.zombie, x, y, rules)
        } else if material == CrafterMaterial.path.rawValue && tunnels[x, y]
          && draws.uniform() > skeletons
        {
          addCreature(.skeleton, x, y, rules)
        }
      }
    }
  }
}
