import Foundation
import Testing

@testable import KnackNetworks

@Suite struct SafetensorsTests {
  /// What `scripts/reference/safetensors_files.py` writes.
  private let tensors: [Safetensors.Tensor] = [
    .init(name: "actor.0.weight", shape: [2, 3], values: [0, 0.25, 0.5, 0.75, 1, 1.25]),
    .init(name: "actor.0.bias", shape: [2], values: [-1.5, 3e38]),
    .init(name: "scalar", shape: [], values: [0.1]),
    .init(name: "empty", shape: [0, 4], values: []),
    .init(name: "odd \"näme\"\n🗝", shape: [1], values: [1]),
  ]
  private let metadata = ["format": "pt", "steps": "12", "note": "quote \" backslash \\ tab \t"]

  private func file(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    return [UInt8](try Data(contentsOf: folder.appending(path: "Golden/\(name)")))
  }

  @Test func readsWhatPythonWrites() throws {
    let (found, foundMetadata) = try Safetensors.decode(file("python.safetensors"))
    #expect(foundMetadata == metadata)
    #expect(found.sorted { $0.name < $1.name } == tensors.sorted { $0.name < $1.name })
  }

  /// The script checks that Python reads this file.
  @Test func writesWhatPythonReads() throws {
    #expect(Safetensors.encode(tensors, metadata: metadata) == (try file("knack.safetensors")))
  }

  @Test func roundTrip() throws {
    for metadata in [metadata, [:]] {
      let bytes = Safetensors.encode(tensors, metadata: metadata)
      let (found, foundMetadata) = try Safetensors.decode(bytes)
      #expect(Safetensors.encode(found, metadata: foundMetadata) == bytes)
      #expect(Set(found.map(\.name)) == Set(tensors.map(\.name)) && foundMetadata == metadata)
    }
    #expect(try Safetensors.decode(Safetensors.encode([])).tensors.isEmpty)
  }

  // MARK: Hostile files

