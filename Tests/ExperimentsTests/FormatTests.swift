import KnackEnvironment
import Testing

@testable import KnackExperiments

@Suite struct FormatTests {
  /// The vectors of RFC 3720, appendix B.4, and the check value of the polynomial's catalogue entry.
  @Test func checksumsAreCastagnolis() {
    #expect(crc32c([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
    #expect(crc32c([UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
    #expect(crc32c(Array(0..<32)) == 0x46DD_794E)
    #expect(crc32c("123456789".utf8) == 0xE306_9283)
  }

  /// What the Python package tensorboard writes for the same event, byte for byte.
  @Test func eventFilesBeginAsTensorBoardsDo() {
    let header = TensorBoard.header(wallTime: 1.5)
    #expect(Array(header.prefix(8)) == [24, 0, 0, 0, 0, 0, 0, 0])
    #expect(Array(header[12..<21]) == [0x09, 0, 0, 0, 0, 0, 0, 0xF8, 0x3F])
    #expect(Array(header[21..<23]) == [0x1A, 13])
    #expect(String(decoding: header[23..<36], as: UTF8.self) == "brain.Event:2")
    #expect(header.count == 40)
  }

  @Test func scalarsAreProtocolBuffers() {
    let record = TensorBoard.scalars([("a", 1), ("bc", -2)], step: 300, wallTime: 0)
    let summary: [UInt8] =
      [0x0A, 8, 0x0A, 1, 0x61, 0x15, 0, 0, 0x80, 0x3F] + [0x0A, 9, 0x0A, 2, 0x62, 0x63, 0x15, 0, 0, 0, 0xC0]
    let event: [UInt8] =
      [0x09, 0, 0, 0, 0, 0, 0, 0, 0, 0x10, 0xAC, 0x02, 0x2A, UInt8(summary.count)] + summary
    #expect(Array(record[12..<record.count - 4]) == event)
  }

  @Test func jsonKeepsOrderAndBits() {
    let json = JSON.fields([
      "b": .number(0.1), "a": .array([.null, .boolean(true), .integer(-3)]), "t": .string("\"\\\n\u{1}é"),
      "n": .number(.nan),
    ])
    #expect(json.text == #"{"b":0.1,"a":[null,true,-3],"t":"\"\\\u000a\u0001é","n":null}"#)
  }

  @Test func archivesComeBackWholeOrNotAtAll() {
    let blobs: [String: [UInt8]] = ["worlds": Array(0..<200), "empty": [], "é": [1]]
    let bytes = ByteArchive.encode(blobs)
    #expect(ByteArchive.decode(bytes) == blobs)
    for count in 0..<bytes.count { #expect(ByteArchive.decode(Array(bytes.prefix(count))) == nil) }
    for i in bytes.indices {
      var damaged = bytes
      damaged[i] ^= 0x40
      #expect(ByteArchive.decode(damaged) == nil)
    }
  }

  /// Lengths that lie, under a right checksum.
  @Test func hostileArchivesAreRefused() {
    for length in [UInt64.max, UInt64(Int.max), 1 << 40, 20] {
      var bytes = Array("KNACKST1".utf8)
      bytes.append(littleEndian: UInt64(1))
      bytes.append(littleEndian: length)
      bytes += [0x61, 0, 0, 0]
      bytes.append(littleEndian: crc32c(bytes))
      #expect(ByteArchive.decode(bytes) == nil)
    }
  }

  @Test func numbersForPeople() {
    #expect(fixed(0.9996, 3) == "1.000")
    #expect(fixed(-0.0004, 3) == "0.000")
    #expect(fixed(-1.5, 1) == "-1.5")
    #expect(short(183_456) == "183k")
    #expect(short(4_096_000) == "4.10M")
    #expect(short(12) == "12")
    #expect(duration(3725) == "1:02:05")
    #expect(duration(59.6) == "1:00")
    #expect(percent(0.955) == "96 %")
  }
}
