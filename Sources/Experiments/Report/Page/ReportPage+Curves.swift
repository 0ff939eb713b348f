extension ReportPage {
  /// A number that is drawn against environment steps.
  private struct Measure {
    let column: MetricsHistory.Column
    let title: String
    let digits: Int
    var isShare = false
  }

  private static let score = Measure(
    column: .score, title: "Score over all training episodes so far", digits: 1)
  private static let success = Measure(
    column: .successRate, title: "Success in the latest 100 training episodes", digits: 2, isShare: true)
  private static let episodeReturn = Measure(
    column: .episodeReturn, title: "Return of the latest 100 training episodes", digits: 2)

  /// Learning curves, a pair for each world.
  var curvesSection: HTML {
    let figures = worlds.flatMap { world -> [HTML] in
      let hasScore = world.groups.contains { !$0.achievements.isEmpty }
      return [hasScore ? Self.score : Self.success, Self.episodeReturn].map {
        figure($0, world.groups, in: worlds.count > 1 ? world.name : nil)
      }
    }.filter { !$0.text.isEmpty }
    guard !figures.isEmpty else { return .paragraph("No episode has ended yet.") }
    let isMany = groups.contains { $0.runs.count > 1 }
    let isThinning = groups.contains { group in
      group.runs.count > 1 && group.runs.contains { !$0.progress.isComplete }
    }
    let note =
      (isMany
        ? "Lines are interquartile means over seeds, shades bootstrap 95 % intervals, thin lines the seeds."
        : "")
      + (groups.contains { $0.runs.contains { $0.progress.stepsToSuccess != nil } }
        ? " A run that reached its goal keeps its last value." : "")
      + (isThinning
        ? " Unfinished runs count as far as they have come; the tables say how many seeds there are at each place."
        : "")
    return legend + .paragraph(note, kind: "note") + "<div class=\"figures\">\(figures)</div>\n"
  }

  private func figure(_ measure: Measure, _ groups: [RunGroup], in world: String?) -> HTML {
    let curves = groups.map { (group: $0, curve: LearningCurve(measure.column, of: $0.runs)) }
      .filter { !$0.curve.points.isEmpty }
    guard !curves.isEmpty else { return "" }
    let plot = LinePlot(
      title: "\(measure.title) against environment steps", xTitle: "environment steps",
      lines: curves.map { group, curve in
        LinePlot.Line(
          name: group.name, style: group.style, points: curve.points.map { ($0.steps, $0.value) },
          parts: curve.seeds.map { $0.map { ($0.steps, $0.value) } })
      }, isShare: measure.isShare)
    return """
      <figure><figcaption>\(world.map { "<b>\($0)</b> " as HTML } ?? "")\(measure.title)</figcaption>
      \(plot.svg)
      \(HTML.details("The same as a table", table(measure, curves)))</figure>

      """
  }

  private func table(
    _ measure: Measure, _ curves: [(group: RunGroup, curve: LearningCurve)]
  ) -> HTML {
    let rows = curves.flatMap { group, curve -> [[HTML]] in
      let places = min(10, curve.points.count)
      return (0..<places).map { curve.points[($0 + 1) * curve.points.count / places - 1] }.map { point in
        [
          "\(group.name)", "\(grouped(Int(point.steps)))", words(point.value, measure.digits),
          "\(point.runs)",
        ]
      }
    }
    return .table(
      measure.title, isTitled: false,
      [.text("configuration"), .number("environment steps"), .number("value"), .number("seeds")], rows)
  }
}
