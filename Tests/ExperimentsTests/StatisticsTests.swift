import KnackLearning
import Testing

@testable import KnackExperiments

@Suite struct StatisticsTests {
  private func isClose(_ a: Double, _ b: Double, _ tolerance: Double = 1e-9) -> Bool {
    abs(a - b) < tolerance
  }

  @Test func interquartileMeanOfWholeAndBrokenQuarters() {
    #expect(Statistics.interquartileMean([8, 1, 2, 3, 4, 5, 6, 7]) == 4.5)
    // Five values: quarters of 1.25, so 2 and 4 count 0.75 each, 3 counts once.
    #expect(isClose(Statistics.interquartileMean([1, 2, 3, 4, 100]), (0.75 * 2 + 3 + 0.75 * 4) / 2.5))
    #expect(Statistics.interquartileMean([7]) == 7)
  }

  /// Worked by hand from Wilson's formula.
  @Test func proportionsHaveWilsonsInterval() {
    let half = Statistics.proportion(successes: 5, of: 10)
    #expect(half.value == 0.5)
    #expect(isClose(half.low, 0.236593, 1e-6) && isClose(half.high, 0.763407, 1e-6))
    let all = Statistics.proportion(successes: 20, of: 20)
    #expect(all.high == 1 && isClose(all.low, 0.838875, 1e-5))
    #expect(Statistics.proportion(successes: 0, of: 20).low == 0)
    #expect(Statistics.proportion(successes: 0, of: 0).value.isNaN)
  }

  @Test func bootstrapIsRepeatableAndCoversTheMean() {
    let values = (0..<100).map { Double($0) }
    let estimate = Statistics.bootstrap(values)
    #expect(estimate == Statistics.bootstrap(values))
    #expect(estimate.value == 49.5)
    // The standard error is 28.87 / 10, so the ends lie near 49.5 -+ 1.96 * 2.887.
    #expect(isClose(estimate.low, 43.84, 0.5) && isClose(estimate.high, 55.16, 0.5))
    #expect(Statistics.bootstrap([3]) == Statistics.Estimate(value: 3, low: 3, high: 3))
  }

  @Test func mediansAndQuantiles() {
    #expect(Statistics.median([3, 1, 2]) == 2)
    #expect(Statistics.median([4, 1, 2, 3]) == 2.5)
    #expect(Statistics.median([]).isNaN)
  }

  @Test func reportsHoldEstimatesAndIntervals() {
    let outcomes = (0..<4).map { EpisodeOutcome(return: Double($0), length: 10, success: $0 > 0) }
    let report = EvaluationReport(outcomes, of: .checkpoint("latest", greedy: true), seed: 3)
    #expect(report.successRate.value == 0.75)
    #expect(report.episodeReturn.value == 1.5)
    #expect(report.episodeLength == Statistics.Estimate(value: 10, low: 10, high: 10))
    #expect(report.json.text.contains("\"successRate\":0.75,\"successRateInterval\":[0."))
  }
}
