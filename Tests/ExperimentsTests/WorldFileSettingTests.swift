import KnackCrafter
import KnackEnvironment
import Testing

@testable import KnackExperiments

/// Worlds that an experiment makes from files.
@Suite struct WorldFileSettingTests {
  private let crafter = EnvironmentRegistry(Crafter.entries)

  private func settings(_ folder: String) throws -> ExperimentConfiguration {
    try write("extends: crafter\nsummary: short\nsteps: 20", to: folder + "/short.yaml")
    try write(".@T", to: folder + "/tree.txt")
    try write(
      "environment: {id: Crafter-v1, world: short.yaml, map: tree.txt}", to: folder + "/experiment.yaml")
    var configuration = tinyConfiguration()
    configuration.environment = try ExperimentConfiguration(file: folder + "/experiment.yaml").environment
    return configuration
  }

  @Test func filesAreReadFromBesideTheConfiguration() throws {
    try withFolder { folder in
      let configuration = try settings(folder)
      #expect(configuration.environment.settings.world?.name == folder + "/short.yaml")
      let world = try configuration.resolved(in: crafter).world
      #expect(world.specification.stepLimit == 20 && world.specification.summary == "short")
      #expect(
        sentence { _ = try configuration.resolved(in: EnvironmentRegistry([])) }.contains("no environment"))
      var other = configuration
      other.environment.id = "MiniGrid-Empty-5x5-v0"
      #expect(
        sentence { _ = try other.resolved(in: registry) }.contains(
          "built in; leave out files and options, or choose one of: Maze-v1, ComPILE-v1."))
      #expect(
        sentence { try other.set("environment.world=nowhere.yaml") }
          == "--set environment.world=nowhere.yaml: there is no file 'nowhere.yaml' for 'environment.world'; "
          + "check the path.")
      try other.set("environment.world=\"\"")
      #expect(other.environment.settings.world == nil && other.environment.settings.map != nil)
    }
  }

  @Test func aRunKeepsItsFiles() throws {
    try withFolder { folder in
      let configuration = try settings(folder), path = folder + "/run"
      _ = try TrainingRun(configuration, registry: crafter, path: path).train()
      #expect(try text(path + "/world.yaml") == text(folder + "/short.yaml"))
      #expect(try text(path + "/config.yaml").contains("  world: world.yaml\n  map: map.txt\n"))
      _ = try TrainingRun(configuration, registry: crafter, path: path)  // from elsewhere, but the same

      try write("extends: crafter\nsummary: long\nsteps: 30", to: folder + "/short.yaml")
      var edited = configuration
      try edited.set("environment.world=\(folder)/short.yaml")
      #expect(
        sentence { _ = try TrainingRun(edited, registry: crafter, path: path) }.contains(
          "the file of environment.world says something else there"))
      let resumed = try TrainingRun(resuming: path, registry: crafter)
      #expect(try resumed.configuration.resolved(in: crafter).world.specification.summary == "short")
    }
  }
}
