import KnackEnvironment
import KnackLearning
import KnackNetworks

/// Skills and the policies that carry them out.
///
/// A value. On disk it is a folder: `library.yaml` says everything but the weights, which are safetensors files beside it; opening it
/// runs no code. Reading and writing files is for `KnackExperiments`.
public struct SkillLibrary: Sendable {
  /// A policy of a library.
  public struct PolicyEntry: Sendable {
    /// The policy, and the shape that it was made with.
    public var policy: Policy, network: NetworkConfiguration

    /// An entry.
    public init(_ policy: Policy, _ network: NetworkConfiguration) {
      self.policy = policy
      self.network = network
    }
  }

  /// The id of the world that the skills are for.
  public var world: String
  /// The skills in the order of their names, all versions, the latest last.
  public private(set) var skills: [Skill] = []
  /// The policies by name.
  public private(set) var policies: [String: PolicyEntry] = [:]

  /// A library without skills.
  public init(world: String) { self.world = world }

  /// A library in which one policy carries out all goals of a world: one skill for each.
  public init(of goals: [Goal], in world: String, _ policy: PolicyEntry) {
    self.init(world: world)
    add(policy, named: "goals")
    for goal in goals { add(Skill(goal.name, goal: goal.name, policy: "goals")) }
  }

  /// Adds a policy under a name that is not taken.
  public mutating func add(_ policy: PolicyEntry, named name: String) {
    precondition(policies[name] == nil, "there is a policy '\(name)' already")
    policies[name] = policy
  }

  /// Adds a skill, or a new version of one, which from then on is the one that is used.
  public mutating func add(_ skill: Skill) {
    precondition(policies[skill.policy] != nil, "the library has no policy '\(skill.policy)'")
    var skill = skill
    skill.version = (skills.last { $0.name == skill.name }?.version ?? 0) + 1
    let place = skills.firstIndex { $0.name > skill.name } ?? skills.endIndex
    skills.insert(skill, at: place)
  }

  /// Lets a skill be kept for the record only: its earlier version is used again, if there is one.
  ///
  /// - Returns: whether there was such a skill.
  @discardableResult
  public mutating func retire(_ name: String) -> Bool {
    guard let place = skills.lastIndex(where: { $0.name == name && !$0.isRetired }) else { return false }
    skills[place].isRetired = true
    return true
  }

  /// The version of a skill that is used; nil where there is none.
  public func skill(named name: String) -> Skill? { skills.last { $0.name == name && !$0.isRetired } }

  /// The skills that are used, each in one version.
  public var current: [Skill] {
    skills.indices.filter { place in
      !skills[place].isRetired
        && !skills[(place + 1)...].contains { $0.name == skills[place].name && !$0.isRetired }
    }.map { skills[$0] }
  }

  /// Adds an attempt to the record of the version in use.
  public mutating func record(_ name: String, success: Bool, steps: Int, context: String) {
    guard let place = skills.lastIndex(where: { $0.name == name && !$0.isRetired }) else { return }
    skills[place].record.add(success: success, steps: steps, context: context)
  }

  /// Adds attempts to the record of the version in use.
  public mutating func record(_ name: String, _ tally: SkillRecord.Tally, context: String) {
    guard let place = skills.lastIndex(where: { $0.name == name && !$0.isRetired }) else { return }
    skills[place].record.add(tally, context: context)
  }

  /// Copies skills in use, with their records and policies, into another library of the same world.
  ///
  /// - Returns: the names of those that this library does not have.
  public func copy(_ names: [String], into other: inout SkillLibrary) -> [String] {
    precondition(world == other.world, "the libraries are for one world")
    var missing: [String] = []
    for name in names {
      guard let skill = skill(named: name), let policy = policies[skill.policy] else {
        missing.append(name)
        continue
      }
      var copied = skill, number = 1
      // A policy of the same weights is shared; another one of the same name gets a new name.
      while let taken = other.policies[copied.policy], taken.policy.parameters != policy.policy.parameters {
        number += 1
        copied.policy = "\(skill.policy)-\(number)"
      }
      if other.policies[copied.policy] == nil { other.add(policy, named: copied.policy) }
      other.add(copied)
    }
    return missing
  }
}
