import ArgumentParser
import KnackExperiments

struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says what runs of one configuration with different seeds came to.",
    discussion: """
      Prints each run's result, then mean, standard deviation and interquartile mean over the seeds with bootstrap 95 % \
      intervals; in a world with achievements, the rate of each and the score over all training episodes, beside \
      published ones where the world has any.
      """)

  @Argument(help: ArgumentHelp("Folders of finished runs, or folders that hold them.", valueName: "runs"))
  var folders: [String]

  @Option(help: ArgumentHelp("Also write the JSON to this file.", valueName: "file"))
  var output: String?

  @OptionGroup var json: JSONOption

  func run() throws {
    let report = try SeedReport(folders)
    if let output { try report.write(to: output) }
    print(json.isOn ? report.json.text : report.text, terminator: json.isOn ? "\n" : "")
  }
}
