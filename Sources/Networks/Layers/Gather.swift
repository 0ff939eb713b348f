/// The first layer for observations made of small integers: one row of weights for every value of every byte, summed.
///
/// `y = b + Σ_k W[row(k, x_k)]`, which is a linear layer on the one-hot observation that is never built. Value 0 has no
/// row: it means "nothing" and adds nothing, as a reference category, so the many unseen cells of a partial view cost
/// nothing. A gathered row costs `outputs` additions, in the forward and in the backward pass alike.
public struct Gather: Sendable {
  /// Which row each value of each byte has.
  public let vocabulary: GatherVocabulary
  /// Features that come out.
  public let outputs: Int
  /// Offset of the weights, shape (`vocabulary.rows`, outputs), and of the bias, shape (outputs), in the parameters.
  public let weight, bias: Int

  /// A layer whose parameters are added to `layout` as `name.weight` and `name.bias`.
  public init(_ name: String, vocabulary: GatherVocabulary, outputs: Int, in layout: inout ParameterLayout) {
    self.vocabulary = vocabulary
    self.outputs = outputs
    weight = layout.add("\(name).weight", [vocabulary.rows, outputs])
    bias = layout.add("\(name).bias", [outputs])
  }

  /// Draws the weights from a normal distribution whose deviation makes a fully occupied observation's output have
  /// deviation `gain`: rows are summed, so it is the number of summands, not that of rows, which sets the scale.
  public func initialize(
    _ parameters: UnsafeMutablePointer<Float>, gain: Float, random: inout some RandomNumberGenerator
  ) {
    let deviation = gain / Float(vocabulary.capacity).squareRoot()
    Initialization.normal(
      parameters + weight, count: vocabulary.rows * outputs, deviation: deviation, random: &random)
    (parameters + bias).update(repeating: 0, count: outputs)
  }

  /// Writes `y`, shape (count, outputs), for the samples named by `samples`.
  ///
  /// - Complexity: O(rows gathered × outputs).
  public func forward(
    _ parameters: UnsafePointer<Float>, _ x: GatheredRows, samples: UnsafePointer<Int32>, count: Int,
    into y: UnsafeMutablePointer<Float>
  ) {
    let table = parameters + weight
    for i in 0..<count {
      let rows = x.rows(of: Int(samples[i]))
      let output = y + i &* outputs
      var column = 0
      while column &+ 64 <= outputs {
        sum64(table + column, rows, bias: parameters + bias + column, into: output + column)
        column &+= 64
      }
      while column &+ 8 <= outputs {
        var sum = load8(parameters + bias + column)
        for row in rows { sum += load8(table + Int(row) &* outputs + column) }
        store8(sum, output + column)
        column &+= 8
      }
      while column < outputs {
        var sum = parameters[bias &+ column]
        for row in rows { sum += table[Int(row) &* outputs &+ column] }
        output[column] = sum
        column &+= 1
      }
    }
  }

  /// Eight vectors of eight sums stay in registers while the rows stream past.
  @inline(__always)
  private func sum64(
    _ table: UnsafePointer<Float>, _ rows: UnsafeBufferPointer<UInt16>, bias: UnsafePointer<Float>,
    into output: UnsafeMutablePointer<Float>
  ) {
    var s0 = load8(bias), s1 = load8(bias + 8), s2 = load8(bias + 16), s3 = load8(bias + 24)
    var s4 = load8(bias + 32), s5 = load8(bias + 40), s6 = load8(bias + 48), s7 = load8(bias + 56)
    for row in rows {
      let w = table + Int(row) &* outputs
      s0 += load8(w)
      s1 += load8(w + 8)
      s2 += load8(w + 16)
      s3 += load8(w + 24)
      s4 += load8(w + 32)
      s5 += load8(w + 40)
      s6 += load8(w + 48)
      s7 += load8(w + 56)
    }
    store8(s0, output)
    store8(s1, output + 8)
    store8(s2, output + 16)
    store8(s3, output + 24)
    store8(s4, output + 32)
    store8(s5, output + 40)
    store8(s6, output + 48)
    store8(s7, output + 56)
  }

  /// Adds the parameters' gradient, given that of `y`. There is none for the input: it is integers.
  public func backward(
    _ x: GatheredRows, samples: UnsafePointer<Int32>, count: Int, _ dy: UnsafePointer<Float>,
    gradient: UnsafeMutablePointer<Float>
  ) {
    let table = gradient + weight
    let biasGradient = gradient + bias
    for i in 0..<count {
      let rows = x.rows(of: Int(samples[i]))
      let dOutput = dy + i &* outputs
      var column = 0
      while column &+ 64 <= outputs {
        scatter64(dOutput + column, rows, table + column, biasGradient + column)
        column &+= 64
      }
      while column &+ 8 <= outputs {
        let d = load8(dOutput + column)
        add8(d, biasGradient + column)
        for row in rows { add8(d, table + Int(row) &* outputs + column) }
        column &+= 8
      }
      while column < outputs {
        let d = dOutput[column]
        biasGradient[column] += d
        for row in rows { table[Int(row) &* outputs &+ column] += d }
        column &+= 1
      }
    }
  }

