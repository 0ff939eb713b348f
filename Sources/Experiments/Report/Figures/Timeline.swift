/// The course of an episode from left to right: what each state was thought worth, what was rewarded, and what was done.
struct Timeline {
  /// Steps in which the same was done.
  struct Stretch: Equatable {
    /// What: the skill, or else the action.
    var name: String
    /// The first of the steps, and how many there are.
    var start: Int, count: Int
  }

  /// What is drawn, in words.
  var title: String
  /// The colour of whose episode it is.
  var style: LineStyle
  /// The episode's steps.
  var count: Int
  /// What the agent thought the state before each step worth; empty where it says nothing of that.
  var values: [Double] = []
  /// The rewards that are not zero, with their steps.
  var rewards: [(step: Int, reward: Double)] = []
  /// What was done.
  var stretches: [Stretch] = []
  /// What happened, in order: each is marked by its number.
  var events: [(step: Int, name: String)] = []

  private static let width = 1000.0, left = 150.0, right = 980.0
  private static let track = 100.0, rewardTrack = 44.0, row = 17.0
  /// Names that have a row of their own; the rest share the last.
  private static let rowLimit = 24

  /// The drawing.
  var svg: HTML {
    var top = events.isEmpty ? 8.0 : 26.0
    let start = top
    var tracks: HTML = ""
    if values.contains(where: \.isFinite) {
      tracks = tracks + valueTrack(top)
      top += Self.track + 14
    }
    if !rewards.isEmpty {
      tracks = tracks + rewardTrack(top)
      top += Self.rewardTrack + 14
    }
    let (rows, height) = stretchRows(top)
    let bottom = top + height
    let axis = Axis(covering: [0, Double(count)], count: 8)
    let marks = axis.ticks.filter { $0 <= Double(count) }.map { tick -> HTML in
      """
      <path class="grid" d="M\(across(tick)) \(start)V\(bottom)"/>\
      <text x="\(across(tick))" y="\(bottom + 18)" text-anchor="middle">\(axis.label(tick))</text>
      """
    }
    let flags = events.enumerated().map { i, event -> HTML in
      """
      <path class="flag" d="M\(across(Double(event.step))) \(start)V\(bottom)"/>\
      <text class="flag" x="\(across(Double(event.step)))" y="\(i % 2 == 0 ? 10.0 : 21.0)" \
      text-anchor="middle">\(i + 1)<title>\(event.name)</title></text>
      """
    }
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="\(title)">\
      <svg class="timeline \(style.colour)" viewBox="0 0 \(Self.width) \(bottom + 38)" role="img" aria-label="\(title)">
      \(marks)\(tracks)\(rows)\(flags)
      <text class="axis" x="\((Self.left + Self.right) / 2)" y="\(bottom + 34)" text-anchor="middle">step</text></svg></div>

      """
  }

  private func across(_ step: Double) -> Double {
    Self.left + (Self.right - Self.left) * step / Double(max(1, count))
  }

  private func heading(_ words: String, _ y: Double) -> HTML {
    "<text x=\"\(Self.left - 46)\" y=\"\(y)\" text-anchor=\"end\">\(words)</text>"
  }

  private func valueTrack(_ top: Double) -> HTML {
    let finite = values.filter(\.isFinite)
    let axis = Axis(covering: finite.allSatisfy { $0 >= 0 } ? finite + [0] : finite, count: 3)
    func up(_ value: Double) -> Double { top + Self.track * (1 - axis.share(value)) }
    let ticks = axis.ticks.map { tick -> HTML in
      """
      <path class="grid" d="M\(Self.left) \(up(tick))H\(Self.right)"/>\
      <text x="\(Self.left - 8)" y="\(up(tick) + 4)" text-anchor="end">\(axis.label(tick))</text>
      """
    }
    // No more points than can be told apart.
    let stride = max(1, values.count / 1000)
    let points = Swift.stride(from: 0, to: values.count, by: stride).filter { values[$0].isFinite }.map {
      step -> HTML in
      "\(across(Double(step))) \(up(values[step]))"
    }
    let path = points.enumerated().map { i, point -> HTML in "\(i == 0 ? "M" : "L")\(point)" }
    return "\(heading("value", top + Self.track / 2 + 4))\(ticks)<path class=\"line\" d=\"\(path)\"/>"
  }

  private func rewardTrack(_ top: Double) -> HTML {
    let most = rewards.map { abs($0.reward) }.max() ?? 1
    let hasLosses = rewards.contains { $0.reward < 0 }
    let zero = top + Self.rewardTrack * (hasLosses ? 0.5 : 1)
    let reach = Self.rewardTrack * (hasLosses ? 0.5 : 1)
    let stems = rewards.map { step, reward -> HTML in
      "M\(across(Double(step) + 0.5)) \(zero)V\(zero - reach * reward / most)"
    }
    return """
      \(heading("reward", zero - reach / 2 + 4))<path class="grid" d="M\(Self.left) \(zero)H\(Self.right)"/>\
      <text x="\(Self.left - 8)" y="\(top + 8)" text-anchor="end">\(fixed(most, most < 1 ? 2 : 1))</text>\
      <path class="stem" d="\(stems)"/>
      """
  }

  /// A row for each thing that was done, in the order of first use.
  private func stretchRows(_ top: Double) -> (HTML, height: Double) {
    var names: [String] = []
    for stretch in stretches where !names.contains(stretch.name) { names.append(stretch.name) }
    if names.count > Self.rowLimit { names = names.prefix(Self.rowLimit - 1) + ["others"] }
    let rows = names.enumerated().map { i, name -> HTML in
      let y = top + Self.row * Double(i)
      let isOwn = { (stretch: Stretch) in
        stretch.name == name || (name == "others" && !names.contains(stretch.name))
      }
      let marks = stretches.filter(isOwn).map { stretch -> HTML in
        let x = across(Double(stretch.start))
        return
          "M\(x) \(y + 2)h\(max(1, across(Double(stretch.start + stretch.count)) - x))v\(Self.row - 5)H\(x)z"
      }
      return """
        <text x="\(Self.left - 8)" y="\(y + 12)" text-anchor="end">\(SkillGraph.readable(name))</text>\
        <path class="grid" d="M\(Self.left) \(y + Self.row - 0.5)H\(Self.right)"/><path class="done" d="\(marks)"/>

        """
    }
    return (HTML(rows), Self.row * Double(names.count))
  }
}

extension Timeline {
  /// What was done at each step, in stretches.
  static func stretches(_ names: [String]) -> [Stretch] {
    var stretches: [Stretch] = []
    for (step, name) in names.enumerated() {
      if stretches.last?.name == name {
        stretches[stretches.count - 1].count += 1
      } else {
        stretches.append(Stretch(name: name, start: step, count: 1))
      }
    }
    return stretches
  }
}
