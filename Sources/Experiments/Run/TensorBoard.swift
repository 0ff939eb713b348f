/// The records of a TensorBoard event file: two protocol-buffer messages, `Event` and `Summary`, in TFRecord frames.
///
/// Only the fields that scalars need are written: `Event { double wall_time = 1; int64 step = 2;
/// string file_version = 3; Summary summary = 5; }`, `Summary { repeated Value value = 1; }`,
/// `Value { string tag = 1; float simple_value = 2; }`.
enum TensorBoard {
  /// The record that an event file begins with.
  static func header(wallTime: Double) -> [UInt8] {
    var event = wallTimeField(wallTime)
    appendField(3, Array("brain.Event:2".utf8), to: &event)
    return record(event)
  }

  /// A record with scalars at one step.
  static func scalars(_ values: [(name: String, value: Double)], step: Int, wallTime: Double) -> [UInt8] {
    var summary: [UInt8] = []
    for (name, value) in values {
      var message: [UInt8] = []
      appendField(1, Array(name.utf8), to: &message)
      message.append(2 << 3 | 5)  // 32 bits
      message.append(littleEndian: Float(value).bitPattern)
      appendField(1, message, to: &summary)
    }
    var event = wallTimeField(wallTime)
    event.append(2 << 3 | 0)  // a variable-length integer
    appendVarint(UInt64(step), to: &event)
    appendField(5, summary, to: &event)
    return record(event)
  }

  /// A TFRecord frame: length, its checksum, the data, their checksum.
  static func record(_ data: [UInt8]) -> [UInt8] {
    var record: [UInt8] = []
    record.reserveCapacity(data.count + 16)
    record.append(littleEndian: UInt64(data.count))
    record.append(littleEndian: masked(crc32c(record)))
    record += data
    record.append(littleEndian: masked(crc32c(data)))
    return record
  }

  /// Checksums are rotated and shifted, so that a checksum of data that hold checksums stays meaningful.
  private static func masked(_ crc: UInt32) -> UInt32 { (crc >> 15 | crc << 17) &+ 0xA282_EAD8 }

  private static func wallTimeField(_ wallTime: Double) -> [UInt8] {
    var field: [UInt8] = [1 << 3 | 1]  // 64 bits
    field.append(littleEndian: wallTime.bitPattern)
    return field
  }

  /// A length-delimited field.
  private static func appendField(_ number: UInt8, _ content: [UInt8], to message: inout [UInt8]) {
    message.append(number << 3 | 2)
    appendVarint(UInt64(content.count), to: &message)
    message += content
  }

  private static func appendVarint(_ value: UInt64, to message: inout [UInt8]) {
    var value = value
    while value >= 0x80 {
      message.append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    message.append(UInt8(value))
  }
}
