/// Reads the header of a safetensors file: the one shape of JSON that the format allows, and no other.
///
/// The grammar is not recursive, so hostile nesting costs nothing, and what is kept is never larger than a small
/// multiple of the text.
struct SafetensorsHeader {
  /// What the header says of one tensor.
  struct Entry {
    var name: String
    var type: String
    var shape: [Int]
    var begin: Int
    var end: Int
  }

  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// The entries in the order of the text, and the metadata.
  mutating func read() throws(SafetensorsError) -> (entries: [Entry], metadata: [String: String]) {
    guard bytes.first == UInt8(ascii: "{") else { throw fault("does not begin with a brace") }
    var entries: [Entry] = []
    var names = Set<String>()
    var metadata: [String: String] = [:]
    try readObject { (reader, name) throws(SafetensorsError) in
      guard names.insert(name).inserted else {
        throw SafetensorsError("its header names \(SafetensorsError.shown(name)) twice")
      }
      if name == "__metadata__" {
        metadata = try reader.readMetadata()
      } else {
        entries.append(try reader.readEntry(name))
      }
    }
    skipSpace()
    guard position == bytes.count else { throw fault("goes on after its end") }
    return (entries, metadata)
  }

  private mutating func readMetadata() throws(SafetensorsError) -> [String: String] {
    var metadata: [String: String] = [:]
    try readObject { (reader, key) throws(SafetensorsError) in
      let value = try reader.readString()
      guard metadata.updateValue(value, forKey: key) == nil else {
        throw SafetensorsError("its metadata name \(SafetensorsError.shown(key)) twice")
      }
    }
    return metadata
  }

  private mutating func readEntry(_ name: String) throws(SafetensorsError) -> Entry {
    var (type, shape, offsets): (String?, [Int]?, [Int]?)
    let shown = SafetensorsError.shown(name)
    try readObject { (reader, key) throws(SafetensorsError) in
      switch key {
      case "dtype" where type == nil: type = try reader.readString()
      case "shape" where shape == nil: shape = try reader.readNumbers()
      case "data_offsets" where offsets == nil: offsets = try reader.readNumbers()
      default:
        throw SafetensorsError("tensor \(shown) has a superfluous \(SafetensorsError.shown(key))")
      }
    }
    guard let type, let shape, let offsets, offsets.count == 2 else {
      throw SafetensorsError("tensor \(shown) lacks one of dtype, shape and two data_offsets")
    }
    return Entry(name: name, type: type, shape: shape, begin: offsets[0], end: offsets[1])
  }

  // MARK: JSON

  private func fault(_ what: String) -> SafetensorsError {
    SafetensorsError("its header \(what) at byte \(position)")
  }

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
  }

  /// Takes `character` after white space, if it is there.
  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(SafetensorsError) {
    guard take(character) else { throw fault("lacks a \(character)") }
  }

  /// Reads `{"key": value, …}`; `readValue` is called after each colon.
  private mutating func readObject(
    _ readValue: (_ reader: inout Self, _ key: String) throws(SafetensorsError) -> Void
  ) throws(SafetensorsError) {
    try expect("{")
    if take("}") { return }
    repeat {
      let key = try readString()
      try expect(":")
      try readValue(&self, key)
    } while take(",")
    try expect("}")
  }

  /// Reads an array of whole numbers from 0 to `Int.max`.
  private mutating func readNumbers() throws(SafetensorsError) -> [Int] {
    try expect("[")
    var numbers: [Int] = []
    if take("]") { return numbers }
    repeat { numbers.append(try readNumber()) } while take(",")
    try expect("]")
    return numbers
  }

  private mutating func readNumber() throws(SafetensorsError) -> Int {
    skipSpace()
    let start = position
    var number = 0
    while position < bytes.count, (0x30...0x39).contains(bytes[position]) {
      let (tens, overflow) = number.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(Int(bytes[position] - 0x30))
      guard !overflow && !carry else { throw fault("has a number beyond 2^63") }
      number = sum
      position += 1
    }
    guard position > start, bytes[start] != 0x30 || position == start + 1 else {
      throw fault("lacks a whole number")
    }
    return number
  }

  private mutating func readString() throws(SafetensorsError) -> String {
    try expect("\"")
    var text: [UInt8] = []
    while true {
      guard position < bytes.count else { throw fault("ends within a string") }
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else {
          throw fault("has a string that is not UTF-8")
        }
        return string
      case UInt8(ascii: "\\"): text += String(Character(try readEscape())).utf8
      case 0..<0x20: throw fault("has a control character in a string")
      default: text.append(byte)
      }
    }
  }

  /// Reads what follows a backslash.
  private mutating func readEscape() throws(SafetensorsError) -> Unicode.Scalar {
    guard position < bytes.count else { throw fault("ends within a string") }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      var code = try readHexadecimal()
      if (0xD800..<0xDC00).contains(code), position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
        bytes[position + 1] == UInt8(ascii: "u")
      {
        position += 2
        let low = try readHexadecimal()
        guard (0xDC00..<0xE000).contains(low) else { throw fault("has half a surrogate pair") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw fault("has half a surrogate pair") }
      return scalar
    default: throw fault("has an unknown escape")
    }
  }

  private mutating func readHexadecimal() throws(SafetensorsError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard position < bytes.count, let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue
      else {
        throw fault("has an unknown escape")
      }
      code = code << 4 | UInt32(digit)
      position += 1
    }
    return code
  }
}
