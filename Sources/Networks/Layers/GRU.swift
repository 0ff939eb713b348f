import KnackNumerics

/// A gated recurrent unit (Cho et al. 2014, arXiv:1406.1078) as PyTorch computes it:
///
///     r  = σ(W_ir x + b_ir + W_hr h + b_hr)
///     z  = σ(W_iz x + b_iz + W_hz h + b_hz)
///     n  = tanh(W_in x + b_in + r ⊙ (W_hn h + b_hn))
///     h' = (1 - z) ⊙ n + z ⊙ h
///
/// The weights are stacked in the order r, z, n. One step of `rows` sequences is `forward`, and backpropagation through
/// time is `backward` step by step in reverse. What concerns the inputs alone needs no order of time, so it can be done
/// for all steps in one go: `project` before the steps' `advance`, and `accumulate` after their `retreat`.
public struct GRU: Sendable {
  /// Features in, and units of memory.
  public let inputs: Int, units: Int
  /// Offsets of W_i, [3 · units, inputs], W_h, [3 · units, units], and b_i and b_h, [3 · units] each.
  public let inputWeight: Int, memoryWeight: Int, inputBias: Int, memoryBias: Int

  /// Adds `name.weight_ih_l0`, `.weight_hh_l0`, `.bias_ih_l0` and `.bias_hh_l0` to the layout: PyTorch's names.
  public init(_ name: String, inputs: Int, units: Int, in layout: inout ParameterLayout) {
    self.inputs = inputs
    self.units = units
    self.inputWeight = layout.add("\(name).weight_ih_l0", [3 * units, inputs])
    self.memoryWeight = layout.add("\(name).weight_hh_l0", [3 * units, units])
    self.inputBias = layout.add("\(name).bias_ih_l0", [3 * units])
    self.memoryBias = layout.add("\(name).bias_hh_l0", [3 * units])
  }

  /// Draws orthogonal weights of gain 1, each gate's for itself, and sets the biases to 0.
  public func initialize(
    _ parameters: UnsafeMutablePointer<Float>, random: inout some RandomNumberGenerator
  ) {
    for gate in 0..<3 {
      Initialization.orthogonal(
        parameters + inputWeight + gate * units * inputs, rows: units, columns: inputs, gain: 1,
        random: &random)
      Initialization.orthogonal(
        parameters + memoryWeight + gate * units * units, rows: units, columns: units, gain: 1,
        random: &random)
    }
    (parameters + inputBias).update(repeating: 0, count: 3 * units)
    (parameters + memoryBias).update(repeating: 0, count: 3 * units)
  }

  /// How many numbers one step of `rows` sequences keeps for `backward`: for each row r, z, n and W_hn h + b_hn.
  public func gatesCount(rows: Int) -> Int { rows * 4 * units }

  // MARK: One step

  /// Computes h', [rows, units], from x, [rows, inputs], and h, [rows, units].
  ///
  /// - Parameter gates: filled for `backward`, [rows, 4 · units].
  public func forward(
    _ parameters: UnsafePointer<Float>, _ x: UnsafePointer<Float>, _ h: UnsafePointer<Float>, rows: Int,
    into next: UnsafeMutablePointer<Float>, gates: UnsafeMutablePointer<Float>
  ) {
    project(parameters, x, rows: rows, gates: gates)
    advance(parameters, h, rows: rows, gates: gates, into: next)
  }

  /// Adds the gradients of weights and biases to `gradient`, overwrites dx, [rows, inputs], where wanted, and dh,
  /// [rows, units].
  ///
  /// - Parameters:
  ///   - x: what `forward` was given.
  ///   - h: what `forward` was given.
  ///   - gates: what `forward` wrote; used up.
  ///   - dNext: the gradient with respect to h', [rows, units]; may be dh.
  public func backward(
    _ parameters: UnsafePointer<Float>, _ x: UnsafePointer<Float>, _ h: UnsafePointer<Float>,
    gates: UnsafeMutablePointer<Float>, _ dNext: UnsafePointer<Float>, rows: Int,
    gradient: UnsafeMutablePointer<Float>, dx: UnsafeMutablePointer<Float>?, dh: UnsafeMutablePointer<Float>
  ) {
    retreat(parameters, h, gates: gates, dNext, rows: rows, dh: dh)
    accumulate(parameters, x, h, gates: gates, rows: rows, gradient: gradient, dx: dx)
  }

  // MARK: Its two halves

  /// The inputs' part of the gates of any number of rows, of one step or of many.
  public func project(
    _ parameters: UnsafePointer<Float>, _ x: UnsafePointer<Float>, rows: Int,
    gates: UnsafeMutablePointer<Float>
  ) {
    Elementwise.fillRows(
      parameters + inputBias, into: gates, rows: rows, columns: 3 * units, stride: 4 * units)
    BLAS.gemm(
      transposeA: false, transposeB: true, m: rows, n: 3 * units, k: inputs, a: x, lda: inputs,
      b: parameters + inputWeight, ldb: inputs, beta: 1, c: gates, ldc: 4 * units)
  }

