import ArgumentParser
import KnackEnvironment
import KnackExperiments

struct Environments: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says which worlds there are and what they offer.",
    subcommands: [List.self, Show.self, Rules.self, Check.self, Map.self, Draw.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Lists the worlds' ids.")

    @OptionGroup var json: JSONOption

    func run() throws {
      print(
        json.isOn ? Knack.registry.listAsJSON.text : Knack.registry.entries.map(\.id).joined(separator: "\n"))
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shows a world's observations, actions, facts and limits.")

    @Argument(help: "The world's id.")
    var id: String

    @Option(help: "The observation to describe (default: the world's first).")
    var observation: String?

    @OptionGroup var world: WorldOptions
    @OptionGroup var json: JSONOption

    func run() throws {
      let description = try EnvironmentDescription(
        id, observation: observation, settings: try world.read(), in: Knack.registry)
      print(json.isOn ? description.json.text : description.text, terminator: json.isOn ? "\n" : "")
    }
  }

  struct Rules: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints the rules that a world goes by, where they are data.")

    @Argument(help: "The world's id.")
    var id: String

    @OptionGroup var json: JSONOption

    func run() throws {
      let rules = try Knack.registry.ruleBook(id)
      print(json.isOn ? rules.json.text : rules.text, terminator: json.isOn ? "\n" : "")
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Says whether every achievement of a world can be reached, and what is in the way.",
      discussion: """
        The check is generous: it leaves out time, hunger and fights. What it finds out of reach is out of reach. The exit \
        code is 1 where an achievement cannot be reached on any map.
        """)

    @Argument(help: "The world's id.")
    var id: String

    @OptionGroup var world: WorldOptions

    @Option(help: "Generated maps to look at.")
    var maps = 10

    @OptionGroup var json: JSONOption

    func validate() throws {
      guard maps >= 1 else { throw ValidationError("--maps must be at least 1.") }
    }

    func run() throws {
      let check = try EnvironmentCheck(id, settings: try world.read(), maps: maps, in: Knack.registry)
      print(json.isOn ? check.json.text : check.text, terminator: json.isOn ? "\n" : "")
      if !check.isSound { throw ExitCode(1) }
    }
  }

  struct Map: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Prints the map with which a seed's first episode begins, as a file to edit and give to --map.")

    @Argument(help: "The world's id.")
    var id: String

    @Option(help: "The seed.")
    var seed: UInt64 = 0

    @OptionGroup var world: WorldOptions

    func run() throws {
      print(try Knack.registry.workshop(id).map(try world.read(), seed), terminator: "")
    }
  }

  struct Draw: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "picture",
      abstract: "Draws how a seed's first episode begins, as a PNG file.")

    @Argument(help: "The world's id.")
    var id: String

    @Option(help: "The seed.")
    var seed: UInt64 = 0

    @Option(
      help: "What is drawn: a view of the world, or an observation that is a picture (default: the first).")
    var view: String?

    @Option(help: ArgumentHelp("Points across and down.", valueName: "width x height"))
    var size = "480x270"

    @Option(help: "The file to write.")
    var output: String

    @OptionGroup var world: WorldOptions

    func run() throws {
      let (width, height) = try frameSize(size)
      let picture = try Knack.registry.picture(
        id, view: view, seed: seed, width: width, height: height, settings: try world.read())
      try picture.writePNG(to: output)
    }
  }
}
