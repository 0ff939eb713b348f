import KnackNetworks
import Testing

@Suite struct GRUTests {
  /// Three steps forward and backward through time against `torch.nn.GRU`, both step by step and with the inputs' part
  /// done for all steps at once.
  @Test(arguments: [false, true])
  func equalsPyTorchOverSteps(atOnce: Bool) throws {
    let torch = try golden("gru")
    let (steps, rows, inputs, units) = (3, 2, 5, 4)
    var layout = ParameterLayout()
    let layer = GRU("gru", inputs: inputs, units: units, in: &layout)
    let parameters = try layout.flat(torch)
    let (x, dy) = (torch["x"]!, torch["dy"]!)
    // States before each step and after the last.
    var h = torch["h"]! + unset(steps * rows * units)
    let gateCount = layer.gatesCount(rows: rows)
    var gates = unset(steps * gateCount)
    var (gradient, dx, dh) = (zeros(layout.count), unset(x.count), zeros(rows * units))
    let (inputStep, stateStep) = (rows * inputs, rows * units)
    gates.withUnsafeMutableBufferPointer { gates in
      h.withUnsafeMutableBufferPointer { h in
        x.withUnsafeBufferPointer { x in
          dx.withUnsafeMutableBufferPointer { dx in
            let (gates, h, x, dx) = (gates.baseAddress!, h.baseAddress!, x.baseAddress!, dx.baseAddress!)
            if atOnce { layer.project(parameters, x, rows: steps * rows, gates: gates) }
            for t in 0..<steps {
              let (before, after) = (h + t * stateStep, h + (t + 1) * stateStep)
              if atOnce {
                layer.advance(parameters, before, rows: rows, gates: gates + t * gateCount, into: after)
              } else {
                layer.forward(
                  parameters, x + t * inputStep, before, rows: rows, into: after, gates: gates + t * gateCount
                )
              }
            }
            for t in (0..<steps).reversed() {
              for i in 0..<stateStep { dh[i] += dy[t * stateStep + i] }
              dh.withUnsafeMutableBufferPointer { dh in
                let dh = dh.baseAddress!
                if atOnce {
                  layer.retreat(
                    parameters, h + t * stateStep, gates: gates + t * gateCount, dh, rows: rows, dh: dh)
                } else {
                  layer.backward(
                    parameters, x + t * inputStep, h + t * stateStep, gates: gates + t * gateCount, dh,
                    rows: rows, gradient: &gradient, dx: dx + t * inputStep, dh: dh)
                }
              }
            }
            if atOnce {
              layer.accumulate(
                parameters, x, h, gates: gates, rows: steps * rows, gradient: &gradient, dx: dx)
            }
          }
        }
      }
    }
    expectClose(Array(h[stateStep...]), torch["y"]!, "states")
    expectClose(dh, torch["dh"]!, "dh")
    expectClose(dx, torch["dx"]!, "dx")
    expectClose(gradient, try layout.flat(torch, prefix: "d_"), "gradient")
  }

  @Test func gradient() {
    let (rows, inputs, units) = (3, 4, 9)
    var random = SplitMix(seed: 8)
    var layout = ParameterLayout()
    let layer = GRU("gru", inputs: inputs, units: units, in: &layout)
    let count = layout.count
    func split(_ v: [Float]) -> (x: [Float], h: [Float]) {
      (Array(v[count..<count + rows * inputs]), Array(v[(count + rows * inputs)...]))
    }
    checkGradient(of: random.floats(count + rows * (inputs + units)), "parameters, x and h") { v in
      var (next, gates) = (unset(rows * units), unset(layer.gatesCount(rows: rows)))
      layer.forward(v, split(v).x, split(v).h, rows: rows, into: &next, gates: &gates)
      return next
    } backward: { v, dy in
      let (x, h) = split(v)
      var (next, gates) = (unset(rows * units), unset(layer.gatesCount(rows: rows)))
      layer.forward(v, x, h, rows: rows, into: &next, gates: &gates)
      var (gradient, dx, dh) = (zeros(count), unset(x.count), unset(h.count))
      layer.backward(v, x, h, gates: &gates, dy, rows: rows, gradient: &gradient, dx: &dx, dh: &dh)
      return gradient + dx + dh
    }
  }

  @Test func initializesEachGateOrthogonally() {
    var random = SplitMix(seed: 2)
    var layout = ParameterLayout()
    let layer = GRU("gru", inputs: 3, units: 6, in: &layout)
    var parameters = unset(layout.count)
    layer.initialize(&parameters, random: &random)
    for gate in 0..<3 {
      let rows = (0..<6).map { unit in
        let start = layer.memoryWeight + (gate * 6 + unit) * 6
        return Array(parameters[start..<start + 6])
      }
      for a in rows.indices {
        for b in rows.indices {
          let product = zip(rows[a], rows[b]).reduce(0) { $0 + $1.0 * $1.1 }
          #expect(abs(product - (a == b ? 1 : 0)) < 1e-5)
        }
      }
    }
    #expect(parameters[layer.inputBias...].allSatisfy { $0 == 0 })
  }
}
