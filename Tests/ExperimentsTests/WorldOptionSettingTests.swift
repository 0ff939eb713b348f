import KnackEnvironment
import Testing

@testable import KnackExperiments

/// A world's options in configurations.
@Suite struct WorldOptionSettingTests {
  /// The ladder with two options, which change nothing; its map says what they are.
  private let registry = EnvironmentRegistry([
    EnvironmentRegistry.Entry(
      id: "Ladder", observations: ["rungs"],
      workshop: WorldWorkshop(
        id: "Ladder",
        options: { _ in
          [
            WorldOption("rungs", .integer(1...9), standard: "4", "How high it is."),
            WorldOption(
              "wood", .choice([.init("oak", "Strong."), .init("pine", "Light.")]), standard: "oak",
              "What it is made of."),
          ]
        }, kind: { _, _ in WorldKind(Ladder.self, Ladder.Rules()) },
        map: { settings, _ in "\(settings.integer("rungs")) \(settings.text("wood"))" }, check: { _, _ in [] }
      )
    ) { _ in WorldKind(Ladder.self, Ladder.Rules()) }
  ])

  private func configuration(_ options: String) throws -> ExperimentConfiguration {
    try ExperimentConfiguration(
      yaml: "environment:\n  id: Ladder\n  options: \(options)\n", name: "ladder.yaml")
  }

  @Test func optionsAreReadWrittenAndCompleted() throws {
    let configuration = try configuration("{wood: pine}")
    #expect(configuration.yaml.contains("  options: {wood: pine}\n"))
    let resolved = try configuration.resolved(in: registry).configuration
    #expect(resolved.yaml.contains("  options: {rungs: 4, wood: pine}\n"))
    #expect(try ExperimentConfiguration(yaml: resolved.yaml) == resolved)
    #expect(try registry.workshop("Ladder").map(resolved.environment.settings, 0) == "4 pine")
    #expect(ExperimentConfiguration().yaml.contains("  options: {}\n"))
    #expect(try self.configuration("{}").environment.settings.isEmpty)
  }

  @Test func overridesAndFilesThatExtendAddOptions() throws {
    try withFolder { folder in
      try write("environment: {id: Ladder, options: {wood: pine, rungs: 3}}", to: folder + "/base.yaml")
      try write("extends: base.yaml\nenvironment: {options: {rungs: 5}}", to: folder + "/own.yaml")
      var configuration = try ExperimentConfiguration(file: folder + "/own.yaml")
      #expect(configuration.yaml.contains("  options: {rungs: 5, wood: pine}\n"))
      try configuration.set("environment.options.wood=oak")
      try configuration.set("environment.options={rungs: 7}")
      #expect(configuration.yaml.contains("  options: {rungs: 7, wood: oak}\n"))
      let other = try ExperimentConfiguration(file: folder + "/own.yaml")
      #expect(configuration.firstDifference(from: other)?.path == "environment.options")
    }
  }

  @Test(arguments: [
    ("{woood: pine}", "ladder.yaml:3:20: Ladder has no option 'woood'; did you mean 'wood'?"),
    ("{wood: pines}", "ladder.yaml:3:19: there is no 'pines' for 'wood'; did you mean 'pine'?"),
    ("{rungs: 10}", "ladder.yaml:3:20: 'rungs' takes a whole number from 1 to 9, not '10'."),
    ("pine", "ladder.yaml:3:12: 'environment.options' takes a mapping of names to values, not 'pine'."),
    (
      "{wood: [oak]}",
      "ladder.yaml:3:12: 'environment.options' takes a mapping of names to values, not a mapping."
    ),
  ])
  func mistakesAreNamedWithTheirPlace(_ options: String, _ expected: String) {
    #expect(sentence { _ = try configuration(options).resolved(in: registry) } == expected)
  }

  @Test func mistakesOfOverridesAreNamed() throws {
    var configuration = try configuration("{}")
    try configuration.set("environment.options.rungs=many")
    #expect(
      sentence { _ = try configuration.resolved(in: registry) }
        == "--set environment.options.rungs=many: 'rungs' takes a whole number from 1 to 9, not 'many'.")
    #expect(
      sentence { _ = try WorldSettings(world: nil, map: nil, options: ["rungs"]) }
        == "--option rungs: write a name, an equals sign and a value, as in --option size=3.")
  }

  @Test func aWorldIsShownWithItsOptions() throws {
    let shown = try EnvironmentDescription("Ladder", in: registry)
    #expect(shown.text.contains("rungs   4        How high it is. Takes a whole number from 1 to 9."))
    #expect(shown.text.contains("pine           Light."))
    #expect(shown.json.text.contains("{\"name\":\"pine\",\"summary\":\"Light.\"}"))
  }

  @Test func factorsAreNoListThatAPolicyCouldChooseFrom() throws {
    let factored = EnvironmentRegistry([
      EnvironmentRegistry.Entry(id: "Factored", observations: ["rungs"]) { _ in
        WorldKind(
          Ladder.self,
          Ladder.Rules(actions: ActionSpace(factors: [.init("move", ["wait", "climb"])], masks: [])))
      }
    ])
    var configuration = tinyConfiguration()
    configuration.environment.id = "Factored"
    let complaint = try withFolder { folder in
      sentence { _ = try TrainingRun(configuration, registry: factored, path: folder + "/run") }
    }
    #expect(complaint.contains("An action of Ladder is one value for each of 1 factors"), "\(complaint)")
  }
}