  /// A file with this header and `data` bytes of data.
  private func bytes(_ header: String, data: Int = 0) -> [UInt8] {
    withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian, Array.init) + header.utf8
      + [UInt8](repeating: 0, count: data)
  }

  private func expectRefusal(
    _ bytes: [UInt8], _ part: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = #expect(throws: SafetensorsError.self, sourceLocation: sourceLocation) {
      try Safetensors.decode(bytes)
    }
    let sentence = error?.description ?? ""
    #expect(sentence.contains(part), sourceLocation: sourceLocation)
    #expect(sentence.hasSuffix(".") && !sentence.contains("\n"), sourceLocation: sourceLocation)
  }

  @Test(arguments: [1 << 63, UInt64.max, 100_000_001, 99_999_999, 3])
  func headerLengthBeyondTheFile(length: UInt64) {
    expectRefusal(withUnsafeBytes(of: length.littleEndian, Array.init) + [0x7B, 0x7D], "header claims")
  }

  @Test(arguments: [
    ("", "begin with a brace"), (" {}", "begin with a brace"), ("[]", "begin with a brace"), ("{", "lacks"),
    ("{} x", "goes on"), ("{}{}", "goes on"), (#"{"a":1}"#, "lacks a {"), (#"{"a":{},}"#, "lacks"),
    (#"{"a":{}}"#, "lacks one of"),
    (#"{"a":{"dtype":"F32","shape":[1]}}"#, "lacks one of"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#, "lacks one of"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}}"#, "superfluous"),
    (#"{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, "superfluous"),
    (#"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, "whole number"),
    (#"{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}"#, "lacks"),
    (#"{"a":{"dtype":"F32","shape":[01],"data_offsets":[0,4]}}"#, "whole number"),
    (#"{"a":{"dtype":"F32","shape":[9223372036854775808],"data_offsets":[0,4]}}"#, "beyond 2^63"),
    (#"{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}"#, "beyond 2^63"),
    (#"{"__metadata__":{"a":1}}"#, #"lacks a ""#), (#"{"__metadata__":{"a":"x","a":"y"}}"#, "twice"),
    (#"{"__metadata__":{},"__metadata__":{}}"#, "twice"), ("{\"a\u{1}\":{}}", "control character"),
    (#"{"a\q":{}}"#, "unknown escape"), (#"{"\ud800":{}}"#, "surrogate"), (#"{"\udc00":{}}"#, "surrogate"),
    (#"{"\ud800\u0041":{}}"#, "surrogate"), (#"{"\u12"#, "unknown escape"), (#"{"abc"#, "within a string"),
    (#"{"abc\"#, "within a string"),
  ])
  func badHeader(header: String, part: String) {
    expectRefusal(bytes(header, data: 4), part)
  }

  @Test(arguments: [
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 3, "of 3 that are there"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 5, "1 bytes at its end"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, 8, "lies at"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, 8, "belong to no tensor"),
    (
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[9223372036854775803,9223372036854775807]}}"#, 8,
      "lies at"
    ),
    (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4, "shape needs 8"),
    (
      #"{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}"#, 0,
      "larger than any memory"
    ),
    (
      #"{"a":{"dtype":"F32","shape":[4611686018427387904],"data_offsets":[0,0]}}"#, 0,
      "larger than any memory"
    ),
    (#"{"a":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}"#, 4, "only F32"),
    (
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#,
      12, "overlaps"
    ),
    (
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}"#,
      12, "before tensor \"b\" belong to no tensor"
    ),
    (
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
      8, "names \"a\" twice"
    ),
  ])
  func badData(header: String, data: Int, part: String) {
    expectRefusal(bytes(header, data: data), part)
  }

  @Test func badUTF8AndOddNames() {
    var broken = bytes(#"{"ab":{}}"#)
    broken[10] = 0xC3
    broken[11] = 0x28
    expectRefusal(broken, "not UTF-8")
    // A name that would clear the terminal is not shown as it is.
    expectRefusal(bytes(#"{"\u001b[2J":{}}"#), "\"?[2J\"")
  }

  /// Every prefix of a good file and every file with one byte changed is refused or read; none stops the program.
  @Test func truncatedAndFlippedFiles() {
    let good = Safetensors.encode(tensors, metadata: metadata)
    for count in good.indices {
      #expect(throws: SafetensorsError.self) { try Safetensors.decode(Array(good[..<count])) }
    }
    for i in good.indices {
      for bit in 0..<8 {
        var bytes = good
        bytes[i] ^= 1 << bit
        _ = try? Safetensors.decode(bytes)
      }
    }
  }

  @Test func deepNestingIsRefusedAtOnce() {
    expectRefusal(bytes("{\"a\":" + String(repeating: "{\"a\":", count: 100_000)), "superfluous")
    expectRefusal(bytes("{\"a\":{\"shape\":" + String(repeating: "[", count: 100_000)), "lacks")
  }

  // MARK: Weights of another network

  @Test func layoutTakesOnlyItsOwnTensors() throws {
    var layout = ParameterLayout()
    _ = layout.add("a", [2])
    _ = layout.add("b", [1, 3])
    let vector: [Float] = [1, 2, 3, 4, 5]
    let saved = layout.tensors(of: vector)
    var loaded = [Float](repeating: 0, count: 5)
    try layout.load(saved.reversed(), into: &loaded)
    #expect(loaded == vector)

    var untouched = [Float](repeating: 0, count: 5)
    #expect(throws: ParameterError.missing("b")) { try layout.load([saved[0]], into: &untouched) }
    #expect(throws: ParameterError.unknown("c")) {
      try layout.load(saved + [.init(name: "c", shape: [], values: [0])], into: &untouched)
    }
    let other = Safetensors.Tensor(name: "b", shape: [3], values: [1, 2, 3])
    let error = #expect(throws: ParameterError.shape("b", found: [3], expected: [1, 3])) {
      try layout.load([saved[0], other], into: &untouched)
    }
    #expect(error?.description.contains("use the network settings") == true)
    #expect(untouched == [Float](repeating: 0, count: 5))
  }
}
