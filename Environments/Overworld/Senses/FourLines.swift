/// Four lines of sight from one point, which are followed to their first blocks side by side.
///
/// The walk is that of ``BlockView/cast(x:y:z:dx:dy:dz:maximum:stops:)``, with a lane for each line. No lane waits for what
/// it finds: all go on, with nothing but additions and comparisons, until the last has met a block or its end, and what lies
/// beyond a lane's first block is not written down. So the processor may look up the next cells while it still waits for
/// these, and hardly ever guesses wrong where a line goes.
struct FourLines {
  private typealias Mask = SIMD4<Int64>

  private let x: FourWays, y: FourWays, z: FourWays
  /// Up to where each is followed: as far as is asked, or until it is above everything.
  private let limit: SIMD4<Double>
  private let ceiling: Int
  /// What each has met; 0 for nothing.
  private(set) var codes: SIMD4<Int64> = .zero
  /// How far along it that begins; where it ended, if it has met nothing.
  private var distances: SIMD4<Double> = .zero

  /// Lines of sight for who stands inside the grid. Directions may have any length but zero; it is the unit of distances.
  @inline(__always)
  init(_ outlook: Outlook, dx: SIMD4<Double>, dy: SIMD4<Double>, dz: SIMD4<Double>) {
    x = FourWays(dx, from: outlook.x)
    y = FourWays(dy, from: outlook.y)
    z = FourWays(dz, from: outlook.z)
    ceiling = Int(outlook.ceiling)
    let maximum = SIMD4(repeating: outlook.maximum), top = (outlook.ceiling - outlook.y) * y.inverse
    limit = pick(top, maximum, where: mask(top .< maximum) & ~y.isBackward)
  }

  /// Which lines have met nothing and have not come to their limit either: they have left the world at its edge or below.
  @inline(__always)
  var leftWorld: SIMD4<Int64> { metNothing & mask(distances .<= limit) }

  /// How far away is what they have met; infinite for nothing.
  @inline(__always)
  var reaches: SIMD4<Double> { pick(SIMD4(repeating: .infinity), distances, where: metNothing) }

  /// Which lines have met nothing.
  @inline(__always)
  var metNothing: SIMD4<Int64> { mask(codes .== .zero) }

  /// Follows them from where they are known to have met nothing.
  @inline(__always)
  mutating func follow(_ view: BlockView, from clear: ClearWay) {
    let border = SIMD4(repeating: Double(clear.cell))
    switch clear.axis {
    case 1: distances = x.enters(border)
    case 2: distances = y.enters(border)
    case 3: distances = z.enters(border)
    default: break
    }
    let cellX = clear.axis == 1 ? border : x.at(distances).rounded(.down)
    let cellY = clear.axis == 2 ? border : y.at(distances).rounded(.down)
    let cellZ = clear.axis == 3 ? border : z.at(distances).rounded(.down)
    var leavesX = x.leaves(cellX), leavesY = y.leaves(cellY), leavesZ = z.leaves(cellZ)
    var place = whole(
      cellX * Double(CellPlace.row) + cellZ * Double(CellPlace.column) + cellY * Double(CellPlace.level))
    // What rises leaves the grid at the ceiling, so that it need not be told from what sinks.
    place &+= SIMD4(repeating: (128 &- Int64(ceiling)) &* (CellPlace.level &- 1)) & ~y.isBackward
    let stepX = x.signed(CellPlace.row), stepY = y.signed(CellPlace.level), stepZ = z.signed(CellPlace.column)
    var distance = distances
    var isOpen = Mask(repeating: -1)
    while true {
      let isWithin = mask((place & CellPlace.outside) .== .zero) & mask(distance .<= limit)
      let inside = place & isWithin & CellPlace.index
      let here = Mask(
        Int64(view.code(index: inside.x)), Int64(view.code(index: inside.y)),
        Int64(view.code(index: inside.z)), Int64(view.code(index: inside.w)))
      let met = here & isWithin
      codes |= met & isOpen
      distances = pick(distance, distances, where: isOpen)
      isOpen &= isWithin & mask(met .== .zero)
      if !anyIsSet(isOpen) { return }
      let isX = mask(leavesX .< leavesY) & mask(leavesX .< leavesZ), isYBeforeZ = mask(leavesY .< leavesZ)
      let isY = isYBeforeZ & ~isX, isZ = ~isX & ~isYBeforeZ
      distance = pick(leavesX, pick(leavesY, leavesZ, where: isYBeforeZ), where: isX)
      leavesX += x.width(where: isX)
      leavesY += y.width(where: isY)
      leavesZ += z.width(where: isZ)
      place &+= (stepX & isX) | (stepY & isY) | (stepZ & isZ)
    }
  }
}

