/// How a number developed in the runs of a group: the interquartile mean over seeds with its bootstrap interval, against
/// environment steps.
struct LearningCurve: Sendable {
  /// One place along the way.
  struct Point: Sendable {
    /// Environment steps.
    var steps: Double
    /// The estimate over the runs that have come so far; its interval is NaN where that is one run.
    var value: Statistics.Estimate
    /// How many runs that is.
    var runs: Int
  }

  /// From left to right.
  private(set) var points: [Point] = []
  /// The single runs at the same places, a list a run.
  private(set) var seeds: [[(steps: Double, value: Double)]] = []

  /// The most points of a curve: more than can be told apart in a figure.
  static let resolution = 200

  /// The curve of a column. At each place every run has the value of its latest record until then. A run that reached its
  /// goal keeps its last value; one that is unfinished counts as far as it has come. Values of fewer episodes than
  /// there are to be are left out: those that end first are the short ones.
  init(_ column: MetricsHistory.Column, of runs: [RunRecord]) {
    guard let longest = runs.max(by: { $0.steps < $1.steps }) else { return }
    let all = longest.history[.steps]
    let places = min(all.count, Self.resolution)
    let grid = (0..<places).map { all[($0 + 1) * all.count / places - 1] }
    let values = runs.map { Self.sample($0, column, at: grid) }
    let statistics = Statistics.Resampling(runs.count)
    for (i, steps) in grid.enumerated() {
      let present = values.map { $0[i] }.filter(\.isFinite)
      guard !present.isEmpty else { continue }
      let value =
        present.count == runs.count && present.count > 1
        ? statistics.interquartileMean(present)
        : present.count > 1
          ? Statistics.Resampling(present.count).interquartileMean(present)
          : Statistics.Estimate(value: present[0], low: .nan, high: .nan)
      points.append(Point(steps: steps, value: value, runs: present.count))
    }
    guard runs.count > 1 else { return }
    seeds = values.map { values in
      zip(grid, values).filter { $0.1.isFinite }.map { (steps: $0.0, value: $0.1) }
    }
  }

  /// A run's values at the given steps, NaN where there are none yet or any more.
  private static func sample(
    _ run: RunRecord, _ column: MetricsHistory.Column, at grid: [Double]
  ) -> [Double] {
    let steps = run.history[.steps], values = run.history[column], episodes = run.history[.episodes]
    let enough = min(Double(RunProgress.recentCapacity), episodes.reduce(0, +))
    var next = 0, ended = 0.0, latest = Double.nan
    return grid.map { place in
      while next < steps.count, steps[next] <= place {
        ended += episodes[next]
        if values[next].isFinite && ended >= enough { latest = values[next] }
        next += 1
      }
      let isOver = next == steps.count && place > (steps.last ?? 0) && !run.progress.isComplete
      return isOver ? .nan : latest
    }
  }
}
