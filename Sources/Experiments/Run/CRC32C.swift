/// The checksum with Castagnoli's polynomial (RFC 3720, appendix B.4), which TensorBoard's records carry.
///
/// - Complexity: O(*n*), one table look-up a byte.
func crc32c(_ bytes: some Sequence<UInt8>) -> UInt32 {
  ~bytes.reduce(~0) { crc, byte in castagnoli[Int((crc ^ UInt32(byte)) & 0xFF)] ^ crc >> 8 }
}

/// What each byte contributes, for the reflected polynomial.
private let castagnoli: [UInt32] = (0..<256).map { byte in
  (0..<8).reduce(UInt32(byte)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0x82F6_3B78 : crc >> 1 }
}

extension [UInt8] {
  /// Appends an integer's bytes, the lowest first.
  mutating func append(littleEndian value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}
