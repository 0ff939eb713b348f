/// Something that an agent can bring about in a world, as a planner sees it: what it takes and what it leads to, in facts.
///
/// Worlds state their operators as data in ``WorldSpecification/operators``, so that a planner, an expert or a report can
/// know them without having tried. How likely an operator is to succeed, and how long it takes, is not said: that
/// depends on who tries.
public struct Operator: Sendable, Equatable {
  /// So many of a fact.
  public struct Amount: Sendable, Equatable {
    /// The fact's name, one of ``WorldSpecification/facts``.
    public var fact: String
    /// How many.
    public var count: Int

    /// So many of a fact.
    public init(_ fact: String, _ count: Int = 1) {
      self.fact = fact
      self.count = count
    }
  }

  /// The name; no other operator of the world has it.
  public var name: String
  /// What must be there, and is used up.
  public var consumes: [Amount]
  /// What must be there, and stays.
  public var requires: [Amount]
  /// What is there afterwards that was not there before.
  public var obtains: [Amount]

  /// An operator.
  public init(_ name: String, consumes: [Amount] = [], requires: [Amount] = [], obtains: [Amount]) {
    self.name = name
    self.consumes = consumes
    self.requires = requires
    self.obtains = obtains
  }
}
