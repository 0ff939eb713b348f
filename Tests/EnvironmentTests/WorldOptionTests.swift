import Testing

@testable import KnackEnvironment

/// What a user may choose of a world.
@Suite struct WorldOptionTests {
  private let options = [
    WorldOption("limit", .integer(1...99), standard: "8", "Steps of an episode."),
    WorldOption(
      "mode", .choice([.init("easy", "No enemies."), .init("hard", "Some.")]), standard: "easy",
      "How hard it is."),
    WorldOption("view", .size([1...31, 1...31]), standard: "5x7", "Cells that are seen."),
    WorldOption(
      "with", .set([.init("doors", "Closed ones."), .init("keys", "For doors.")]), standard: "none",
      "What there is."),
  ]

  private var registry: EnvironmentRegistry {
    let options = options
    return EnvironmentRegistry([
      EnvironmentRegistry.Entry(
        id: "Countdown", observations: ["number"],
        workshop: WorldWorkshop(
          id: "Countdown", options: { _ in options },
          kind: { settings, _ in
            WorldKind(Countdown.self, Countdown.Rules(limit: settings.integer("limit")))
          }, map: { settings, _ in settings.text("mode") + "\(settings.extents("view"))" },
          check: { _, _ in [] })
      ) { _ in WorldKind(Countdown.self, Countdown.Rules()) },
      EnvironmentRegistry.Entry(id: "Plain", observations: ["number"]) { _ in
        WorldKind(Countdown.self, Countdown.Rules())
      },
    ])
  }

  private func settings(_ name: String, _ value: String) -> WorldSettings {
    WorldSettings(options: [WorldSetting(name, value, place: "my.yaml:3:5")])
  }

  @Test func optionsHaveTheirDefaultsUnlessTheyAreGiven() throws {
    #expect(try registry.kind("Countdown").specification.stepLimit == 8)
    #expect(try registry.kind("Countdown", settings: settings("limit", "20")).specification.stepLimit == 20)
    let workshop = try registry.workshop("Countdown")
    #expect(try workshop.map(WorldSettings(), 1) == "easy[5, 7]")
    #expect(try workshop.map(settings("view", "3x9"), 1) == "easy[3, 9]")
    #expect(try workshop.map(settings("with", "doors"), 1) == "easy[5, 7]")
    let completed = try registry.completed(settings("mode", "hard"), of: "Countdown")
    #expect(
      completed.options.map(\.name) == ["limit", "mode", "view", "with"] && completed.text("mode") == "hard")
    #expect(completed.place("mode") == "my.yaml:3:5")
    #expect(
      try registry.completed(settings("with", "keys+doors"), of: "Countdown").names("with") == [
        "keys", "doors",
      ])
    #expect(completed.names("with").isEmpty)
  }

  @Test(arguments: [
    ("limt", "3", "my.yaml:3:5: Countdown has no option 'limt'; did you mean 'limit'?"),
    ("colour", "3", "my.yaml:3:5: Countdown has no option 'colour'; choose from limit, mode, view, with."),
    ("limit", "0", "my.yaml:3:5: 'limit' takes a whole number from 1 to 99, not '0'."),
    ("limit", "ten", "my.yaml:3:5: 'limit' takes a whole number from 1 to 99, not 'ten'."),
    ("mode", "hrd", "my.yaml:3:5: there is no 'hrd' for 'mode'; did you mean 'hard'?"),
    ("view", "5", "my.yaml:3:5: 'view' takes a size from 1x1 to 31x31, not '5'."),
    ("with", "doors+kys", "my.yaml:3:5: there is no 'kys' for 'with'; did you mean 'keys'?"),
    ("with", "doors+", "my.yaml:3:5: there is no '' for 'with'; choose from doors, keys."),
    ("view", "5x99", "my.yaml:3:5: 'view' takes a size from 1x1 to 31x31, not '5x99'."),
  ])
  func wrongSettingsAreNamed(_ name: String, _ value: String, _ sentence: String) {
    #expect(throws: EnvironmentError.wrongSetting(sentence)) {
      try registry.kind("Countdown", settings: settings(name, value))
    }
  }

  @Test func aWorldWithoutOptionsTakesNone() {
    #expect(throws: EnvironmentError.takesNoSettings(environment: "Plain", others: ["Countdown"])) {
      try registry.kind("Plain", settings: settings("limit", "3"))
    }
  }

  @Test func theOrderInWhichOptionsAreGivenMakesNoDifference() {
    var one = settings("view", "1x1"), other = settings("limit", "3")
    one.set(WorldSetting("limit", "3", place: "a"))
    other.set(WorldSetting("view", "9x9", place: "b"))
    other.set(WorldSetting("view", "1x1", place: "c"))
    #expect(one == other && one.options.count == 2)
  }

  @Test func factorsAreDigitsOfAnAction() {
    let space = ActionSpace(
      factors: [.init("move", ["stay", "go"]), .init("turn", ["left", "none", "right"])],
      masks: [.init("turn", factor: "turn", count: 3)])
    #expect(space.count == 6 && space.maskSize == 3 && space.isFactored)
    let list: ActionSpace = ["stay", "go"]
    #expect(list.count == 2 && list.maskSize == 2 && !list.isFactored && list.number(of: "go") == 1)
  }
}