/// The place of a cell in one number, to which a step along an axis adds always the same: its index in the grid, and above it
/// x, z and y once more, ten bits each, by which a cell outside is known. Numbers below zero are large there, too.
private enum CellPlace {
  static let row = Int64(BlockGrid.index(1, 0, 0)) &+ 1 &<< 23
  static let column = Int64(BlockGrid.index(0, 0, 1)) &+ 1 &<< 33
  static let level: Int64 = 1 &+ 1 &<< 43
  /// The bits of the index.
  static let index: Int64 = 1 &<< 23 &- 1
  /// The bits of which one is set outside, where x, y or z is 128 or more.
  static let outside: Int64 = 0b11_1000_0000 &<< 23 | 0b11_1000_0000 &<< 33 | 0b11_1000_0000 &<< 43
}

/// How four lines go along one axis.
private struct FourWays {
  let direction: SIMD4<Double>, origin: Double
  /// How much farther along the line a step along the axis is, negative against it; infinite where the line does not go
  /// along it.
  let inverse: SIMD4<Double>
  /// Where the line goes against the axis.
  let isBackward: SIMD4<Int64>

  @inline(__always)
  init(_ direction: SIMD4<Double>, from origin: Double) {
    self.direction = direction
    self.origin = origin
    // Adding zero makes of -0 what has no direction either.
    inverse = 1 / (direction + 0)
    isBackward = mask(direction .< .zero)
  }

  /// Where the lines are at some distances.
  @inline(__always)
  func at(_ distances: SIMD4<Double>) -> SIMD4<Double> { origin + direction * distances }

  /// How far along the lines they leave cells, and come into them.
  @inline(__always)
  func leaves(_ cell: SIMD4<Double>) -> SIMD4<Double> {
    (cell + among(SIMD4(repeating: 1), where: ~isBackward) - origin) * inverse
  }

  @inline(__always)
  func enters(_ cell: SIMD4<Double>) -> SIMD4<Double> {
    (cell + among(SIMD4(repeating: 1), where: isBackward) - origin) * inverse
  }

  /// The way across a cell in some lanes; 0 in the others.
  @inline(__always)
  func width(where chosen: SIMD4<Int64>) -> SIMD4<Double> {
    unsafeBitCast(unsafeBitCast(inverse, to: SIMD4<Int64>.self) & .max & chosen, to: SIMD4<Double>.self)
  }

  /// A step forward, turned where the lines go backward.
  @inline(__always)
  func signed(_ step: Int64) -> SIMD4<Int64> { (SIMD4(repeating: step) ^ isBackward) &- isBackward }
}

// MARK: - Lanes

// Masks are kept as numbers, -1 where they hold: what is chosen by them is then a matter of three logical instructions.

@inline(__always)
private func mask(_ mask: SIMDMask<SIMD4<Int64>>) -> SIMD4<Int64> {
  unsafeBitCast(mask, to: SIMD4<Int64>.self)
}

/// The lanes of a vector where a mask holds, and zero.
@inline(__always)
private func among(_ a: SIMD4<Double>, where chosen: SIMD4<Int64>) -> SIMD4<Double> {
  unsafeBitCast(unsafeBitCast(a, to: SIMD4<Int64>.self) & chosen, to: SIMD4<Double>.self)
}

/// The lanes of one vector where a mask holds, and of another where it does not.
@inline(__always)
private func pick(_ a: SIMD4<Double>, _ b: SIMD4<Double>, where chosen: SIMD4<Int64>) -> SIMD4<Double> {
  unsafeBitCast(
    unsafeBitCast(a, to: SIMD4<Int64>.self) & chosen | unsafeBitCast(b, to: SIMD4<Int64>.self) & ~chosen,
    to: SIMD4<Double>.self)
}

@inline(__always)
func anyIsSet(_ mask: SIMD4<Int64>) -> Bool { mask.x | mask.y | mask.z | mask.w != 0 }

/// Whole numbers from 0 to 2^52, which stand in the lower bits once that is added.
@inline(__always)
private func whole(_ a: SIMD4<Double>) -> SIMD4<Int64> {
  unsafeBitCast(a + 0x1p52, to: SIMD4<Int64>.self)
    &- SIMD4(repeating: Int64(bitPattern: (0x1p52 as Double).bitPattern))
}
