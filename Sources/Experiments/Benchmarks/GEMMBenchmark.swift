import KnackEnvironment
import KnackNumerics

/// The rate at which the machine multiplies matrices: the limit that learning is measured against.
public struct GEMMBenchmark: Sendable {
  /// One measured shape.
  public struct Measurement: Sendable, Equatable {
    /// Rows, columns and the length that is summed over.
    public var m: Int, n: Int, k: Int
    /// Floating-point operations in nanoseconds, two a multiply-add, over all workers.
    public var gflops: Double
  }

  /// The shapes: large squares, and what networks of usual widths multiply.
  public static let shapes = [
    (256, 256, 256), (512, 512, 512), (1024, 1024, 1024), (2048, 64, 64), (2048, 256, 256),
  ]

  /// Measures each shape on all of the pool's workers at once, the best of several repetitions.
  public static func run(pool: WorkerPool, seconds: Double = 0.1) -> [Measurement] {
    shapes.map { m, n, k in
      let buffers = (0..<pool.workers).map { _ in GEMMBuffers(m, n, k) }
      let products = max(1, Int(seconds * 0.1 * 5e10 / Double(2 * m * n * k)))
      let body: WorkerPool.Body = { task, _ in buffers[task].multiply(times: products) }
      pool.run(pool.workers, body)
      let end = monotonicSeconds() + seconds
      var best = Double.infinity
      repeat {
        let start = monotonicSeconds()
        pool.run(pool.workers, body)
        best = min(best, monotonicSeconds() - start)
      } while monotonicSeconds() < end
      let operations = 2 * Double(m * n * k) * Double(products * pool.workers)
      return Measurement(m: m, n: n, k: k, gflops: operations / best * 1e-9)
    }
  }

  /// The measurements as JSON, the largest rate first.
  ///
  /// - Throws: ``ExperimentError/failure(_:)`` where the processor's matrix products are wrong.
  public static func report(workers: Int) throws(ExperimentError) -> JSON {
    let pool = try makePool(workers: workers)
    let measurements = run(pool: pool)
    return .fields([
      "sgemmGFLOPS": .number(measurements.map(\.gflops).max() ?? 0),
      "workers": .integer(pool.workers),
      "shapes": .array(
        measurements.map {
          .fields([
            "m": .integer($0.m), "n": .integer($0.n), "k": .integer($0.k), "gflops": .number($0.gflops),
          ])
        }),
      "library": .string(BLAS.description), "machine": .string(Machine.description),
    ])
  }
}

/// The matrices of one worker.
private final class GEMMBuffers: @unchecked Sendable {  // used by one task at a time
  private let m: Int, n: Int, k: Int
  private let a, b, c: UnsafeMutablePointer<Float>

  init(_ m: Int, _ n: Int, _ k: Int) {
    (self.m, self.n, self.k) = (m, n, k)
    a = .allocate(capacity: m * k)
    b = .allocate(capacity: k * n)
    c = .allocate(capacity: m * n)
    a.initialize(repeating: 0.5, count: m * k)
    b.initialize(repeating: 0.25, count: k * n)
    c.initialize(repeating: 0, count: m * n)
  }

  deinit { for matrix in [a, b, c] { matrix.deallocate() } }

  func multiply(times: Int) {
    for _ in 0..<times {
      BLAS.gemm(
        transposeA: false, transposeB: false, m: m, n: n, k: k, a: a, lda: k, b: b, ldb: n, beta: 0, c: c,
        ldc: n)
    }
  }
}
