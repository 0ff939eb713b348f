extension BLAS {
  /// The kernels that would be faster on a processor with these features than the one that OpenBLAS chose, the fastest first.
  ///
  /// OpenBLAS goes by the processor's model. A build that is older than the model takes its oldest kernel, Prescott, which
  /// uses neither AVX2 nor AVX-512: up to twenty times slower than what the processor can do.
  ///
  /// - Parameters:
  ///   - chosen: the kernel that OpenBLAS chose.
  ///   - features: the processor's features, as Linux names them in `/proc/cpuinfo`.
  /// - Returns: names for the environment variable `OPENBLAS_CORETYPE`; empty where the choice is good.
  public static func fasterKernels(than chosen: String, features: Set<Substring>) -> [String] {
    guard chosen == "Prescott" else { return [] }
    let kernels: [(name: String, needs: Set<Substring>)] = [
      ("SkylakeX", ["avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"]),
      ("Haswell", ["avx2", "fma"]),
    ]
    return kernels.filter { features.isSuperset(of: $0.needs) }.map(\.name)
  }
}
