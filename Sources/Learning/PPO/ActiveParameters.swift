import KnackNetworks

/// The parameters that can have a gradient at all: everything but the rows of gather layers which nothing has named yet.
///
/// A gather layer has a row for every value that any world of the family might show; one world shows a tenth of them. A
/// row that no observation of the rollout names, and whose moments are zero, has a zero gradient, and Adam leaves it as it
/// is. Passing over such rows changes no bit, and makes clearing, adding up and updating several times cheaper.
///
/// The set is found anew from the rollout and the moments at each iteration, so that it does not depend on when a run was
/// resumed.
final class ActiveParameters: @unchecked Sendable {  // changed between the parts of a step only
  /// Consecutive stretches of parameters, in order.
  private(set) var stretches: [Range<Int>] = []
  /// The stretches, split into parts of similar size for the workers: part p is `parts[p]` of `stretches`.
  private(set) var parts: [Range<Int>] = []

  /// Parts at most.
  static let partCount = 8
  private let tables: [(offset: Int, width: Int)]
  private let rows: Int
  private let parameterCount: Int
  private var named: [Bool]

  init(_ network: ActorCritic) {
    tables = network.gatherTables
    rows = network.vocabulary.rows
    parameterCount = network.layout.count
    named = [Bool](repeating: false, count: rows)
    stretches.reserveCapacity(tables.count * (rows + 1) + 2 * Self.partCount)
    parts.reserveCapacity(Self.partCount)
  }

  /// Finds the parameters that the rollout's samples or the moments make active.
  func find(
    _ rollout: Rollout, _ distinct: DistinctObservations, first: UnsafePointer<Float>,
    second: UnsafePointer<Float>
  ) {
    for row in 0..<rows { named[row] = false }
    named.withUnsafeMutableBufferPointer { named in
      for group in 0..<distinct.count {
        let sample = Int(distinct.representatives[group])
        rollout.observations.forEachImage(of: sample) { rows in
          for row in rows { named[Int(row)] = true }
        }
      }
    }
    stretches.removeAll(keepingCapacity: true)
    ActiveStretches.append(count: parameterCount, tables: tables, rows: rows, to: &stretches) { row, place in
      named[row] || ActiveStretches.hasMoments(place, first, second)
    }
    split()
  }

  /// Cuts the stretches so that the parts come out alike, at whole cache lines.
  private func split() {
    let total = stretches.reduce(0) { $0 + $1.count }
    let share = max(1024, (total / Self.partCount + 15) / 16 * 16)
    parts.removeAll(keepingCapacity: true)
    var begin = 0, count = 0, i = 0
    while i < stretches.count {
      let stretch = stretches[i]
      if count + stretch.count > share && parts.count < Self.partCount - 1 {
        let cut = stretch.lowerBound + (share - count + 15) / 16 * 16
        if cut < stretch.upperBound {
          stretches[i] = stretch.lowerBound..<cut
          stretches.insert(cut..<stretch.upperBound, at: i + 1)
        }
        parts.append(begin..<i + 1)
        begin = i + 1
        count = 0
      } else {
        count += stretch.count
      }
      i += 1
    }
    if begin < stretches.count { parts.append(begin..<stretches.count) }
  }
}
