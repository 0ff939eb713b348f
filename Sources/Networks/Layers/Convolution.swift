import KnackNumerics

/// A square convolution of stride 1 over small grids whose channels lie innermost: [rows, height, width, channels].
///
/// Each patch is copied into a row of a matrix, which is multiplied by the weights. The weights have the shape
/// [outputs, kernel, kernel, inputs], so that patches are copied in long runs; PyTorch's [outputs, inputs, kernel,
/// kernel] is `weight.permute(0, 3, 1, 2)`.
public struct Convolution: Sendable {
  /// What happens at the border.
  public enum Padding: Sendable {
    /// Only patches that lie inside: the output is `kernel - 1` smaller each way.
    case valid
    /// Zeros around: the output is as large as the input. An even kernel pads one more below and to the right.
    case same
  }

  /// Channels in and out, and the side of the patch.
  public let inputs: Int, outputs: Int, kernel: Int
  /// Size of the input grid.
  public let height: Int, width: Int
  /// Size of the output grid.
  public let outputHeight: Int, outputWidth: Int
  /// Rows and columns of zeros above and to the left.
  public let margin: Int
  /// Offsets of the weights, [outputs, kernel, kernel, inputs], and of the bias, [outputs].
  public let weight: Int, bias: Int

  /// Grids whose patches are in memory at once; fixed, so that sums have the same order whatever the batch.
  private static let block = 16

  /// Adds `name.weight` and `name.bias` to the layout.
  public init(
    _ name: String, height: Int, width: Int, inputs: Int, outputs: Int, kernel: Int,
    padding: Padding = .valid,
    in layout: inout ParameterLayout
  ) {
    let shrink = padding == .valid ? kernel - 1 : 0
    precondition(
      height > shrink && width > shrink, "Convolution \(name) has a kernel of \(kernel) on a smaller grid.")
    self.inputs = inputs
    self.outputs = outputs
    self.kernel = kernel
    self.height = height
    self.width = width
    self.outputHeight = height - shrink
    self.outputWidth = width - shrink
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
  public var scratchCount: Int { Self.block * places * patch }

  private var places: Int { outputHeight * outputWidth }
  private var patch: Int { kernel * kernel * inputs }

  /// Computes y, [rows, outputHeight, outputWidth, outputs], from x, [rows, height, width, inputs].
  ///
  /// - Parameter scratch: `scratchCount` numbers.
  public func forward(
    _ parameters: UnsafePointer<Float>, _ x: UnsafePointer<Float>, rows: Int,
    into y: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    Elementwise.fillRows(parameters + bias, into: y, rows: rows * places, columns: outputs)
    var start = 0
    while start < rows {
      let grids = min(Self.block, rows - start)
      gather(x + start * inputCount, rows: grids, into: scratch)
      BLAS.gemm(
        transposeA: false, transposeB: true, m: grids * places, n: outputs, k: patch, a: scratch, lda: patch,
        b: parameters + weight, ldb: patch, beta: 1, c: y + start * outputCount, ldc: outputs)
      start += grids
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
    Elementwise.sumRows(dy, rows: rows * places, columns: outputs, into: gradient + bias)
    dx?.update(repeating: 0, count: rows * inputCount)
    var start = 0
    while start < rows {
      let grids = min(Self.block, rows - start)
      let d = dy + start * outputCount
      gather(x + start * inputCount, rows: grids, into: scratch)
      BLAS.gemm(
        transposeA: true, transposeB: false, m: outputs, n: patch, k: grids * places, a: d, lda: outputs,
        b: scratch, ldb: patch, beta: 1, c: gradient + weight, ldc: patch)
      if let dx {
        BLAS.gemm(
          transposeA: false, transposeB: false, m: grids * places, n: patch, k: outputs, a: d, lda: outputs,
          b: parameters + weight, ldb: patch, beta: 0, c: scratch, ldc: patch)
        scatter(scratch, rows: grids, into: dx + start * inputCount)
      }
      start += grids
    }
  }

  // MARK: Patches

  /// The grid's columns that row `top` of the patch at `column` reads, as an offset into the patch and a length, both
  /// in columns: all of them inside, fewer at a border.
  @inline(always)
  private func columns(_ column: Int) -> (skip: Int, count: Int) {
    let skip = max(0, margin - column)
    return (skip, min(kernel, width + margin - column) - skip)
  }

  /// Copies every patch of `rows` grids into a row of `patches`, [rows · places, patch].
  private func gather(
    _ x: UnsafePointer<Float>, rows: Int, into patches: UnsafeMutablePointer<Float>
  ) {
    if margin > 0 || outputHeight == height {
      patches.update(repeating: 0, count: rows * places * patch)
    }
    forEachRun(rows: rows) { grid, run, count in
      (patches + run).update(from: x + grid, count: count)
    }
  }

  /// Adds every row of `patches` to where `gather` had read it.
  private func scatter(
    _ patches: UnsafePointer<Float>, rows: Int, into dx: UnsafeMutablePointer<Float>
  ) {
    forEachRun(rows: rows) { grid, run, count in
      let (from, to) = (patches + run, dx + grid)
      for j in 0..<count { to[j] += from[j] }
    }
  }

  /// Calls `body` for each stretch that lies together in a grid and in a patch, with its offset in both and its length.
  @inline(always)
  private func forEachRun(rows: Int, _ body: (_ grid: Int, _ patches: Int, _ count: Int) -> Void) {
    var target = 0
    for row in 0..<rows {
      for y in 0..<outputHeight {
        for x in 0..<outputWidth {
          let (skip, count) = columns(x)
          for ky in 0..<kernel {
            let line = y &+ ky &- margin
            guard line >= 0 && line < height else { continue }
            let cell = (row &* height &+ line) &* width &+ x &- margin &+ skip
            body(cell &* inputs, target &+ (ky &* kernel &+ skip) &* inputs, count &* inputs)
          }
          target &+= patch
        }
      }
    }
  }
}
