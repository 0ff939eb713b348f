import KnackDocuments
import KnackEnvironment

/// Where skills are practised, and what that is rewarded with.
struct OverworldPractice: Sendable {
  /// The grounds.
  var grounds: [OverworldGround]
  /// The rewards.
  var rewards = GoalRewards()

  /// The one that the program brings along.
  static let builtIn = KnackOverworld.builtIn { () throws(DocumentError) in
    try OverworldPractice(
      yaml: String(decoding: PackageResources.grounds_yaml, as: UTF8.self), file: "grounds.yaml")
  }

  /// The practice of a file in the format of `Tasks/grounds.yaml`.
  ///
  /// - Throws: `DocumentError` with file, line and column.
  init(yaml: String, file: String) throws(DocumentError) {
    let root = try YAMLValue(yaml: yaml, file: file)
    let fields = try root.fields(["rewards", "grounds"])
    guard let grounds = fields["grounds"] else {
      throw root.mistake("there are no 'grounds' here: a mapping of names.")
    }
    self.grounds = try OverworldGround.grounds(grounds)
    let parts: [(String, WritableKeyPath<GoalRewards, Float>)] = [
      ("success", \.success), ("cell", \.cell), ("waypoint-cell", \.waypointCell), ("waypoint", \.waypoint),
      ("look", \.look),
      ("headway", \.headway),
      ("region", \.region), ("revisit", \.revisit), ("step", \.step), ("harm", \.harm), ("death", \.death),
    ]
    let rewards = try fields["rewards"]?.fields(parts.map(\.0), what: "reward") ?? [:]
    for (name, path) in parts {
      if let value = rewards[name] { self.rewards[keyPath: path] = Float(try value.number(in: 0...1000)) }
    }
  }
}

/// A training ground of the Overworld: how an episode begins, and what is asked for.
struct OverworldGround: Sendable {
  /// How it begins; it has no goal of its own.
  var task: OverworldTask
  /// The goals, as places in the goal space; how many are asked for, and how often the ground is chosen.
  var goals: [Int], times: Int, weight: Double

  /// The grounds of a mapping of names.
  ///
  /// - Throws: `DocumentError` with file, line and column.
  static func grounds(_ root: YAMLValue) throws(DocumentError) -> [OverworldGround] {
    let goals = OverworldGoals.standard.space.goals.enumerated().map { (name: $1.name, value: $0) }
    var grounds: [OverworldGround] = []
    for entry in try root.entries("a mapping of names to training grounds") {
      let fields = try entry.value.fields(OverworldTask.beginning + ["ask", "times", "weight"])
      guard let asked = fields["ask"] else {
        throw entry.value.mistake("the training ground '\(entry.key)' has no 'ask': a list of goals.")
      }
      let elements = try asked.elements("a list of goals")
      guard !elements.isEmpty else { throw asked.mistake("at least one goal must be asked for.") }
      var chosen: [Int] = []
      for element in elements { chosen.append(try element.choice("goal", among: goals)) }
      grounds.append(
        OverworldGround(
          task: try OverworldTask(beginning: fields, name: entry.key), goals: chosen,
          times: try fields["times"]?.integer(in: 1...1000) ?? 16,
          weight: try fields["weight"]?.number(in: 0.001...1000) ?? 1))
    }
    guard !grounds.isEmpty else {
      throw root.mistake("there is no training ground here; write a name, and 'ask' under it.")
    }
    return grounds
  }
}

extension Overworld {
  /// The id of the world in which skills are practised.
  static let skillsID = "Overworld-Skills-v1"

  /// The world in which skills are practised. A file of training grounds can be given as the world.
  static let skills = EnvironmentRegistry.Entry(
    id: skillsID, observations: ["goal"],
    workshop: WorldWorkshop(
      id: skillsID, kind: { settings, _ throws(EnvironmentError) in practice(try read(settings)) },
      map: { _, _ throws(EnvironmentError) in
        throw .wrongSetting("\(skillsID) begins with one of many maps; ask \(id) for one.")
      }, check: { _, _ in [] })
  ) { _ in practice(.builtIn) }

  private static func read(_ settings: WorldSettings) throws(EnvironmentError) -> OverworldPractice {
    guard let file = settings.world else { return .builtIn }
    do {
      return try OverworldPractice(yaml: file.text, file: file.name)
    } catch {
      throw .wrongFile(error.description)
    }
  }

  /// The kind of worlds in which goals are practised on some grounds.
  private static func practice(_ practice: OverworldPractice) -> WorldKind {
    let rules = GoalRules<OverworldWorld>(
      id: skillsID,
      grounds: practice.grounds.map {
        TrainingGround(
          OverworldRules(task: $0.task, senses: OverworldSenses([])), goals: $0.goals, weight: $0.weight,
          goalsPerEpisode: $0.times)
      }, rewards: practice.rewards)
    var kind = WorldKind(practising: rules)
    kind.views = views(OverworldRules(senses: OverworldSenses([])))
    return kind
  }
}
