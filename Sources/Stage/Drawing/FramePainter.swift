import KnackEnvironment

/// Draws frames: the world at the left, what the agent has in mind at the right, the line of time below. Windows show them,
/// recorders write them.
///
/// Belongs to one thread.
public final class FramePainter {
  /// Where everything is.
  public let layout: FrameLayout
  private let kind: WorldKind
  private let text: Typeface
  private var views: [Int: (painter: WorldPainter, area: PixelArea)] = [:]
  private var agentPainter: WorldPainter?

  /// A painter of frames of one size, of worlds of one kind.
  ///
  /// - Throws: ``StageError/noView(environment:)`` where the kind cannot be shown.
  public init(_ kind: WorldKind, text: Typeface, width: Int, height: Int) throws(StageError) {
    guard !kind.views.isEmpty else { throw .noView(environment: kind.specification.id) }
    self.kind = kind
    self.text = text
    layout = FrameLayout(width: width, height: height)
  }

  /// Draws a frame on a canvas of the layout's size.
  ///
  /// - Parameter environment: a batch of the kind, whose first world is shown.
  /// - Complexity: O(points) and what the world's own view takes.
  public func draw(_ scene: Scene, _ environment: VectorEnvironment, on canvas: Canvas) {
    canvas.fill(with: Theme.background)
    drawHeader(scene, canvas)
    drawWorld(scene, environment, canvas)
    drawPanel(scene, environment, canvas)
    TimelinePainter(layout: layout, text: text).draw(scene, on: canvas)
    if !scene.menu.isEmpty { drawMenu(scene, canvas) }
    if !scene.help.isEmpty { drawHelp(scene.help, canvas) }
    if let notice = scene.notice { drawNotice(notice, canvas) }
  }

  // MARK: Header

  private func drawHeader(_ scene: Scene, _ canvas: Canvas) {
    let unit = layout.unit, line = layout.header.y + unit * 8 / 5
    var status = "episode \(scene.episode) · seed \(scene.seed) · return \(number(scene.episodeReturn))"
    if scene.isByHand { status = "by hand · " + status }
    if scene.isRecording { status = "● recording · " + status }
    let statusWidth = text.width(of: status, size: unit)
    let room = layout.width - statusWidth - 3 * unit
    let name = text.fitted(scene.environment, size: unit * 5 / 4, width: room)
    var x = unit * 3 / 4
    x += text.draw(name, x: x, y: line, size: unit * 5 / 4, color: Theme.text, on: canvas) + unit
    let rest = room - x
    if rest > 4 * unit {
      let title = text.fitted(scene.title, size: unit, width: rest)
      text.draw(title, x: x, y: line, size: unit, color: Theme.quiet, on: canvas)
    }
    text.draw(
      status, x: layout.width - statusWidth - unit * 3 / 4, y: line, size: unit,
      color: scene.isRecording ? Theme.bad : Theme.quiet, on: canvas)
  }

  // MARK: World

  private func drawWorld(_ scene: Scene, _ environment: VectorEnvironment, _ canvas: Canvas) {
    let index = scene.view % kind.views.count
    let (painter, area) = view(index)
    guard area.width > 0, area.height > 0 else { return }
    environment.draw(world: 0, with: painter, on: canvas.part(area))
    guard scene.isOver else { return }
    let words =
      scene.isSuccess
      ? "success after \(scene.position) steps" : "the episode ends after \(scene.position) steps"
    drawLabel(words, scene.isSuccess ? Theme.good : Theme.bad, in: area, canvas)
  }

  private func view(_ index: Int) -> (painter: WorldPainter, area: PixelArea) {
    if let known = views[index] { return known }
    let view = kind.views[index]
    let area = view.aspect.map(layout.world.fitted) ?? layout.world
    let made = (view.painter(width: area.width, height: area.height), area)
    views[index] = made
    return made
  }

  /// Words on a band across the lower part of an area.
  private func drawLabel(_ words: String, _ color: UInt32, in area: PixelArea, _ canvas: Canvas) {
    let unit = layout.unit, size = unit * 3 / 2
    let words = text.fitted(words, size: size, width: area.width - unit)
    let band = PixelArea(
      x: area.x, y: area.y + area.height - 4 * unit, width: area.width, height: 3 * unit)
    canvas.tint(band, with: Theme.background, part: 190)
    let x = area.x + (area.width - text.width(of: words, size: size)) / 2
    text.draw(words, x: x, y: band.y + 2 * unit, size: size, color: color, on: canvas)
  }

  // MARK: Panel

  private func drawPanel(_ scene: Scene, _ environment: VectorEnvironment, _ canvas: Canvas) {
    canvas.fill(layout.panel, with: Theme.panel)
    let unit = layout.unit
    var area = layout.panel.inset(by: unit * 3 / 4)
    if let view = kind.agentView {
      let room = PixelArea(
        x: area.x, y: area.y, width: area.width * 11 / 20, height: area.height * 3 / 10)
      var place = room.fitted(aspect: view.aspect ?? 1)
      (place.x, place.y) = (area.x, area.y)
      let (side, height) = (place.width, place.height)
      if agentPainter == nil { agentPainter = view.painter(width: side, height: height) }
      if let agentPainter, side > 0, height > 0, place == place.intersection(canvas.bounds) {
        environment.draw(world: 0, with: agentPainter, on: canvas.part(place))
      }
      // What is asked for stands beside it.
      let beside = PixelArea(
        x: area.x + side + unit, y: area.y, width: area.width - side - unit, height: area.height * 3 / 10)
      let used = max(height, drawMission(scene.mission, in: beside, canvas)) + unit
      area.y += used
      area.height -= used
    } else {
      let height = drawMission(scene.mission, in: area, canvas) + unit / 2
      area.y += height
      area.height -= height
    }
    PanelPainter(unit: unit, text: text, canvas: canvas, area: area).draw(scene)
  }

