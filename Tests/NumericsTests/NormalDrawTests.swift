import Foundation
import KnackNumerics
import Testing

@Suite struct NormalDrawTests {
  @Test("Random bits become the normal distribution's quantiles, symmetric about 0")
  func quantiles() {
    for step in [0, 1, 5, 1000, 123_456, 1 << 21, 1 << 22, 5_555_555, (1 << 23) - 1] {
      let x = CounterRandom.normal(UInt32(step) << 8), share = (Double(step) + 0.5) * 0x1p-24
      // The share of the distribution that lies below.
      let below = 0.5 * erfc(-Double(x) / 2.0.squareRoot())
      #expect(abs(below / share - 1) < 1e-5, "step \(step): \(x)")
      #expect(CounterRandom.normal(UInt32((1 << 24) - 1 - step) << 8) == -x)
    }
  }

  @Test("A stream's numbers have the mean, the deviation and the tails of the standard normal distribution")
  func moments() {
    var random = RandomStream(seed: 1, stream: 2), values = [Float](repeating: 0, count: 100_000)
    random.fillNormal(&values, count: values.count)
    func mean(_ body: (Double) -> Double) -> Double {
      values.reduce(0) { $0 + body(Double($1)) } / Double(values.count)
    }
    #expect(abs(mean { $0 }) < 0.015 && abs(mean { $0 * $0 } - 1) < 0.02)
    #expect(abs(mean { $0 * $0 * $0 * $0 } - 3) < 0.15)
    #expect(abs(mean { abs($0) > 2 ? 1 : 0 } - 0.0455) < 0.003)
  }
}
