/// How one of several lines or bars is told from the others: by colour, dashes, marker and hatching at once, so that no
/// one of them is needed.
struct LineStyle: Sendable, Equatable {
  /// Its place among the styles.
  let index: Int

  /// As many styles as there are colours; then colours come again with other dashes.
  static let colours = 6

  /// The class under which the style sheet knows the colour.
  var colour: String { "s\(index % Self.colours)" }

  /// The lengths of dashes and gaps; empty for a line without gaps.
  var dashes: String { ["", "9 4", "2 3", "9 3 2 3", "14 4", "5 2"][(index + index / Self.colours) % 6] }

  /// A marker with its centre at a point.
  func marker(_ x: Double, _ y: Double) -> HTML {
    switch (index + index / Self.colours) % 6 {
    case 0: "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"3.2\"/>"
    case 1: "<path d=\"M\(x - 3) \(y - 3)h6v6h-6z\"/>"
    case 2: "<path d=\"M\(x) \(y - 4)l4 7h-8z\"/>"
    case 3: "<path d=\"M\(x) \(y - 4.2)l4.2 4.2l-4.2 4.2l-4.2 -4.2z\"/>"
    case 4: "<path d=\"M\(x) \(y + 4)l4 -7h-8z\"/>"
    default: "<path d=\"M\(x - 4) \(y - 1.2)h2.8v-2.8h2.4v2.8h2.8v2.4h-2.8v2.8h-2.4v-2.8h-2.8z\"/>"
    }
  }

  /// A piece of the line, as a key to it.
  var key: HTML {
    """
    <svg class="key \(colour)" width="34" height="10" aria-hidden="true"><path class="line" d="M0 5h34" \
    stroke-dasharray="\(dashes)"/>\(marker(17, 5))</svg>
    """
  }
}
