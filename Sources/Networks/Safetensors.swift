/// Named tensors as the bytes of a safetensors file (https://github.com/huggingface/safetensors): the length of the
/// header in eight bytes, the header in JSON, then the numbers, little-endian, without holes.
///
/// Weights are tensors of 32-bit floats; data are columns of several types. Decoding trusts nothing: every length is checked against the bytes that are there
/// before it is used, and what the format does not allow is refused.
public enum Safetensors {
  /// A named array of numbers, row-major.
  public struct Tensor: Sendable, Equatable {
    /// The name.
    public var name: String
    /// The sizes of its dimensions; empty for a single number.
    public var shape: [Int]
    /// The numbers; as many as the product of the sizes.
    public var values: [Float]

    /// A tensor.
    public init(name: String, shape: [Int], values: [Float]) {
      self.name = name
      self.shape = shape
      self.values = values
    }
  }

  /// A named array whose numbers may be of several types, as they lie in the file: row-major, little-endian.
  public struct Column: Sendable, Equatable {
    /// What its numbers are.
    public enum NumberType: String, Sendable, CaseIterable {
      /// Floating-point numbers, integers and truth values, by the format's names.
      case float32 = "F32", float64 = "F64", int32 = "I32", int64 = "I64", uint8 = "U8", boolean = "BOOL"

      /// Bytes of one.
      public var size: Int {
        switch self {
        case .float32, .int32: 4
        case .float64, .int64: 8
        case .uint8, .boolean: 1
        }
      }
    }

    /// The name.
    public var name: String
    /// What its numbers are.
    public var type: NumberType
    /// The sizes of its dimensions; empty for a single number.
    public var shape: [Int]
    /// The numbers' bytes.
    public var bytes: [UInt8]

    /// A column of bytes that are there already.
    public init(name: String, type: NumberType, shape: [Int], bytes: [UInt8]) {
      self.name = name
      self.type = type
      self.shape = shape
      self.bytes = bytes
    }

    /// A column of integers, given with as many bytes as its type has.
    public init<Integer: FixedWidthInteger>(
      _ name: String, _ type: NumberType, shape: [Int], _ values: some Sequence<Integer>
    ) {
      precondition(MemoryLayout<Integer>.size == type.size, "numbers as wide as those of the column")
      var bytes: [UInt8] = []
      for value in values { withUnsafeBytes(of: value.littleEndian) { bytes += $0 } }
      self.init(name: name, type: type, shape: shape, bytes: bytes)
    }

    /// A column of 32-bit floats.
    public init(_ name: String, shape: [Int], _ values: some Sequence<Float>) {
      self.init(name, .float32, shape: shape, values.lazy.map(\.bitPattern))
    }
  }

  /// Longest header that is accepted, in bytes; the format's own limit.
  static let maximumHeader: UInt64 = 100_000_000

  // MARK: Encoding

  /// The bytes of a file with these tensors, in this order, and this metadata, sorted by key; the same tensors and
  /// metadata give the same bytes. The names must differ, and `__metadata__` is not one.
  public static func encode(_ tensors: [Tensor], metadata: [String: String] = [:]) -> [UInt8] {
    encode(columns: tensors.map { Column($0.name, shape: $0.shape, $0.values) }, metadata: metadata)
  }

