import KnackEnvironment

/// What an episode is for: conditions, each a matter of the moment, that can be joined.
///
/// In a file of tasks a goal is a mapping, of which all entries must hold at once:
///
///     goal: {obtain: {bread: 1}, near: furnace}
///
/// ``GoalTable`` is what a step checks.
public indirect enum OverworldGoal: Sendable, Equatable {
  /// Each of these, at the same moment.
  case all([OverworldGoal])
  /// One of these.
  case any([OverworldGoal])
  /// The player carries so many more of an item, whatever its metadata, than at the episode's start.
  case obtain(item: String, count: Int)
  /// A block of a Minecraft name, or a creature, is near (``OverworldWorld/isNear(_:)``).
  case near(String)
  /// The player has eaten so many of an item in the episode.
  case eat(item: String, count: Int)
  /// So many ticks have passed since the start, or not yet.
  case after(ticks: Int)
  case before(ticks: Int)
  /// At the player's eyes the light of the sky, as it is at noon, is at most `sky`, and that of blocks at least `blocks`.
  case light(sky: Int, blocks: Int)

  /// In words, as after "The goal is to".
  public var words: String {
    switch self {
    case .all(let goals): goals.map(\.words).joined(separator: " and ")
    case .any(let goals): goals.map(\.words).joined(separator: " or ")
    case .obtain(let item, let count): "obtain \(count) \(item)"
    case .near(let thing): "be near a \(thing)"
    case .eat(let item, let count): "eat \(count) \(item)"
    case .after(let ticks): "live for \(ticks) ticks"
    case .before(let ticks): "do so before tick \(ticks)"
    case .light(let sky, let blocks):
      "stand where the sky's light is at most \(sky) and that of blocks at least \(blocks)"
    }
  }
}

extension OverworldGoal {
  /// The goal over the facts of ``OverworldFacts``, for planners; nil where they cannot say it.
  ///
  /// What is near counts as it is sensed there, which for blocks and creatures is not quite how a step checks it.
  func amounts(of task: OverworldTask, facts: [String]) -> [Operator.Amount]? {
    switch self {
    case .all(let goals):
      var amounts: [Operator.Amount] = []
      for goal in goals {
        guard let part = goal.amounts(of: task, facts: facts) else { return nil }
        amounts += part
      }
      return amounts
    case .obtain(let name, let count):
      guard facts.contains(name) else { return nil }
      let items = MinecraftRules.standard.items
      let atStart = task.inventory.reduce(0) { $0 + (items.names[$1.item.index] == name ? Int($1.count) : 0) }
      return [Operator.Amount(name, count + atStart)]
    case .near(let name): return facts.contains(name + "_nearby") ? [Operator.Amount(name + "_nearby")] : nil
    case .any, .eat, .after, .before, .light: return nil
    }
  }
}
