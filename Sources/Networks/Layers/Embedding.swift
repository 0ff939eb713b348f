import KnackNumerics

/// Small integers to vectors: at every position, the rows of a table that its codes select, summed.
///
/// A position has one code in each of `channels` channels (a grid cell: object, colour, state), and each channel has a
/// table of its own; the tables are shared by all positions.
public struct Embedding: Sendable {
  /// Codes at a position.
  public let channels: Int
  /// Values that a code may have: 0 ..< vocabulary.
  public let vocabulary: Int
  /// The length of the vectors.
  public let features: Int
  /// Offset of the tables, [channels · vocabulary, features].
  public let weight: Int

  /// Adds `name.weight` to the layout.
  public init(
    _ name: String, channels: Int = 1, vocabulary: Int, features: Int, in layout: inout ParameterLayout
  ) {
    self.channels = channels
    self.vocabulary = vocabulary
    self.features = features
    self.weight = layout.add("\(name).weight", [channels * vocabulary, features])
  }

  /// Draws the tables so that the vectors' elements have variance 1.
  public func initialize(
    _ parameters: UnsafeMutablePointer<Float>, random: inout some RandomNumberGenerator
  ) {
    Initialization.normal(
      parameters + weight, count: channels * vocabulary * features,
      deviation: (1 / Float(channels)).squareRoot(), random: &random)
  }

  /// Computes y, [rows, positions, features], from codes, [rows, positions, channels].
  ///
  /// - Parameters:
  ///   - stride: from one row of codes to the next; rows may hold more than this layer reads.
  ///     A code beyond the vocabulary stops the program.
  public func forward(
    _ parameters: UnsafePointer<Float>, _ codes: UnsafePointer<UInt8>, rows: Int, positions: Int, stride: Int,
    into y: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<rows {
      for position in 0..<positions {
        let code = codes + (row &* stride &+ position &* channels)
        let out = y + (row &* positions &+ position) &* features
        out.update(from: parameters + tableRow(0, code[0]), count: features)
        for channel in 1..<channels {
          let vector = parameters + tableRow(channel, code[channel])
          for j in 0..<features { out[j] += vector[j] }
        }
      }
    }
  }

  /// Adds the gradient of the tables to `gradient`; dy is the gradient with respect to y, [rows, positions, features].
  public func backward(
    _ codes: UnsafePointer<UInt8>, rows: Int, positions: Int, stride: Int, _ dy: UnsafePointer<Float>,
    gradient: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<rows {
      for position in 0..<positions {
        let code = codes + (row &* stride &+ position &* channels)
        let d = dy + (row &* positions &+ position) &* features
        for channel in 0..<channels {
          let vector = gradient + tableRow(channel, code[channel])
          for j in 0..<features { vector[j] += d[j] }
        }
      }
    }
  }

  /// The offset of the vector of a code, in the flat parameter vector.
  @inline(always)
  private func tableRow(_ channel: Int, _ code: UInt8) -> Int {
    precondition(Int(code) < vocabulary, "A code lies beyond the embedding's vocabulary.")
    return weight &+ (channel &* vocabulary &+ Int(code)) &* features
  }
}
