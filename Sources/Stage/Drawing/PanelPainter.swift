import KnackEnvironment

/// Writes what an agent says of itself, one thing below another, as far as there is room.
struct PanelPainter {
  let unit: Int
  let text: Typeface
  let canvas: Canvas
  let area: PixelArea

  private var lineHeight: Int { unit * 7 / 5 }

  func draw(_ scene: Scene) {
    let report = scene.report
    var y = area.y
    if let words = report.text {
      for line in text.lines(words, size: unit, width: area.width).prefix(3) {
        write(line, at: &y, color: Theme.quiet)
      }
    }
    if let skill = report.skill {
      drawSkill(skill, Theme.color(scene.skillNumber), report.progress, &y)
    }
    if !report.plan.isEmpty { drawPlan(report, &y) }
    if let value = report.value { drawValue(value, scene, &y) }
    if !report.probabilities.isEmpty {
      drawProbabilities(report, scene, &y)
    } else if let action = report.action, scene.actions.indices.contains(action) {
      heading("next action", &y)
      write(scene.actions[action], at: &y, color: Theme.text)
    }
    if let (reached, count) = scene.achievements {
      y += unit / 2
      write(
        "achievements", at: &y, color: Theme.text, right: "\(reached) of \(count)", rightColor: Theme.text)
    }
    if !report.facts.isEmpty { drawFacts(report.facts, &y, leaving: 7 * lineHeight) }
    drawOutcomes(scene, &y)
  }

  private func fits(_ y: Int, _ height: Int) -> Bool { y + height <= area.y + area.height }

  private func heading(_ words: String, _ y: inout Int) {
    y += unit / 2
    guard fits(y, 2 * lineHeight) else {
      y = area.y + area.height
      return
    }
    text.draw(
      words.uppercased(), x: area.x, y: y + unit, size: unit * 4 / 5, color: Theme.quiet, on: canvas)
    y += lineHeight
  }

  /// Writes a line, with something at its right end.
  private func write(
    _ words: String, at y: inout Int, indent: Int = 0, color: UInt32, right: String = "",
    rightColor: UInt32 = Theme.quiet
  ) {
    guard fits(y, lineHeight) else { return }
    let rightWidth = right.isEmpty ? 0 : text.width(of: right, size: unit) + unit / 2
    let words = text.fitted(words, size: unit, width: area.width - indent - rightWidth)
    text.draw(words, x: area.x + indent, y: y + unit, size: unit, color: color, on: canvas)
    if !right.isEmpty {
      text.draw(
        right, x: area.x + area.width - rightWidth + unit / 2, y: y + unit, size: unit, color: rightColor,
        on: canvas)
    }
    y += lineHeight
  }

  private func drawSkill(_ skill: String, _ color: UInt32, _ progress: Double?, _ y: inout Int) {
    heading("skill", &y)
    write(skill, at: &y, color: color)
    guard let progress, fits(y, unit) else { return }
    let bar = PixelArea(x: area.x, y: y, width: area.width, height: unit / 2)
    canvas.fill(bar, with: Theme.raised)
    canvas.fill(
      PixelArea(
        x: bar.x, y: bar.y, width: Int(Double(bar.width) * max(0, min(1, progress))), height: bar.height),
      with: color)
    y += unit
  }

  /// The steps about the current one, which is lit.
  private func drawPlan(_ report: AgentReport, _ y: inout Int) {
    heading("plan", &y)
    let current = report.planStep ?? 0, rows = min(8, report.plan.count)
    let first = max(0, min(report.plan.count - rows, current - 2))
    for index in first..<first + rows {
      guard fits(y, lineHeight) else { return }
      let isCurrent = index == report.planStep
      if isCurrent {
        canvas.fill(PixelArea(x: area.x, y: y, width: area.width, height: lineHeight), with: Theme.raised)
        canvas.fill(
          PixelArea(x: area.x, y: y, width: max(2, unit / 5), height: lineHeight), with: Theme.accent)
      }
      write(
        report.plan[index], at: &y, indent: unit / 2,
        color: isCurrent ? Theme.text : index < current ? Theme.faint : Theme.quiet,
        right: index < current ? "done" : "")
    }
  }

  /// The value, and how it went in this episode.
  private func drawValue(_ value: Double, _ scene: Scene, _ y: inout Int) {
    heading("value", &y)
    let height = 2 * lineHeight
    guard fits(y, height) else { return }
    text.draw(
      number(value), x: area.x, y: y + unit * 3 / 2, size: unit * 3 / 2, color: Theme.text, on: canvas)
    let left = 6 * unit
    let plot = PixelArea(x: area.x + left, y: y, width: area.width - left, height: height - unit / 2)
    canvas.fill(plot, with: Theme.raised)
    drawCurve(scene.values, in: plot)
    y += height
  }

