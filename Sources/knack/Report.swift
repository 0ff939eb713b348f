import ArgumentParser
import KnackEnvironment
import KnackExperiments

struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says what runs came to.",
    discussion: """
      Prints each run's result, then mean, standard deviation and interquartile mean over the seeds with bootstrap 95 % \
      intervals; in a world with achievements, the rate of each and the score over all training episodes, beside \
      published ones where the world has any. This takes finished runs that differ in nothing but their seeds.

      With --out NAME.html it writes a page instead, for any runs, finished or not, of any configurations: learning \
      curves, results, what sets the configurations apart. The page needs no network.
      """)

  @Argument(help: ArgumentHelp("Folders of runs, or folders that hold them.", valueName: "runs"))
  var folders: [String]

  @Option(
    name: [.customLong("out"), .customLong("output")],
    help: ArgumentHelp(
      "Write a page to this file if its name ends in .html; else what is printed, as JSON.", valueName: "file"
    ))
  var out: String?

  @OptionGroup var json: JSONOption

  func run() throws {
    if let out, out.hasSuffix(".html") || out.hasSuffix(".htm") {
      let page = try ReportPage(folders, registry: Knack.registry)
      let bytes = try page.write(to: out)
      let result: JSON = .fields([
        "page": .string(out), "bytes": .integer(bytes), "summary": .string(page.summary),
      ])
      print(json.isOn ? result.text : "\(out): \(page.summary) (\((bytes + 999) / 1000) kB)")
      return
    }
    let report = try SeedReport(folders)
    if let out { try report.write(to: out) }
    print(json.isOn ? report.json.text : report.text, terminator: json.isOn ? "\n" : "")
  }
}
