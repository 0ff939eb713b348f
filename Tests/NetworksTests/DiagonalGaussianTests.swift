import KnackNetworks
import KnackNumerics
import Testing

@Suite struct DiagonalGaussianTests {
  private let gaussian = DiagonalGaussian(dimensions: 3)
  private let p: [Float] = [0.3, -1, 0.5, -0.4, 0.2, 0.1], q: [Float] = [0.1, 0.4, -0.6, 0.3, -0.2, 0.5]

  /// ∫ p(x) f(x) dx over each dimension for itself, summed, by the midpoint rule.
  private func expectation(_ p: [Float], _ f: (Int, Double) -> Double) -> Double {
    (0..<3).reduce(0.0) { sum, d in
      let (m, s) = (Double(p[d]), Double(Elementwise.exp(p[3 + d]))), step = 0.01
      return sum
        + (-800..<800).reduce(0.0) { sum, i in
          let x = (Double(i) + 0.5) * step
          return sum + step * density(x) * f(d, m + s * x)
        }
    }
  }

  private func density(_ x: Double) -> Double {
    Double(Elementwise.exp(Float(-0.5 * x * x))) / (2 * Double.pi).squareRoot()
  }

  private func logDensity(_ p: [Float], _ d: Int, _ x: Double) -> Double {
    let s = Double(p[3 + d]), y = (x - Double(p[d])) / Double(Elementwise.exp(p[3 + d]))
    return -0.5 * y * y - s - 0.918_938_533
  }

  @Test("Densities, entropies and divergences are those of the integrals")
  func integrals() {
    let z: [Float] = [0.2, 0.9, -0.4]
    let expected = (0..<3).reduce(0.0) { $0 + logDensity(p, $1, Double(z[$1])) }
    #expect(abs(Double(gaussian.logDensity(p, z)) - expected) < 1e-5)
    #expect(abs(Double(gaussian.entropy(p)) + expectation(p) { logDensity(p, $0, $1) }) < 1e-4)
    for other in [q, [Float](repeating: 0, count: 6)] {
      let expected = expectation(p) { logDensity(p, $0, $1) - logDensity(other, $0, $1) }
      #expect(abs(Double(gaussian.divergence(p, from: other)) - expected) < 1e-4)
    }
    #expect(gaussian.divergence(p, from: nil) == gaussian.divergence(p, from: zeros(6)))
    #expect(gaussian.divergence(p, from: p) == 0)
  }

  @Test("Gradients are those of finite differences")
  func gradients() {
    let z: [Float] = [0.2, 0.9, -0.4], noise: [Float] = [0.7, -1.1, 0.2]
    checkGradient(of: p, "log density") {
      [gaussian.logDensity($0, z)]
    } backward: {
      var d = zeros(6)
      gaussian.addLogDensityGradient($0, z, scale: $1[0], to: &d)
      return d
    }
    for other in [q, nil] {
      checkGradient(of: p, "divergence") {
        [gaussian.divergence($0, from: other)]
      } backward: {
        var d = zeros(6)
        gaussian.addDivergenceGradient($0, from: other, scale: $1[0], to: &d)
        return d
      }
    }
    checkGradient(of: p, "draws") {
      var z = unset(3)
      gaussian.sample($0, noise: noise, rows: 1, into: &z)
      return z
    } backward: {
      var d = unset(6)
      gaussian.sampleBackward($0, noise: noise, $1, rows: 1, into: &d)
      return d
    }
  }

  @Test("Deviations stay in their range, and come back from its ends")
  func range() {
    let gaussian = DiagonalGaussian(dimensions: 2, logDeviations: -1...1)
    var outputs: [Float] = [5, -5, 3, -3, 0, 0, 0.5, -0.5]
    gaussian.clamp(&outputs, rows: 2)
    #expect(outputs == [5, -5, 1, -1, 0, 0, 0.5, -0.5])
    var outwards: [Float] = [1, 1, -1, 1, 1, 1, 1, 1], back: [Float] = [1, 1, 1, -1, 1, 1, 1, 1]
    gaussian.confine(outputs, &outwards, rows: 2)
    gaussian.confine(outputs, &back, rows: 2)
    #expect(outwards == [1, 1, 0, 0, 1, 1, 1, 1] && back == [1, 1, 1, -1, 1, 1, 1, 1])
  }
}
