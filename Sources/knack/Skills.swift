import ArgumentParser
import KnackExperiments

struct Skills: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows, or learns, what can be brought about in a world.",
    subcommands: [Graph.self, LearnGraph.self])

  struct Graph: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Draws what leads to what: a world's operators, or those of one plan.")

    @OptionGroup var operators: OperatorOptions

    @Option(help: "The file to write: .svg, or .dot for Graphviz.")
    var out: String

    func run() throws {
      let source = try operators.source()
      let title =
        "\(operators.environment): \((operators.goal.isEmpty ? [source.name] : operators.goal).joined(separator: " "))"
      let shown =
        operators.goal.isEmpty
        ? source.operators
        : try PlanReport(PlanRequest(goal: operators.goal, have: operators.have), source).operators
      try GraphFile(shown, title: title).write(to: out)
    }
  }
}
