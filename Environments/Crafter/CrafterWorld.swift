import KnackEnvironment

/// Crafter's world, step for step as the Python package `crafter` 1.8.3 plays it.
///
/// One plain value holds everything: the map, what lives on it, the player, the random numbers. The rules are data
/// (``CrafterRules``); where random numbers come from is the type's parameter: ``PackageDraws`` makes it the package's
/// world, seed for seed. The one liberty: where the package visits the creatures of a chunk in the order of their
/// addresses in memory, this world visits them in the order of their creation.
public struct CrafterWorld<Draws: CrafterDraws>: World {
  // What every step needs comes first, so that it lies on few lines of cache.

  /// The random numbers.
  var draws = Draws()
  /// The chunks of the map that are not made yet, bit *i* for chunk *i*: none of them is near the player. What the map says
  /// of their cells means nothing.
  var unmade: UInt64 = 0
  /// The player; its place and health are those of the first object and of the inventory.
  public internal(set) var player = CrafterPlayer()
  /// Steps since the episode's start.
  public internal(set) var steps: Int32 = 0
  /// The player's health at the end of the last step.
  var lastHealth: Int8 = 0
  /// How many creatures of each kind live where, and what they live on.
  var population = CrafterPopulation()
  /// What lives there.
  var objects = CrafterObjects()
  /// What cells are made of, and what stands on them.
  public internal(set) var map = CrafterMap()

  /// A world without an episode.
  public init(_ rules: CrafterRules) {}

  /// Makes this the world of `crafter.Env(seed=seed)`: the next reset starts its first episode.
  public mutating func seed(_ seed: UInt64, _ rules: CrafterRules) { draws.seed(seed) }

  /// Starts the next episode.
  public mutating func reset(_ rules: CrafterRules) {
    draws.beginEpisode()
    steps = 0
    objects.count = 0
    objects.hasGaps = false
    map.occupants = InlineArray(repeating: 0)
    population = CrafterPopulation()
    unmade = 0
    player = CrafterPlayer(rules)
    lastHealth = player.health
    let start = rules.map.map { ($0.playerX, $0.playerY) } ?? (32, 32)
    add(CrafterObject(kind: CrafterKind.player.rawValue, health: 0), .player, start.0, start.1)
    if let file = rules.map {
      begin(on: file, rules)
    } else if !Draws.followsPackage {
      unmade = 1 << UInt64(CrafterMap.chunks) - 1
      makeChunksNearby(rules)
    } else {
      generate(rules)
    }
  }

  /// Takes one step. An episode that has ended goes on as in the Python package, which does not forbid it.
  @inline(__always)
  public mutating func step(_ action: Int, _ rules: CrafterRules) -> Transition {
    makeChunksNearby(rules)
    steps &+= 1
    let day = rules.days[unchecked: Int(steps % 300)]
    let reached = player.reached
    let last = objects.count
    act(CrafterAction(rawValue: action)!, rules)
    // What is created in this step waits for the next, and what is removed keeps its place until the end.
    var first = 0
    while first < last {
      var near = objects.near(playerX, playerY, from: first)
      if last &- first < 64 { near &= 1 &<< UInt64(truncatingIfNeeded: last &- first) &- 1 }
      if first == 0 { near &= ~1 }  // the player itself
      forEachBit(near) { update(first &+ $0, rules) }
      first &+= 64
    }
    if steps % 10 == 0 { balance(day, rules) }
    if objects.hasGaps { objects.compact() }
    if day.isDark { draws.passOverNightNoise(kept: rules.showsNightNoise) }

    var transition = Transition(reward: Double(player.health &- lastHealth) / 10)
    if player.reached != reached { transition.reward += 1 }
    lastHealth = player.health
    transition.terminated = player.health <= 0
    transition.truncated = steps >= rules.stepLimit
    return transition
  }

  /// The player's place.
  @inline(__always) var playerX: Int { Int(objects.x[unchecked: 0]) }
  @inline(__always) var playerY: Int { Int(objects.y[unchecked: 0]) }
}
