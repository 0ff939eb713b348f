import KnackEnvironment
import KnackNumerics

/// How fast a world steps with random actions, observations written and resets included.
public struct SteppingBenchmark: Sendable {
  /// The world's id, and its observation; nil for the world's default.
  public var environment: String, observation: String?
  /// Worlds stepped side by side.
  public var worlds: Int
  /// Threads; 0 for one a core.
  public var workers: Int
  /// The seconds that each repetition lasts, or the steps that it takes if that is given.
  public var seconds: Double, steps: Int?
  /// Measurements, of which the median counts.
  public var repetitions = 5

  /// A benchmark.
  public init(
    environment: String, observation: String? = nil, worlds: Int = 256, workers: Int = 1, seconds: Double = 1,
    steps: Int? = nil
  ) {
    self.environment = environment
    self.observation = observation
    self.worlds = worlds
    self.workers = workers
    self.seconds = seconds
    self.steps = steps
    if steps != nil { repetitions = 1 }
  }

  /// Measures.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` for an unknown world or observation.
  public func run(_ registry: EnvironmentRegistry) throws(ExperimentError) -> JSON {
    let kind: WorldKind, observation: String
    do {
      observation = try self.observation ?? registry.entry(environment).observations[0]
      kind = try registry.kind(environment, observation: observation)
    } catch {
      throw .mistake("\(error)")
    }
    let pool = try makePool(workers: workers)
    let run = SteppingRun(kind, worlds: worlds, pool: pool)
    run.step(rounds: 1)  // pages are touched and episodes spread before the clock starts
    let rates = (0..<repetitions).map { _ in
      let start = monotonicSeconds()
      var taken = 0
      repeat {
        let rounds = steps.map { max(1, min(64, ($0 - taken) / (worlds * SteppingRun.length))) } ?? 4
        run.step(rounds: rounds)
        taken += rounds * worlds * SteppingRun.length
      } while steps.map { taken < $0 } ?? (monotonicSeconds() - start < seconds)
      return Double(taken) / (monotonicSeconds() - start)
    }
    return .fields([
      "environment": .string(environment), "observation": .string(observation), "worlds": .integer(worlds),
      "workers": .integer(pool.workers), "stepsPerSecond": .number(Statistics.median(rates)),
      "machine": .string(Machine.description),
    ])
  }
}

/// Batches of worlds, one a worker, so that no two threads write to the same cache line.
private final class SteppingRun {
  /// Steps of every world in a round.
  static let length = 64

  private let pool: WorkerPool
  private let tasks: Int
  private let rounds: UnsafeMutablePointer<Int>
  private let body: WorkerPool.Body

  init(_ kind: WorldKind, worlds: Int, pool: WorkerPool) {
    self.pool = pool
    let tasks = min(worlds, pool.workers)
    self.tasks = tasks
    let batches = (0..<tasks).map { task in
      let batch = VectorEnvironment(kind, count: worlds * (task + 1) / tasks - worlds * task / tasks)
      batch.reset(seed: UInt64(worlds * task / tasks))
      return batch
    }
    // A prime number of rows of actions, so that rows do not fall into step with episodes.
    let rows = 1021
    var random = RandomStream(seed: 1, stream: 0)
    let actions = (0..<rows * worlds).map { _ in Int32(random.below(UInt32(kind.specification.actions.count)))
    }
    let positions = [UnsafeMutablePointer<Int>](unsafeUninitializedCapacity: tasks) { buffer, count in
      for task in 0..<tasks {
        (buffer.baseAddress! + task).initialize(to: .allocate(capacity: 16))  // two cache lines
        buffer[task].initialize(repeating: 0, count: 16)
      }
      count = tasks
    }
    nonisolated(unsafe) let rounds = UnsafeMutablePointer<Int>.allocate(capacity: 1)
    rounds.initialize(to: 0)
    self.rounds = rounds
    nonisolated(unsafe) let places = positions
    body = { task, _ in
      let batch = batches[task]
      actions.withUnsafeBufferPointer { actions in
        for _ in 0..<rounds.pointee * Self.length {
          batch.step(actions.baseAddress! + places[task].pointee * batch.count)
          places[task].pointee = (places[task].pointee + 1) % rows
        }
      }
    }
  }

  func step(rounds count: Int) {
    rounds.pointee = count
    pool.run(tasks, body)
  }
}
