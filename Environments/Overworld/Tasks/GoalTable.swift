/// A goal as a step checks it: conditions in prefix order, with what they count marked by the codes of items and blocks.
struct GoalTable: Sendable {
  /// A condition. Joining ones are followed by what they join.
  struct Term: BitwiseCopyable, Sendable {
    enum Kind: UInt8, BitwiseCopyable, Sendable {
      case all, any, obtain, nearStation, nearBlock, nearCreature, eat, after, before, light
    }
    var kind: Kind
    /// For creatures, the kind; for meals, the tally.
    var code: UInt8 = 0
    /// The bit of ``items`` or ``blocks`` that marks what is counted.
    var bit: UInt8 = 0
    /// How many, or how many ticks; of light, the sky's 256 times and the blocks' once.
    var count: Int32 = 0
    /// The place after it and what it joins.
    var end: Int32 = 0
  }

  let terms: ConstantTable<Term>
  /// By item and by block, which terms count it.
  let items: ConstantTable<UInt32>, blocks: ConstantTable<UInt32>
  /// By item, the tally of its meals; 255 where none is kept.
  let tallies: ConstantTable<UInt8>

  /// The most conditions that count items or blocks, and tallies of meals.
  static let most = 32, mostTallies = 8

  /// Compiles the goal of a task, whose names must be those of things.
  init(_ task: OverworldTask, _ rules: MinecraftRules) {
    var terms: [Term] = []
    var items = [UInt32](repeating: 0, count: rules.items.count),
      blocks = [UInt32](repeating: 0, count: Block.count)
    var tallies = [UInt8](repeating: .max, count: rules.items.count), tallyCount: UInt8 = 0
    func add(_ goal: OverworldGoal) {
      let place = terms.count
      switch goal {
      case .all(let goals), .any(let goals):
        if case .all = goal { terms.append(Term(kind: .all)) } else { terms.append(Term(kind: .any)) }
        goals.forEach(add)
      case .obtain(let name, let count):
        let counted = rules.items.items(named: name)
        for item in counted { items[item.index] |= 1 << UInt32(place) }
        let atStart = task.inventory.reduce(0) { $0 + (counted.contains($1.item) ? Int($1.count) : 0) }
        terms.append(Term(kind: .obtain, bit: UInt8(place), count: Int32(count + atStart)))
      case .near(let name):
        if let creature = CreatureKind.allCases.first(where: { $0.name == name && $0 != .none }) {
          terms.append(Term(kind: .nearCreature, code: creature.rawValue))
        } else if name == "crafting_table" || name == "furnace" {
          terms.append(Term(kind: .nearStation, code: name == "furnace" ? 1 : 0))
        } else {
          for (code, block) in rules.blocks.minecraftNames.enumerated() where block == name {
            blocks[code] |= 1 << UInt32(place)
          }
          terms.append(Term(kind: .nearBlock, bit: UInt8(place)))
        }
      case .eat(let name, let count):
        for item in rules.items.items(named: name) { tallies[item.index] = tallyCount }
        terms.append(Term(kind: .eat, code: tallyCount, count: Int32(count)))
        tallyCount += 1
      case .after(let ticks): terms.append(Term(kind: .after, count: Int32(ticks)))
      case .before(let ticks): terms.append(Term(kind: .before, count: Int32(ticks)))
      case .light(let sky, let blocks):
        terms.append(Term(kind: .light, count: Int32(sky * 256 + blocks)))
      }
      terms[place].end = Int32(terms.count)
    }
    if let goal = task.goal { add(goal) }
    precondition(
      terms.count <= Self.most && tallyCount <= Self.mostTallies, "a goal of so many parts is not checked")
    self.terms = ConstantTable(terms)
    self.items = ConstantTable(items)
    self.blocks = ConstantTable(blocks)
    self.tallies = ConstantTable(tallies)
  }
}

extension OverworldWorld {
  /// How far from the block of the player's eyes things are near that are no crafting table and no furnace: Plan4MC's three
  /// blocks.
  static let nearness = 3

  /// Whether the goal is reached now. Never where there is none.
  ///
  /// - Complexity: O(36) an item, O(49 columns) a block.
  mutating func hasReachedGoal(_ rules: OverworldRules) -> Bool {
    rules.goal.terms.count > 0 && holds(0, rules)
  }

  /// Whether a condition of the goal holds.
  mutating func holds(_ place: Int, _ rules: OverworldRules) -> Bool {
    let goal = rules.goal, term = goal.terms[place]
    switch term.kind {
    case .all, .any:
      let isAny = term.kind == .any
      var part = place + 1
      while part < Int(term.end) {
        if holds(part, rules) == isAny { return isAny }
        part = Int(goal.terms[part].end)
      }
      return !isAny
    case .obtain:
      var count: Int32 = 0
      for slot in player.inventory.indices {
        let stack = player.inventory[slot]
        if goal.items[stack.item.index] &>> UInt32(term.bit) & 1 != 0 { count &+= Int32(stack.count) }
      }
      return count >= term.count
    case .nearStation:
      let stations = nearbyStations()
      return term.code == 0 ? stations.table : stations.furnace
    case .nearBlock: return isBlockNear(goal.blocks, UInt32(term.bit))
    case .nearCreature: return isCreatureNear(CreatureKind(rawValue: term.code) ?? .none)
    case .eat: return Int32(meals[Int(term.code)]) >= term.count
    case .after: return ticks >= term.count
    case .before: return ticks < term.count
    case .light:
      let x = cell(player.x), y = cell(player.y + player.eyes), z = cell(player.z)
      let sky = Int(term.count &>> 8), blocks = Int(term.count & 255)
      if sky < 15 && isOpenToSky(x, y, z) { return false }
      let light = lightLevel(x, y, z)
      return light.sky <= sky && light.block >= blocks
    }
  }

  private mutating func isBlockNear(_ marks: ConstantTable<UInt32>, _ bit: UInt32) -> Bool {
    let x = cell(player.x), y = cell(player.y + player.eyes), z = cell(player.z), reach = Self.nearness
    let view = view
    for nearX in x - reach...x + reach {
      for nearZ in z - reach...z + reach {
        for nearY in y - reach...y + reach
        where marks[Int(view[nearX, nearY, nearZ].rawValue)] &>> bit & 1 != 0 { return true }
      }
    }
    return false
  }

  private mutating func isCreatureNear(_ kind: CreatureKind) -> Bool {
    let eyes = player.y + player.eyes, reach = Double(Self.nearness)
    for index in 0..<Int(creatureCount) where creatures[index].kind == kind {
      let box = creatures[index].bounds
      let dx = max(0, box.minX - player.x, player.x - box.maxX), dy = max(0, box.minY - eyes, eyes - box.maxY)
      let dz = max(0, box.minZ - player.z, player.z - box.maxZ)
      if dx * dx + dy * dy + dz * dz <= reach * reach { return true }
    }
    return false
  }

  /// Notes that the player has eaten something.
  mutating func noteMeal(of item: Item, _ rules: OverworldRules) {
    let tally = Int(rules.goal.tallies[item.index])
    if tally < meals.count { meals[tally] = min(.max - 1, meals[tally]) &+ 1 }
  }
}