  /// Returns how many points high it is.
  @discardableResult
  private func drawMission(_ mission: String, in area: PixelArea, _ canvas: Canvas) -> Int {
    let unit = layout.unit
    var lines = text.lines(mission, size: unit, width: area.width)
    let room = max(0, min(6, area.height / (unit * 4 / 3)))
    if lines.count > room {
      lines.removeLast(lines.count - room)
      if let last = lines.last {
        lines[lines.count - 1] = text.fitted(last + " …", size: unit, width: area.width)
      }
    }
    for (index, line) in lines.enumerated() {
      text.draw(
        line, x: area.x, y: area.y + unit + index * unit * 4 / 3, size: unit, color: Theme.text, on: canvas)
    }
    return lines.count * unit * 4 / 3
  }

  // MARK: Over everything

  private func drawNotice(_ notice: String, _ canvas: Canvas) {
    let unit = layout.unit
    let lines = text.lines(notice, size: unit, width: layout.width - 4 * unit)
    let width = (lines.map { text.width(of: $0, size: unit) }.max() ?? 0) + 2 * unit
    let area = PixelArea(
      x: (layout.width - width) / 2, y: layout.header.height + unit, width: width,
      height: lines.count * unit * 4 / 3 + unit)
    canvas.tint(area, with: Theme.raised, part: 235)
    for (index, line) in lines.enumerated() {
      text.draw(
        line, x: area.x + unit, y: area.y + unit * 3 / 2 + index * unit * 4 / 3, size: unit,
        color: Theme.text, on: canvas)
    }
  }

  private func drawHelp(_ help: [(key: String, meaning: String)], _ canvas: Canvas) {
    let unit = layout.unit, lineHeight = unit * 3 / 2
    // As many columns as are needed to have room for all lines.
    let rows = max(1, (layout.height - 6 * unit) / lineHeight)
    let columns = (help.count + rows - 1) / rows
    let keyWidth = (help.map { text.width(of: $0.key, size: unit) }.max() ?? 0) + unit
    let columnWidth =
      keyWidth + (help.map { text.width(of: $0.meaning, size: unit) }.max() ?? 0) + 2 * unit
    let shown = (help.count + columns - 1) / columns
    let area = PixelArea(
      x: (layout.width - columns * columnWidth - unit) / 2,
      y: (layout.height - shown * lineHeight) / 2 - unit,
      width: columns * columnWidth + unit, height: shown * lineHeight + 2 * unit)
    canvas.tint(with: Theme.background, part: 150)
    canvas.tint(area, with: Theme.raised, part: 240)
    for (index, entry) in help.enumerated() {
      let x = area.x + unit + index / shown * columnWidth
      let y = area.y + unit + index % shown * lineHeight + unit
      text.draw(entry.key, x: x, y: y, size: unit, color: Theme.accent, on: canvas)
      text.draw(entry.meaning, x: x + keyWidth, y: y, size: unit, color: Theme.text, on: canvas)
    }
  }

  /// A list of actions with one marked, of which the part about that one is shown.
  private func drawMenu(_ scene: Scene, _ canvas: Canvas) {
    let unit = layout.unit, lineHeight = unit * 3 / 2
    let rows = max(1, min(scene.menu.count, (layout.world.height - 4 * unit) / lineHeight))
    let first = max(0, min(scene.menu.count - rows, scene.marked - rows / 2))
    let names = scene.menu[first..<first + rows]
    let width = (names.map { text.width(of: $0, size: unit) }.max() ?? 0) + 4 * unit
    let area = PixelArea(
      x: layout.world.x + unit, y: layout.world.y + unit, width: width, height: rows * lineHeight + unit)
    canvas.tint(area, with: Theme.raised, part: 235)
    for (row, name) in names.enumerated() {
      let y = area.y + unit / 2 + row * lineHeight
      let isMarked = first + row == scene.marked
      if isMarked {
        canvas.fill(
          PixelArea(x: area.x, y: y, width: width, height: lineHeight), with: Theme.accent)
      }
      text.draw(
        name, x: area.x + unit, y: y + unit * 11 / 10, size: unit,
        color: isMarked ? Theme.background : Theme.text, on: canvas)
    }
  }
}

/// A number with as many digits as matter.
func number(_ value: Double) -> String {
  guard value.isFinite else { return "\(value)" }
  let scaled = (value * 100).rounded()
  guard abs(scaled) < 1e15 else { return "\(value)" }
  let hundredths = Int(scaled.magnitude)
  let sign = scaled < 0 ? "−" : ""
  let fraction = hundredths % 100
  return "\(sign)\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
}