  /// Computes h' from h once `project` has filled the gates of this step.
  public func advance(
    _ parameters: UnsafePointer<Float>, _ h: UnsafePointer<Float>, rows: Int,
    gates: UnsafeMutablePointer<Float>, into next: UnsafeMutablePointer<Float>
  ) {
    let (weight, bias) = (parameters + memoryWeight, parameters + memoryBias)
    Elementwise.addRows(bias, to: gates, rows: rows, columns: 2 * units, stride: 4 * units)
    BLAS.gemm(
      transposeA: false, transposeB: true, m: rows, n: 2 * units, k: units, a: h, lda: units, b: weight,
      ldb: units, beta: 1, c: gates, ldc: 4 * units)
    let candidate = gates + 3 * units
    Elementwise.fillRows(bias + 2 * units, into: candidate, rows: rows, columns: units, stride: 4 * units)
    BLAS.gemm(
      transposeA: false, transposeB: true, m: rows, n: units, k: units, a: h, lda: units,
      b: weight + 2 * units * units, ldb: units, beta: 1, c: candidate, ldc: 4 * units)
    for row in 0..<rows {
      let r = gates + row &* 4 &* units
      let (z, n, m) = (r + units, r + 2 &* units, r + 3 &* units)
      let (old, new) = (h + row &* units, next + row &* units)
      Elementwise.sigmoid(r, count: 2 &* units)
      for j in 0..<units { n[j] = Elementwise.tanh(n[j] + r[j] * m[j]) }
      for j in 0..<units { new[j] = n[j] + z[j] * (old[j] - n[j]) }
    }
  }

  /// Overwrites dh, and replaces the gates of this step by the gradients of what went into them; dh may be dNext.
  public func retreat(
    _ parameters: UnsafePointer<Float>, _ h: UnsafePointer<Float>, gates: UnsafeMutablePointer<Float>,
    _ dNext: UnsafePointer<Float>, rows: Int, dh: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<rows {
      let r = gates + row &* 4 &* units
      let (z, n, m) = (r + units, r + 2 &* units, r + 3 &* units)
      let (old, above, below) = (h + row &* units, dNext + row &* units, dh + row &* units)
      for j in 0..<units {
        let (rj, zj, nj, mj, d) = (r[j], z[j], n[j], m[j], above[j])
        let dn = d * (1 - zj) * (1 - nj * nj)
        r[j] = dn * mj * rj * (1 - rj)
        z[j] = d * (old[j] - nj) * zj * (1 - zj)
        n[j] = dn
        m[j] = dn * rj
        below[j] = d * zj
      }
    }
    let weight = parameters + memoryWeight
    BLAS.gemm(
      transposeA: false, transposeB: false, m: rows, n: units, k: 2 * units, a: gates, lda: 4 * units,
      b: weight, ldb: units, beta: 1, c: dh, ldc: units)
    BLAS.gemm(
      transposeA: false, transposeB: false, m: rows, n: units, k: units, a: gates + 3 * units,
      lda: 4 * units, b: weight + 2 * units * units, ldb: units, beta: 1, c: dh, ldc: units)
  }

  /// Adds the gradients of weights and biases, and overwrites dx where wanted, for any number of rows whose gates
  /// `retreat` has replaced; x and h hold what went into those rows.
  public func accumulate(
    _ parameters: UnsafePointer<Float>, _ x: UnsafePointer<Float>, _ h: UnsafePointer<Float>,
    gates: UnsafePointer<Float>, rows: Int, gradient: UnsafeMutablePointer<Float>,
    dx: UnsafeMutablePointer<Float>?
  ) {
    let candidate = gates + 3 * units
    let weight = gradient + memoryWeight
    BLAS.gemm(
      transposeA: true, transposeB: false, m: 3 * units, n: inputs, k: rows, a: gates, lda: 4 * units, b: x,
      ldb: inputs, beta: 1, c: gradient + inputWeight, ldc: inputs)
    BLAS.gemm(
      transposeA: true, transposeB: false, m: 2 * units, n: units, k: rows, a: gates, lda: 4 * units, b: h,
      ldb: units, beta: 1, c: weight, ldc: units)
    BLAS.gemm(
      transposeA: true, transposeB: false, m: units, n: units, k: rows, a: candidate, lda: 4 * units, b: h,
      ldb: units, beta: 1, c: weight + 2 * units * units, ldc: units)
    let bias = gradient + memoryBias
    Elementwise.sumRows(
      gates, rows: rows, columns: 3 * units, stride: 4 * units, into: gradient + inputBias)
    Elementwise.sumRows(gates, rows: rows, columns: 2 * units, stride: 4 * units, into: bias)
    Elementwise.sumRows(candidate, rows: rows, columns: units, stride: 4 * units, into: bias + 2 * units)
    if let dx {
      BLAS.gemm(
        transposeA: false, transposeB: false, m: rows, n: inputs, k: 3 * units, a: gates, lda: 4 * units,
        b: parameters + inputWeight, ldb: inputs, beta: 0, c: dx, ldc: inputs)
    }
  }
}
