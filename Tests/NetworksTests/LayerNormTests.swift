import KnackNetworks
import Testing

@Suite struct LayerNormTests {
  @Test func equalsPyTorch() throws {
    let torch = try golden("layer_norm")
    var layout = ParameterLayout()
    let layer = LayerNorm("norm", features: 10, in: &layout)
    let parameters = try layout.flat(torch)
    var (y, statistics) = (unset(40), unset(layer.statisticsCount(rows: 4)))
    layer.forward(parameters, torch["x"]!, rows: 4, into: &y, statistics: &statistics)
    expectClose(y, torch["y"]!, "y")
    var (gradient, dx) = (zeros(layout.count), unset(40))
    layer.backward(
      parameters, torch["x"]!, statistics: statistics, torch["dy"]!, rows: 4, gradient: &gradient, dx: &dx)
    expectClose(gradient, try layout.flat(torch, prefix: "d_"), "gradient")
    expectClose(dx, torch["dx"]!, "dx")
  }

  @Test(arguments: [3, 8, 21])
  func gradient(features: Int) {
    var random = SplitMix(seed: 5)
    var layout = ParameterLayout()
    let layer = LayerNorm("norm", features: features, in: &layout)
    let (rows, count) = (3, layout.count)
    let variables = random.floats(count + rows * features)
    checkGradient(of: variables, "parameters and x") { v in
      var (y, statistics) = (unset(rows * features), unset(2 * rows))
      layer.forward(v, Array(v[count...]), rows: rows, into: &y, statistics: &statistics)
      return y
    } backward: { v, dy in
      let x = Array(v[count...])
      var (y, statistics) = (unset(rows * features), unset(2 * rows))
      layer.forward(v, x, rows: rows, into: &y, statistics: &statistics)
      var (gradient, dx) = (zeros(count), unset(rows * features))
      layer.backward(v, x, statistics: statistics, dy, rows: rows, gradient: &gradient, dx: &dx)
      return gradient + dx
    }
  }

  @Test func startsAsPureNormalization() {
    var layout = ParameterLayout()
    let layer = LayerNorm("norm", features: 4, in: &layout)
    var parameters = unset(layout.count)
    layer.initialize(&parameters)
    var (y, statistics) = (unset(4), unset(2))
    layer.forward(parameters, [10, 20, 30, 40], rows: 1, into: &y, statistics: &statistics)
    expectClose(y, [-1.341_640_8, -0.447_213_6, 0.447_213_6, 1.341_640_8], "mean 0, variance 1")
  }
}
