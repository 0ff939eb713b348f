import Foundation
import KnackNetworks
import Testing

/// A small random stream for tests (Steele et al. 2014).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Numbers between -1 and 1.
  mutating func floats(_ count: Int) -> [Float] {
    (0..<count).map { _ in Float(Int32(truncatingIfNeeded: next() >> 32)) * 0x1p-31 }
  }
}

/// PyTorch's values for one case of `torch_layers.json`, by name.
func golden(_ name: String) throws -> [String: [Float]] {
  struct File: Decodable {
    var cases: [String: [String: [Float]]]
  }
  let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/torch_layers.json")
  return try #require(JSONDecoder().decode(File.self, from: Data(contentsOf: file)).cases[name])
}

extension ParameterLayout {
  /// The flat vector whose slices are the values of these names, where `prefix` is put before the last part of the
  /// slices' own names.
  func flat(_ values: [String: [Float]], prefix: String = "") throws -> [Float] {
    try slices.flatMap { slice in
      let value = try #require(values[prefix + slice.name.split(separator: ".").last!])
      #expect(value.count == slice.count, "\(slice.name)")
      return value
    }
  }
}

/// Expects two vectors to agree to `tolerance` times the larger of 1 and the greatest expected magnitude.
func expectClose(
  _ values: [Float], _ expected: [Float], tolerance: Float = 2e-6, _ what: Comment,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(values.count == expected.count, what, sourceLocation: sourceLocation)
  let scale = expected.reduce(1) { max($0, abs($1)) }
  // Written so that a NaN fails.
  let worst = zip(values, expected).map { abs($0 - $1) }.first { !($0 <= tolerance * scale) }
  #expect(worst == nil, what, sourceLocation: sourceLocation)
}

/// Compares analytic gradients of Σ dy · y, in single precision, with central differences of step 1e-2 summed in double
/// precision, to 2e-3 of the larger of 1 and the greatest magnitude.
///
/// - Parameters:
///   - forward: y from the variables.
///   - backward: the gradient with respect to the variables, given dy.
func checkGradient(
  of variables: [Float], _ what: Comment, forward: ([Float]) -> [Float],
  backward: (_ variables: [Float], _ dy: [Float]) -> [Float],
  sourceLocation: SourceLocation = #_sourceLocation
) {
  var random = SplitMix(seed: 77)
  let dy = random.floats(forward(variables).count)
  func loss(_ variables: [Float]) -> Double {
    zip(forward(variables), dy).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }
  let step: Float = 1e-2
  let numeric = variables.indices.map { i in
    var (up, down) = (variables, variables)
    up[i] += step
    down[i] -= step
    return Float((loss(up) - loss(down)) / (Double(up[i]) - Double(down[i])))
  }
  expectClose(
    backward(variables, dy), numeric, tolerance: 2e-3, what, sourceLocation: sourceLocation)
}

/// `count` NaNs: memory that must be overwritten before it is read.
func unset(_ count: Int) -> [Float] { [Float](repeating: .nan, count: count) }

/// `count` zeros.
func zeros(_ count: Int) -> [Float] { [Float](repeating: 0, count: count) }
