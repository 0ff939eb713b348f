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
    #expect(far < 2e-7)
    #expect(near < 1e-7)
    #expect(Elementwise.log(1 as Float) == 0)
    #expect(Elementwise.log(0 as Float).isFinite && Elementwise.log(0 as Float) < -87)
    #expect(Elementwise.log(-1 as Float).isNaN && Elementwise.log(Float.nan).isNaN)
  }

  @Test func hyperbolicTangent() {
    let values = ramp(-20, 20) + small
    let error = largestError(values, { Elementwise.tanh($0) }, { Glibc.tanh($0) })
    #expect(error < 4e-7)
    #expect(values.allSatisfy { abs(Elementwise.tanh($0)) <= 1 })
    #expect(Elementwise.tanh(Float.nan).isNaN)
    #expect(Elementwise.tanh(-Float.infinity) == -Elementwise.tanh(Float.infinity))
  }

  @Test func squareRoot() {
    let wide = (-1250...1260).map { Float(pow(2, Double($0) / 10)) }
    let error = largestError(
      ramp(0.5, 4) + ramp(1e-9, 1e3) + wide, { Elementwise.squareRoot($0) }, { $0.squareRoot() })
    #expect(error < 2e-7)
    #expect(Elementwise.squareRoot(0) == 0)
    #expect(abs(Elementwise.squareRoot(Float.leastNonzeroMagnitude)) < 1e-19)
    #expect(Elementwise.squareRoot(Float.nan).isNaN)
  }

  @Test func logistic() {
    let error = largestError(
      ramp(-100, 100) + small, { Elementwise.sigmoid($0) }, { 1 / (1 + Glibc.exp(-$0)) }, relative: false)
    #expect(error < 2e-7)
    #expect(Elementwise.sigmoid(Float.nan).isNaN)
  }

  /// The array forms give the scalar forms' bits at every length, tails included, and touch nothing beyond.
  @Test(arguments: [0, 1, 3, 7, 8, 9, 16, 33])
  func arraysEqualScalars(count: Int) {
    var random = SplitMix(seed: 2)
    let x = random.floats(count + 1).map { $0 * 4 }
    let y = random.floats(count + 1)
    func expectEqual(
      _ apply: (UnsafeMutablePointer<Float>) -> Void, _ scalar: (Int) -> Float, _ what: Comment
    ) {
      var values = x
      values.withUnsafeMutableBufferPointer { apply($0.baseAddress!) }
      #expect(values == (0..<count).map(scalar) + [x[count]], what)
    }
    expectEqual({ Elementwise.exp($0, count: count) }, { Elementwise.exp(x[$0]) }, "exp")
    expectEqual({ Elementwise.tanh($0, count: count) }, { Elementwise.tanh(x[$0]) }, "tanh")
    expectEqual({ Elementwise.sigmoid($0, count: count) }, { Elementwise.sigmoid(x[$0]) }, "sigmoid")
    expectEqual({ Elementwise.relu($0, count: count) }, { max(x[$0], 0) }, "relu")
    expectEqual(
      { Elementwise.tanhBackward(output: y, gradient: $0, count: count) }, { x[$0] * (1 - y[$0] * y[$0]) },
      "tanhBackward")
    expectEqual(
      { Elementwise.reluBackward(output: y, gradient: $0, count: count) }, { y[$0] > 0 ? x[$0] : 0 },
      "reluBackward")
    expectEqual(
      { Elementwise.addScaled(y, scale: 0.3, to: $0, count: count) }, { x[$0] + 0.3 * y[$0] }, "addScaled")
    var positive = x.map { abs($0) + 0.01 }
    let logs = positive.map { Elementwise.log($0) }
    Elementwise.log(&positive, count: count)
    #expect(Array(positive[..<count]) == Array(logs[..<count]))
  }

  @Test(arguments: [(1, 1, 1), (4, 7, 9), (13, 7, 7), (6, 20, 24)])
  func rows(rows: Int, columns: Int, stride: Int) {
    var random = SplitMix(seed: 3)
    let x = random.floats(rows * stride)
    let row = random.floats(columns)
    var (added, filled, total) = (x, x, row)
    Elementwise.addRows(row, to: &added, rows: rows, columns: columns, stride: stride)
    Elementwise.fillRows(row, into: &filled, rows: rows, columns: columns, stride: stride)
    Elementwise.sumRows(x, rows: rows, columns: columns, stride: stride, into: &total)
    for i in x.indices {
      let column = i % stride
      #expect(added[i] == (column < columns ? x[i] + row[column] : x[i]))
      #expect(filled[i] == (column < columns ? row[column] : x[i]))
    }
    for j in 0..<columns {
      let sum = (0..<rows).reduce(Double(row[j])) { $0 + Double(x[$1 * stride + j]) }
      #expect(abs(Double(total[j]) - sum) < 1e-5)
    }
  }

  @Test(arguments: [0, 1, 7, 8, 15, 16, 17, 1000])
  func sums(count: Int) {
    var random = SplitMix(seed: 4)
    let (x, y) = (random.floats(count), random.floats(count))
    let pairs = zip(x, y).map { (Double($0), Double($1)) }
    #expect(abs(Double(Elementwise.sum(x, count: count)) - pairs.reduce(0) { $0 + $1.0 }) < 1e-5)
    #expect(abs(Double(Elementwise.dot(x, y, count: count)) - pairs.reduce(0) { $0 + $1.0 * $1.1 }) < 1e-5)
    #expect(abs(Elementwise.squaredNorm(x, count: count) - pairs.reduce(0) { $0 + $1.0 * $1.0 }) < 1e-10)
  }

  @Test func findsTheOneThatIsNotFinite() {
    for bad in [Float.nan, .infinity, -.infinity] {
      for place in [0, 5, 36] {
        var x = [Float](repeating: Float.greatestFiniteMagnitude, count: 37)
        #expect(Elementwise.isFinite(x, count: 37))
        x[place] = bad
        #expect(!Elementwise.isFinite(x, count: 37))
      }
    }
  }
}
