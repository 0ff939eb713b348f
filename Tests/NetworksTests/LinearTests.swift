import KnackNetworks
import KnackNumerics
import Testing

@Suite struct LinearTests {
  @Test func equalsPyTorch() throws {
    let torch = try golden("linear")
    var layout = ParameterLayout()
    let layer = Linear("layer", inputs: 6, outputs: 3, in: &layout)
    let parameters = try layout.flat(torch)
    var y = unset(15)
    layer.forward(parameters, torch["x"]!, rows: 5, into: &y)
    expectClose(y, torch["y"]!, "y")
    var (gradient, dx) = (zeros(layout.count), unset(30))
    layer.backward(parameters, torch["x"]!, torch["dy"]!, rows: 5, gradient: &gradient, dx: &dx)
    expectClose(gradient, try layout.flat(torch, prefix: "d_"), "gradient")
    expectClose(dx, torch["dx"]!, "dx")
  }

  /// Narrow outputs take another path than wide ones.
  @Test(arguments: [(64, 7, 33), (64, 1, 5), (5, 3, 9), (20, 17, 6), (3, 64, 8), (1, 1, 1), (70, 15, 130)])
  func gradient(inputs: Int, outputs: Int, rows: Int) {
    var random = SplitMix(seed: UInt64(inputs))
    var layout = ParameterLayout()
    _ = layout.add("before", [3])
    let layer = Linear("layer", inputs: inputs, outputs: outputs, in: &layout)
    // A plain loop in double precision is the reference: the layer is linear, so this is exact.
    let (parameters, x, dy) = (
      random.floats(layout.count), random.floats(rows * inputs), random.floats(rows * outputs)
    )
    var (y, before) = (unset(rows * outputs), random.floats(layout.count))
    var (expectedY, expectedGradient, expectedDX) = (y, before, unset(rows * inputs))
    for r in 0..<rows {
      for o in 0..<outputs {
        var sum = Double(parameters[layer.bias + o])
        for i in 0..<inputs {
          sum += Double(x[r * inputs + i]) * Double(parameters[layer.weight + o * inputs + i])
        }
        expectedY[r * outputs + o] = Float(sum)
      }
      for i in 0..<inputs {
        expectedDX[r * inputs + i] = Float(
          (0..<outputs).reduce(0) {
            $0 + Double(dy[r * outputs + $1]) * Double(parameters[layer.weight + $1 * inputs + i])
          })
      }
    }
    for o in 0..<outputs {
      expectedGradient[layer.bias + o] += Float((0..<rows).reduce(0) { $0 + Double(dy[$1 * outputs + o]) })
      for i in 0..<inputs {
        expectedGradient[layer.weight + o * inputs + i] += Float(
          (0..<rows).reduce(0) { $0 + Double(dy[$1 * outputs + o]) * Double(x[$1 * inputs + i]) })
      }
    }
    layer.forward(parameters, x, rows: rows, into: &y)
    expectClose(y, expectedY, "y")
    var dx = unset(rows * inputs)
    layer.backward(parameters, x, dy, rows: rows, gradient: &before, dx: &dx)
    expectClose(before, expectedGradient, tolerance: 5e-6, "gradient, added to what was there")
    expectClose(dx, expectedDX, "dx")
    layer.backward(parameters, x, dy, rows: rows, gradient: &before, dx: nil)
  }

  @Test(arguments: [(64, 7), (7, 64), (32, 32), (1, 64), (147, 64)])
  func orthogonalInitialization(rows: Int, columns: Int) {
    var random = SplitMix(seed: 3)
    var layout = ParameterLayout()
    let layer = Linear("layer", inputs: columns, outputs: rows, in: &layout)
    var parameters = unset(layout.count)
    layer.initialize(&parameters, gain: 2, random: &random)
    let (count, length) = (min(rows, columns), max(rows, columns))
    func element(_ vector: Int, _ i: Int) -> Float {
      parameters[layer.weight + (rows <= columns ? vector * columns + i : i * columns + vector)]
    }
    for a in 0..<count {
      for b in 0...a {
        let product = (0..<length).reduce(Float(0)) { $0 + element(a, $1) * element(b, $1) }
        #expect(abs(product - (a == b ? 4 : 0)) < 1e-5)
      }
    }
    #expect(parameters[layer.bias...].allSatisfy { $0 == 0 })
    // No direction is preferred: the mean over all weights is about 0.
    let mean = parameters.reduce(0, +) / Float(parameters.count)
    #expect(abs(mean) < 0.2)
  }
}
