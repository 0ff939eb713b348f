/// Named runs of raw bytes in one file, for what only this build can read: the worlds of a checkpoint.
///
/// `KNACKST1`, the number of entries, then for each its name's length, its name, its length and its bytes, and at the
/// end the CRC-32C of everything before; integers are 64 bits, lowest byte first.
enum ByteArchive {
  private static let magic = Array("KNACKST1".utf8)

  static func encode(_ blobs: [String: [UInt8]]) -> [UInt8] {
    var bytes = magic
    bytes.append(littleEndian: UInt64(blobs.count))
    for (name, blob) in blobs.sorted(by: { $0.key < $1.key }) {
      bytes.append(littleEndian: UInt64(name.utf8.count))
      bytes += Array(name.utf8)
      bytes.append(littleEndian: UInt64(blob.count))
      bytes += blob
    }
    bytes.append(littleEndian: crc32c(bytes))
    return bytes
  }

  /// The entries of an archive; nil unless it is one, whole and undamaged.
  static func decode(_ bytes: [UInt8]) -> [String: [UInt8]]? {
    guard bytes.count >= magic.count + 12, bytes.starts(with: magic) else { return nil }
    var rest = bytes.dropLast(4)
    guard integer(bytes.suffix(4)) == UInt64(crc32c(rest)) else { return nil }
    rest = rest.dropFirst(magic.count)

    func take(_ count: UInt64?) -> ArraySlice<UInt8>? {
      guard let count, count <= UInt64(rest.count) else { return nil }
      defer { rest = rest.dropFirst(Int(count)) }
      return rest.prefix(Int(count))
    }
    func takeInteger() -> UInt64? { take(8).map(integer) }

    guard let count = takeInteger() else { return nil }
    var blobs: [String: [UInt8]] = [:]
    for _ in 0..<count {
      guard let name = take(takeInteger()), let text = String(validating: name, as: UTF8.self),
        let blob = take(takeInteger())
      else { return nil }
      blobs[text] = Array(blob)
    }
    return rest.isEmpty ? blobs : nil
  }

  private static func integer(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
