extension SkillGraph {
  private static let columnWidth = 142.0, rowHeight = 62.0
  private static let nodeWidth = 108.0, nodeHeight = 48.0

  /// The graph as it stands in a page: a drawing whose nodes can be pointed at and walked through with the arrow keys,
  /// what is known of the one that is lit, and the same as a table.
  ///
  /// - Parameter title: what the graph is of, in words.
  func html(_ title: String) -> HTML {
    let (drawing, width, height) = drawing()
    let details = nodes.enumerated().map { i, node -> HTML in
      let lines = node.lines.map { line -> HTML in "<div><dt>\(line.name)</dt><dd>\(line.value)</dd></div>" }
      return
        "<div class=\"detail\" data-detail=\"\(i)\" hidden><h3>\(node.title)</h3><dl>\(lines)</dl></div>\n"
    }
    return """
      <div class="graph"><div class="scroll" role="group" aria-label="\(title)">\
      <svg viewBox="0 0 \(width) \(height)" style="min-width:\(0.8 * width)px;max-width:\(width)px">
      \(drawing)</svg></div>
      <div class="known" aria-live="polite"><p class="hint">Point at a skill, or walk through them with the arrow keys: what \
      it takes, what it leads to.</p>
      \(details)</div></div>
      \(HTML.details("The same as a table", table(title)))
      """
  }

  /// The graph as a file of its own.
  ///
  /// - Parameter title: what the graph is of, in words.
  func svg(_ title: String) -> String {
    let (drawing, width, height) = drawing()
    let file: HTML = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)">
      <title>\(title)</title>
      <style>
      .edge { fill: none; stroke: #6b7280; stroke-width: 1; opacity: 0.6; stroke-dasharray: 4 3; }
      .edge.consumed { stroke-dasharray: none; }
      .box { fill: #ffffff; stroke: #6b7280; stroke-width: 1; }
      text { font: 12px sans-serif; fill: #111827; }
      </style>
      \(drawing)</svg>

      """
    return file.text
  }

  /// Edges and nodes, and how much room they take.
  private func drawing() -> (HTML, width: Double, height: Double) {
    let layout = LayeredLayout(count: nodes.count, edges: edges.map { ($0.from, $0.to) })
    func x(_ place: LayeredLayout.Place) -> Double { Double(place.layer) * Self.columnWidth + 2 }
    func y(_ place: LayeredLayout.Place) -> Double { place.height * Self.rowHeight + 2 }

    let lines = zip(edges, layout.routes).map { edge, route -> HTML in
      let ends = route.enumerated().map { i, place -> (x: Double, y: Double) in
        let isStop = i > 0 && i < route.count - 1
        let isLeft = i == 0
        return (
          x(place) + (isStop ? Self.nodeWidth / 2 : isLeft ? Self.nodeWidth : 0),
          y(place) + Self.nodeHeight / 2
        )
      }
      let bends = zip(ends, ends.dropFirst()).map { a, b -> HTML in
        let middle = (a.x + b.x) / 2
        return "C\(middle) \(a.y) \(middle) \(b.y) \(b.x) \(b.y)"
      }
      return """
        <path class="edge\(edge.isConsumed ? " consumed" : "")" data-from="\(edge.from)" data-to="\(edge.to)" \
        d="M\(ends[0].x) \(ends[0].y)\(bends)"/>

        """
    }
    let boxes = zip(nodes, layout.nodes).enumerated().map { i, pair -> HTML in
      let (node, place) = pair
      return """
        <g class="node" data-node="\(i)" role="img" tabindex="\(i == 0 ? 0 : -1)" \
        aria-label="\(node.title): \(node.lines.map { "\($0.name) \($0.value)" }.joined(separator: "; "))" \
        transform="translate(\(x(place)) \(y(place)))">\(Self.box(node))</g>

        """
    }
    let width = Double(layout.layers) * Self.columnWidth - Self.columnWidth + Self.nodeWidth + 4
    let height = layout.height * Self.rowHeight - Self.rowHeight + Self.nodeHeight + 4
    return (HTML(lines + boxes), width, height)
  }

  private static func box(_ node: Node) -> HTML {
    let words = node.title.split(separator: " ")
    // Two lines, as even as can be.
    let split = words.indices.dropFirst().min { a, b in
      func longest(_ i: Int) -> Int {
        max(words[..<i].joined(separator: " ").count, words[i...].joined(separator: " ").count)
      }
      return longest(a) < longest(b)
    }
    let lines =
      node.title.count > 14 && split != nil
      ? [words[..<split!].joined(separator: " "), words[split!...].joined(separator: " ")] : [node.title]
    let barHeight = min(4.0, 9 / Double(max(1, node.shares.count)))
    let barTop = nodeHeight - 3 - barHeight * Double(node.shares.count)
    let middle = node.shares.isEmpty ? nodeHeight / 2 : barTop / 2
    let text = lines.enumerated().map { i, line -> HTML in
      let height = middle + 4 + (Double(i) - Double(lines.count - 1) / 2) * 14
      return "<text x=\"\(nodeWidth / 2)\" y=\"\(height)\" text-anchor=\"middle\">\(line)</text>"
    }
    let bars = node.shares.enumerated().map { i, share -> HTML in
      """
      <rect class="share \(LineStyle(index: share.series).colour)" x="5" y="\(barTop + barHeight * Double(i))" \
      width="\((nodeWidth - 10) * min(1, max(0, share.value)))" height="\(barHeight - 0.8)"/>
      """
    }
    return "<rect class=\"box\" width=\"\(nodeWidth)\" height=\"\(nodeHeight)\" rx=\"6\"/>\(text)\(bars)"
  }

  private func table(_ title: String) -> HTML {
    var names: [String] = []
    for node in nodes { for line in node.lines where !names.contains(line.name) { names.append(line.name) } }
    return .table(
      title, isTitled: false, [.text("skill")] + names.map { .text("\($0)") },
      nodes.map { node in
        ["\(node.title)"] + names.map { name in "\(node.lines.first { $0.name == name }?.value ?? "")" }
      })
  }
}
