import KnackDocuments

/// What a planner is told of the Overworld: counts with names.
///
/// - Items by Minecraft's names, whatever their metadata: all that can be crafted, smelted, placed, equipped or thrown by an
///   action, that these take, and that blocks and creatures drop.
/// - `NAME_nearby`: 1 where a ray of ``RayFan/standard`` meets such a thing within 3 blocks, as Plan4MC senses what is near;
///   it is sensed in every step, never kept account of. The names are those of `Data/senses.yaml` and the creatures.
///   `crafting_table_nearby` and `furnace_nearby` mean near enough to be used.
/// - `NAME_in_sight`: 1 where a ray meets one within 16 blocks: so far about the player the world has always been made.
///   Plan4MC looks for its targets 20 blocks far.
/// - The player's own state: see ``states``.
public struct OverworldFacts: Sendable {
  /// The names, in the order in which they are written.
  public let names: [String]

  /// Facts about the player: half hearts, half shanks and ticks of breath; the level of its feet; the time of day in ticks
  /// from sunrise, the day's number, the light that the sky gives and the light at the player's eyes, both 0 … 15; whether
  /// something above its head takes sunlight away; whether it is in water, and on the ground; and how much of the fuel
  /// that it has lit still burns, in ``heat``.
  static let states = [
    "health", "food", "breath", "level", "time_of_day", "day", "sunlight", "light", "under_cover", "in_water",
    "on_ground", "heat",
  ]
  /// Ticks of burning fuel that count as one of the fact `heat`: half of what smelting one takes.
  static let heat = 100
  /// How near is nearby, and how far things are in sight, in blocks.
  static let near: Float = 3, sight: Float = 16

  /// By item, its place among the names; -1 for items without a fact.
  let place: ConstantTable<Int16>
  let itemCount: Int
  /// By ``SightCode``, the group of things that it is of; 255 for none.
  let group: ConstantTable<UInt8>
  /// The names of the groups: what may be near beside crafting tables and furnaces, first the blocks of `Data/senses.yaml`,
  /// then creatures.
  let things: [String]
  private let groupCount: Int

  /// The facts of the rules that the program brings along, made once.
  public static let standard = builtIn { () throws(DocumentError) in
    let root = try YAMLValue(
      yaml: String(decoding: PackageResources.senses_yaml, as: UTF8.self), file: "senses.yaml")
    return try OverworldFacts(root, MinecraftRules.standard, OverworldActions.standard)
  }

  /// The most groups that a file can have.
  private static let mostGroups = 64

  /// The facts of a file's root.
  ///
  /// - Throws: `DocumentError` with file, line and column.
  init(_ root: YAMLValue, _ rules: MinecraftRules, _ actions: OverworldActions) throws(DocumentError) {
    let items = Self.itemNames(rules, actions)
    var places = [Int16](repeating: -1, count: rules.items.count)
    for (place, name) in items.enumerated() {
      for item in rules.items.items(named: name) { places[item.index] = Int16(place) }
    }
    var things: [String] = [], groups = [UInt8](repeating: 255, count: SightCode.count)
    let states = Block.allCases.map { (name: $0.name, value: $0) }
    for entry in try root.fields(["inventory", "nearby"])["nearby"]?.entries() ?? [] {
      for value in try entry.value.elements("a list of block states") {
        let block = try value.choice("block state", among: states)
        guard groups[Int(block.rawValue)] == 255 else {
          throw value.mistake("'\(block.name)' is in another group already.")
        }
        groups[Int(block.rawValue)] = UInt8(things.count)
      }
      things.append(entry.key)
    }
    for kind in CreatureKind.allCases where kind.isAnimal || kind.isHostile {
      groups[Int(SightCode.creature(kind))] = UInt8(things.count)
      things.append(kind.name)
    }
    guard things.count <= Self.mostGroups else {
      throw root.mistake("no more than \(Self.mostGroups) things can be near, creatures included.")
    }
    names =
      items + ["crafting_table_nearby", "furnace_nearby"] + things.map { $0 + "_nearby" }
      + things.map { $0 + "_in_sight" } + Self.states
    place = ConstantTable(places)
    itemCount = items.count
    group = ConstantTable(groups)
    self.things = things
    groupCount = things.count
  }

