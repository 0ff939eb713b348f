/// What surveys of a kind came to, late ones above all: those that show more are worth more steps.
struct Yield: Sendable {
  /// The steps that they took, and the ways of working that they showed.
  private var steps = 0.0, ways = 0.0
  /// What a survey still counts after the next one of any kind.
  private static let memory = 0.95

  /// Lets what was count less.
  mutating func fade() {
    steps *= Self.memory
    ways *= Self.memory
  }

  /// Adds a survey.
  mutating func add(steps: Int, ways: Int) {
    self.steps += Double(steps)
    self.ways += Double(max(0, ways))
  }

  /// Steps beside what they showed: the less, the more is due.
  var price: Double { steps / (1 + ways) }
}
