/// What an experimenter can set up: things of which so many can be had, and what can stand about.
public struct Supplies: Sendable, Equatable {
  /// By fact, how many of it can be had; 0 for what cannot be had.
  public var most: [Int32]
  /// Facts about what stands about, if that is wished.
  public var standing: [Int]
  /// Facts that are no things and cannot be set up, but can be brought about and may be used up, with the most of each that there
  /// ever was.
  public var states: [Int: Int32]
  /// How many kinds of things can be carried, and how many are given where much is to be made.
  public var slots: Int, kinds: Int
  /// By fact, how many of these slots the most of it takes up.
  public var room: [Int]

  /// Supplies; where nothing is said of room, each thing takes up one slot.
  public init(
    most: [Int32], standing: [Int], states: [Int: Int32], slots: Int, kinds: Int, room: [Int]? = nil
  ) {
    self.room = room ?? most.map { _ in 1 }
    self.most = most
    self.standing = standing
    self.states = states
    self.slots = slots
    self.kinds = kinds
  }

  /// Whether a fact can be set up, or left out.
  func canSetUp(_ fact: Int) -> Bool { most[fact] > 0 || standing.contains(fact) }
  /// Whether a fact is one that a skill may use up.
  func counts(_ fact: Int) -> Bool { most[fact] > 0 || states[fact] != nil }
  /// With how many of a thing it counts as tried: what takes more is rare.
  func plenty(of fact: Int) -> Int32 { max(1, states[fact].map { $0 / 2 } ?? min(9, most[fact])) }
}
