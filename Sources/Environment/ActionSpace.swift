/// What an agent can do in a step: one of a list of actions, or one value for each of several factors at once.
///
/// Either way an action is one number. That of factors is their values in mixed radix, the first factor's the most
/// significant, so that a batch steps both alike; what differs is what a mask says.
public struct ActionSpace: Sendable, Equatable {
  /// One of several things that are chosen together.
  public struct Factor: Sendable, Equatable {
    /// The name.
    public var name: String
    /// What its values mean, in the order of their numbers.
    public var values: [String]

    /// A factor.
    public init(_ name: String, _ values: [String]) {
      self.name = name
      self.values = values
    }
  }

  /// A part of a mask: a byte for each value of a factor.
  public struct Mask: Sendable, Equatable {
    /// The name, and the factor whose values it is about.
    public var name: String, factor: String
    /// Bytes.
    public var count: Int

    /// A part of a mask.
    public init(_ name: String, factor: String, count: Int) {
      self.name = name
      self.factor = factor
      self.count = count
    }
  }

  /// The names of the actions of a list, in the order of their numbers; empty where actions have factors.
  public let names: [String]
  /// The factors; empty where actions are a list.
  public let factors: [Factor]
  /// The parts of a mask of factors, in the order of their bytes; the mask of a list has a byte an action.
  public let masks: [Mask]
  /// The number of actions: numbers below it are actions.
  public let count: Int

  /// A list of actions.
  public init(_ names: [String]) {
    self.names = names
    factors = []
    masks = []
    count = names.count
  }

  /// Factors. Their sizes multiplied must be less than 2³¹.
  public init(factors: [Factor], masks: [Mask]) {
    names = []
    self.factors = factors
    self.masks = masks
    count = factors.reduce(1) { $0 * $1.values.count }
    precondition(count <= Int32.max, "an action is a number of 32 bits")
  }

  /// Whether an action is a value for each of several factors.
  public var isFactored: Bool { !factors.isEmpty }

  /// Bytes of a mask.
  public var maskSize: Int { isFactored ? masks.reduce(0) { $0 + $1.count } : count }

  /// The number of the action with this name in a list; nil where there is none.
  public func number(of name: String) -> Int? { names.firstIndex(of: name) }
}

extension ActionSpace: ExpressibleByArrayLiteral {
  /// A list of actions.
  public init(arrayLiteral names: String...) { self.init(names) }
}
