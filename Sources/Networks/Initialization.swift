import Glibc

/// How weights are drawn before training.
public enum Initialization {
  /// A uniform number in [0, 1) with 53 random bits.
  static func uniform(_ random: inout some RandomNumberGenerator) -> Double {
    Double(random.next() >> 11) * 0x1p-53
  }

  /// Fills `values` with `count` independent normal draws (Box and Muller 1958).
  public static func normal(
    _ values: UnsafeMutablePointer<Float>, count: Int, mean: Float = 0, deviation: Float = 1,
    random: inout some RandomNumberGenerator
  ) {
    for i in 0..<count { values[i] = mean + deviation * Float(normalDraw(&random)) }
  }

  /// Fills `values` with `count` independent uniform draws between -bound and bound.
  public static func uniform(
    _ values: UnsafeMutablePointer<Float>, count: Int, bound: Float, random: inout some RandomNumberGenerator
  ) {
    for i in 0..<count { values[i] = Float(uniform(&random) * 2 - 1) * bound }
  }

  /// Fills a [rows, columns] matrix so that its rows (or its columns, if it has more rows) are orthogonal and of
  /// length `gain`, uniformly over all such matrices (Saxe et al. 2014, arXiv:1312.6120).
  ///
  /// The orthogonal factor of a matrix of normal draws, with the signs that make the triangular factor's diagonal
  /// positive, as `torch.nn.init.orthogonal_` does it. Allocates; complexity rows · columns · min(rows, columns).
  public static func orthogonal(
    _ matrix: UnsafeMutablePointer<Float>, rows: Int, columns: Int, gain: Float,
    random: inout some RandomNumberGenerator
  ) {
    // Gram–Schmidt, each vector twice, which is orthogonal to rounding; it gives the positive diagonal by itself.
    let (vectors, length) = (min(rows, columns), max(rows, columns))
    var basis = [[Double]]()
    while basis.count < vectors {
      var vector = (0..<length).map { _ in normalDraw(&random) }
      for _ in 0..<2 {
        for other in basis {
          var dot = 0.0
          for i in 0..<length { dot += vector[i] * other[i] }
          for i in 0..<length { vector[i] -= dot * other[i] }
        }
      }
      let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard norm > 1e-6 else { continue }  // a vector that lay in the others' span: draw again
      basis.append(vector.map { $0 / norm })
    }
    for (v, vector) in basis.enumerated() {
      for i in 0..<length {
        matrix[rows <= columns ? v * columns + i : i * columns + v] = Float(vector[i]) * gain
      }
    }
  }

  /// One standard normal number; the second of the pair is thrown away, for initialisation is not hot.
  private static func normalDraw(_ random: inout some RandomNumberGenerator) -> Double {
    let radius = (-2 * log(1 - uniform(&random))).squareRoot()
    return radius * cos(2 * Double.pi * uniform(&random))
  }
}
