import KnackEnvironment

/// What the expert has to bring about, one thing after another.
enum ExpertWish {
  /// So many of some items that serve alike.
  case have([Item], Int)
  /// A crafting table near, or a furnace.
  case station(table: Bool)
  /// A creature near.
  case meet(CreatureKind)
  /// A meal of one of some items.
  case eat([Item])
  /// A closed room with a torch in it.
  case shelter
}

extension ExpertScene {
  /// What is lacking for the goal of the task; nothing where time alone will bring it.
  var wishes: [ExpertWish] {
    rules.goal.terms.count > 0 ? wishes(0) : []
  }

  /// What is lacking for a condition of the goal.
  private func wishes(_ place: Int) -> [ExpertWish] {
    let goal = rules.goal, term = goal.terms[place]
    guard !world.pointee.holds(place, rules) else { return [] }
    let items = rules.minecraft.items.all
    switch term.kind {
    case .all, .any:
      var sum: [ExpertWish] = []
      var part = place + 1
      while part < Int(term.end) {
        sum += wishes(part)
        part = Int(goal.terms[part].end)
      }
      return term.kind == .all ? sum : choice(sum)
    case .obtain:
      return [.have(items.filter { goal.items[$0.index] >> UInt32(term.bit) & 1 != 0 }, Int(term.count))]
    case .nearStation: return [.station(table: term.code == 0)]
    case .nearCreature: return CreatureKind(rawValue: term.code).map { [.meet($0)] } ?? []
    case .eat: return [.eat(items.filter { goal.tallies[$0.index] == term.code })]
    case .light: return [.shelter]
    case .nearBlock, .after, .before: return []
    }
  }
}

extension ExpertScene {
  /// One wish for several of which one will do: meals are chosen among by their cost; else it is the first.
  private func choice(_ wishes: [ExpertWish]) -> [ExpertWish] {
    let meals = wishes.flatMap { if case .eat(let items) = $0 { items } else { [Item]() } }
    return meals.isEmpty ? Array(wishes.prefix(1)) : [.eat(meals)]
  }
}

extension OverworldWorld: ExpertWorld {
  /// The action that ``OverworldExpert`` takes for the goal of its task; nothing of a dead player.
  public mutating func expertAction(_ rules: OverworldRules, _ memory: inout OverworldExpertMemory) -> Int {
    guard !isPlayerDead else { return ExpertKey.wait }
    let number = withUnsafeMutablePointer(to: &self) { world in
      OverworldExpert(ExpertScene(world, rules)).action(&memory)
    }
    guard rules.hasFactors else { return number }
    return FactoredAction(flatAction(number, rules), rules.actions).code(rules.actions)
  }
}
