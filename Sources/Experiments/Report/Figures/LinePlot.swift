/// Curves with their intervals over a common axis, each labelled at its end.
struct LinePlot {
  /// One curve.
  struct Line {
    /// What it is called.
    var name: String
    /// How it is told from the others.
    var style: LineStyle
    /// Its points from left to right.
    var points: [(x: Double, value: Statistics.Estimate)]
    /// The curves that it sums up, drawn faintly.
    var parts: [[(x: Double, y: Double)]] = []
  }

  /// What is drawn, and along which axes.
  var title: String, xTitle: String
  /// The curves.
  var lines: [Line]
  /// Whether the values are shares, from nothing to all.
  var isShare = false

  private static let width = 560.0, height = 300.0
  private static let left = 52.0, right = 424.0, top = 12.0, bottom = 258.0

  /// The drawing. Its text may grow by a half on small screens, which is what the margins are for.
  var svg: HTML {
    let x = Axis(covering: [0] + lines.flatMap { $0.points.map(\.x) })
    let end = lines.flatMap { $0.points.map(\.x) }.max() ?? 1
    let y = isShare ? Axis(covering: [0, 1]) : Axis(covering: values)
    func across(_ value: Double) -> Double {
      Self.left + (Self.right - Self.left) * min(1, value / max(end, 1e-9))
    }
    func up(_ value: Double) -> Double { Self.bottom - (Self.bottom - Self.top) * y.share(value) }

    let grid = y.ticks.map { tick -> HTML in
      let label = isShare ? percent(tick) : y.label(tick)
      return """
        <path class="grid" d="M\(Self.left) \(up(tick))H\(Self.right)"/>\
        <text x="\(Self.left - 8)" y="\(up(tick) + 4)" text-anchor="end">\(label)</text>
        """
    }
    let marks = x.ticks.filter { $0 <= end * 1.0001 }.map { tick -> HTML in
      "<text x=\"\(across(tick))\" y=\"\(Self.bottom + 20)\" text-anchor=\"middle\">\(x.label(tick))</text>"
    }
    let heights = spread(lines.map { $0.points.last.map { up($0.value.value) } ?? Self.bottom })
    let curves = zip(lines, heights).enumerated().map { i, pair -> HTML in
      let (line, labelHeight) = pair
      guard let last = line.points.last else { return "" }
      let band = line.points.filter { $0.value.low.isFinite }
      // Markers of different lines stand at different places, so that they do not cover one another.
      let spacing = max(1, line.points.count / 5)
      let markers = stride(from: (i * spacing / max(lines.count, 1)), to: line.points.count, by: spacing).map
      {
        line.style.marker(across(line.points[$0].x), up(line.points[$0].value.value))
      }
      let name = line.name.count > 16 ? line.name.prefix(15) + "…" : line.name[...]
      return """
        <g class="series \(line.style.colour)" data-series="\(line.style.index)">\
        <path class="band" d="\(outline(band.map { (across($0.x), up($0.value.low), up($0.value.high)) }))"/>\
        \(line.parts.map { part -> HTML in
          "<path class=\"part\" d=\"\(path(part.map { (across($0.x), up($0.y)) }))\"/>"
        })\
        <path class="line" stroke-dasharray="\(line.style.dashes)" \
        d="\(path(line.points.map { (across($0.x), up($0.value.value)) }))"/>\(markers)\
        <path class="lead" d="M\(across(last.x) + 3) \(up(last.value.value))L\(across(last.x) + 12) \(labelHeight)"/>\
        <text class="name" x="\(across(last.x) + 16)" y="\(labelHeight + 4)"><title>\(line.name)</title>\(name)</text></g>

        """
    }
    return """
      <svg class="plot" viewBox="0 0 \(Self.width) \(Self.height)" role="img" aria-label="\(title)">\(grid)\(marks)\
      <text class="axis" x="\((Self.left + Self.right) / 2)" y="\(Self.bottom + 38)" text-anchor="middle">\(xTitle)</text>
      \(curves)</svg>
      """
  }

  /// All that must fit between the ends of the upright axis; zero too where all is on one side of it.
  private var values: [Double] {
    let values = lines.flatMap { line in
      line.points.flatMap { [$0.value.value, $0.value.low, $0.value.high] }
        + line.parts.flatMap { $0.map(\.y) }
    }.filter(\.isFinite)
    return values.allSatisfy { $0 >= 0 } || values.allSatisfy { $0 <= 0 } ? values + [0] : values
  }

  /// Heights for labels that want to stand at the given ones, moved apart until a line of text fits between each two.
  private func spread(_ wanted: [Double]) -> [Double] {
    let gap = min(19, (Self.bottom - Self.top) / Double(max(1, wanted.count)))
    let order = wanted.indices.sorted { wanted[$0] < wanted[$1] }
    var heights = wanted
    for (a, b) in zip(order, order.dropFirst()) { heights[b] = max(heights[b], heights[a] + gap) }
    if let last = order.last { heights[last] = min(heights[last], Self.bottom + 4) }
    for (a, b) in zip(order, order.dropFirst()).reversed() { heights[a] = min(heights[a], heights[b] - gap) }
    return heights
  }

  private func path(_ points: [(Double, Double)]) -> HTML {
    HTML(points.enumerated().map { i, point -> HTML in "\(i == 0 ? "M" : "L")\(point.0) \(point.1)" })
  }

  private func outline(_ band: [(x: Double, low: Double, high: Double)]) -> HTML {
    guard band.count > 1 else { return "" }
    return path(band.map { ($0.x, $0.high) } + band.reversed().map { ($0.x, $0.low) }) + "Z"
  }
}
