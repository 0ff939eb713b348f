extension OverworldWorld {
  /// One step of the player and the world: what is done at once, then as many ticks as the rules say, with what is held.
  ///
  /// A dead player does nothing, and nothing happens around it any more.
  mutating func advance(_ action: OverworldAction, _ rules: OverworldRules) {
    perform(action, rules)
    for _ in 0..<rules.ticksPerStep where !isPlayerDead { tick(action.controls, rules) }
    steps &+= 1
  }

  /// One tick, in this order: the chunks that come near are made, the player lives and moves, creatures do, blocks grow, time
  /// passes.
  private mutating func tick(_ controls: Controls, _ rules: OverworldRules) {
    makeChunks(aroundX: cell(player.x), z: cell(player.z), radius: rules.viewDistance, rules)
    tickPlayer(controls, rules)
    tickCreatures(rules)
    tickBlocks(rules)
    ticks &+= 1
    timeOfDay &+= 1
    if timeOfDay >= Daylight.dayLength { timeOfDay = 0 }
  }
}
