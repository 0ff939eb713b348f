import KnackEnvironment
import KnackLearning
import KnackNumerics

/// Batches of worlds, one a worker, so that no two threads write to the same cache line, and the actions they take.
final class SteppingRun {
  /// Where actions come from.
  enum Source {
    case random
    case constant(Int32)
    /// A policy, and the kind of world that shows it what it was trained on.
    case policy(Policy, WorldKind)
    /// The expert of a kind of world.
    case expert(WorldKind)
  }

  /// Steps of every world in a round.
  static let length = 64
  /// Rows of actions that were played first: those that lead to worlds in the midst of their episodes, and those that are timed.
  private static let warmUp = 16 * length, recorded = 16 * length

  /// Rounds to take before the clock is looked at.
  let roundsAtOnce: Int
  private let pool: WorkerPool
  private let batches: [VectorEnvironment]
  /// The states that recorded actions belong to; nil where any state will do.
  private let beginnings: [[UInt8]]?
  private let rounds: UnsafeMutablePointer<Int>
  /// For each batch the next row of actions and the episodes that ended, each batch on cache lines of its own.
  private let places: UnsafeMutablePointer<Int>
  private let body: WorkerPool.Body

  init(_ kind: WorldKind, _ source: Source, worlds: Int, pool: WorkerPool) {
    self.pool = pool
    let tasks = min(worlds, pool.workers)
    let ranges = (0..<tasks).map { worlds * $0 / tasks..<worlds * ($0 + 1) / tasks }
    let batches = ranges.map { range in
      let batch = VectorEnvironment(kind, count: range.count)
      batch.reset(seed: UInt64(range.lowerBound))
      return batch
    }
    self.batches = batches
    let actions: [[Int32]], rows: Int
    let player: (policy: Policy?, stage: WorldKind)? =
      switch source {
      case .policy(let policy, let stage): (policy, stage)
      case .expert(let kind): (nil, kind)
      case .random, .constant: nil
      }
    if let player {
      let played = Self.play(player.policy, player.stage, ranges, pool)
      for (batch, rows) in zip(batches, played) {
        rows.withUnsafeBufferPointer { rows in
          for row in 0..<Self.warmUp { batch.step(rows.baseAddress! + row * batch.count) }
        }
      }
      beginnings = batches.map { $0.save() }
      actions = zip(batches, played).map { batch, rows in Array(rows[(Self.warmUp * batch.count)...]) }
      rows = Self.recorded
      roundsAtOnce = Self.recorded / Self.length
    } else {
      // A prime number of rows of actions, so that rows do not fall into step with episodes.
      rows = 1021
      var random = RandomStream(seed: 1, stream: 0)
      actions = batches.map { batch in
        (0..<rows * batch.count).map { _ in
          if case .constant(let action) = source { return action }
          return Int32(random.below(UInt32(kind.specification.actions.count)))
        }
      }
      beginnings = nil
      roundsAtOnce = 4
    }
    nonisolated(unsafe) let rounds = UnsafeMutablePointer<Int>.allocate(capacity: 1)
    rounds.initialize(to: 0)
    self.rounds = rounds
    nonisolated(unsafe) let places = UnsafeMutablePointer<Int>.allocate(capacity: tasks * Self.placeStride)
    places.initialize(repeating: 0, count: tasks * Self.placeStride)
    self.places = places
    body = { task, _ in
      let batch = batches[task], place = places + task * Self.placeStride
      let terminated = batch.terminated, truncated = batch.truncated
      actions[task].withUnsafeBufferPointer { actions in
        for _ in 0..<rounds.pointee * Self.length {
          batch.step(actions.baseAddress! + place[0] * batch.count)
          place[0] = place[0] + 1 == rows ? 0 : place[0] + 1
          for i in 0..<batch.count where terminated[i] || truncated[i] { place[1] &+= 1 }
        }
      }
    }
  }

  deinit {
    rounds.deallocate()
    places.deallocate()
  }

  private static let placeStride = 16

  /// The episodes that have ended.
  var ends: Int {
    get { batches.indices.reduce(0) { $0 + places[$1 * Self.placeStride + 1] } }
    set {
      for task in batches.indices { places[task * Self.placeStride + 1] = 0 }
      places[1] = newValue
    }
  }

  /// Goes back to where recorded actions begin, if they were recorded.
  func rewind() {
    guard let beginnings else { return }
    for (task, batch) in batches.enumerated() {
      do { try batch.restore(beginnings[task]) } catch { preconditionFailure("a batch takes its own state") }
      places[task * Self.placeStride] = 0
    }
  }

  func step(rounds count: Int) {
    rounds.pointee = count
    pool.run(batches.count, body)
  }

  /// The actions that a policy draws, or else the expert chooses, in each range of worlds from their reset on, row by row.
  private static func play(
    _ policy: Policy?, _ stage: WorldKind, _ ranges: [Range<Int>], _ pool: WorkerPool
  ) -> [[Int32]] {
    let rows = warmUp + recorded
    var played = ranges.map { [Int32](repeating: 0, count: rows * $0.count) }
    played.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let played = buffer
      pool.run(ranges.count) { task, _ in
        let range = ranges[task]
        let batch = VectorEnvironment(stage, count: range.count)
        batch.reset(seed: UInt64(range.lowerBound))
        let actor = policy.map { Actor($0, stage.specification, worlds: range.count) }
        let random = CounterRandom(seed: 1, stream: 0)
        var actions = [Int32](repeating: 0, count: range.count)
        for row in 0..<rows {
          if let actor {
            actor.act(batch, greedy: false, into: &actions) { world in
              random.uniform(at: UInt64(row), UInt64(range.lowerBound + world))
            }
          } else {
            batch.expertActions(into: &actions)
          }
          batch.step(actions)
          for i in 0..<range.count where batch.terminated[i] || batch.truncated[i] { actor?.forget(world: i) }
          played[task].replaceSubrange(row * range.count..<(row + 1) * range.count, with: actions)
        }
      }
    }
    return played
  }
}
