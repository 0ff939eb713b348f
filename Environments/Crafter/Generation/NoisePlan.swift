/// The layers of noise that decide what a chunk looks like: each is noise in three dimensions at (x · step.x, y · step.y, z).
enum NoiseLayerName: Int, CaseIterable {
  case start, wetness, wetnessDetail, height, heightDetail, shore, trees, caves, tunnels, crossTunnels, coal,
    iron, lava

  /// The distance between two cells, in units of noise.
  var step: (x: Double, y: Double) {
    switch self {
    case .start: (1 / 3, 1 / 3)
    case .wetness, .height: (1 / 15, 1 / 15)
    case .wetnessDetail, .heightDetail, .lava: (1 / 5, 1 / 5)
    case .shore: (1 / 9, 1 / 9)
    case .trees, .caves: (1 / 7, 1 / 7)
    // Those across are looked at with both axes swapped, so that one table of columns does for both.
    case .tunnels, .crossTunnels: (2 / 3, 1 / 15)
    case .coal: (1 / 8, 1 / 8)
    case .iron: (1 / 6, 1 / 6)
    }
  }

  /// The third coordinate.
  var z: Int {
    switch self {
    case .height, .heightDetail: 0
    case .coal: 1
    case .iron: 2
    case .wetness, .wetnessDetail: 3
    case .shore: 4
    case .trees: 5
    case .caves, .lava: 6
    case .tunnels, .crossTunnels: 7
    case .start: 8
    }
  }
}

/// A point of OpenSimplex's lattice as a chunk sees it, in units of noise.
struct NoisePoint: BitwiseCopyable {
  /// Its place from the chunk's first cell on, and how far the layer lies above it.
  var x: Float, y: Float, dz: Float
  /// Its three lattice coordinates, a byte each.
  var code: UInt32
  /// The cells that it may reach, a bit for each group of eight.
  var groups: UInt32
}

/// Which lattice points add to which layer of noise in which chunk.
///
/// A lattice point adds `(2 - d²)⁴ (gradient · d)` to the noise at a distance d below √2, so few points matter to a chunk.
/// Where they lie is the same in every episode; only their gradients change. (The published algorithm, too, leaves out a point
/// here and there whose share is below 10⁻⁴.)
///
/// A gradient is one of OpenSimplex's 24, chosen by a hash of the point's coordinates and the episode's key. That makes
/// another noise than a table that was shuffled would, with the same distribution.
final class NoisePlan: Sendable {
  /// The plan, made once.
  static let shared = NoisePlan()

  /// All points, layer by layer, chunk by chunk; and where those of each begin, with the end of the last.
  nonisolated(unsafe) private let points: UnsafePointer<NoisePoint>
  nonisolated(unsafe) private let starts: UnsafePointer<Int32>
  /// The places of a chunk's cells, counted from its first, eight at a time: in cells, and in units of each layer's noise.
  nonisolated(unsafe) let columns: UnsafePointer<SIMD8<Float>>
  nonisolated(unsafe) let rows: UnsafePointer<SIMD8<Float>>
  nonisolated(unsafe) private let x: UnsafePointer<SIMD8<Float>>
  nonisolated(unsafe) private let y: UnsafePointer<SIMD8<Float>>
  /// What interpolates the layers that vary slowly.
  let interpolation = NoiseInterpolation(NoiseLayerName.height.step)
  /// The groups of cells of each chunk that are near the start.
  nonisolated(unsafe) private let nearStart: UnsafePointer<UInt32>
  /// The cells that each chunk has; and those more than three and ten cells away from the middle of the map.
  nonisolated(unsafe) let cells: UnsafePointer<ChunkBits>
  nonisolated(unsafe) let cellsBeyondThree: UnsafePointer<ChunkBits>
  nonisolated(unsafe) let cellsBeyondTen: UnsafePointer<ChunkBits>
  /// The gradients by the hash's highest byte, over 103, which scales noise to about −0.87…0.87.
  nonisolated(unsafe) private let gradients: UnsafePointer<SIMD4<Float>>

