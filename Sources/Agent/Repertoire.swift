import KnackEnvironment
import KnackLearning
import KnackPlanning
import KnackSkills

/// How the operators of an agent are carried out: by skills of its library, and what is crafted by actions of the world where there is no
/// skill for it.
struct Repertoire {
  /// How an operator is carried out.
  struct Entry {
    /// The goal of its skill (-1 where an action does it, or nothing), and which of the policies is asked for it.
    var goal = -1, policy = -1
    /// The action that does it (-1 where a skill does, or nothing).
    var action = -1
    /// What it costs; it never succeeds where nothing carries it out.
    var cost = SkillCost(probability: 0)
    /// The actions that take into the hand what must be there.
    var equipping: [Int] = []
    /// Where nothing must be in the hand, what would help there, as facts and the actions that take it up, the best first.
    var tools: [(fact: Int, action: Int)] = []
    /// The fact that says that what it works on is near, where that can be found; -1 for none.
    var near = -1
  }

  /// By operator.
  private(set) var entries: [Entry] = []
  /// The policies, by their names in the library.
  private(set) var policies: [(name: String, policy: Policy)] = []

  /// - Parameters:
  ///   - actions: the world's own.
  ///   - commanded: the world as policies see it.
  ///   - context: that in which records are looked up.
  /// - Throws: ``AgentError/policyOfAnotherWorld(_:_:)``.
  init(
    _ problem: PlanningProblem, _ library: SkillLibrary, _ space: GoalSpace,
    _ actions: ActionSpace, commanded: WorldSpecification, context: String
  ) throws(AgentError) {
    let found = Set(problem.operators.filter { $0.kind == .find }.flatMap { $0.obtains.map(\.fact) })
    func equip(_ thing: String) -> Int? { actions.number(of: "equip_" + thing) }
    for one in problem.operators {
      var entry = Entry()
      if let skill = library.skill(named: one.skill),
        let number = space.goals.firstIndex(where: { $0.name == skill.goal }),
        let known = library.policies[skill.policy]
      {
        entry.goal = number
        entry.policy = policies.firstIndex { $0.name == skill.policy } ?? policies.count
        if entry.policy == policies.count {
          let fitting = try? Policy(world: commanded, network: known.network)
          guard known.policy.network.layout == fitting?.network.layout else {
            throw .policyOfAnotherWorld(skill.policy, commanded.id)
          }
          policies.append((skill.policy, known.policy))
        }
        let tally = skill.record.tally(in: context), limit = Double(space.goals[number].stepLimit)
        entry.cost = SkillCost(
          probability: tally.probability, steps: tally.meanSuccessSteps ?? limit / 4,
          failureSteps: tally.meanFailureSteps ?? limit)
        if one.equips.isEmpty {
          entry.tools = space.goals[number].tools.compactMap { name in
            guard let fact = problem.number(of: name), let action = equip(name) else { return nil }
            return (fact, action)
          }
        }
      } else if one.kind == .craft, let action = actions.number(of: one.skill) {
        entry.action = action
        entry.cost = SkillCost()
      }
      entry.equipping = one.equips.compactMap(equip)
      if one.kind != .find && entry.goal >= 0 {
        let near = (one.consumes + one.requires).first { found.contains($0.fact) }
        entry.near = near.flatMap { problem.number(of: $0.fact) } ?? -1
      }
      entries.append(entry)
    }
  }
}
