import KnackEnvironment

/// Where everything is in a frame of a size.
///
/// All sizes are multiples of one, so that a frame looks the same from 800 × 600 to 4K.
public struct FrameLayout: Equatable, Sendable {
  /// Points across and down.
  public let width: Int, height: Int
  /// The height of text, of which all other lengths are multiples.
  public let unit: Int
  /// The line at the top, the world, what the agent has in mind, and the line of time at the bottom.
  public let header: PixelArea, world: PixelArea, panel: PixelArea, timeline: PixelArea
  /// The bar of the line of time on which a click means a step.
  public let bar: PixelArea

  /// The layout of a frame; one smaller than 64 × 48 has room for nothing.
  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
    unit = max(6, min(height / 42, width / 75))
    let margin = unit / 2
    let headerHeight = unit * 5 / 2, timelineHeight = unit * 17 / 4
    let panelWidth = min(width / 2, max(width * 3 / 10, unit * 21))
    header = PixelArea(x: 0, y: 0, width: width, height: headerHeight)
    timeline = PixelArea(x: 0, y: height - timelineHeight, width: width, height: timelineHeight)
    let middle = height - headerHeight - timelineHeight
    world = PixelArea(
      x: margin, y: headerHeight, width: width - panelWidth - 2 * margin, height: middle)
    panel = PixelArea(
      x: width - panelWidth, y: headerHeight, width: panelWidth - margin, height: middle)
    bar = PixelArea(
      x: margin, y: timeline.y + unit * 7 / 4, width: width - 2 * margin, height: unit * 2)
  }

  /// The step at a place on the bar, of an episode with so many; nil for a place beside it.
  public func step(x: Int, y: Int, of count: Int) -> Int? {
    guard bar.contains(x: x, y: y), count > 0, bar.width > 1 else { return nil }
    return Int((Double(x - bar.x) / Double(bar.width - 1) * Double(count)).rounded())
  }
}
