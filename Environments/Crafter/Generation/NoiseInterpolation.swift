#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Finds noise that varies slowly from its values in a few places of a chunk.
///
/// Along each axis a polynomial of the fourth degree runs through the values in five places, the zeros of a Chebyshev
/// polynomial, which spread its error evenly. With fifteen cells to noise's unit, it stays within 0.01 of the noise, and
/// mostly within 0.001, where noise itself has a standard deviation of 0.32.
struct NoiseInterpolation: @unchecked Sendable {  // memory that nobody writes to
  /// Places along each axis, and groups of eight that hold all of them.
  private static let nodes = 5, groups = 4
  /// The places in units of noise from the chunk's first cell on, eight at a time: those of a column one after the other.
  private let x: UnsafePointer<SIMD8<Float>>, y: UnsafePointer<SIMD8<Float>>
  /// By group of cells and by column of places: what these weigh in the cells.
  private let columns: UnsafePointer<SIMD8<Float>>
  /// By row of places, what these weigh in a group of cells. Every third group has its cells in the same rows.
  private let rows: UnsafePointer<SIMD8<Float>>

  /// An interpolation for layers with a distance between cells.
  init(_ step: (x: Double, y: Double)) {
    let nodes = (0..<Self.nodes).map { 5.5 - 5.5 * cos((Double($0) + 0.5) * .pi / Double(Self.nodes)) }
    func weight(_ node: Int, _ cell: Int) -> Float {
      Float(
        nodes.indices.filter { $0 != node }.reduce(1.0) {
          $0 * (Double(cell) - nodes[$1]) / (nodes[node] - nodes[$1])
        })
    }
    func keep(_ count: Int, _ value: (Int, Int) -> Float) -> UnsafePointer<SIMD8<Float>> {
      let memory = UnsafeMutablePointer<SIMD8<Float>>.allocate(capacity: count)
      for i in 0..<count {
        var lanes = SIMD8<Float>()
        for lane in 0..<8 { lanes[lane] = value(i, lane) }
        (memory + i).initialize(to: lanes)
      }
      return UnsafePointer(memory)
    }
    func node(_ group: Int, _ lane: Int) -> Int { min(8 * group + lane, Self.nodes * Self.nodes - 1) }
    x = keep(Self.groups) { Float(nodes[node($0, $1) / Self.nodes] * step.x) }
    y = keep(Self.groups) { Float(nodes[node($0, $1) % Self.nodes] * step.y) }
    columns = keep(18 * Self.nodes) { weight($0 % Self.nodes, (8 * ($0 / Self.nodes) + $1) / 12) }
    rows = keep(3 * Self.nodes) { weight($0 % Self.nodes, (8 * ($0 / Self.nodes) + $1) % 12) }
  }

  /// Sets the values of all groups of a chunk's cells to `weight` times a layer's noise.
  func set(
    _ layer: NoiseLayerName, of chunk: Int, _ key: UInt64, _ plan: NoisePlan, weight: Float = 1,
    to values: UnsafeMutablePointer<SIMD8<Float>>
  ) {
    var memory = InlineArray<4, SIMD8<Float>>(repeating: .zero)
    var columnValues = InlineArray<15, SIMD8<Float>>(repeating: .zero)
    withUnsafeMutablePointer(to: &memory) { memory in
      let groups = UnsafeMutableRawPointer(memory).assumingMemoryBound(to: SIMD8<Float>.self)
      plan.add(layer, of: chunk, key, weight: weight, at: x, y, count: Self.groups, to: groups)
      let nodes = UnsafeRawPointer(memory).assumingMemoryBound(to: Float.self)
      for rows in 0..<3 {
        for column in 0..<Self.nodes {
          var sum = SIMD8<Float>.zero
          for row in 0..<Self.nodes { sum += self.rows[5 &* rows &+ row] * nodes[5 &* column &+ row] }
          columnValues[unchecked: 5 &* rows &+ column] = sum
        }
      }
    }
    for rows in 0..<3 {
      for group in stride(from: rows, to: 18, by: 3) {
        var sum = SIMD8<Float>.zero
        for column in 0..<Self.nodes {
          sum += columns[5 &* group &+ column] * columnValues[unchecked: 5 &* rows &+ column]
        }
        values[group] = sum
      }
    }
  }
}
