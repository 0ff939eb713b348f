/// The pictures that everything in this world is drawn with: our own, 16×16 points each.
///
/// They are written as text (see the files in `Tiles/`): a line with the tile's names, then its rows, a letter of the
/// palette a point and `.` where the tile is transparent. A tile of four rows has points four times as large.
public struct CrafterTiles: Sendable {
  /// A tile whose points are numbers of colours.
  struct Tile: Sendable {
    /// Points each way.
    static let size = 16
    /// Row by row.
    var points: [UInt8]

    /// The tile at another size: each point is the one nearest to its centre, found as Pillow finds it.
    ///
    /// - Complexity: O(`size`²).
    func scaled(to size: Int) -> [UInt8] {
      // Positions are added up, not multiplied, since Pillow's rounding shows where a centre falls on an edge.
      let step = Double(Self.size) / Double(size)
      var position = step * 0.5
      let sources = (0..<size).map { _ in
        defer { position += step }
        return Int(position)
      }
      return sources.flatMap { y in sources.map { x in points[y * Self.size + x] } }
    }
  }

  /// The number that stands for no colour at all.
  static let transparent: UInt8 = 255
  /// The numbers of the two colours which the layout itself has: black, and the grey beyond the edge of the map.
  static let black: UInt8 = 0, grey: UInt8 = 1

  /// Red, green and blue of each colour.
  private(set) var colours: [SIMD3<UInt8>] = [SIMD3(0, 0, 0), SIMD3(127, 127, 127)]
  private var tiles: [String: Tile] = [:]

  /// Knack's own tiles.
  public static let standard = CrafterTiles(palette: palette, texts: [materials, creatures, items])

  /// Tiles from text, in the format above. The text is part of the program: a mistake in it stops the program.
  init(palette: String, texts: [String]) {
    var numbers: [Character: UInt8] = [".": Self.transparent]
    for line in palette.split(separator: "\n") {
      guard let letter = line.first, let rgb = UInt32(line.dropFirst(2), radix: 16) else {
        preconditionFailure("A colour is a letter and six hexadecimal digits, not '\(line)'.")
      }
      numbers[letter] = UInt8(colours.count)
      colours.append(SIMD3(truncatingIfNeeded: SIMD3(rgb >> 16, rgb >> 8, rgb)))
    }
    precondition(colours.count < Self.transparent, "There are more colours than numbers for them.")
    for text in texts {
      var lines = text.split(separator: "\n")[...]
      while let names = lines.popFirst() {
        let side = lines.first!.count
        let rows = lines.prefix(side).map { row in
          row.map { letter in
            guard let number = numbers[letter] else {
              preconditionFailure("'\(names)' has the colour '\(letter)'.")
            }
            return number
          }
        }
        lines = lines.dropFirst(side)
        precondition(
          Tile.size % side == 0 && rows.count == side && rows.allSatisfy { $0.count == side },
          "'\(names)' is no square of \(Tile.size) or 4 points.")
        let scale = Tile.size / side
        let points = (0..<Tile.size * Tile.size).map {
          rows[$0 / Tile.size / scale][$0 % Tile.size / scale]
        }
        for name in names.split(separator: " ") { tiles[String(name)] = Tile(points: points) }
      }
    }
  }

  /// The tile of this name, which must exist.
  subscript(name: String) -> Tile {
    guard let tile = tiles[name] else { preconditionFailure("There is no tile '\(name)'.") }
    return tile
  }
}
