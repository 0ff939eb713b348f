import KnackDocuments
import KnackEnvironment

/// The worlds of Crafter that this module offers.
public enum Crafter {
  /// The worlds for a registry: Crafter itself, its fast variant, and those of Mars.
  ///
  /// A Mars world is this module's engine under the rules of that world. Its seeds draw as those of `Crafter-v1` do; it is
  /// not the Mars package seed for seed.
  public static let entries: [EnvironmentRegistry.Entry] =
    CrafterWorldFile.all.map { entry($0.id, $0, PackageDraws.self) }
    + [entry(CrafterWorldFile.fast.id, .fast, FastDraws.self)]

  /// An entry for a world with the rules of a file and given random numbers.
  static func entry<Draws: CrafterDraws>(
    _ id: String, _ file: CrafterWorldFile, _ draws: Draws.Type
  ) -> EnvironmentRegistry.Entry {
    let workshop = CrafterWorkshop<Draws>(id: id, file: file)
    return EnvironmentRegistry.Entry(
      id: id, observations: CrafterObservation.allCases.map(\.rawValue),
      workshop: WorldWorkshop(id: id, kind: workshop.kind, map: workshop.map, check: workshop.check)
    ) { name in
      CrafterWorld<Draws>.kind(CrafterRules(file.description, id: id, observation: .init(name: name)))
    }
  }
}

/// What makes worlds from their users' files.
struct CrafterWorkshop<Draws: CrafterDraws>: Sendable {
  /// The id under which the world is registered.
  let id: String
  /// The rules where a user brings none.
  let file: CrafterWorldFile

  /// The rules that settings describe.
  func rules(
    _ settings: WorldSettings, observation: CrafterObservation = .symbolic
  ) throws(EnvironmentError) -> CrafterRules {
    do {
      let description = try settings.world.map { world throws(DocumentError) in
        try CrafterDescription(yaml: world.text, name: world.name)
      }
      let rules = description ?? file.description
      let map = try settings.map.map { map throws(DocumentError) in
        try CrafterMapFile(text: map.text, name: map.name, for: rules)
      }
      return CrafterRules(rules, id: id, observation: observation, map: map)
    } catch {
      throw .wrongFile(error.description)
    }
  }

  /// The kind of world that settings describe.
  func kind(_ settings: WorldSettings, _ observation: String) throws(EnvironmentError) -> WorldKind {
    CrafterWorld<Draws>.kind(try rules(settings, observation: .init(name: observation)))
  }

  /// The map with which the first episode of a seed begins.
  func map(_ settings: WorldSettings, _ seed: UInt64) throws(EnvironmentError) -> String {
    firstMap(try rules(settings), seed).text(remark: "The map of \(id) with which seed \(seed) begins.")
  }

  /// Whether achievements can be reached in the first episodes of seeds.
  func check(_ settings: WorldSettings, _ maps: Int) throws(EnvironmentError) -> [AchievementCheck] {
    let rules = try rules(settings)
    let findings = (0..<UInt64(rules.map == nil ? maps : 1)).map {
      CrafterReachability(rules.description, on: firstMap(rules, $0))
    }
    return CrafterAchievement.allCases.map { achievement in
      let failures = findings.filter { !$0.achievements.contains(achievement) }
      return AchievementCheck(
        achievement: achievement.name, maps: findings.count, reachable: findings.count - failures.count,
        obstacles: failures.first?.obstacles(to: achievement) ?? [])
    }
  }

  private func firstMap(_ rules: CrafterRules, _ seed: UInt64) -> CrafterMapFile {
    var world = CrafterWorld<Draws>(rules)
    world.seed(seed, rules)
    world.reset(rules)
    world.makeWhole(rules)
    return CrafterMapFile(world)
  }
}

extension CrafterWorld {
  /// The kind of these worlds; made in this module, so that the batch loops are compiled for this world.
  static func kind(_ rules: CrafterRules) -> WorldKind {
    var kind = WorldKind(withExpert: CrafterWorld<Draws>.self, rules)
    kind.views = views(rules)
    kind.keys = CrafterAction.keys
    kind.takeCommands(CrafterWorld<Draws>.self, rules)
    return kind
  }
}

extension CrafterObservation {
  /// The observation of a name that is known to be one.
  init(name: String) { self = Self(rawValue: name) ?? .symbolic }
}
