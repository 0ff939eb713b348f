/// A JSON value whose objects keep their order: what is printed and what files hold.
public enum JSON: Sendable, Equatable {
  /// Nothing.
  case null
  /// True or false.
  case boolean(Bool)
  /// A whole number.
  case integer(Int)
  /// A number, printed so that it reads back to the same bits; null if it is not finite.
  case number(Double)
  /// Text.
  case string(String)
  /// Values in a row.
  case array([JSON])
  /// Names with their values.
  case object([(name: String, value: JSON)])

  /// An object.
  public static func fields(_ fields: KeyValuePairs<String, JSON>) -> JSON {
    .object(fields.map { (name: $0.key, value: $0.value) })
  }

  /// The value on one line.
  public var text: String {
    var text = ""
    write(into: &text)
    return text
  }

  /// The value on as few lines as fit `width` columns: what is too long is written one element a line.
  public func document(indent: Int = 0, width: Int = 110) -> String {
    let line = text
    guard indent + line.count > width else { return line }
    let margin = String(repeating: " ", count: indent)
    func block(_ lines: [String], _ open: String, _ close: String) -> String {
      "\(open)\n" + lines.map { "\(margin)  \($0)" }.joined(separator: ",\n") + "\n\(margin)\(close)"
    }
    switch self {
    case .array(let values):
      return block(values.map { $0.document(indent: indent + 2, width: width) }, "[", "]")
    case .object(let fields):
      return block(
        fields.map { "\(JSON.string($0.name).text): \($0.value.document(indent: indent + 2, width: width))" },
        "{", "}")
    default: return line
    }
  }

  private func write(into text: inout String) {
    switch self {
    case .null: text += "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .integer(let value): text += "\(value)"
    case .number(let value): text += value.isFinite ? "\(value)" : "null"
    case .string(let value): JSON.write(quoted: value, into: &text)
    case .array(let values):
      text += "["
      for (i, value) in values.enumerated() {
        if i > 0 { text += "," }
        value.write(into: &text)
      }
      text += "]"
    case .object(let fields):
      text += "{"
      for (i, field) in fields.enumerated() {
        if i > 0 { text += "," }
        JSON.write(quoted: field.name, into: &text)
        text += ":"
        field.value.write(into: &text)
      }
      text += "}"
    }
  }

  private static func write(quoted value: String, into text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\u{0}"..<" ":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }

  /// Whether both are the same value, objects with their fields in the same order.
  public static func == (a: JSON, b: JSON) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.boolean(let x), .boolean(let y)): x == y
    case (.integer(let x), .integer(let y)): x == y
    case (.number(let x), .number(let y)): x == y
    case (.string(let x), .string(let y)): x == y
    case (.array(let x), .array(let y)): x == y
    case (.object(let x), .object(let y)):
      x.count == y.count && zip(x, y).allSatisfy { $0.name == $1.name && $0.value == $1.value }
    default: false
    }
  }
}
