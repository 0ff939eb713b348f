/// Bars that stand in the cells of a table, where they are as wide as there is room and their numbers are text.
enum Bar {
  /// A bar from zero, with the interval of its value if that is known; of a whole that is `most`.
  static func svg(_ value: Statistics.Estimate, most: Double, style: LineStyle?) -> HTML {
    guard value.value.isFinite, most > 0 else { return "" }
    func share(_ value: Double) -> Double { 100 * min(1, max(0, value / most)) }
    let (low, high) = (share(value.low), share(value.high))
    let interval: HTML =
      value.low.isFinite && value.high > value.low
      ? """
      <line class="whisker" x1="\(low)%" x2="\(high)%" y1="8" y2="8"/>\
      <line class="whisker" x1="\(low)%" x2="\(low)%" y1="4" y2="12"/>\
      <line class="whisker" x1="\(high)%" x2="\(high)%" y1="4" y2="12"/>
      """ : ""
    return """
      <svg class="bar \(style?.colour ?? "other")" height="16" aria-hidden="true">\
      <rect class="whole" width="100%" height="12" y="2"/>\
      <rect width="\(share(value.value))%" height="12" y="2"/>\(interval)</svg>
      """
  }

  /// A bar that is divided into shares, which add up to 1; each has a shade and, where it is wide enough, its percentage.
  static func divided(_ shares: [Double]) -> HTML {
    var start = 0.0
    let parts = shares.enumerated().map { i, share -> HTML in
      defer { start += share }
      let label: HTML =
        share >= 0.12
        ? "<text x=\"\(100 * (start + share / 2))%\" y=\"15\" text-anchor=\"middle\">\(percent(share))</text>"
        : ""
      return """
        <g class="shade\(i)"><rect x="\(100 * start)%" width="\(100 * share)%" height="20"/>\(label)</g>
        """
    }
    return "<svg class=\"divided\" height=\"20\" aria-hidden=\"true\">\(parts)</svg>"
  }
}