  private init() {
    var points: [NoisePoint] = [], starts: [Int32] = []
    for layer in NoiseLayerName.allCases {
      for chunk in 0..<CrafterMap.chunks {
        starts.append(Int32(points.count))
        points += Self.points(layer, chunk)
      }
    }
    starts.append(Int32(points.count))
    func keep<Value: BitwiseCopyable>(_ values: [Value]) -> UnsafePointer<Value> {
      let memory = UnsafeMutablePointer<Value>.allocate(capacity: values.count)
      memory.initialize(from: values, count: values.count)
      return UnsafePointer(memory)
    }
    self.points = keep(points)
    self.starts = keep(starts)
    func lanes(_ value: (Int) -> Int) -> [SIMD8<Float>] {
      (0..<18).map { group in
        var lanes = SIMD8<Float>()
        for lane in 0..<8 { lanes[lane] = Float(value(8 * group + lane)) }
        return lanes
      }
    }
    nearStart = keep(
      (0..<CrafterMap.chunks).map { (chunk: Int) -> UInt32 in
        let middle: SIMD2<Double> = [Double(32 - chunk / 6 * 12), Double(32 - chunk % 6 * 12)]
        return Self.groups(middle, (1, 1), 144)
      })
    func boards(_ isIn: (_ x: Int, _ y: Int) -> Bool) -> UnsafePointer<ChunkBits> {
      keep(
        (0..<CrafterMap.chunks).map { chunk in ChunkBits { isIn(chunk / 6 * 12 + $0, chunk % 6 * 12 + $1) } })
    }
    func square(_ x: Int, _ y: Int) -> Int { (x - 32) * (x - 32) + (y - 32) * (y - 32) }
    cells = boards { $0 < CrafterMap.side && $1 < CrafterMap.side }
    cellsBeyondThree = boards { square($0, $1) > 9 }
    cellsBeyondTen = boards { square($0, $1) > 100 }
    let columns = lanes { $0 / 12 }, rows = lanes { $0 % 12 }
    self.columns = keep(columns)
    self.rows = keep(rows)
    x = keep(NoiseLayerName.allCases.flatMap { layer in columns.map { $0 * Float(layer.step.x) } })
    y = keep(NoiseLayerName.allCases.flatMap { layer in rows.map { $0 * Float(layer.step.y) } })
    gradients = keep((0..<256).map { SIMD4(simplexDirections[$0 % 24] / 103, 0) })
  }

  /// The groups of a chunk's cells that have some within 12 cells of the middle of the map. Beyond, noise makes no
  /// difference of more than a hundredth to what the start does to wetness and height.
  func groupsNearStart(_ chunk: Int) -> UInt32 { nearStart[chunk] }

  /// Adds `weight` times a layer's noise in a chunk under a key to groups of eight of its cells, those of which the bit is
  /// set in `groups`: group *g* has the cells 8 *g* … 8 *g* + 7.
  func add(
    _ layer: NoiseLayerName, of chunk: Int, _ key: UInt64, weight: Float = 1, groups: UInt32,
    to values: UnsafeMutablePointer<SIMD8<Float>>
  ) {
    let first = 18 &* layer.rawValue
    add(
      layer, of: chunk, key, weight: weight, at: x + first, y + first, groups: groups, others: 0, to: values)
  }

  /// Adds `weight` times a layer's noise in a chunk under a key to `count` groups of eight values, which belong to the
  /// places `x`, `y` (in units of noise, from the chunk's first cell on).
  func add(
    _ layer: NoiseLayerName, of chunk: Int, _ key: UInt64, weight: Float = 1,
    at x: UnsafePointer<SIMD8<Float>>, _ y: UnsafePointer<SIMD8<Float>>, count: Int,
    to values: UnsafeMutablePointer<SIMD8<Float>>
  ) {
    let groups = 1 &<< UInt32(truncatingIfNeeded: count) &- 1 as UInt32
    add(layer, of: chunk, key, weight: weight, at: x, y, groups: groups, others: groups, to: values)
  }