  /// The same for columns of any type.
  public static func encode(columns: [Column], metadata: [String: String] = [:]) -> [UInt8] {
    precondition(
      Set(columns.map(\.name)).union(["__metadata__"]).count == columns.count + 1,
      "Tensors of a safetensors file need names that differ from each other and from __metadata__.")
    var entries: [String] = []
    if !metadata.isEmpty {
      let pairs = metadata.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(quoted($0.value))" }
      entries.append("\"__metadata__\":{\(pairs.joined(separator: ","))}")
    }
    var end = 0
    for column in columns {
      precondition(
        column.shape.reduce(1, *) * column.type.size == column.bytes.count,
        "\(column.name) has \(column.bytes.count) bytes but shape \(column.shape) of \(column.type.rawValue)."
      )
      let shape = column.shape.map(String.init).joined(separator: ",")
      let begin = end
      end += column.bytes.count
      entries.append(
        "\(quoted(column.name)):{\"dtype\":\"\(column.type.rawValue)\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(begin),\(end)]}")
    }
    var header = Array("{\(entries.joined(separator: ","))}".utf8)
    // Spaces up to a multiple of eight, so that readers can map the numbers where they lie.
    header += [UInt8](repeating: 0x20, count: (8 - header.count % 8) % 8)

    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + header.count + end)
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { bytes += $0 }
    bytes += header
    for column in columns { bytes += column.bytes }
    return bytes
  }

  /// A JSON string.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\u{0}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  // MARK: Decoding

  /// The tensors, in the order of their data, and the metadata of a file's bytes.
  ///
  /// - Throws: what is wrong with the first thing that is wrong.
  public static func decode(
    _ bytes: [UInt8]
  ) throws(SafetensorsError) -> (tensors: [Tensor], metadata: [String: String]) {
    var result: Result<([Tensor], [String: String]), SafetensorsError>?
    bytes.withUnsafeBytes { bytes in
      result = Result { () throws(SafetensorsError) in try decode(bytes) }
    }
    return try result!.get()
  }

  /// The tensors, in the order of their data, and the metadata of a file's bytes.
  ///
  /// - Throws: what is wrong with the first thing that is wrong.
  public static func decode(
    _ bytes: UnsafeRawBufferPointer
  ) throws(SafetensorsError) -> (tensors: [Tensor], metadata: [String: String]) {
    var tensors: [Tensor] = []
    let metadata = try decode(bytes) { (entry, type, data) throws(SafetensorsError) in
      guard type == .float32 else {
        throw SafetensorsError(
          "tensor \(SafetensorsError.shown(entry.name)) has the type \(type.rawValue) and only F32 is read",
          mend: "save it as 32-bit floats")
      }
      let values = [Float](unsafeUninitializedCapacity: data.count / 4) { buffer, count in
        count = data.count / 4
        for i in 0..<count {
          let bits = data.loadUnaligned(fromByteOffset: 4 * i, as: UInt32.self)
          buffer.initializeElement(at: i, to: Float(bitPattern: UInt32(littleEndian: bits)))
        }
      }
      tensors.append(Tensor(name: entry.name, shape: entry.shape, values: values))
    }
    return (tensors, metadata)
  }

  /// The columns, in the order of their data, and the metadata of a file's bytes.
  ///
  /// - Throws: what is wrong with the first thing that is wrong.
  public static func decodeColumns(
    _ bytes: [UInt8]
  ) throws(SafetensorsError) -> (columns: [Column], metadata: [String: String]) {
    var columns: [Column] = []
    var result: Result<[String: String], SafetensorsError>?
    bytes.withUnsafeBytes { bytes in
      result = Result { () throws(SafetensorsError) in
        try decode(bytes) { (entry, type, data) throws(SafetensorsError) in
          columns.append(Column(name: entry.name, type: type, shape: entry.shape, bytes: Array(data)))
        }
      }
    }
    return (columns, try result!.get())
  }

  /// Hands out what a file's bytes hold, each with its own bytes, and returns the metadata.
  private static func decode(
    _ bytes: UnsafeRawBufferPointer,
    _ take: (SafetensorsHeader.Entry, Column.NumberType, UnsafeRawBufferPointer) throws(SafetensorsError) ->
      Void
  ) throws(SafetensorsError) -> [String: String] {
    guard bytes.count >= 8 else {
      throw SafetensorsError("it has \(bytes.count) bytes where the header's length alone takes 8")
    }
    let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    guard length <= maximumHeader else {
      throw SafetensorsError("its header claims \(length) bytes, more than the \(maximumHeader) allowed")
    }
    guard length <= UInt64(bytes.count - 8) else {
      throw SafetensorsError("its header claims \(length) bytes and only \(bytes.count - 8) follow")
    }
    let dataStart = 8 + Int(length)
    var reader = SafetensorsHeader(bytes: UnsafeRawBufferPointer(rebasing: bytes[8..<dataStart]))
    let (entries, metadata) = try reader.read()
    let data = UnsafeRawBufferPointer(rebasing: bytes[dataStart...])

    var position = 0
    for entry in entries.sorted(by: { ($0.begin, $0.end) < ($1.begin, $1.end) }) {
      let type = try check(entry, position: position, available: data.count)
      try take(entry, type, UnsafeRawBufferPointer(rebasing: data[entry.begin..<entry.end]))
      position = entry.end
    }
    guard position == data.count else {
      throw SafetensorsError("\(data.count - position) bytes at its end belong to no tensor")
    }
    return metadata
  }

  /// Refuses an entry whose data do not start at `position`, do not fit its shape or are not there.
  private static func check(
    _ entry: SafetensorsHeader.Entry, position: Int, available: Int
  ) throws(SafetensorsError) -> Column.NumberType {
    let name = SafetensorsError.shown(entry.name)
    guard let type = Column.NumberType(rawValue: entry.type) else {
      throw SafetensorsError(
        "tensor \(name) has the type \(SafetensorsError.shown(entry.type)) and only "
          + Column.NumberType.allCases.map(\.rawValue).joined(separator: ", ") + " are read",
        mend: "save it as one of these")
    }
    var size = type.size
    for dimension in entry.shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: dimension)
      guard !overflow else { throw SafetensorsError("the shape of tensor \(name) is larger than any memory") }
      size = product
    }
    guard entry.begin <= entry.end && entry.end <= available else {
      throw SafetensorsError(
        "tensor \(name) lies at bytes \(entry.begin) to \(entry.end) of \(available) that are there")
    }
    guard entry.end - entry.begin == size else {
      throw SafetensorsError(
        "tensor \(name) has \(entry.end - entry.begin) bytes where its shape needs \(size)")
    }
    guard entry.begin == position else {
      throw SafetensorsError(
        entry.begin < position
          ? "tensor \(name) overlaps the one before it"
          : "\(entry.begin - position) bytes before tensor \(name) belong to no tensor")
    }
    return type
  }
}

/// Why bytes are not an acceptable safetensors file.
public struct SafetensorsError: Error, Equatable, CustomStringConvertible {
  /// One sentence that names the thing and the mend.
  public let description: String

  init(_ fault: String, mend: String = "take another copy or an earlier checkpoint") {
    description = "The safetensors file is damaged: \(fault); \(mend)."
  }

  /// A name as it may be shown: quoted, short, without control characters.
  static func shown(_ name: String) -> String {
    let scalars = name.unicodeScalars.prefix(60).map {
      $0.properties.generalCategory == .control ? "?" : String($0)
    }
    return "\"\(scalars.joined())\(name.unicodeScalars.count > 60 ? "…" : "")\""
  }
}
