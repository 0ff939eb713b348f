import Testing

@testable import KnackExperiments

@Suite struct ConfigurationTests {
  @Test func resolvedConfigurationReadsBackEqual() throws {
    var configuration = ExperimentConfiguration()
    configuration.environment.id = "MiniGrid-DoorKey-5x5-v0"
    configuration.environment.observation = "true"  // must come back as text
    configuration.network.hidden = [32, 7]
    configuration.ppo.learningRate = 1.0e-17
    configuration.ppo.clipValueLoss = true
    configuration.training.seed = UInt64(Int.max)
    configuration.evaluation.greedy = true
    #expect(try ExperimentConfiguration(yaml: configuration.yaml) == configuration)
  }

  @Test func everyKeyIsWrittenOnceAndExplained() {
    let paths = ConfigurationKey.all.map(\.path)
    #expect(Set(paths).count == paths.count)
    for path in paths { #expect(ConfigurationKey.explanation.contains(path)) }
    #expect(ConfigurationKey.all.allSatisfy { !$0.meaning.isEmpty && $0.path == $0.path.lowercased() })
  }

  @Test(arguments: [
    (
      "ppo:\n  learnin-rate: 1\n",
      "f:2:3: there is no key 'ppo.learnin-rate'; did you mean 'ppo.learning-rate'?"
    ),
    ("learning-rate: 1\n", "f:1:1: there is no key 'learning-rate'; did you mean 'ppo.learning-rate'?"),
    ("pppo:\n  epochs: 1\n", "f:1:1: there is no key 'pppo'; did you mean 'ppo'?"),
    ("ppo:\n  epochs: many\n", "f:2:11: 'ppo.epochs' takes an integer >= 1, not 'many'."),
    ("ppo:\n  epochs: \"2\"\n", "f:2:11: 'ppo.epochs' takes an integer >= 1, not the text '2'."),
    ("ppo:\n  epochs: 1.5\n", "f:2:11: 'ppo.epochs' takes an integer >= 1, not '1.5'."),
    ("ppo:\n  epochs: 0\n", "f:2:11: 'ppo.epochs' takes an integer >= 1, not '0'."),
    ("ppo:\n  discount: 1.1\n", "f:2:13: 'ppo.discount' takes a number >= 0, <= 1, not '1.1'."),
    ("ppo:\n  discount: .nan\n", "f:2:13: 'ppo.discount' takes a number >= 0, <= 1, not '.nan'."),
    ("ppo: 3\n", "f:1:6: 'ppo' is a section; indent its keys under it."),
    (
      "network:\n  hidden: [64, x]\n",
      "f:2:11: 'network.hidden' takes a list of integers 1 to 65536, not this list."
    ),
    (
      "network:\n  encoder: lookup\n",
      "f:2:12: 'network.encoder' takes gather or convolution or image, not 'lookup'."
    ),
    ("network:\n  shared: 1\n", "f:2:11: 'network.shared' takes true or false, not '1'."),
    ("environment:\n  id: 5\n", "f:2:7: 'environment.id' takes text, not '5'."),
    ("algorithm: ppo\nalgorithm: ppo\n", "f:1:1: the key 'algorithm' is given twice; keep one."),
    ("- 1\n", "f:1:1: a configuration is a mapping of keys to values."),
    ("ppo: [\n", "f:2:1: this is not YAML: did not find expected node content."),
  ])
  func mistakesAreNamedWithTheirPlace(yaml: String, expected: String) {
    #expect(sentence { _ = try ExperimentConfiguration(yaml: yaml, name: "f") } == expected)
  }

  @Test func numbersMayBeWrittenAsPeopleDo() throws {
    let configuration = try ExperimentConfiguration(
      yaml:
        "training: {steps: 1e6, checkpoint-every: 2_000}\nppo: {learning-rate: 1e-3, discount: 1}\nnetwork:\n"
    )
    #expect(configuration.training.steps == 1_000_000)
    #expect(configuration.training.checkpointEvery == 2000)
    #expect(configuration.ppo.learningRate == 1e-3)
    #expect(configuration.ppo.discount == 1)
  }

  @Test func filesExtendOthersRelativeToThemselves() throws {
    try withFolder { folder in
      try Files.makeFolder(folder + "/sub")
      try write("ppo: {epochs: 2, worlds: 8}\n", to: folder + "/base.yaml")
      try write("ppo: {epochs: 3}\nextends: ../base.yaml\n", to: folder + "/sub/a.yaml")
      let configuration = try ExperimentConfiguration(
        file: folder + "/sub/a.yaml", overrides: ["training.seed=9", "network.hidden=[3, 4]"])
      #expect(configuration.ppo.epochs == 3)
      #expect(configuration.ppo.worlds == 8)
      #expect(configuration.training.seed == 9)
      #expect(configuration.network.hidden == [3, 4])
    }
  }

  @Test func circlesAndMissingFilesAreRefused() throws {
    try withFolder { folder in
      try write("extends: b.yaml\n", to: folder + "/a.yaml")
      try write("extends: a.yaml\n", to: folder + "/b.yaml")
      try write("extends: none.yaml\n", to: folder + "/c.yaml")
      #expect(
        sentence { _ = try ExperimentConfiguration(file: folder + "/a.yaml") }
          == "\(folder)/b.yaml:1:10: 'a.yaml' extends itself in a circle; remove one 'extends'.")
      #expect(
        sentence { _ = try ExperimentConfiguration(file: folder + "/c.yaml") }
          == "\(folder)/c.yaml:1:10: there is no file '\(folder)/none.yaml' to extend.")
    }
  }

  @Test(arguments: [
    ("epochs=2", "--set epochs=2: there is no key 'epochs'; did you mean 'ppo.epochs'?"),
    ("ppo.epochs=x", "--set ppo.epochs=x: 'ppo.epochs' takes an integer >= 1, not 'x'."),
    ("ppo.epochs", "--set ppo.epochs: write a key, an equals sign and a value, as in --set ppo.epochs=2."),
  ])
  func wrongOverridesAreNamed(override: String, expected: String) {
    var configuration = ExperimentConfiguration()
    #expect(sentence { try configuration.set(override) } == expected)
  }

  @Test func settingsMustFitOneAnotherAndTheWorld() throws {
    var configuration = tinyConfiguration()
    #expect(try configuration.resolved(in: registry).configuration.environment.observation != "")
    configuration.ppo.minibatchSize = 15
    #expect(
      sentence { _ = try configuration.resolved(in: registry) }.contains(
        "ppo.minibatch-size (15) must divide"))
    configuration = tinyConfiguration()
    configuration.environment.id = "MiniGrid-Emptie-5x5-v0"
    #expect(
      sentence { _ = try configuration.resolved(in: registry) }
        == "There is no environment 'MiniGrid-Emptie-5x5-v0'; did you mean 'MiniGrid-Empty-5x5-v0'?")
  }

  @Test func onlySettingsThatTouchTheResultTellRunsApart() {
    var other = tinyConfiguration()
    other.training.workers = 7
    other.evaluation.episodes = 3
    #expect(tinyConfiguration().firstDifference(from: other) == nil)
    other.ppo.epochs = 9
    #expect(tinyConfiguration().firstDifference(from: other)?.path == "ppo.epochs")
  }
}
