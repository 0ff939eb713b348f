/// What is wrong with the matrix library.
public enum BLASError: Error, Equatable, CustomStringConvertible {
  /// The kernel of this processor gave a wrong product; `shape` says which.
  case wrongProduct(kernel: String, shape: String)

  /// One sentence that names the thing and the mend.
  public var description: String {
    switch self {
    case .wrongProduct(let kernel, let shape):
      """
      OpenBLAS multiplies wrongly on this processor (kernel \(kernel), \(shape)): set the environment variable \
      OPENBLAS_CORETYPE=Haswell, or OPENBLAS_CORETYPE=Prescott if that is wrong too, or install a newer OpenBLAS.
      """
    }
  }
}

extension BLAS {
  /// The shape of a product; the order of the parameters is `gemm`'s.
  typealias Multiply = (
    _ transposeA: Bool, _ transposeB: Bool, _ m: Int, _ n: Int, _ k: Int, _ alpha: Float,
    _ a: UnsafePointer<Float>, _ lda: Int, _ b: UnsafePointer<Float>, _ ldb: Int, _ beta: Float,
    _ c: UnsafeMutablePointer<Float>, _ ldc: Int
  ) -> Void

  /// Compares products of small integers, which are exact in any order of summation, with a plain loop.
  ///
  /// Shapes straddle the tile sizes of the usual kernels; all four transposes, several alpha and beta, and rows longer
  /// than the matrix are tried. What lies between the rows must stay untouched.
  static func selfTest(kernel: String, _ multiply: Multiply) throws(BLASError) {
    let shapes = [
      (1, 1, 1), (3, 5, 7), (8, 8, 8), (17, 1, 64), (1, 33, 20), (16, 48, 32), (31, 33, 65), (64, 64, 64),
      (130, 7, 64), (70, 101, 259),
    ]
    let scales: [(alpha: Float, beta: Float)] = [(1, 0), (1, 1), (-2, 0.5)]
    for (m, n, k) in shapes {
      for transposes in 0..<4 {
        for (alpha, beta) in scales {
          let (transposeA, transposeB) = (transposes & 1 != 0, transposes & 2 != 0)
          let padding = (m + n + k) % 3
          guard
            productIsRight(
              transposeA, transposeB, m, n, k, alpha: alpha, beta: beta, padding: padding, multiply)
          else {
            throw .wrongProduct(
              kernel: kernel,
              shape:
                "\(m)x\(k)\(transposeA ? " transposed" : "") by \(k)x\(n)\(transposeB ? " transposed" : "")")
          }
        }
      }
    }
  }

  private static func productIsRight(
    _ transposeA: Bool, _ transposeB: Bool, _ m: Int, _ n: Int, _ k: Int, alpha: Float, beta: Float,
    padding: Int, _ multiply: Multiply
  ) -> Bool {
    let lda = (transposeA ? m : k) + padding
    let ldb = (transposeB ? k : n) + padding
    let ldc = n + padding
    let a = pattern((transposeA ? k : m) * lda, multiplier: 7)
    let b = pattern((transposeB ? n : k) * ldb, multiplier: 5)
    var c = pattern(m * ldc, multiplier: 3)
    var expected = c
    for i in 0..<m {
      for j in 0..<n {
        var sum: Float = 0
        for l in 0..<k {
          sum +=
            (transposeA ? a[l * lda + i] : a[i * lda + l]) * (transposeB ? b[j * ldb + l] : b[l * ldb + j])
        }
        expected[i * ldc + j] = alpha * sum + beta * expected[i * ldc + j]
      }
    }
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        c.withUnsafeMutableBufferPointer { c in
          multiply(
            transposeA, transposeB, m, n, k, alpha, a.baseAddress!, lda, b.baseAddress!, ldb, beta,
            c.baseAddress!, ldc)
        }
      }
    }
    return c == expected
  }

  /// Integers from -6 to 6 in no regular order.
  private static func pattern(_ count: Int, multiplier: UInt32) -> [Float] {
    var state = multiplier
    return (0..<count).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return Float((state >> 16) % 13) - 6
    }
  }
}
