import KnackEnvironment

/// Draws the line of time: what was done at each step of the episode, what was rewarded, and where it stands.
struct TimelinePainter {
  let layout: FrameLayout
  let text: Typeface

  func draw(_ scene: Scene, on canvas: Canvas) {
    let unit = layout.unit, bar = layout.bar
    let line = layout.timeline.y + unit * 5 / 4
    let steps = scene.stepLimit.map { "step \(scene.position) of at most \($0)" } ?? "step \(scene.position)"
    let known = scene.position < scene.count ? " · seen up to \(scene.count)" : ""
    text.draw(
      steps + known, x: unit * 3 / 4, y: line, size: unit, color: Theme.text, on: canvas)
    let speed =
      scene.isPaused
      ? "paused" : scene.speed >= 1000 ? "as fast as it goes" : "\(number(scene.speed)) steps/s"
    let words = scene.speed > 0 ? speed + " · H for help" : ""
    text.draw(
      words, x: layout.width - text.width(of: words, size: unit) - unit * 3 / 4, y: line, size: unit,
      color: Theme.quiet, on: canvas)

    canvas.fill(bar, with: Theme.panel)
    guard scene.count > 0, bar.width > 1 else { return }
    func column(_ step: Int) -> Int { bar.x + (bar.width - 1) * step / scene.count }
    drawStretches(scene, canvas, column)
    for (step, reward) in scene.rewards {
      canvas.fill(
        PixelArea(
          x: column(step) - unit / 8, y: bar.y, width: max(2, unit / 4), height: unit / 2),
        with: reward > 0 ? Theme.text : Theme.bad)
    }
    let cursor = PixelArea(
      x: column(scene.position) - unit / 8, y: bar.y - unit / 4, width: max(2, unit / 4),
      height: bar.height + unit / 2)
    canvas.fill(cursor, with: Theme.text)
  }

  /// What was done, in colors, with its name where there is room for it; what is still to come is darker.
  private func drawStretches(_ scene: Scene, _ canvas: Canvas, _ column: (Int) -> Int) {
    let unit = layout.unit, bar = layout.bar
    var start = 0
    for stretch in scene.timeline {
      let end = start + stretch.count
      let area = PixelArea(
        x: column(start), y: bar.y + unit / 2, width: column(end) - column(start),
        height: bar.height - unit / 2)
      let color = Theme.color(stretch.number)
      canvas.fill(area, with: mixed(color, Theme.panel, part: start >= scene.position ? 200 : 110))
      if stretch.byHand {
        canvas.fill(
          PixelArea(x: area.x, y: area.y, width: area.width, height: max(2, unit / 6)), with: Theme.text)
      }
      if area.width > 3 * unit {
        let name = text.fitted(stretch.name, size: unit * 4 / 5, width: area.width - unit / 2)
        text.draw(
          name, x: area.x + unit / 4, y: area.y + unit * 11 / 10, size: unit * 4 / 5, color: Theme.text,
          on: canvas)
      }
      start = end
    }
  }
}
