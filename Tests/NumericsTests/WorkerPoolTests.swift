import Synchronization
import Testing

@testable import KnackNumerics

@Suite struct WorkerPoolTests {
  /// Every run does each task exactly once, and the caller sees all that the tasks wrote.
  @Test(arguments: [(1, 100), (2, 0), (2, 20_000), (5, 50)])
  func everyTaskRunsOnce(workers: Int, spins: Int) {
    let pool = WorkerPool(workers: workers, spins: spins)
    #expect(pool.workers == workers)
    let counts = FloatBuffer(count: 64)
    for run in 0..<2000 {
      let tasks = run % 65
      pool.run(tasks) { task, worker in
        counts.pointer[task] += 1
        if worker < 0 || worker >= workers { counts.pointer[0] = -1e9 }
      }
      for task in 0..<tasks { counts.pointer[task] -= 1 }
      #expect(counts[0..<64].allSatisfy { $0 == 0 })
    }
  }

  @Test func sleepingWorkersWakeForALongTask() {
    let pool = WorkerPool(workers: 3, spins: 0)
    let seen = Seen()
    // Each task waits until another worker has come, so this ends only if sleepers are woken.
    pool.run(2) { _, worker in
      seen.arrivals.add(1, ordering: .sequentiallyConsistent)
      while seen.arrivals.load(ordering: .sequentiallyConsistent) < 2 {}
    }
    #expect(seen.arrivals.load(ordering: .sequentiallyConsistent) == 2)
  }

  @Test func aPoolEndsItsThreadsAndItsBody() {
    weak var left: Seen?
    do {
      let seen = Seen()
      left = seen
      for _ in 0..<20 {
        let pool = WorkerPool(workers: 4, spins: 10)
        pool.run(7) { _, _ in seen.arrivals.add(1, ordering: .relaxed) }
      }
      #expect(seen.arrivals.load(ordering: .relaxed) == 140)
    }
    #expect(left == nil)
  }

  /// Partial sums in places of their own, added in order: the same bits for any number of workers.
  @Test func shardedSumDoesNotDependOnTheWorkers() {
    var random = SplitMix(seed: 9)
    let values = random.floats(10_000)
    func sum(workers: Int) -> Float {
      let parts = FloatBuffer(count: 16)
      WorkerPool(workers: workers).run(16) { task, _ in
        for i in stride(from: task, to: values.count, by: 16) { parts.pointer[task] += values[i] }
      }
      return parts[0..<16].reduce(0, +)
    }
    let alone = sum(workers: 1)
    for workers in [2, 3, 8] { #expect(sum(workers: workers) == alone) }
  }
}

private final class Seen: Sendable {
  let arrivals = Atomic<Int>(0)
}
