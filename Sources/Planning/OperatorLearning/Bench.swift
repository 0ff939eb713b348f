/// A situation that is set up for experiments, and the skills that are tried in it.
public struct Bench: Sendable, Equatable {
  /// Why it is set up.
  public enum Purpose: String, Sendable, CaseIterable {
    /// To tell what of a situation in which skills worked they needed.
    case contrast
    /// To try what does elsewhere in place of something.
    case substitution
    /// To try what has not been there together before.
    case survey
    /// To try in the presence of what cannot be given.
    case aftermath
  }

  /// Why it is set up.
  public var purpose: Purpose
  /// Whether it is for skills that have never worked.
  public internal(set) var isForUnknown = false
  /// Whether its skills are tried whatever is known of them.
  var isOpen = false
  /// The things that are given, and how many of each.
  public var given: [Int: Int32] = [:]
  /// What stands about.
  public var standing: Set<Int> = []
  /// What is done first, and the fact that it brings about.
  public var first: (skill: String, fact: Int)? = nil
  /// The skills, in the order in which they are tried.
  public var skills: [String] = []
  /// What is asked in particular.
  var questions: [Question] = []

  /// Whether a skill works with this and nothing else.
  struct Question: Sendable, Hashable {
    var skill: String, given: [Int: Int32], standing: Set<Int>
    /// Whether it is asked because somebody said so.
    var isHearsay = false
  }

  /// An empty bench.
  public init(
    _ purpose: Purpose, standing: Set<Int> = [], isForUnknown: Bool = false,
    first: (skill: String, fact: Int)? = nil, skills: [String] = []
  ) {
    self.purpose = purpose
    self.isForUnknown = isForUnknown
    self.skills = skills
    self.standing = standing
    self.first = first
  }

  /// Whether two are the same.
  public static func == (a: Self, b: Self) -> Bool {
    a.purpose == b.purpose && a.given == b.given && a.standing == b.standing && a.skills == b.skills
      && a.first?.skill == b.first?.skill && a.first?.fact == b.first?.fact
  }
}
