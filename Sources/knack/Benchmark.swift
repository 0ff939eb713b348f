import ArgumentParser
import KnackEnvironment
import KnackExperiments

struct Benchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures how fast worlds step and agents train on this machine.",
    subcommands: [Stepping.self, Generation.self, Drawing.self, Training.self, Planning.self, GEMM.self])

  /// Prints the fields of a report, one a line, or all as JSON.
  static func show(_ report: JSON, _ json: JSONOption) {
    print(json.isOn ? report.text : report.listing, terminator: json.isOn ? "\n" : "")
  }

  struct Stepping: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Steps a batch of worlds, resets included.",
      discussion: """
        A trained policy or an expert is not timed: it chooses actions first, and these are then taken again in equal worlds.
        """)

    @Option(help: "The world's id (default: the policy's).")
    var environment: String?

    @Option(help: "Who acts: random, noop, expert, or the folder of a run for its policy.")
    var policy = "random"

    @Option(help: "The observation (default: the world's first).")
    var observation: String?

    @Option(help: "Worlds stepped side by side.")
    var worlds = 256

    @Option(help: "Threads; 0 for one a core.")
    var workers = 1

    @Option(help: "Seconds of each of the five measurements.")
    var seconds = 1.0

    @Option(help: "Take this many steps, once, rather than measure for a time.")
    var steps: Int?

    @OptionGroup var world: WorldOptions
    @OptionGroup var json: JSONOption

    func validate() throws {
      guard worlds >= 1 && workers >= 0 && seconds > 0 && (steps ?? 1) >= 1 else {
        throw ValidationError("--worlds, --seconds and --steps must be positive, and --workers at least 0.")
      }
    }

    func run() throws {
      var benchmark = SteppingBenchmark(
        environment: environment, observation: observation, actions: try .init(policy), worlds: worlds,
        workers: workers,
        seconds: seconds,
        steps: steps)
      benchmark.settings = try world.read()
      Benchmark.show(try benchmark.run(Knack.registry), json)
    }
  }

  struct Generation: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Makes worlds: as much as an episode begins with, and whole ones.")

    @Option(help: "The world's id.")
    var environment: String

    @Option(help: "Seconds of each of the five measurements.")
    var seconds = 1.0

    @OptionGroup var world: WorldOptions
    @OptionGroup var json: JSONOption

    func validate() throws {
      guard seconds > 0 else { throw ValidationError("--seconds must be positive.") }
    }

    func run() throws {
      let benchmark = GenerationBenchmark(
        environment: environment, settings: try world.read(), seconds: seconds)
      Benchmark.show(try benchmark.run(Knack.registry), json)
    }
  }

  struct Drawing: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Draws frames, each of another state, on as many cores as the view uses.")

    @Option(help: "The world's id.")
    var environment: String

    @Option(help: ArgumentHelp("Points across and down.", valueName: "width x height"))
    var size = "1280x720"

    @Option(help: "The world's view (default: its first).")
    var view: String?

    @Flag(help: "Draw the world alone.")
    var bare = false

    @Option(help: "Seconds of each of the five measurements.")
    var seconds = 1.0

    @OptionGroup var world: WorldOptions
    @OptionGroup var json: JSONOption

    func validate() throws {
      guard seconds > 0 else { throw ValidationError("--seconds must be positive.") }
    }

    func run() throws {
      let (width, height) = try frameSize(size)
      let benchmark = DrawingBenchmark(
        environment: environment, settings: try world.read(), width: width, height: height, view: view,
        bare: bare, seconds: seconds)
      Benchmark.show(try benchmark.run(Knack.registry), json)
    }
  }

  struct Training: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Trains without writing anything.")

    @Option(help: "The configuration, a YAML file.")
    var config: String

    @Option(help: "Threads (default: the configuration's training.workers).")
    var workers: Int?

    @Option(help: "Seconds of each of the five measurements.")
    var seconds = 2.0

    @Option(help: "Do this many iterations, once, rather than measure for a time.")
    var iterations: Int?

    @Option(name: .customLong("set"), help: "Overrides a setting: key=value. May be given several times.")
    var overrides: [String] = []

    @OptionGroup var json: JSONOption

    func validate() throws {
      guard seconds > 0 && (iterations ?? 1) >= 1 else {
        throw ValidationError("--seconds and --iterations must be positive.")
      }
    }

    func run() throws {
      var configuration = try ExperimentConfiguration(file: config, overrides: overrides)
      if let workers { try configuration.set("training.workers=\(workers)") }
      let benchmark = TrainingBenchmark(configuration, seconds: seconds, iterations: iterations)
      Benchmark.show(try benchmark.run(Knack.registry), json)
    }
  }

  struct Planning: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Plans for a goal, and compares with Plan4MC's graph and search.")

    @Option(help: "The world's id.")
    var environment = "Overworld-v1"

    @Option(help: ArgumentHelp("What is wanted.", valueName: "fact=count"))
    var goal = ["hopper=1"]

    @Option(help: ArgumentHelp("What there is at the start.", valueName: "fact=count"))
    var have = ["stone_pickaxe=1"]

    @Option(help: "Seconds of each of the five measurements.")
    var seconds = 0.2

    @OptionGroup var json: JSONOption

    func validate() throws {
      guard seconds > 0 else { throw ValidationError("--seconds must be positive.") }
    }

    func run() throws {
      let benchmark = PlanningBenchmark(environment: environment, goal: goal, have: have, seconds: seconds)
      Benchmark.show(try benchmark.run(Knack.registry), json)
    }
  }

  struct GEMM: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "gemm", abstract: "Multiplies matrices on all workers at once.")

    @Option(help: "Threads; 0 for one a core.")
    var workers = 0

    @OptionGroup var json: JSONOption

    func validate() throws {
      guard workers >= 0 else { throw ValidationError("--workers must be at least 0.") }
    }

    func run() throws { Benchmark.show(try GEMMBenchmark.report(workers: workers), json) }
  }
}
