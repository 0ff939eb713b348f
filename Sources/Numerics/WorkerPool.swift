import Glibc
import Synchronization

/// A fixed set of threads that share out numbered tasks.
///
/// The caller is worker 0 and takes part; the others are threads that live as long as the pool. Tasks are handed out
/// in order through one atomic word, so whoever is free takes the next. Which worker gets which task is not
/// determined: a body whose tasks write only to places of their own gives the same result for any number of workers.
///
/// A waiting worker spins for a few microseconds, because waking a sleeping thread costs more than most tasks, and then
/// sleeps until the next run. A run neither allocates nor waits for a sleeping worker: if nobody else comes, the caller
/// does all tasks itself.
///
/// A pool belongs to one caller at a time, and a body must not call `run` on its own pool.
public final class WorkerPool: @unchecked Sendable {
  /// What a run calls for each task, with the task's number and the worker's.
  public typealias Body = @Sendable (_ task: Int, _ worker: Int) -> Void

  /// Workers, the caller included.
  public let workers: Int

  private let shared: Shared
  private var threads: [pthread_t] = []

  /// A pool of `workers` workers (at least 1), of which `workers - 1` are new threads.
  ///
  /// - Parameter spins: how often a waiting worker looks for work before it goes to sleep; about a nanosecond each.
  public init(workers: Int, spins: Int = 20_000) {
    precondition(workers >= 1 && workers <= 4096, "A worker pool needs between 1 and 4096 workers.")
    self.workers = workers
    self.shared = Shared(spins: spins)
    for worker in 1..<max(workers, 1) {
      let start = Unmanaged.passRetained(ThreadStart(shared: shared, worker: worker))
      var thread = pthread_t()
      let status = pthread_create(
        &thread, nil,
        { argument in
          let start = Unmanaged<ThreadStart>.fromOpaque(argument!).takeRetainedValue()
          start.shared.work(as: start.worker)
          return nil
        }, start.toOpaque())
      precondition(status == 0, "The system refused thread \(worker) of the worker pool; use fewer workers.")
      threads.append(thread)
    }
  }

  deinit {
    shared.stop()
    for thread in threads { pthread_join(thread, nil) }
  }

  /// Calls `body` once for every task in `0..<tasks` and returns when all calls have returned.
  ///
  /// What the caller wrote before is visible to the tasks, and what they wrote is visible to the caller afterwards.
  /// The closure is best made once and kept, since making one that captures something allocates.
  public func run(_ tasks: Int, _ body: @escaping Body) {
    if workers == 1 || tasks <= 1 {
      for task in 0..<max(tasks, 0) { body(task, 0) }
      return
    }
    shared.run(tasks, body)
  }
}

/// What a new thread is told.
private final class ThreadStart {
  let shared: Shared
  let worker: Int

  init(shared: Shared, worker: Int) {
    self.shared = shared
    self.worker = worker
  }
}

/// What a run does. A bare function in generic memory is kept in a wrapper that each store would allocate.
private struct Job {
  let body: WorkerPool.Body
}

/// The state that the pool and its threads share; the threads hold no reference to the pool itself, so it can end.
private final class Shared: @unchecked Sendable {
  /// The run's number in the upper half, the tasks not yet taken in the lower half. Taking a task is one
  /// compare-and-exchange of the whole word, so a late worker cannot take a task of a run it does not know.
  private let word = Atomic<UInt64>(0)
  /// Tasks of this run that have returned.
  private let finished = Atomic<Int>(0)
  private let stopping = Atomic<Bool>(false)
  /// Workers asleep, and whether the caller is.
  private let sleepers = Atomic<Int>(0)
  private let callerSleeps = Atomic<Bool>(false)

  // Written by the caller between runs, read by whoever holds a task; the word orders the two.
  private let body = UnsafeMutablePointer<Job?>.allocate(capacity: 1)
  private let total = UnsafeMutablePointer<Int>.allocate(capacity: 1)

  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let work = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let done = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let spins: Int

