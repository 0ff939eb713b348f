import Glibc
import KnackNumerics
import Testing

/// Accuracy is measured against the C library's double-precision functions.
@Suite struct ElementwiseTests {
  private func largestError(
    _ values: some Sequence<Float>, _ ours: (Float) -> Float, _ exact: (Double) -> Double,
    relative: Bool = true
  ) -> Double {
    var largest = 0.0
    for x in values {
      let expected = exact(Double(x))
      let error = abs(Double(ours(x)) - expected)
      largest = max(largest, relative ? (expected == 0 ? error : error / abs(expected)) : error)
    }
    return largest
  }

  private func ramp(_ low: Float, _ high: Float) -> [Float] {
    (0...400_000).map { low + (high - low) * Float($0) / 400_000 }
  }

  /// Powers of ten of both signs as well, since a ramp hardly looks near zero.
  private var small: [Float] {
    (0...300).map { Float(pow(10, -Double($0) / 10)) * ($0 % 2 == 0 ? 1 : -1) }
  }

  @Test func exponential() {
    let error = largestError(ramp(-87.3, 88.3) + small, { Elementwise.exp($0) }, { Glibc.exp($0) })
    print("exp", error)
    #expect(error < 2e-7)
    #expect(Elementwise.exp(0 as Float) == 1)
    #expect(Elementwise.exp(-Float.infinity) < 2e-38 && Elementwise.exp(-1e30 as Float) >= 0)
    #expect(Elementwise.exp(Float.infinity) > 1e38 && Elementwise.exp(1000 as Float).isFinite)
    #expect(Elementwise.exp(Float.nan).isNaN)
  }

  @Test func logarithm() {
    let wide = (-1250...1270).map { Float(pow(2, Double($0) / 10)) }
    let far = largestError(
      (ramp(1e-3, 0.9) + ramp(1.1, 1e6) + wide).filter { abs($0 - 1) > 0.05 },
      { Elementwise.log($0) }, { Glibc.log($0) })
    let near = largestError(ramp(0.5, 2), { Elementwise.log($0) }, { Glibc.log($0) }, relative: false)
    print("log", far, near)
    #expect(far < 2e-7)
    #expect(near < 1e-7)
    #expect(Elementwise.log(1 as Float) == 0)
    #expect(Elementwise.log(0 as Float).isFinite && Elementwise.log(0 as Float) < -87)
    #expect(Elementwise.log(-1 as Float).isNaN && Elementwise.log(Float.nan).isNaN)
  }

  @Test func hyperbolicTangent() {
    let values = ramp(-20, 20) + small
    let error = largestError(values, { Elementwise.tanh($0) }, { Glibc.tanh($0) })
    print("tanh", error)
    #expect(error < 4e-7)
    #expect(values.allSatisfy { abs(Elementwise.tanh($0)) <= 1 })
    #expect(Elementwise.tanh(Float.nan).isNaN)
    #expect(Elementwise.tanh(-Float.infinity) == -Elementwise.tanh(Float.infinity))
  }

  @Test func logistic() {
    let error = largestError(
      ramp(-100, 100) + small, { Elementwise.sigmoid($0) }, { 1 / (1 + Glibc.exp(-$0)) }, relative: false)
    print("sigmoid", error)
    #expect(error < 2e-7)
    #expect(Elementwise.sigmoid(Float.nan).isNaN)
  }
}
