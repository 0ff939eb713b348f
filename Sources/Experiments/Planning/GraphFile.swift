import KnackEnvironment

/// A graph of operators as a file: a drawing, or Graphviz's language.
public struct GraphFile: Sendable {
  /// More operators than these make no drawing that anybody could read.
  static let mostDrawn = 150

  private let operators: [Operator]
  private let title: String

  /// The graph of operators.
  public init(_ operators: [Operator], title: String) {
    self.operators = operators
    self.title = title
  }

  /// Writes the graph: as SVG or for Graphviz, by how the path ends.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` for another ending, or too many operators for a drawing; and where the file
  ///   cannot be written.
  public func write(to path: String) throws(ExperimentError) {
    if path.hasSuffix(".dot") || path.hasSuffix(".gv") {
      try Files.replace(path, Array(dot.utf8))
    } else if path.hasSuffix(".svg") {
      guard operators.count <= Self.mostDrawn else {
        throw .mistake(
          "\(operators.count) operators are too many to draw; draw those of one plan with --goal, or write all of them for "
            + "Graphviz with --out graph.dot.")
      }
      try Files.replace(path, Array(SkillGraph(operators).svg(title).utf8))
    } else {
      throw .mistake("--out \(path): give a file that ends in .svg, or in .dot for Graphviz.")
    }
  }

  /// The graph in Graphviz's language: an edge from each operator to those that need what it obtains, drawn through where
  /// that is used up and dashed where it stays.
  var dot: String {
    let graph = SkillGraph(operators)
    var lines = [
      "digraph skills {", "  label=\(quoted(title));", "  rankdir=LR;", "  node [shape=box, style=rounded];",
    ]
    for (number, one) in operators.enumerated() {
      lines.append(
        "  n\(number) [label=\(quoted(one.name)), tooltip=\(quoted(Operator.words(one.obtains)))];")
    }
    for edge in graph.edges {
      let given = Set(operators[edge.from].obtains.map(\.fact)), to = operators[edge.to]
      let needs = (to.consumes + to.requires).filter { given.contains($0.fact) }
      lines.append(
        "  n\(edge.from) -> n\(edge.to) [label=\(quoted(Operator.words(needs)))\(edge.isConsumed ? "" : ", style=dashed")];"
      )
    }
    return lines.joined(separator: "\n") + "\n}\n"
  }

  private func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
