import KnackNumerics

/// A square convolution over grids whose channels lie innermost: [rows, height, width, channels]. Grids are floats, or
/// bytes that count as numbers from 0 to 1.
///
/// Each patch is copied into a row of a matrix, which is multiplied by the weights. The weights have the shape
/// [outputs, kernel, kernel, inputs], so that patches are copied in long runs; PyTorch's [outputs, inputs, kernel,
/// kernel] is `weight.permute(0, 3, 1, 2)`.
public struct Convolution: Sendable {
  /// What happens at the border.
  public enum Padding: Sendable {
    /// Only patches that lie inside; the last rows and columns are left out where strides do not reach them.
    case valid
    /// Zeros around: with stride 1, which it needs, the output is as large as the input. An even kernel pads one more
    /// below and to the right.
    case same
  }

  /// Channels in and out, the side of the patch, and the step from one patch to the next.
  public let inputs: Int, outputs: Int, kernel: Int, stride: Int
  /// Size of the input grid.
  public let height: Int, width: Int
  /// Size of the output grid.
  public let outputHeight: Int, outputWidth: Int
  /// Rows and columns of zeros above and to the left.
  public let margin: Int
  /// Offsets of the weights, [outputs, kernel, kernel, inputs], and of the bias, [outputs].
  public let weight: Int, bias: Int

  /// Grids whose patches are in memory at once, about half a megabyte at most; the same whatever the batch, so that sums
  /// have the same order.
  private var block: Int { max(1, min(16, (1 << 17) / (places * patch))) }

  /// Adds `name.weight` and `name.bias` to the layout.
  public init(
    _ name: String, height: Int, width: Int, inputs: Int, outputs: Int, kernel: Int,
    stride: Int = 1, padding: Padding = .valid,
    in layout: inout ParameterLayout
  ) {
    precondition(stride == 1 || padding == .valid, "Convolution \(name) pads, which needs a stride of 1.")
    let shrink = padding == .valid ? kernel - 1 : 0
    precondition(
      height > shrink && width > shrink, "Convolution \(name) has a kernel of \(kernel) on a smaller grid.")
    self.inputs = inputs
    self.outputs = outputs
    self.kernel = kernel
    self.stride = stride
    self.height = height
    self.width = width
    self.outputHeight = (height - shrink - 1) / stride + 1
    self.outputWidth = (width - shrink - 1) / stride + 1
    self.margin = padding == .valid ? 0 : (kernel - 1) / 2
    self.weight = layout.add("\(name).weight", [outputs, kernel, kernel, inputs])
    self.bias = layout.add("\(name).bias", [outputs])
  }

  /// Draws orthogonal weights, one row an output channel, scaled by `gain`, and sets the bias to 0.
  public func initialize(
    _ parameters: UnsafeMutablePointer<Float>, gain: Float, random: inout some RandomNumberGenerator
  ) {
    Initialization.orthogonal(
      parameters + weight, rows: outputs, columns: patch, gain: gain, random: &random)
    (parameters + bias).update(repeating: 0, count: outputs)
  }

  /// Numbers of one grid in, and of one grid out.
  public var inputCount: Int { height * width * inputs }
  /// Numbers of one grid out.
  public var outputCount: Int { places * outputs }
  /// How many numbers of scratch memory `forward` and `backward` need, whatever the number of rows.
  public var scratchCount: Int { block * places * patch }

  private var places: Int { outputHeight * outputWidth }
  private var patch: Int { kernel * kernel * inputs }

  /// Multiply-adds of one grid's forward pass.
  var multiplyAdds: Int { outputCount * patch }

  /// Computes y, [rows, outputHeight, outputWidth, outputs], from x, [rows, height, width, inputs].
  ///
  /// - Parameter scratch: `scratchCount` numbers.
  public func forward(
    _ parameters: UnsafePointer<Float>, _ x: UnsafePointer<Float>, rows: Int,
    into y: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    multiply(parameters, rows: rows, into: y, scratch: scratch) { row, patches in
      gather(x + row &* inputCount, into: patches)
    }
  }

  /// Computes y from the bytes with which the observations in x begin, [height, width, inputs] each, divided by 255.
  ///
  /// - Parameter scratch: `scratchCount` numbers.
  public func forward(
    _ parameters: UnsafePointer<Float>, bytes x: ObservationBatch, rows: Int,
    into y: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    multiply(parameters, rows: rows, into: y, scratch: scratch) { row, patches in
      gather(bytes: x.bytes + Int(x.samples[row]) &* x.stride, into: patches)
    }
  }

  /// Adds the gradients of weights and bias to `gradient` and, where wanted, overwrites dx, shaped like x.
  ///
  /// - Parameters:
  ///   - x: what `forward` was given.
  ///   - dy: the gradient with respect to y, shaped like y.
  ///   - scratch: `scratchCount` numbers.
  public func backward(
    _ parameters: UnsafePointer<Float>, _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, rows: Int,
    gradient: UnsafeMutablePointer<Float>, dx: UnsafeMutablePointer<Float>?,
    scratch: UnsafeMutablePointer<Float>
  ) {
    accumulate(dy, rows: rows, gradient: gradient, scratch: scratch) { row, patches in
      gather(x + row &* inputCount, into: patches)
    }
    guard let dx else { return }
    dx.update(repeating: 0, count: rows * inputCount)
    forEachBlock(of: rows) { start, grids in
      BLAS.gemm(
        transposeA: false, transposeB: false, m: grids * places, n: patch, k: outputs,
        a: dy + start * outputCount, lda: outputs, b: parameters + weight, ldb: patch, beta: 0, c: scratch,
        ldc: patch)
      for i in 0..<grids {
        scatter(scratch + i &* places &* patch, into: dx + (start &+ i) &* inputCount)
      }
    }
  }

