@testable import KnackCrafter

/// What happened in episodes that the expert played, each up to a number of steps.
struct ExpertPlay {
  /// Episodes in which each achievement was reached.
  private(set) var reached = [Int](repeating: 0, count: 22)
  /// Steps that each episode lasted.
  private(set) var lengths: [Double] = []
  /// By moment and kind: how many cows, zombies and skeletons there were in each episode that lasted so long.
  private(set) var creatures: [[Double]]

  /// The kinds that are counted.
  static let kinds: [(name: String, kind: CrafterKind)] = [
    ("cows", .cow), ("zombies", .zombie), ("skeletons", .skeleton),
  ]

  /// Plays the first episodes of seeds, counting creatures at some moments.
  init<Draws: CrafterDraws>(
    _ draws: Draws.Type, _ rules: CrafterRules, seeds: Range<UInt64>, steps: Int, moments: [Int] = []
  ) {
    creatures = [[Double]](repeating: [], count: moments.count * Self.kinds.count)
    var world = CrafterWorld<Draws>(rules)
    for seed in seeds {
      world.seed(seed, rules)
      world.reset(rules)
      for step in 1...steps {
        let outcome = world.step(world.expertAction(rules), rules)
        if let moment = moments.firstIndex(of: step) {
          var whole = world
          whole.makeWhole(rules)
          for (i, (_, kind)) in Self.kinds.enumerated() {
            let count = (0..<whole.objects.count).count { whole.objects.records[$0].kind == kind.rawValue }
            creatures[moment * Self.kinds.count + i].append(Double(count))
          }
        }
        if outcome.terminated || outcome.truncated { break }
      }
      for i in 0..<22 where world.player.reached >> UInt32(i) & 1 != 0 { reached[i] += 1 }
      lengths.append(Double(world.steps))
    }
  }

  /// Achievements reached in an episode, on average.
  var meanReached: Double { Double(reached.reduce(0, +)) / Double(lengths.count) }
}
