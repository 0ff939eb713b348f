import KnackNetworks
import Testing

/// Layers over small grids: convolution and embedding.
@Suite struct GridLayerTests {
  @Test(arguments: [
    ("convolution_2_valid", 2, false), ("convolution_3_same", 3, true), ("convolution_2_same", 2, true),
  ])
  func convolutionEqualsPyTorch(name: String, kernel: Int, same: Bool) throws {
    let torch = try golden(name)
    var layout = ParameterLayout()
    let layer = Convolution(
      "conv", height: 5, width: 4, inputs: 3, outputs: 4, kernel: kernel, padding: same ? .same : .valid,
      in: &layout)
    let parameters = try layout.flat(torch)
    let rows = 2
    #expect(layer.inputCount * rows == torch["x"]!.count)
    #expect(layer.outputCount * rows == torch["y"]!.count)
    var (y, scratch) = (unset(rows * layer.outputCount), unset(layer.scratchCount))
    layer.forward(parameters, torch["x"]!, rows: rows, into: &y, scratch: &scratch)
    expectClose(y, torch["y"]!, "y")
    var (gradient, dx) = (zeros(layout.count), unset(rows * layer.inputCount))
    layer.backward(
      parameters, torch["x"]!, torch["dy"]!, rows: rows, gradient: &gradient, dx: &dx, scratch: &scratch)
    expectClose(gradient, try layout.flat(torch, prefix: "d_"), "gradient")
    expectClose(dx, torch["dx"]!, "dx")
  }

  @Test(arguments: [("convolution_3_stride_2", 3, 2), ("convolution_2_stride_3", 2, 3)])
  func stridedConvolutionEqualsPyTorch(name: String, kernel: Int, stride: Int) throws {
    let torch = try golden(name)
    var layout = ParameterLayout()
    let layer = Convolution(
      "conv", height: 7, width: 8, inputs: 3, outputs: 4, kernel: kernel, stride: stride, in: &layout)
    let parameters = try layout.flat(torch)
    #expect(layer.outputCount * 2 == torch["y"]!.count)
    var (y, scratch) = (unset(2 * layer.outputCount), unset(layer.scratchCount))
    layer.forward(parameters, torch["x"]!, rows: 2, into: &y, scratch: &scratch)
    expectClose(y, torch["y"]!, "y")
    var (gradient, dx) = (zeros(layout.count), unset(2 * layer.inputCount))
    layer.backward(
      parameters, torch["x"]!, torch["dy"]!, rows: 2, gradient: &gradient, dx: &dx, scratch: &scratch)
    expectClose(gradient, try layout.flat(torch, prefix: "d_"), "gradient")
    expectClose(dx, torch["dx"]!, "dx")
  }

  /// Images in any order among other bytes, more of them than are multiplied at once.
  @Test func convolutionOfBytesEqualsPyTorch() throws {
    let torch = try golden("convolution_of_bytes")
    var layout = ParameterLayout()
    let layer = Convolution(
      "conv", height: 9, width: 10, inputs: 3, outputs: 5, kernel: 4, stride: 2, in: &layout)
    let parameters = try layout.flat(torch)
    let repeats = 7, rows = 3 * repeats, size = layer.inputCount
    let images = torch["x"]!.map { UInt8($0) }
    let padded = (0..<3).flatMap { images[$0 * size..<($0 + 1) * size] + [255, 255] }
    let samples = (0..<rows).map { Int32($0 % 3) }
    let gathered = GatheredRows(
      rows: UnsafeMutablePointer<UInt16>.allocate(capacity: 1),
      counts: UnsafeMutablePointer<UInt16>.allocate(capacity: 1), capacity: 1)
    defer {
      gathered.rows.deallocate()
      gathered.counts.deallocate()
    }
    let (y, gradient) = padded.withUnsafeBufferPointer { bytes in
      samples.withUnsafeBufferPointer { samples in
        let batch = ObservationBatch(
          gathered: gathered, bytes: bytes.baseAddress!, stride: size + 2, samples: samples.baseAddress!)
        var (y, scratch) = (unset(rows * layer.outputCount), unset(layer.scratchCount))
        layer.forward(parameters, bytes: batch, rows: rows, into: &y, scratch: &scratch)
        var gradient = zeros(layout.count)
        let dy = (0..<repeats).flatMap { _ in torch["dy"]! }
        layer.backward(bytes: batch, dy, rows: rows, gradient: &gradient, scratch: &scratch)
        return (y, gradient)
      }
    }
    expectClose(y, (0..<repeats).flatMap { _ in torch["y"]! }, "y")
    let expected = try layout.flat(torch, prefix: "d_").map { $0 * Float(repeats) }
    expectClose(gradient, expected, "gradient")
  }

  /// More grids than fit in the scratch memory at once.
  @Test(arguments: [(2, Convolution.Padding.valid), (3, .same), (4, .same), (1, .valid)])
  func convolutionGradient(kernel: Int, padding: Convolution.Padding) {
    var random = SplitMix(seed: 4)
    var layout = ParameterLayout()
    let layer = Convolution(
      "conv", height: 4, width: 4, inputs: 2, outputs: 3, kernel: kernel, padding: padding, in: &layout)
    let (rows, count) = (17, layout.count)
    let variables = random.floats(count + rows * layer.inputCount)
    checkGradient(of: variables, "parameters and x") { v in
      var (y, scratch) = (unset(rows * layer.outputCount), unset(layer.scratchCount))
      layer.forward(v, Array(v[count...]), rows: rows, into: &y, scratch: &scratch)
      return y
    } backward: { v, dy in
      var scratch = unset(layer.scratchCount)
      var (gradient, dx) = (zeros(count), unset(rows * layer.inputCount))
      layer.backward(
        v, Array(v[count...]), dy, rows: rows, gradient: &gradient, dx: &dx, scratch: &scratch)
      return gradient + dx
    }
  }

  @Test func embeddingEqualsPyTorch() throws {
    let torch = try golden("embedding")
    var layout = ParameterLayout()
    let layer = Embedding("cells", vocabularies: [6, 6, 6], features: 4, in: &layout)
    let parameters = try layout.flat(torch)
    // Two rows of five positions, three codes a position; each row is followed by two bytes of something else.
    let codes = torch["codes"]!.map { UInt8($0) }
    func planes(_ row: Int) -> [UInt8] {
      (0..<3).flatMap { plane in (0..<5).map { codes[row * 15 + $0 * 3 + plane] } }
    }
    let padded = planes(0) + [255, 255] + planes(1)
    var y = unset(40)
    layer.forward(parameters, padded, rows: 2, positions: 5, stride: 17, into: &y)
    expectClose(y, torch["y"]!, "y")
    var gradient = zeros(layout.count)
    layer.backward(padded, rows: 2, positions: 5, stride: 17, torch["dy"]!, gradient: &gradient)
    expectClose(gradient, try layout.flat(torch, prefix: "d_"), "gradient")
  }

  @Test func embeddingGradient() {
    var random = SplitMix(seed: 6)
    var layout = ParameterLayout()
    let layer = Embedding("cells", vocabularies: [3, 4], features: 5, in: &layout)
    let codes: [UInt8] = [0, 2, 2, 1, 1, 3]
    checkGradient(of: random.floats(layout.count), "tables") { v in
      var y = unset(15)
      layer.forward(v, codes, rows: 1, positions: 3, stride: 6, into: &y)
      return y
    } backward: { _, dy in
      var gradient = zeros(layout.count)
      layer.backward(codes, rows: 1, positions: 3, stride: 6, dy, gradient: &gradient)
      return gradient
    }
  }
}