  /// Adds the gradients of weights and bias to `gradient`, after a forward pass over bytes, which have none themselves.
  ///
  /// - Parameters:
  ///   - x: what `forward` was given.
  ///   - dy: the gradient with respect to y, shaped like y.
  ///   - scratch: `scratchCount` numbers.
  public func backward(
    bytes x: ObservationBatch, _ dy: UnsafePointer<Float>, rows: Int, gradient: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) {
    accumulate(dy, rows: rows, gradient: gradient, scratch: scratch) { row, patches in
      gather(bytes: x.bytes + Int(x.samples[row]) &* x.stride, into: patches)
    }
  }

  /// y = patches · weights + bias; `gather` writes the patches of one row.
  @inline(always)
  private func multiply(
    _ parameters: UnsafePointer<Float>, rows: Int, into y: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, gather: (_ row: Int, UnsafeMutablePointer<Float>) -> Void
  ) {
    Elementwise.fillRows(parameters + bias, into: y, rows: rows * places, columns: outputs)
    forEachBlock(of: rows) { start, grids in
      for i in 0..<grids { gather(start &+ i, scratch + i &* places &* patch) }
      BLAS.gemm(
        transposeA: false, transposeB: true, m: grids * places, n: outputs, k: patch, a: scratch, lda: patch,
        b: parameters + weight, ldb: patch, beta: 1, c: y + start * outputCount, ldc: outputs)
    }
  }

  /// Adds dyᵀ · patches and the sum of dy to the gradient; `gather` writes the patches of one row.
  @inline(always)
  private func accumulate(
    _ dy: UnsafePointer<Float>, rows: Int, gradient: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, gather: (_ row: Int, UnsafeMutablePointer<Float>) -> Void
  ) {
    Elementwise.sumRows(dy, rows: rows * places, columns: outputs, into: gradient + bias)
    forEachBlock(of: rows) { start, grids in
      for i in 0..<grids { gather(start &+ i, scratch + i &* places &* patch) }
      BLAS.gemm(
        transposeA: true, transposeB: false, m: outputs, n: patch, k: grids * places,
        a: dy + start * outputCount, lda: outputs, b: scratch, ldb: patch, beta: 1, c: gradient + weight,
        ldc: patch)
    }
  }

  // MARK: Patches

  @inline(always)
  private func forEachBlock(of rows: Int, _ body: (_ start: Int, _ grids: Int) -> Void) {
    var start = 0
    while start < rows {
      let grids = min(block, rows - start)
      body(start, grids)
      start += grids
    }
  }

  /// The grid's columns that a row of the patch at `column` reads, as an offset into the patch and a length, both
  /// in columns: all of them inside, fewer at a border.
  @inline(always)
  private func columns(_ column: Int) -> (skip: Int, count: Int) {
    let skip = max(0, margin &- column)
    return (skip, min(kernel, width &+ margin &- column) &- skip)
  }

  /// Copies every patch of a grid into a row of `patches`, [places, patch].
  private func gather(_ x: UnsafePointer<Float>, into patches: UnsafeMutablePointer<Float>) {
    if margin > 0 || outputHeight == height { patches.update(repeating: 0, count: places * patch) }
    forEachRun { grid, run, count in (patches + run).update(from: x + grid, count: count) }
  }

  /// The same for a grid of bytes.
  private func gather(bytes x: UnsafePointer<UInt8>, into patches: UnsafeMutablePointer<Float>) {
    if margin > 0 || outputHeight == height { patches.update(repeating: 0, count: places * patch) }
    forEachRun { grid, run, count in
      let (from, to) = (x + grid, patches + run)
      for j in 0..<count { to[j] = Float(from[j]) * (1 / 255) }
    }
  }

  /// Adds every row of `patches` to where `gather` had read it.
  private func scatter(_ patches: UnsafePointer<Float>, into dx: UnsafeMutablePointer<Float>) {
    forEachRun { grid, run, count in
      let (from, to) = (patches + run, dx + grid)
      for j in 0..<count { to[j] += from[j] }
    }
  }

  /// Calls `body` for each stretch that lies together in a grid and in a patch, with its offset in both and its length.
  @inline(always)
  private func forEachRun(_ body: (_ grid: Int, _ patches: Int, _ count: Int) -> Void) {
    var target = 0
    for y in 0..<outputHeight {
      for x in 0..<outputWidth {
        let (skip, count) = columns(x &* stride)
        for ky in 0..<kernel {
          let line = y &* stride &+ ky &- margin
          guard line >= 0 && line < height else { continue }
          let cell = line &* width &+ x &* stride &- margin &+ skip
          body(cell &* inputs, target &+ (ky &* kernel &+ skip) &* inputs, count &* inputs)
        }
        target &+= patch
      }
    }
  }
}
