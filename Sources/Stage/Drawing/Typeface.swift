import CFreeType
import Glibc
import KnackEnvironment

/// A font, and how its letters look at the sizes at which they were drawn.
///
/// Belongs to one thread. FreeType's handles live and die here.
public final class Typeface {
  /// A letter's picture: how much of each point it covers.
  private struct Glyph {
    /// Where it lies in ``coverage``.
    var start: Int
    var width: Int, height: Int
    /// Where it begins, to the right of the pen and above the line.
    var left: Int, top: Int
    /// How far the pen moves on, in 64ths of a point.
    var advance: Int
  }

  private let library: FT_Library
  private let face: FT_Face
  private var size = 0
  private var glyphs: [UInt64: Glyph] = [:]
  private var coverage: [UInt8] = []

  /// Where systems keep a font that will do. Letters are measured, so any will.
  private static let places = [
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",
    "/usr/share/fonts/TTF/DejaVuSans.ttf", "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
    "/usr/share/fonts/truetype/freefont/FreeSans.ttf", "/System/Library/Fonts/Supplemental/Arial.ttf",
  ]

  /// The font of the file that `KNACK_FONT` names, or else one that the system has.
  ///
  /// - Throws: ``StageError/noFont(_:)`` where there is none.
  public init() throws(StageError) {
    let chosen = getenv("KNACK_FONT").map { String(cString: $0) }
    guard let path = chosen ?? Self.places.first(where: { access($0, R_OK) == 0 }) else {
      throw .noFont(nil)
    }
    var library: FT_Library?
    guard FT_Init_FreeType(&library) == 0, let library else { throw .noFont(path) }
    var face: FT_Face?
    guard FT_New_Face(library, path, 0, &face) == 0, let face, Self.isScalable(face) else {
      FT_Done_FreeType(library)
      throw .noFont(path)
    }
    self.library = library
    self.face = face
  }

  deinit {
    FT_Done_Face(face)
    FT_Done_FreeType(library)
  }

  /// Draws a line of text.
  ///
  /// - Parameters:
  ///   - x: where it begins.
  ///   - y: the line on which letters stand.
  ///   - size: points a letter's square is high.
  /// - Returns: the points that the pen moved on.
  /// - Complexity: O(points of the letters), once they have been drawn at this size.
  @discardableResult
  public func draw(
    _ text: some StringProtocol, x: Int, y: Int, size: Int, color: UInt32, on canvas: Canvas
  ) -> Int {
    var pen = x << 6
    for scalar in text.unicodeScalars {
      let glyph = glyph(scalar, size)
      blend(glyph, x: (pen + 32) >> 6 + glyph.left, y: y - glyph.top, color, canvas)
      pen += glyph.advance
    }
    return (pen + 32) >> 6 - x
  }

  /// How wide a line of text is, in points.
  public func width(of text: some StringProtocol, size: Int) -> Int {
    var pen = 0
    for scalar in text.unicodeScalars { pen += glyph(scalar, size).advance }
    return (pen + 32) >> 6
  }

  /// The text, or as much of its beginning as fits, with an ellipsis.
  public func fitted(_ text: String, size: Int, width: Int) -> String {
    guard self.width(of: text, size: size) > width else { return text }
    var end = text.count
    while end > 0 {
      end -= 1
      let short = text.prefix(end) + "…"
      if self.width(of: short, size: size) <= width { return String(short) }
    }
    return ""
  }

  /// The text in lines that fit, broken between words.
  public func lines(_ text: String, size: Int, width: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, self.width(of: last + " " + word, size: size) <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(fitted(String(word), size: size, width: width))
      }
    }
    return lines
  }

  private func blend(_ glyph: Glyph, x: Int, y: Int, _ color: UInt32, _ canvas: Canvas) {
    let left = max(0, -x), right = min(glyph.width, canvas.width - x)
    let top = max(0, -y), bottom = min(glyph.height, canvas.height - y)
    guard left < right, top < bottom else { return }
    coverage.withUnsafeBufferPointer { coverage in
      for row in top..<bottom {
        let source = coverage.baseAddress! + glyph.start + row * glyph.width
        let target = canvas.row(y + row) + x
        for column in left..<right where source[column] != 0 {
          // 255 is all of it.
          let part = UInt32(source[column])
          target[column] = mixed(target[column], color, part: part + part >> 7)
        }
      }
    }
  }

  private func glyph(_ scalar: Unicode.Scalar, _ size: Int) -> Glyph {
    let key = UInt64(size) << 32 | UInt64(scalar.value)
    if let glyph = glyphs[key] { return glyph }
    let glyph = load(scalar, size)
    glyphs[key] = glyph
    return glyph
  }

  /// Lets FreeType draw a letter; one that the font lacks is the font's sign for that.
  private func load(_ scalar: Unicode.Scalar, _ size: Int) -> Glyph {
    if self.size != size {
      FT_Set_Pixel_Sizes(face, 0, UInt32(max(1, min(size, 1000))))
      self.size = size
    }
    let nothing = Glyph(start: 0, width: 0, height: 0, left: 0, top: 0, advance: 0)
    guard FT_Load_Char(face, UInt(scalar.value), Int32(FT_LOAD_RENDER)) == 0, let slot = face.pointee.glyph
    else { return nothing }
    let bitmap = slot.pointee.bitmap
    let width = Int(bitmap.width), height = Int(bitmap.rows)
    let glyph = Glyph(
      start: coverage.count, width: width, height: height, left: Int(slot.pointee.bitmap_left),
      top: Int(slot.pointee.bitmap_top), advance: Int(slot.pointee.advance.x))
    if let bytes = bitmap.buffer {
      for row in 0..<height {
        coverage += UnsafeBufferPointer(start: bytes + row * Int(bitmap.pitch), count: width)
      }
    }
    return glyph
  }

  /// FreeType's macro.
  private static func isScalable(_ face: FT_Face) -> Bool {
    face.pointee.face_flags & FT_Long(FT_FACE_FLAG_SCALABLE) != 0
  }
}

/// Why nothing can be shown.
public enum StageError: Error, Equatable, CustomStringConvertible {
  /// There is no font, or the named file is none.
  case noFont(String?)
  /// The world has no view to be drawn.
  case noView(environment: String)

  /// One sentence that names the thing and the mend.
  public var description: String {
    switch self {
    case .noFont(nil):
      "No font was found to write with; install DejaVu Sans (Debian's fonts-dejavu-core), or name a TrueType file in "
        + "KNACK_FONT."
    case .noFont(let path?): "'\(path)' is no font that could be read; name a TrueType file in KNACK_FONT."
    case .noView(let id): "\(id) cannot be shown: it has no view for people."
    }
  }
}
