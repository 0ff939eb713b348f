import KnackNumerics

/// y = x Wᵀ + b, with PyTorch's shapes: W is [outputs, inputs], b is [outputs].
public struct Linear: Sendable {
  /// Features in and features out.
  public let inputs: Int, outputs: Int
  /// Offsets of W and b in the flat parameter vector.
  public let weight: Int, bias: Int

  /// Adds `name.weight` and `name.bias` to the layout.
  public init(_ name: String, inputs: Int, outputs: Int, in layout: inout ParameterLayout) {
    self.inputs = inputs
    self.outputs = outputs
    self.weight = layout.add("\(name).weight", [outputs, inputs])
    self.bias = layout.add("\(name).bias", [outputs])
  }

  /// Draws an orthogonal W (Saxe et al. 2014, arXiv:1312.6120) scaled by `gain` and sets b to 0.
  public func initialize(
    _ parameters: UnsafeMutablePointer<Float>, gain: Float, random: inout some RandomNumberGenerator
  ) {
    Initialization.orthogonal(
      parameters + weight, rows: outputs, columns: inputs, gain: gain, random: &random)
    (parameters + bias).update(repeating: 0, count: outputs)
  }

  /// Computes y, [rows, outputs], from x, [rows, inputs].
  public func forward(
    _ parameters: UnsafePointer<Float>, _ x: UnsafePointer<Float>, rows: Int,
    into y: UnsafeMutablePointer<Float>
  ) {
    if outputs < NarrowProduct.limit {
      NarrowProduct.multiply(
        x, transposed: parameters + weight, adding: parameters + bias, m: rows, n: outputs, k: inputs, into: y
      )
      return
    }
    Elementwise.fillRows(parameters + bias, into: y, rows: rows, columns: outputs)
    BLAS.gemm(
      transposeA: false, transposeB: true, m: rows, n: outputs, k: inputs, a: x, lda: inputs,
      b: parameters + weight, ldb: inputs, beta: 1, c: y, ldc: outputs)
  }

  /// Adds the gradients of W and b to `gradient` and, where wanted, overwrites dx, [rows, inputs].
  ///
  /// - Parameters:
  ///   - x: what `forward` was given.
  ///   - dy: the gradient with respect to y, [rows, outputs].
  public func backward(
    _ parameters: UnsafePointer<Float>, _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, rows: Int,
    gradient: UnsafeMutablePointer<Float>, dx: UnsafeMutablePointer<Float>?
  ) {
    Elementwise.sumRows(dy, rows: rows, columns: outputs, into: gradient + bias)
    if outputs < NarrowProduct.limit {
      NarrowProduct.addProduct(transposed: dy, x, m: outputs, n: inputs, k: rows, into: gradient + weight)
      if let dx { NarrowProduct.multiply(dy, parameters + weight, m: rows, n: inputs, k: outputs, into: dx) }
      return
    }
    BLAS.gemm(
      transposeA: true, transposeB: false, m: outputs, n: inputs, k: rows, a: dy, lda: outputs, b: x,
      ldb: inputs, beta: 1, c: gradient + weight, ldc: inputs)
    if let dx {
      BLAS.gemm(
        transposeA: false, transposeB: false, m: rows, n: inputs, k: outputs, a: dy, lda: outputs,
        b: parameters + weight, ldb: inputs, beta: 0, c: dx, ldc: inputs)
    }
  }
}
