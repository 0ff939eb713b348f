import KnackNumerics

/// Small integers to vectors: at every position, the rows of a table that its codes select, summed.
///
/// A position has one code in each of several planes (a cell: its material, the creature on it), and each plane has a
/// table of its own; the tables are shared by all positions.
public struct Embedding: Sendable {
  /// For each plane, the values that a code may have: 0 ..< that many.
  public let vocabularies: [Int]
  /// The length of the vectors.
  public let features: Int
  /// Offset of the tables, one below the other, [sum of the vocabularies, features].
  public let weight: Int

  /// Adds `name.weight` to the layout.
  public init(
    _ name: String, vocabularies: [Int], features: Int, in layout: inout ParameterLayout
  ) {
    self.vocabularies = vocabularies
    self.features = features
    self.weight = layout.add("\(name).weight", [vocabularies.reduce(0, +), features])
  }

  /// Draws the tables so that the vectors' elements have variance 1.
  public func initialize(
    _ parameters: UnsafeMutablePointer<Float>, random: inout some RandomNumberGenerator
  ) {
    Initialization.normal(
      parameters + weight, count: vocabularies.reduce(0, +) * features,
      deviation: (1 / Float(vocabularies.count)).squareRoot(), random: &random)
  }

  /// Computes y, [rows, positions, features], from codes, [rows, planes, positions].
  ///
  /// - Parameters:
  ///   - stride: from one row of codes to the next; rows may hold more than this layer reads.
  ///     A code beyond its plane's vocabulary stops the program.
  public func forward(
    _ parameters: UnsafePointer<Float>, _ codes: UnsafePointer<UInt8>, rows: Int, positions: Int, stride: Int,
    into y: UnsafeMutablePointer<Float>
  ) {
    var table = parameters + weight
    for plane in vocabularies.indices {
      for row in 0..<rows {
        let code = codes + (row &* stride &+ plane &* positions)
        let out = y + row &* positions &* features
        for position in 0..<positions {
          let vector = table + vectorOffset(plane, code[position])
          let target = out + position &* features
          if plane == 0 {
            target.update(from: vector, count: features)
          } else {
            for j in 0..<features { target[j] += vector[j] }
          }
        }
      }
      table += vocabularies[plane] &* features
    }
  }

  /// Adds the gradient of the tables to `gradient`; dy is the gradient with respect to y, [rows, positions, features].
  public func backward(
    _ codes: UnsafePointer<UInt8>, rows: Int, positions: Int, stride: Int, _ dy: UnsafePointer<Float>,
    gradient: UnsafeMutablePointer<Float>
  ) {
    var table = gradient + weight
    for plane in vocabularies.indices {
      for row in 0..<rows {
        let code = codes + (row &* stride &+ plane &* positions)
        let d = dy + row &* positions &* features
        for position in 0..<positions {
          let vector = table + vectorOffset(plane, code[position])
          let source = d + position &* features
          for j in 0..<features { vector[j] += source[j] }
        }
      }
      table += vocabularies[plane] &* features
    }
  }

  /// The offset of a code's vector in its plane's table.
  @inline(always)
  private func vectorOffset(_ plane: Int, _ code: UInt8) -> Int {
    precondition(Int(code) < vocabularies[plane], "A code lies beyond the embedding's vocabulary.")
    return Int(code) &* features
  }
}
