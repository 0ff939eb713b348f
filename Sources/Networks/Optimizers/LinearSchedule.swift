/// A value that goes in a straight line from a start to an end and then stays there.
public struct LinearSchedule: Sendable, Equatable {
  /// The value at progress 0 and the one from progress 1 on.
  public var start: Double, end: Double

  /// From `start` to `end`.
  public init(from start: Double, to end: Double) {
    self.start = start
    self.end = end
  }

  /// The value at a progress between 0 (the start) and 1 (the end); beyond them, the nearer of the two.
  public func value(at progress: Double) -> Double {
    start + (end - start) * min(max(progress, 0), 1)
  }
}
