extension OverworldWorld {
  /// Whether bytes are those of a world that can be stepped: every code is one of something, every flag 0 or 1, every place
  /// near the grid. Stepping trusts all of that without looking.
  ///
  /// - Complexity: O(blocks), about a tenth of a millisecond.
  public static func accepts(_ bytes: UnsafeRawPointer, _ rules: OverworldRules) -> Bool {
    let world = StoredValue<OverworldWorld>(start: bytes)
    guard world.number(\.ticks) >= 0, world.number(\.steps) >= 0,
      (0..<Daylight.dayLength).contains(world.number(\.timeOfDay)),
      world.bytes(\.blocks.codes).allSatisfy({ $0 < Block.count }),
      world.bytes(\.biomes).allSatisfy({ $0 < Biome.allCases.count }),
      world.bytes(\.skyline).allSatisfy({ $0 <= BlockGrid.height })
    else { return false }
    let items = rules.minecraft.items.count
    return acceptsPlayer(world.part(\.player), items) && acceptsCreatures(world) && acceptsDrops(world, items)
  }

  private static func acceptsPlayer(_ player: StoredValue<OverworldPlayer>, _ items: Int) -> Bool {
    let flags = [
      player.byte(\.isOnGround), player.byte(\.isInWater), player.byte(\.isUnderWater),
      player.byte(\.isInLava),
      player.byte(\.isSneaking), player.byte(\.isSprinting),
    ]
    return flags.allSatisfy { $0 <= 1 }
      && [player.number(\.x), player.number(\.y), player.number(\.z)].allSatisfy(isNear)
      && [player.number(\.vx), player.number(\.vy), player.number(\.vz), player.number(\.fallDistance)]
        .allSatisfy(isNear)
      && player.number(\.health).isFinite && (0...20).contains(player.number(\.food))
      && (0..<24).contains(player.number(\.yaw)) && (-6...6).contains(player.number(\.pitch))
      && player.number(\.breakingProgress).isFinite && player.number(\.busyItem).index < items
      && player.elements(\.inventory, of: ItemStack.self, count: 36).allSatisfy { accepts($0, items) }
  }

  private static func acceptsCreatures(_ world: StoredValue<OverworldWorld>) -> Bool {
    let most = OverworldWorld.creatureCapacity, count = Int(world.number(\.creatureCount))
    guard (0...most).contains(count) else { return false }
    let creatures = world.elements(\.creatures, of: Creature.self, count: most)
    return creatures.enumerated().allSatisfy { index, creature in
      let flags = [
        creature.byte(\.isOnGround), creature.byte(\.isYoung), creature.byte(\.isShorn),
        creature.byte(\.isInWater),
        creature.byte(\.isBlocked), creature.byte(\.isProvoked),
      ]
      let kind = creature.byte(\.kind)
      return kind < CreatureKind.allCases.count && (index < count || kind == 0)
        && creature.byte(\.task) <= CreatureTask.chase.rawValue && flags.allSatisfy { $0 <= 1 }
        && [creature.number(\.x), creature.number(\.y), creature.number(\.z)].allSatisfy(isNear)
        && [creature.number(\.vx), creature.number(\.vy), creature.number(\.vz)].allSatisfy(isNear)
        && creature.number(\.yaw).isFinite && creature.number(\.health).isFinite
        && creature.byte(\.color) <= 15
        && creature.byte(\.pathCount) <= 32
    }
  }

  private static func acceptsDrops(_ world: StoredValue<OverworldWorld>, _ items: Int) -> Bool {
    let most = OverworldWorld.dropCapacity
    guard (0...most).contains(Int(world.number(\.dropCount))) else { return false }
    return world.elements(\.drops, of: DroppedItem.self, count: most).allSatisfy { drop in
      accepts(drop.part(\.stack), items)
        && [drop.number(\.x), drop.number(\.y), drop.number(\.z), drop.number(\.vy)].allSatisfy {
          isNear(Double($0))
        }
    }
  }

  /// Whether bytes are those of a memory that the expert can trust: its places are near the grid, its counts and indices
  /// within what they count.
  public static func acceptsMemory(_ bytes: UnsafeRawPointer, _ rules: OverworldRules) -> Bool {
    let memory = StoredValue<OverworldExpertMemory>(start: bytes)
    let longest = OverworldExpertMemory.longest, failures = OverworldExpertMemory.failures
    let places =
      [memory.part(\.target)] + memory.elements(\.path, of: Place.self, count: longest)
      + memory.elements(\.failed, of: Place.self, count: failures)
    let count = memory.number(\.pathCount)
    return memory.byte(\.errand) <= OverworldExpertMemory.Errand.explore.rawValue
      && memory.number(\.creature) < OverworldWorld.creatureCapacity
      && memory.byte(\.kind) < CreatureKind.allCases.count
      && memory.number(\.item).index < rules.minecraft.items.count
      && count <= longest && memory.number(\.pathStep) < max(1, count) && memory.number(\.strayed) < .max
      && (0..<Int16.max).contains(memory.number(\.idleSteps)) && memory.number(\.nextFailed) < failures
      && places.allSatisfy { place in
        [place.number(\.x), place.number(\.y), place.number(\.z)].allSatisfy { isNear(Double($0)) }
      }
  }

  private static func accepts(_ stack: StoredValue<ItemStack>, _ items: Int) -> Bool {
    stack.number(\.item).index < items && stack.number(\.count) <= 64
  }

  /// Whether a coordinate can be that of something in the world.
  private static func isNear(_ coordinate: Double) -> Bool { abs(coordinate) < 1000 }
}