  /// The block states that count as a thing; none for a creature.
  func blocks(of thing: Int) -> [Block] { Block.allCases.filter { Int(group[Int($0.rawValue)]) == thing } }

  /// The items that facts count, in the order of their codes.
  private static func itemNames(_ rules: MinecraftRules, _ actions: OverworldActions) -> [String] {
    var items: Set<Item> = []
    let recipes = rules.recipes
    for craft in actions.crafts {
      for index in craft.recipes {
        let recipe = Int(actions.recipes[index])
        items.insert(recipes.result[recipe])
        items.insert(recipes.returned[recipe])
        for need in recipes.needs(of: recipe) {
          for accepted in recipes.accepted(recipes.needs[need].set) {
            items.insert(recipes.acceptedItems[accepted])
          }
        }
      }
    }
    for smelt in actions.smelts {
      for index in smelt.inputs {
        items.insert(actions.inputs[index])
        items.insert(rules.smelting.result[actions.inputs[index].index])
      }
    }
    for index in 0..<actions.named.count { items.insert(actions.named[index]) }
    for index in 0..<rules.drops.drops.count {
      let drop = rules.drops.drops[index]
      items.formUnion([drop.item, drop.otherwise, drop.burnt])
    }
    var names: [String] = []
    for item in items.sorted(by: { $0.rawValue < $1.rawValue }) where item != .none {
      let name = rules.items.names[item.index]
      if names.last != name && !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// Writes one count for each name.
  ///
  /// - Complexity: some ten microseconds, nearly all of it for the rays.
  public func write(
    _ world: inout OverworldWorld, _ rules: OverworldRules, into facts: UnsafeMutablePointer<Int32>
  ) {
    facts.update(repeating: 0, count: names.count)
    for slot in 0..<36 where world.player.inventory[unchecked: slot].count > 0 {
      let stack = world.player.inventory[unchecked: slot]
      let place = Int(place[stack.item.index])
      if place >= 0 { facts[place] &+= Int32(stack.count) }
    }
    let stations = world.nearbyStations()
    facts[itemCount] = stations.table ? 1 : 0
    facts[itemCount + 1] = stations.furnace ? 1 : 0
    let near = facts + itemCount + 2, inSight = near + groupCount
    world.forEachRay(of: .standard, maximum: Double(Self.sight)) { _, code, distance in
      let group = Int(group[Int(code)])
      guard group != 255 else { return }
      inSight[group] = 1
      if distance <= Self.near { near[group] = 1 }
    }
    world.writeStates(into: inSight + groupCount)
  }
}

extension OverworldWorld {
  /// Writes ``OverworldFacts/states``.
  fileprivate func writeStates(into facts: UnsafeMutablePointer<Int32>) {
    let x = cell(player.x), z = cell(player.z), eyes = cell(player.y + player.eyes)
    let sunlight = Daylight.sunlight(timeOfDay)
    let light = lightLevel(x, eyes, z)
    facts[0] = Int32(max(0, player.health).rounded(.up))
    facts[1] = player.food
    facts[2] = max(0, player.air)
    facts[3] = Int32(cell(player.y))
    facts[4] = timeOfDay
    facts[5] = ticks / Daylight.dayLength
    facts[6] = Int32(sunlight)
    facts[7] = Int32(max(light.block, light.sky + sunlight - 15, 0))
    facts[8] = isOpenToSky(x, eyes, z) ? 0 : 1
    facts[9] = player.isInWater ? 1 : 0
    facts[10] = player.isOnGround ? 1 : 0
    facts[11] = player.burnTicks / Int32(OverworldFacts.heat)
  }
}
