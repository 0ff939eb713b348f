import COpenBLAS

/// Matrix products on OpenBLAS, one thread per caller.
///
/// Matrices are row-major: row `i` of a matrix with leading dimension `ld` starts at element `i * ld`.
public enum BLAS {
  /// `c = alpha * op(a) * op(b) + beta * c`, where op is the identity or the transpose.
  ///
  /// - Parameters:
  ///   - transposeA: whether `a` is stored [k, m] instead of [m, k].
  ///   - transposeB: whether `b` is stored [n, k] instead of [k, n].
  ///   - m: rows of `c`.
  ///   - n: columns of `c`.
  ///   - k: the length that is summed over.
  ///   - beta: 0 overwrites `c`, whatever it held; 1 adds to it.
  /// - Complexity: m·n·k multiply-adds.
  @inlinable
  public static func gemm(
    transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Float = 1,
    a: UnsafePointer<Float>, lda: Int, b: UnsafePointer<Float>, ldb: Int, beta: Float,
    c: UnsafeMutablePointer<Float>, ldc: Int
  ) {
    cblas_sgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans,
      blasint(m), blasint(n), blasint(k), alpha, a, blasint(lda), b, blasint(ldb), beta, c, blasint(ldc))
  }

  /// The name of the kernel that OpenBLAS chose for this processor.
  public static var kernel: String { String(cString: openblas_get_corename()) }

  /// OpenBLAS's version and build options, and the kernel it chose.
  public static var description: String { "\(String(cString: openblas_get_config())), kernel \(kernel)" }

  /// Keeps OpenBLAS to the calling thread and checks its products; call once before the first product.
  ///
  /// - Throws: `BLASError.wrongProduct` where the processor's kernel multiplies wrongly, as some do in older builds.
  public static func prepare() throws(BLASError) {
    openblas_set_num_threads(1)
    try selfTest(kernel: kernel, gemm)
  }
}
