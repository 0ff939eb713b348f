import ArgumentParser
import KnackExperiments

struct Environments: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says which worlds there are and what they offer.", subcommands: [List.self, Show.self])

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

    @OptionGroup var json: JSONOption

    func run() throws {
      let description = try EnvironmentDescription(id, observation: observation, in: Knack.registry)
      print(json.isOn ? description.json.text : description.text, terminator: json.isOn ? "\n" : "")
    }
  }
}
