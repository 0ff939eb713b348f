import KnackNetworks
import KnackNumerics
import Testing

@Suite struct OptimizerTests {
  /// Six clipped steps with a falling learning rate, in two ranges, against PyTorch.
  @Test func adamEqualsPyTorch() throws {
    let torch = try golden("adam")
    let (steps, count) = (6, 11)
    let schedule = LinearSchedule(from: 0.05, to: 0)
    var parameters = torch["initial"]!
    var (first, second) = (zeros(count), zeros(count))
    for step in 0..<steps {
      let gradient = Array(torch["gradients"]![step * count..<(step + 1) * count])
      let norm = Elementwise.squaredNorm(gradient, count: count).squareRoot()
      expectClose([Float(norm)], [torch["norms"]![step]], "norm")
      for range in [0..<4, 4..<count] {
        Adam(epsilon: 1e-5).update(
          parameters: &parameters, gradient: gradient, first: &first, second: &second, range: range,
          step: step + 1, learningRate: Float(schedule.value(at: Double(step) / Double(steps))),
          gradientScale: Adam.clipScale(norm: norm, maximum: 0.5))
      }
      expectClose(
        parameters, Array(torch["parameters"]![step * count..<(step + 1) * count]), tolerance: 1e-6,
        "parameters")
    }
  }

  @Test func clippingNeverEnlarges() {
    #expect(Adam.clipScale(norm: 0.1, maximum: 0.5) == 1)
    #expect(Adam.clipScale(norm: 5, maximum: 0.5) == Float(0.5 / 5.000001))
    #expect(Adam.clipScale(norm: 5, maximum: 0) == 1)
    #expect(Adam.clipScale(norm: .nan, maximum: 0.5).isNaN, "a NaN must not be clipped away")
  }

  @Test func linearScheduleStaysBetweenItsEnds() {
    let schedule = LinearSchedule(from: 2, to: 1)
    #expect([-1, 0, 0.25, 1, 3].map(schedule.value) == [2, 2, 1.75, 1, 1])
  }

  @Test func layoutHasNoHoles() {
    var layout = ParameterLayout()
    #expect(layout.count == 0)
    #expect(layout.add("a.weight", [3, 4]) == 0)
    #expect(layout.add("a.bias", [3]) == 12)
    #expect(layout.count == 15)
    #expect(layout.slices.map(\.shape) == [[3, 4], [3]])
  }
}
