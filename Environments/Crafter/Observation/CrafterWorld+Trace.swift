import KnackEnvironment

extension CrafterWorld {
  /// The semantic map, the player's place, the inventory and the achievements, with the reward and the end that a reset
  /// does not have.
  public func traceOfReset(_ rules: CrafterRules) -> [TraceField] {
    traceOfStep(rules) + [TraceField("reward", .number(0))]
  }

  /// The semantic map (4,096 integers, x-major), the player's place, the counts of items and of achievements, and whether
  /// the episode is over.
  public func traceOfStep(_ rules: CrafterRules) -> [TraceField] {
    var world = self
    world.makeWhole(rules)
    let semantic = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
      world.writeSemantic(into: buffer.baseAddress!)
      count = 4096
    }
    return [
      TraceField("semantic", .integers(semantic.map(Int.init))),
      TraceField("position", .integers([playerX, playerY])),
      TraceField("inventory", .integers((0..<16).map { Int(player.inventory[$0]) })),
      TraceField("achievements", .integers((0..<22).map { Int(player.achievements[$0]) })),
      TraceField("done", .boolean(player.health <= 0 || steps >= rules.stepLimit)),
    ]
  }
}
