/// A number of which each of several runs has one.
struct SeedMeasure {
  /// How JSON and tables call it, and the digits after the point that are shown.
  let key: String, name: String, digits: Int
  /// The numbers in the order of the runs.
  let values: [Double]

  /// What runs are compared by: in a world with achievements the score and the training episodes that it counts, elsewhere
  /// the latest training episodes. What not every run has is left out.
  static func all(of runs: [RunProgress]) -> [SeedMeasure] {
    func measure(
      _ key: String, _ name: String, _ digits: Int, _ value: (RunProgress) -> Double?
    ) -> SeedMeasure? {
      let values = runs.compactMap(value)
      return values.count == runs.count
        ? SeedMeasure(key: key, name: name, digits: digits, values: values) : nil
    }
    let hasScore = runs.allSatisfy { $0.score != nil }
    return [
      hasScore ? measure("crafterScore", "score", 2) { $0.score?.score } : nil,
      hasScore ? nil : measure("successRate", "success", 3) { $0.recent.successRate },
      measure("episodeReturn", "return", 2) { hasScore ? $0.total.episodeReturn : $0.recent.episodeReturn },
      measure("episodeLength", "length", 1) { hasScore ? $0.total.episodeLength : $0.recent.episodeLength },
      measure("stepsToSuccess", "steps to success", 0) { $0.stepsToSuccess.map(Double.init) },
      measure("seconds", "seconds", 1) { $0.seconds },
    ].compactMap { $0 }
  }
}