  @inline(__always)
  private func scatter64(
    _ dy: UnsafePointer<Float>, _ rows: UnsafeBufferPointer<UInt16>, _ table: UnsafeMutablePointer<Float>,
    _ bias: UnsafeMutablePointer<Float>
  ) {
    let d0 = load8(dy), d1 = load8(dy + 8), d2 = load8(dy + 16), d3 = load8(dy + 24)
    let d4 = load8(dy + 32), d5 = load8(dy + 40), d6 = load8(dy + 48), d7 = load8(dy + 56)
    @inline(__always) func add(_ w: UnsafeMutablePointer<Float>) {
      add8(d0, w)
      add8(d1, w + 8)
      add8(d2, w + 16)
      add8(d3, w + 24)
      add8(d4, w + 32)
      add8(d5, w + 40)
      add8(d6, w + 48)
      add8(d7, w + 56)
    }
    add(bias)
    for row in rows { add(table + Int(row) &* outputs) }
  }
}

/// The rows of a gather layer: which one each value of each byte of an observation has.
public struct GatherVocabulary: Sendable, Equatable {
  /// The first byte of an observation that is gathered; earlier ones are someone else's.
  public let start: Int
  /// For each gathered byte, the row of value 0 if it had one: value v > 0 has row `bases[k] + v`.
  public let bases: [Int]
  /// For each gathered byte, its number of values.
  public let cardinalities: [Int]
  /// Rows in all.
  public let rows: Int

  /// The vocabulary of bytes with the given numbers of values, of which those before `start` are left out.
  ///
  /// - Precondition: there are at most 65,535 rows.
  public init(cardinalities: [Int], from start: Int = 0) {
    self.start = start
    self.cardinalities = Array(cardinalities.dropFirst(start))
    var next = 0
    bases = self.cardinalities.map { cardinality in
      defer { next += cardinality - 1 }
      return next - 1
    }
    rows = next
    precondition(rows <= Int(UInt16.max), "an observation of more than 65,535 different values")
  }

  /// The most rows that one observation can name.
  public var capacity: Int { max(1, bases.count) }

  /// Writes the rows that `observation` names, and returns their number, at most ``capacity``.
  @inlinable
  public func encode(_ observation: UnsafePointer<UInt8>, into rows: UnsafeMutablePointer<UInt16>) -> Int {
    var count = 0
    bases.withUnsafeBufferPointer { bases in
      for k in bases.indices {
        let value = Int(observation[start &+ k])
        // Written always, counted only if it is something: no branch to mispredict.
        rows[count] = UInt16(truncatingIfNeeded: bases[k] &+ value)
        count &+= value == 0 ? 0 : 1
      }
    }
    return count
  }
}

/// The rows that many observations name, in memory owned by someone else.
public struct GatheredRows: @unchecked Sendable {
  /// Rows of all samples; sample s has its own at `s * capacity`.
  public let rows: UnsafeMutablePointer<UInt16>
  /// How many rows each sample names.
  public let counts: UnsafeMutablePointer<UInt16>
  /// Room for each sample.
  public let capacity: Int

  /// A view of the given memory.
  public init(rows: UnsafeMutablePointer<UInt16>, counts: UnsafeMutablePointer<UInt16>, capacity: Int) {
    self.rows = rows
    self.counts = counts
    self.capacity = capacity
  }

  /// The rows that a sample names.
  @inlinable @inline(__always)
  public func rows(of sample: Int) -> UnsafeBufferPointer<UInt16> {
    UnsafeBufferPointer(start: rows + sample &* capacity, count: Int(counts[sample]))
  }
}

@inline(__always)
private func load8(_ p: UnsafePointer<Float>) -> SIMD8<Float> {
  UnsafeRawPointer(p).loadUnaligned(as: SIMD8<Float>.self)
}

@inline(__always)
private func store8(_ v: SIMD8<Float>, _ p: UnsafeMutablePointer<Float>) {
  UnsafeMutableRawPointer(p).storeBytes(of: v, as: SIMD8<Float>.self)
}

@inline(__always)
private func add8(_ v: SIMD8<Float>, _ p: UnsafeMutablePointer<Float>) { store8(load8(p) + v, p) }
