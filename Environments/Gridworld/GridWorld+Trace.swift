import KnackEnvironment

extension GridWorld {
  /// The mission in words, MiniGrid's image (147 integers, C order) and the direction.
  public func traceOfReset(_ rules: GridRules) -> [TraceField] {
    [TraceField("mission", .string(rules.task.mission(mission)))] + traceOfStep(rules)
  }

  /// MiniGrid's image (147 integers, C order) and the direction.
  public func traceOfStep(_ rules: GridRules) -> [TraceField] {
    var world = self
    let view = world.view(throughWalls: rules.seesThroughWalls)
    let image = [UInt8](unsafeUninitializedCapacity: 148) { buffer, count in
      writeImage(view, rules, into: buffer.baseAddress!)
      count = 147
    }
    return [
      TraceField("image", .integers(image.map(Int.init))),
      TraceField("direction", .integer(Int(direction.rawValue))),
    ]
  }
}
