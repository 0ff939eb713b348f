/// A piece of a page. All that is interpolated into one is escaped, unless it is a piece itself:
///
/// ```swift
/// let cell: HTML = "<td>\(name)</td>"
/// ```
struct HTML: ExpressibleByStringInterpolation, Sendable, Equatable {
  /// What a browser reads.
  var text: String

  init(stringLiteral text: String) { self.text = text }
  init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  /// Pieces one after the other.
  init(_ pieces: some Sequence<HTML>) { text = pieces.reduce(into: "") { $0 += $1.text } }

  static func + (a: HTML, b: HTML) -> HTML { HTML([a, b]) }

  struct StringInterpolation: StringInterpolationProtocol {
    var text = ""

    init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(2 * literalCapacity) }

    mutating func appendLiteral(_ literal: String) { text += literal }
    mutating func appendInterpolation(_ piece: HTML) { text += piece.text }
    mutating func appendInterpolation(_ pieces: some Sequence<HTML>) { text += HTML(pieces).text }
    mutating func appendInterpolation(_ number: Int) { text += "\(number)" }

    /// A coordinate: no more digits than can be seen.
    mutating func appendInterpolation(_ number: Double) {
      let tenths = number.isFinite ? Int((max(-1e9, min(1e9, number)) * 10).rounded()) : 0
      if tenths < 0 { text += "-" }
      text += "\(abs(tenths) / 10)"
      if tenths % 10 != 0 { text += ".\(abs(tenths) % 10)" }
    }

    mutating func appendInterpolation(_ words: some StringProtocol) {
      for character in words.unicodeScalars {
        switch character {
        case "&": text += "&amp;"
        case "<": text += "&lt;"
        case ">": text += "&gt;"
        case "\"": text += "&quot;"
        default: text.unicodeScalars.append(character)
        }
      }
    }
  }
}

// MARK: - What a page is built of

extension HTML {
  /// A section with a heading that can be linked to.
  static func section(_ id: String, _ title: String, _ body: HTML) -> HTML {
    body.text.isEmpty ? "" : "<section id=\"\(id)\"><h2>\(title)</h2>\n\(body)</section>\n"
  }

  /// A paragraph.
  static func paragraph(_ text: String, kind: String = "") -> HTML {
    text.isEmpty ? "" : kind.isEmpty ? "<p>\(text)</p>\n" : "<p class=\"\(kind)\">\(text)</p>\n"
  }

  /// Something that is shown when it is asked for.
  static func details(_ summary: String, _ body: HTML) -> HTML {
    "<details><summary>\(summary)</summary>\n\(body)</details>\n"
  }

  /// A column of a table.
  struct Column {
    /// Its heading.
    var title: HTML
    /// Whether it holds numbers, which stand to the right.
    var isNumeric = true

    static func text(_ title: HTML) -> Column { Column(title: title, isNumeric: false) }
    static func number(_ title: HTML) -> Column { Column(title: title) }
  }

  /// A table whose rows are headed by their first cells. A wide one scrolls by itself.
  ///
  /// - Parameter isTitled: whether the caption is to be seen; not where a heading above says the same.
  static func table(
    _ caption: String, isTitled: Bool = true, _ columns: [Column], _ rows: [[HTML]]
  ) -> HTML {
    func kind(_ i: Int) -> HTML { columns[i].isNumeric ? " class=\"number\"" : "" }
    let head = HTML(columns.indices.map { "<th scope=\"col\"\(kind($0))>\(columns[$0].title)</th>" })
    let body = rows.map { row -> HTML in
      let cells = row.enumerated().map { i, cell -> HTML in
        i == 0 ? "<th scope=\"row\"\(kind(0))>\(cell)</th>" : "<td\(kind(i))>\(cell)</td>"
      }
      return "<tr>\(cells)</tr>\n"
    }
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="\(caption)"><table>\(isTitled ? "<caption>\(caption)</caption>" : "" as HTML)
      <thead><tr>\(head)</tr></thead>
      <tbody>\(body)</tbody></table></div>

      """
  }
}
