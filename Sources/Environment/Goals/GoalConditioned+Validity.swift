extension GoalConditioned {
  /// Whether the world is one, and what is kept beside it can be.
  @inlinable
  public static func accepts(_ bytes: UnsafeRawPointer, _ rules: GoalRules<Base>) -> Bool {
    func byte<T>(_ path: PartialKeyPath<Self>, _ type: T.Type) -> T {
      (bytes + MemoryLayout<Self>.offset(of: path)!).load(as: T.self)
    }
    // Numbers from which codes are made, and counters that must not run over.
    let numbers: [PartialKeyPath<Self>] = [\.focus.x, \.focus.y, \.focus.z, \.distance]
    let counts: [PartialKeyPath<Self>] = [\.asked, \.clock, \.taken, \.focusSteps]
    let lengths: [PartialKeyPath<Self>] = [\.steps, \.firstStep, \.episodeSteps]
    let goals = -1..<Int32(rules.kinds.count)
    return Base.accepts(bytes + MemoryLayout<Self>.offset(of: \Self.base)!, rules.grounds[0].rules)
      && (0..<Int32(rules.grounds.count)).contains(byte(\Self.ground, Int32.self))
      && goals.contains(byte(\Self.goal, Int32.self)) && goals.contains(byte(\Self.intent, Int32.self))
      && byte(\Self.outcome, UInt8.self) <= GoalOutcome.interrupted.rawValue
      && byte(\Self.report.outcome, UInt8.self) <= GoalOutcome.interrupted.rawValue
      && byte(\Self.report.isTerminated, UInt8.self) <= 1 && byte(\Self.report.isTruncated, UInt8.self) <= 1
      && byte(\Self.focusKind, UInt8.self) <= GoalFocus.waypoint.rawValue
      && Int(byte(\Self.heading, UInt8.self)) <= rules.headings.count
      && counts.allSatisfy { (0..<1 << 30).contains(byte($0, Int32.self)) }
      && lengths.allSatisfy { (0..<1 << 60).contains(byte($0, Int64.self)) }
      && numbers.allSatisfy { byte($0, Float.self).isFinite }
      && byte(\Self.seen, SeenTargets.self).isFinite
      && byte(\Self.isOver, UInt8.self) <= 1 && byte(\Self.isChoosing, UInt8.self) <= 1
      && (byte(\Self.lead, Float.self) == .infinity || abs(byte(\Self.lead, Float.self)) <= 4)
      && (-1...1).contains(byte(\Self.rise, Int8.self)) && byte(\Self.isLeaving, UInt8.self) <= 1
      && byte(\Self.isReached, UInt8.self) <= 1
      && byte(\Self.focus.isNear, UInt8.self) <= 1 && byte(\Self.focus.isItem, UInt8.self) <= 1
  }
}
