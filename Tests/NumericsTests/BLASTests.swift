import Testing

@testable import KnackNumerics

@Suite struct BLASTests {
  @Test func thisProcessorMultipliesRightly() throws {
    try BLAS.prepare()
    #expect(BLAS.description.contains(BLAS.kernel))
  }

  @Test func aWrongKernelIsRefusedWithTheMend() {
    // A kernel that loses the last row of tall products, as some do.
    let error = #expect(throws: BLASError.self) {
      try BLAS.selfTest(kernel: "Broken") {
        (ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc) throws(Never) in
        BLAS.gemm(
          transposeA: ta, transposeB: tb, m: m > 16 ? m - 1 : m, n: n, k: k, alpha: alpha, a: a, lda: lda,
          b: b, ldb: ldb, beta: beta, c: c, ldc: ldc)
      }
    }
    let sentence = error?.description ?? ""
    #expect(sentence.contains("Broken"))
    #expect(sentence.contains("OPENBLAS_CORETYPE=Haswell"))
    #expect(!sentence.contains("\n"))
  }

  @Test func aKernelForAnOlderProcessorIsReplacedByTheFastestThatThisOneHas() {
    let old: Set<Substring> = ["sse2", "avx"], haswell = old.union(["avx2", "fma"])
    let skylake = haswell.union(["avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"])
    #expect(BLAS.fasterKernels(than: "Prescott", features: skylake) == ["SkylakeX", "Haswell"])
    #expect(BLAS.fasterKernels(than: "Prescott", features: haswell) == ["Haswell"])
    #expect(BLAS.fasterKernels(than: "Prescott", features: old).isEmpty)
    #expect(BLAS.fasterKernels(than: "Zen", features: skylake).isEmpty)
  }

  @Test func aKernelThatWritesBetweenTheRowsIsRefused() {
    #expect(throws: BLASError.self) {
      try BLAS.selfTest(kernel: "Broken") {
        (ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc) throws(Never) in
        BLAS.gemm(
          transposeA: ta, transposeB: tb, m: m, n: n, k: k, alpha: alpha, a: a, lda: lda, b: b, ldb: ldb,
          beta: beta, c: c, ldc: ldc)
        if ldc > n { c[n] += 1 }
      }
    }
  }

  @Test func manyCallersAtOnceGetTheSameBits() throws {
    try BLAS.prepare()
    let (m, n, k) = (65, 33, 64)
    var random = SplitMix(seed: 1)
    let a = random.floats(m * k), b = random.floats(k * n)
    let results = FloatBuffer(count: 32 * m * n)
    WorkerPool(workers: 4).run(32) { task, _ in
      BLAS.gemm(
        transposeA: false, transposeB: false, m: m, n: n, k: k, a: a, lda: k, b: b, ldb: n, beta: 0,
        c: results.pointer + task * m * n, ldc: n)
    }
    let first = Array(results[0..<m * n])
    for task in 1..<32 { #expect(Array(results[task * m * n..<(task + 1) * m * n]) == first) }
  }
}