  /// Adds what each point contributes to those of `groups` that it may reach, and to all `others`.
  @inline(__always)
  private func add(
    _ layer: NoiseLayerName, of chunk: Int, _ key: UInt64, weight: Float,
    at x: UnsafePointer<SIMD8<Float>>, _ y: UnsafePointer<SIMD8<Float>>, groups: UInt32, others: UInt32,
    to values: UnsafeMutablePointer<SIMD8<Float>>
  ) {
    let swaps = layer == .crossTunnels
    let first = layer.rawValue &* CrafterMap.chunks &+ chunk
    var place = points + Int(starts[first])
    let end = points + Int(starts[first &+ 1])
    while place < end {
      let point = place.pointee
      place += 1
      var rest = (point.groups | others) & groups
      guard rest != 0 else { continue }
      let gradient = gradient(point.code, key) * weight
      let slopeX = swaps ? gradient.y : gradient.x, slopeY = swaps ? gradient.x : gradient.y
      let constant = gradient.z * point.dz, square = 2 - point.dz * point.dz
      while rest != 0 {
        let group = rest.trailingZeroBitCount
        rest &= rest &- 1
        let dx = x[group] - point.x, dy = y[group] - point.y
        var share = positivePart(square - dx * dx - dy * dy)
        share *= share
        values[group] += share * share * (dx * slopeX + (dy * slopeY + constant))
      }
    }
  }

  /// The gradient of a point, over 103, under a key. Its number is the highest byte of a product in which every bit of both
  /// has a say.
  @inline(__always)
  func gradient(_ code: UInt32, _ key: UInt64) -> SIMD4<Float> {
    var word = (UInt64(code) &* 0x9e37_79b9_7f4a_7c15) ^ key
    word = (word ^ word &>> 32) &* 0xd6e8_feb8_6659_fd93
    return gradients[Int(truncatingIfNeeded: word &>> 56)]
  }

  /// The code of a lattice point.
  static func code(_ point: SIMD3<Int>) -> UInt32 {
    UInt32(point.x & 255) | UInt32(point.y & 255) << 8 | UInt32(point.z & 255) << 16
  }

  /// How far a point reaches. What it would add at distances from here to √2 is below 2 · 10⁻⁵.
  private static let reach = 1.9.squareRoot()

  /// The points that reach a chunk.
  private static func points(_ layer: NoiseLayerName, _ chunk: Int) -> [NoisePoint] {
    let swaps = layer == .crossTunnels, step = layer.step
    let place = (x: swaps ? chunk % 6 : chunk / 6, y: swaps ? chunk / 6 : chunk % 6)
    let origin = SIMD2(12 * Double(place.x) * step.x, 12 * Double(place.y) * step.y)
    let end = SIMD2(11 * step.x, 11 * step.y), height = Double(layer.z), reach = Self.reach
    var points: [NoisePoint] = []
    // With n = a + b + c, the lattice point (a, b, c) lies at (a + n/3, b + n/3, c + n/3), which adds up to 2n.
    let sum = origin.x + origin.y + height
    let lowest = Int((sum / 2 - 1.5 * reach).rounded(.down))
    let highest = Int(((sum + end.x + end.y) / 2 + 1.5 * reach).rounded(.up))
    for n in lowest...highest {
      let shift = Double(n) / 3
      for c in Int((height - shift - reach).rounded(.down))...Int((height - shift + reach).rounded(.up)) {
        let left = Int((origin.x - shift - reach).rounded(.down))
        let right = Int((origin.x + end.x - shift + reach).rounded(.up))
        for a in left...right {
          let b = n - a - c
          let point = SIMD2(Double(a), Double(b)) + shift - origin, dz = height - Double(c) - shift
          let beyond = pointwiseMax(pointwiseMax(-point, point - end), .zero)
          guard (beyond * beyond).sum() < reach * reach - dz * dz else { continue }
          let groups = Self.groups(point, step, reach * reach - dz * dz)
          guard groups != 0 else { continue }
          points.append(
            NoisePoint(
              x: Float(point.x), y: Float(point.y), dz: Float(dz),
              code: code(swaps ? SIMD3(b, a, c) : SIMD3(a, b, c)), groups: groups))
        }
      }
    }
    return points
  }

  /// The groups of eight cells of which some lie within a distance, given its square, of a point.
  private static func groups(_ point: SIMD2<Double>, _ step: (x: Double, y: Double), _ square: Double)
    -> UInt32
  {
    (0..<144).reduce(0) { groups, cell in
      let dx = Double(cell / 12) * step.x - point.x, dy = Double(cell % 12) * step.y - point.y
      return dx * dx + dy * dy < square ? groups | 1 << UInt32(cell / 8) : groups
    }
  }
}
