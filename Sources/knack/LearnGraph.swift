import ArgumentParser
import KnackEnvironment
import KnackExperiments

extension Skills {
  struct LearnGraph: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "learn-graph",
      abstract: "Learns a world's operators by trying its actions, and compares them with its rules.",
      discussion: """
        The agents know no rules. What they are given to work with, the file of grounds says. Every action that they take is a \
        step of the world and counts.
        """)

    @Option(help: "The file of grounds.")
    var grounds = "Experiments/overworld/operators.yaml"

    @Option(help: "Agents, each with a seed of its own.")
    var seeds = 5

    @Option(help: "The first agent's seed.")
    var seed: UInt64 = 0

    @Option(help: "Steps of each agent.")
    var steps = 30_000

    @Option(help: "What they believe beforehand: nothing, or the rules of the world as it comes.")
    var prior = GraphLearningReport.Prior.nothing

    @Option(
      name: .customLong("option"),
      help: ArgumentHelp(
        "An option of the world, such as recipes=1 for recipes that are permuted.", valueName: "name=value"))
    var options: [String] = []

    @Option(
      help: ArgumentHelp("Write what the first agent saw and knows, a JSON object a line.", valueName: "file")
    )
    var save: String?

    @OptionGroup var json: JSONOption

    func validate() throws {
      guard seeds >= 1 && steps >= 1 else {
        throw ValidationError("--seeds and --steps must be at least 1.")
      }
    }

    func run() throws {
      let report = try GraphLearningReport(
        grounds: grounds, settings: try WorldSettings(world: nil, map: nil, options: options), seeds: seeds,
        firstSeed: seed, steps: steps, prior: prior, in: Knack.registry)
      if let save { try report.writeLearner(to: save) }
      print(json.isOn ? report.json.text : report.text, terminator: json.isOn ? "\n" : "")
    }
  }
}

extension GraphLearningReport.Prior: ExpressibleByArgument {}