  /// A curve from left to right: in each column all that the line between the values passes there.
  private func drawCurve(_ values: [Float], in plot: PixelArea) {
    guard values.count > 1, plot.width > 1, plot.height > 2, let low = values.min(), let high = values.max()
    else { return }
    let scale = high > low ? Float(plot.height - 3) / (high - low) : 0
    let step = Float(values.count - 1) / Float(plot.width)
    func value(_ place: Float) -> Float {
      let index = min(values.count - 2, Int(place))
      return values[index] + (values[index + 1] - values[index]) * (place - Float(index))
    }
    for column in 0..<plot.width {
      let from = Float(column) * step, to = min(Float(values.count - 1), from + step)
      var least = min(value(from), value(to)), most = max(value(from), value(to))
      // Values that lie between the column's edges.
      var index = Int(from) + 1
      while index <= Int(to) {
        least = min(least, values[index])
        most = max(most, values[index])
        index += 1
      }
      let top = plot.y + plot.height - 2 - Int((most - low) * scale)
      let height = Int((most - low) * scale) - Int((least - low) * scale) + max(1, unit / 8)
      canvas.fill(PixelArea(x: plot.x + column, y: top, width: 1, height: height), with: Theme.accent)
    }
  }

  /// The most probable actions; all of them in their order where they are few.
  private func drawProbabilities(_ report: AgentReport, _ scene: Scene, _ y: inout Int) {
    heading("actions", &y)
    let rows = 7, count = report.probabilities.count
    var order = Array(0..<count)
    if count > rows {
      order.sort { (report.probabilities[$0], $1) > (report.probabilities[$1], $0) }
      order.removeLast(count - rows)
    }
    let barX = area.x + area.width * 11 / 20, barWidth = area.width * 9 / 20
    for action in order {
      guard fits(y, lineHeight) else { return }
      let name = scene.actions.indices.contains(action) ? scene.actions[action] : "action \(action)"
      let isChosen = action == report.action
      let probability = max(0, min(1, report.probabilities[action]))
      text.draw(
        text.fitted(name, size: unit, width: barX - area.x - unit / 2), x: area.x, y: y + unit, size: unit,
        color: isChosen ? Theme.text : Theme.quiet, on: canvas)
      let bar = PixelArea(x: barX, y: y + unit / 4, width: barWidth, height: unit * 9 / 10)
      canvas.fill(bar, with: Theme.raised)
      canvas.fill(
        PixelArea(x: bar.x, y: bar.y, width: Int(Float(barWidth) * probability), height: bar.height),
        with: isChosen ? Theme.accent : Theme.faint)
      y += lineHeight
    }
  }

  /// Facts in two columns.
  private func drawFacts(_ facts: [AgentReport.Fact], _ y: inout Int, leaving room: Int) {
    heading("facts", &y)
    let width = (area.width - unit) / 2
    var rows = (area.y + area.height - room - y) / lineHeight
    rows = max(min(2, facts.count), min(rows, (facts.count + 1) / 2))
    for (index, fact) in facts.enumerated() {
      let column = index / max(1, rows), row = index % max(1, rows)
      guard column < 2, fits(y + row * lineHeight, lineHeight) else { continue }
      let x = area.x + column * (width + unit), line = y + row * lineHeight + unit
      let count = "\(fact.count)", countWidth = text.width(of: count, size: unit)
      let name = text.fitted(
        fact.name.replacing("_", with: " "), size: unit, width: width - countWidth - unit / 2)
      text.draw(name, x: x, y: line, size: unit, color: Theme.quiet, on: canvas)
      text.draw(count, x: x + width - countWidth, y: line, size: unit, color: Theme.text, on: canvas)
    }
    y += rows * lineHeight
    if facts.count > 2 * rows {
      write("and \(facts.count - 2 * rows) more", at: &y, color: Theme.faint)
    }
  }

  /// What was tried of late: skills, or else whole episodes.
  private func drawOutcomes(_ scene: Scene, _ y: inout Int) {
    let outcomes = scene.report.outcomes
    guard !outcomes.isEmpty || !scene.ended.isEmpty else { return }
    heading(outcomes.isEmpty ? "last episodes" : "last outcomes", &y)
    if outcomes.isEmpty {
      for episode in scene.ended.reversed() {
        write(
          "\(episode.number): return \(number(episode.episodeReturn))", at: &y, color: Theme.quiet,
          right: "\(episode.success ? "✓" : "✗") \(episode.steps) steps",
          rightColor: episode.success ? Theme.good : Theme.bad)
      }
      return
    }
    for outcome in outcomes.suffix(6).reversed() {
      write(
        outcome.name, at: &y, color: Theme.quiet,
        right: "\(outcome.success ? "✓" : "✗") \(outcome.steps) steps",
        rightColor: outcome.success ? Theme.good : Theme.bad)
    }
  }
}
