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

  private static func accepts(_ stack: StoredValue<ItemStack>, _ items: Int) -> Bool {
    stack.number(\.item).index < items && stack.number(\.count) <= 64
  }

  /// Whether a coordinate can be that of something in the world.
  private static func isNear(_ coordinate: Double) -> Bool { abs(coordinate) < 1000 }
}

/// Bytes that should be a value's, read without trust: as numbers, whose every pattern of bits is one.
private struct StoredValue<Value> {
  let start: UnsafeRawPointer

  private func offset(_ path: PartialKeyPath<Value>) -> Int {
    guard let offset = MemoryLayout<Value>.offset(of: path) else {
      preconditionFailure("a stored property has a place")
    }
    return offset
  }

  /// A number, or a struct of numbers.
  func number<Number: BitwiseCopyable>(_ path: KeyPath<Value, Number>) -> Number {
    (start + offset(path)).load(as: Number.self)
  }

  /// The byte of a flag or of a case.
  func byte<Field: BitwiseCopyable>(_ path: KeyPath<Value, Field>) -> UInt8 {
    (start + offset(path)).load(as: UInt8.self)
  }

  /// All bytes of a property.
  func bytes<Field>(_ path: KeyPath<Value, Field>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: start + offset(path), count: MemoryLayout<Field>.size)
  }

  /// A property that is to be looked into.
  func part<Part>(_ path: KeyPath<Value, Part>) -> StoredValue<Part> {
    StoredValue<Part>(start: start + offset(path))
  }

  /// The elements of a property.
  func elements<Elements, Element>(
    _ path: KeyPath<Value, Elements>, of type: Element.Type, count: Int
  ) -> [StoredValue<Element>] {
    (0..<count).map { StoredValue<Element>(start: start + offset(path) + $0 * MemoryLayout<Element>.stride) }
  }
}
