/// One named value of a trace line.
public struct TraceField: Sendable {
  /// The key in the JSON object.
  public var name: String
  /// The value.
  public var value: TraceValue

  /// A field.
  public init(_ name: String, _ value: TraceValue) {
    self.name = name
    self.value = value
  }
}

/// A value that a trace can print.
public enum TraceValue: Sendable {
  /// A whole number.
  case integer(Int)
  /// A number in full double precision, printed so that it reads back to the same bits.
  case number(Double)
  /// Text.
  case string(String)
  /// True or false.
  case boolean(Bool)
  /// Whole numbers.
  case integers([Int])
}

/// One line of a trace: a reset, or a step with its outcome.
public struct TraceLine: Sendable {
  /// The values, in the order of printing; the first is `event`.
  public var fields: [TraceField]

  /// The line as a JSON object.
  public var json: String {
    "{" + fields.map { "\(JSON.string($0.name).text):\($0.value.json)" }.joined(separator: ",") + "}"
  }
}

extension TraceValue {
  /// The value as JSON.
  public var json: String {
    switch self {
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .string(let value): JSON.string(value).text
    case .boolean(let value): value ? "true" : "false"
    case .integers(let values): "[" + values.map(String.init).joined(separator: ",") + "]"
    }
  }
}

extension WorldKind {
  /// Resets one world with `seed`, takes `actions` one by one, and hands each line to `emit`. Action -1 resets
  /// without a seed, so that the random stream goes on. Episodes that end are not reset by themselves, as in the
  /// single environments of Gymnasium.
  ///
  /// - Throws: ``EnvironmentError/actionOutOfRange(_:environment:count:)`` before anything is emitted.
  public func trace(seed: UInt64, actions: [Int], _ emit: (TraceLine) -> Void) throws(EnvironmentError) {
    let count = specification.actions.count
    if let wrong = actions.first(where: { $0 < -1 || $0 >= count }) {
      throw .actionOutOfRange(wrong, environment: specification.id, count: count)
    }
    trace(seed, actions, emit)
  }
}

@usableFromInline
func runTrace<W: World>(
  _ type: W.Type, _ rules: W.Rules, _ seed: UInt64, _ actions: [Int], _ emit: (TraceLine) -> Void
) {
  let place = UnsafeMutablePointer<W>.allocate(capacity: 1)  // a world may be too large for the stack
  defer { place.deallocate() }
  W.initialize(place, rules)
  place.pointee.seed(seed, rules)
  func reset() {
    place.pointee.reset(rules)
    emit(TraceLine(fields: [TraceField("event", .string("reset"))] + place.pointee.traceOfReset(rules)))
  }
  reset()
  for action in actions {
    guard action >= 0 else {
      reset()
      continue
    }
    let outcome = place.pointee.step(action, rules)
    emit(
      TraceLine(
        fields: [TraceField("event", .string("step")), TraceField("action", .integer(action))]
          + place.pointee.traceOfStep(rules) + [
            TraceField("reward", .number(outcome.reward)),
            TraceField("terminated", .boolean(outcome.terminated)),
            TraceField("truncated", .boolean(outcome.truncated)),
          ]))
  }
}
