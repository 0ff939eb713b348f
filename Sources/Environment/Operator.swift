/// Something that an agent can bring about in a world, as a planner sees it: what it takes and what it leads to, in facts.
///
/// Worlds state their operators as data in ``WorldSpecification/operators``, so that a planner, an expert or a report can
/// know them without having tried. How likely an operator is to succeed, and how long it takes, is not said: that
/// depends on who tries.
public struct Operator: Sendable, Equatable {
  /// How an operator comes about: the three kinds of skills of Plan4MC (arXiv:2303.16563, section 3).
  public enum Kind: String, Sendable, CaseIterable {
    /// Something is brought near by going to look for it, and so everything else that was near no longer is.
    case find
    /// What is near is acted upon, by a policy that takes as many steps as it needs: getting, placing, using, fighting.
    case manipulate
    /// One action of the world.
    case craft
  }

  /// So many of a fact.
  public struct Amount: Sendable, Equatable {
    /// The fact's name, one of ``WorldSpecification/facts``.
    public var fact: String
    /// How many; of what varies, the least that there are.
    public var count: Int
    /// How likely it is to be obtained, above 0 and at most 1; 1 for what is consumed and required.
    public var chance: Double

    /// So many of a fact.
    public init(_ fact: String, _ count: Int = 1, chance: Double = 1) {
      self.fact = fact
      self.count = count
      self.chance = chance
    }
  }

  /// The name; no other operator of the world has it.
  public var name: String
  /// How it comes about.
  public var kind: Kind
  /// What carries it out: a skill, or where ``kind`` is ``Kind/craft`` an action of the world. Several operators may share
  /// one, such as mining stone with this pickaxe or with that.
  public var skill: String
  /// What must be there, and is used up.
  public var consumes: [Amount]
  /// What must be there, and stays.
  public var requires: [Amount]
  /// What must be taken into the hand first, in this order: facts out of ``consumes`` and ``requires``.
  public var equips: [String]
  /// What is there afterwards that was not there before.
  public var obtains: [Amount]

  /// An operator.
  ///
  /// - Parameter skill: what carries it out; nil for a skill of the operator's own name.
  public init(
    _ name: String, _ kind: Kind = .manipulate, skill: String? = nil, consumes: [Amount] = [],
    requires: [Amount] = [], equips: [String] = [], obtains: [Amount]
  ) {
    self.name = name
    self.kind = kind
    self.skill = skill ?? name
    self.consumes = consumes
    self.requires = requires
    self.equips = equips
    self.obtains = obtains
  }

  /// Whether a fact is about what is near at the moment rather than about what one has: those whose names end so.
  public static func isNearby(_ fact: String) -> Bool { fact.hasSuffix("_nearby") }
}
