import KnackDocuments

/// The tiles of all things, 16 × 16 points each and smaller for what is far away, as red, green, blue and how opaque.
///
/// Each tile has five sizes, one after another: 16, 8, 4, 2 and 1 points wide; a smaller one's point is the mean of four of
/// the next larger one's.
struct TileAtlas: BitwiseCopyable, Sendable {
  /// Points of a tile in all sizes, and where each begins.
  private static let points = 341
  private static let starts: InlineArray<5, Int> = [0, 256, 320, 336, 340]

  private let texels: ConstantTable<SIMD4<Float>>

  /// Tiles from patterns with their colours.
  init(_ tiles: [TileStyle]) {
    var texels: [SIMD4<Float>] = []
    for (number, tile) in tiles.enumerated() {
      var points = (0..<256).map {
        let color = tile.pattern.color($0 % 16, $0 / 16, tile.first, tile.second, number)
        return color.clamped(lowerBound: .zero, upperBound: .one)
      }
      texels += points
      var side = 16
      while side > 1 {
        side /= 2
        points = (0..<side * side).map { point in
          let corner = 2 * (point / side) * (2 * side) + 2 * (point % side)
          let four = [0, 1, 2 * side, 2 * side + 1].map { points[corner + $0] }
          // Colours count as far as they are opaque.
          let opacity = four.reduce(0) { $0 + $1.w }
          guard opacity > 0 else { return .zero }
          let sum = four.reduce(SIMD4<Float>.zero) { $0 + $1 * $1.w }
          return SIMD4(sum.x / opacity, sum.y / opacity, sum.z / opacity, opacity / 4)
        }
        texels += points
      }
    }
    self.texels = ConstantTable(texels)
  }

  /// The point of a tile at a place, both coordinates 0 … 1 from the upper left.
  ///
  /// - Parameter level: 0 for 16 points across, one more for each halving, at most 4.
  @inline(__always)
  func callAsFunction(_ tile: Int, _ u: Float, _ v: Float, level: Int) -> SIMD4<Float> {
    let side = 16 &>> level
    let column = max(0, min(side &- 1, Int(u * Float(side)))),
      row = max(0, min(side &- 1, Int(v * Float(side))))
    return texels[tile &* Self.points &+ Self.starts[unchecked: level] &+ row &* side &+ column]
  }
}

/// How a tile is drawn: a pattern and its colours.
struct TileStyle: Hashable, Sendable {
  let pattern: TilePattern
  let first: SIMD3<Float>, second: SIMD3<Float>

  /// A pattern in a colour, for what has no other style.
  init(_ pattern: TilePattern, _ color: SIMD3<Float>) {
    self.pattern = pattern
    first = color
    second = color
  }

  /// Reads `grain 86603f`.
  ///
  /// - Throws: `DocumentError` with file, line and column.
  init(_ value: YAMLValue) throws(DocumentError) {
    let words = try value.text("a pattern with its colours").split(separator: " ").map(String.init)
    guard let name = words.first, let pattern = TilePattern(rawValue: name) else {
      let names = TilePattern.allCases.map(\.rawValue)
      throw value.mistake(
        "there is no pattern '\(words.first ?? "")'; \(mend(words.first ?? "", among: names))")
    }
    let colors = words.dropFirst().compactMap { UInt32($0, radix: 16) }
    guard colors.count == words.count - 1, pattern.colors.contains(colors.count),
      colors.allSatisfy({ $0 <= 0xFF_FFFF })
    else {
      throw value.mistake("the pattern '\(name)' takes \(pattern.colors.upperBound) hexadecimal colours.")
    }
    func color(_ code: UInt32) -> SIMD3<Float> {
      SIMD3(Float(code >> 16), Float(code >> 8 & 255), Float(code & 255)) / 255
    }
    self.pattern = pattern
    first = color(colors[0])
    second = color(colors.last ?? 0)
  }
}