  init(spins: Int) {
    self.spins = spins
    body.initialize(to: nil)
    total.initialize(to: 0)
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(work, nil)
    pthread_cond_init(done, nil)
  }

  deinit {
    pthread_cond_destroy(done)
    pthread_cond_destroy(work)
    pthread_mutex_destroy(mutex)
    body.deinitialize(count: 1)
    for pointer in [work, done] { pointer.deallocate() }
    mutex.deallocate()
    body.deallocate()
    total.deallocate()
  }

  func run(_ tasks: Int, _ newBody: @escaping WorkerPool.Body) {
    precondition(tasks <= Int(UInt32.max), "A run has at most 2^32 - 1 tasks.")
    body.pointee = Job(body: newBody)
    total.pointee = tasks
    finished.store(0, ordering: .relaxed)
    let run = (word.load(ordering: .relaxed) >> 32) &+ 1
    // Sequentially consistent, as is the sleepers' side: either a worker going to sleep sees this word, or the caller
    // sees the sleeper.
    word.store(run << 32 | UInt64(tasks), ordering: .sequentiallyConsistent)
    if sleepers.load(ordering: .sequentiallyConsistent) > 0 {
      pthread_mutex_lock(mutex)
      pthread_cond_broadcast(work)
      pthread_mutex_unlock(mutex)
    }
    takeTasks(as: 0)
    waitForOthers(tasks)
    body.pointee = nil
  }

  /// Takes tasks of the current run until none is left.
  private func takeTasks(as worker: Int) {
    var seen = word.load(ordering: .acquiring)
    while seen & 0xFFFF_FFFF != 0 {
      let (taken, original) = word.compareExchange(
        expected: seen, desired: seen &- 1, ordering: .acquiringAndReleasing)
      guard taken else {
        seen = original
        continue
      }
      let tasks = total.pointee
      body.pointee!.body(tasks - Int(seen & 0xFFFF_FFFF), worker)
      if finished.add(1, ordering: .sequentiallyConsistent).newValue == tasks
        && callerSleeps.load(ordering: .sequentiallyConsistent)
      {
        pthread_mutex_lock(mutex)
        pthread_cond_signal(done)
        pthread_mutex_unlock(mutex)
      }
      seen = word.load(ordering: .acquiring)
    }
  }

  private func waitForOthers(_ tasks: Int) {
    for _ in 0..<spins where finished.load(ordering: .acquiring) == tasks { return }
    pthread_mutex_lock(mutex)
    callerSleeps.store(true, ordering: .sequentiallyConsistent)
    while finished.load(ordering: .sequentiallyConsistent) != tasks { pthread_cond_wait(done, mutex) }
    callerSleeps.store(false, ordering: .sequentiallyConsistent)
    pthread_mutex_unlock(mutex)
  }

  /// A thread's whole life.
  func work(as worker: Int) {
    while waitForTasks() { takeTasks(as: worker) }
  }

  /// Waits until there are tasks to take; false once the pool ends.
  private func waitForTasks() -> Bool {
    for _ in 0..<spins {
      if word.load(ordering: .acquiring) & 0xFFFF_FFFF != 0 { return true }
      if stopping.load(ordering: .relaxed) { return false }
    }
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    sleepers.add(1, ordering: .sequentiallyConsistent)
    defer { sleepers.subtract(1, ordering: .sequentiallyConsistent) }
    while true {
      if word.load(ordering: .sequentiallyConsistent) & 0xFFFF_FFFF != 0 { return true }
      if stopping.load(ordering: .sequentiallyConsistent) { return false }
      pthread_cond_wait(work, mutex)
    }
  }

  func stop() {
    pthread_mutex_lock(mutex)
    stopping.store(true, ordering: .sequentiallyConsistent)
    pthread_cond_broadcast(work)
    pthread_mutex_unlock(mutex)
  }
}
