/// A block on a line of sight.
struct SightHit: BitwiseCopyable {
  /// Its place, which is outside the grid where the line leaves the world, and its code.
  var x: Int, y: Int, z: Int
  var code: UInt8
  /// How far along the line it begins, in lengths of the line's direction.
  var distance: Double
  /// Through which of its sides the line comes: 0 where it begins inside, 1 one to the east or west, 2 above or below,
  /// 3 one to the south or north.
  var side: UInt8
}

extension BlockView {
  /// Follows a line of sight and hands out every block but air on it, the nearest first, until one ends it. Returns whether
  /// one did.
  ///
  /// The blocks are those of ``cast(x:y:z:dx:dy:dz:maximum:stops:)``, but air is passed over 4 × 4 columns at a time where
  /// ``BlockGrid/occupied`` says that the line's levels there are air. The direction may have any length but zero; it is the
  /// unit of distances. Beyond the edge and below the ground there is bedrock.
  ///
  /// - Parameters:
  ///   - ceiling: a level from which on there are no blocks.
  ///   - clear: up to where it is known that the line meets nothing.
  ///   - ends: whether a block ends the line.
  /// - Complexity: O(`maximum`), a quarter of it through open air.
  @inline(__always)
  func look(
    x originX: Double, y originY: Double, z originZ: Double, dx: Double, dy: Double, dz: Double,
    maximum: Double, ceiling: Double, from clear: ClearWay = .none, ends: (SightHit) -> Bool
  ) -> Bool {
    // How much farther along the line a step along each axis is, negative against the axis; infinite across an axis along
    // which the line does not go. Adding zero makes of -0 what has no direction either.
    let inverseX = 1 / (dx + 0), inverseY = 1 / (dy + 0), inverseZ = 1 / (dz + 0)
    let widthX = abs(inverseX), widthY = abs(inverseY), widthZ = abs(inverseZ)
    let stepX = dx < 0 ? -1 : 1, stepY = dy < 0 ? -1 : 1, stepZ = dz < 0 ? -1 : 1
    // A cell's border on the line's way out of it, counted from the cell.
    let borderX = dx < 0 ? 0 : 1, borderY = dy < 0 ? 0 : 1, borderZ = dz < 0 ? 0 : 1
    let within = (x: dx < 0 ? 0 : 3, z: dz < 0 ? 0 : 3)
    /// How far along the line it leaves a cell, or the cells up to this one, along an axis.
    @inline(__always)
    func leaves(_ cell: Int, _ border: Int, _ origin: Double, _ inverse: Double) -> Double {
      (Double(cell &+ border) - origin) * inverse
    }
    // Above everything nothing but the world's edge is left.
    let isRising = dy >= 0
    let top = dy > 0 ? max(0, (ceiling - originY) / dy) : originY >= ceiling ? 0 : Double.infinity
    let limit = isRising ? min(maximum, top) : maximum
    var x = Self.floor(originX), y = Self.floor(originY), z = Self.floor(originZ)
    var distance = 0.0
    var side: UInt8 = 0
    if clear.axis != 0 {
      // It comes in through the side of the cell that is opposite to the one through which it leaves it.
      let begin =
        switch clear.axis {
        case 1: leaves(clear.cell, 1 &- borderX, originX, inverseX)
        case 2: leaves(clear.cell, 1 &- borderY, originY, inverseY)
        default: leaves(clear.cell, 1 &- borderZ, originZ, inverseZ)
        }
      if begin <= limit {
        distance = begin
        side = clear.axis
        x = side == 1 ? clear.cell : Self.floor(originX + dx * begin)
        y = side == 2 ? clear.cell : Self.floor(originY + dy * begin)
        z = side == 3 ? clear.cell : Self.floor(originZ + dz * begin)
      }
    }
    var leavesX = leaves(x, borderX, originX, inverseX), leavesY = leaves(y, borderY, originY, inverseY)
    var leavesZ = leaves(z, borderZ, originZ, inverseZ)
    // The 4 × 4 columns that the line is in, and where it leaves them along each axis.
    var patchX = x &>> 2, patchZ = z &>> 2
    var endX = leaves(x & ~3 | within.x, borderX, originX, inverseX)
    var endZ = leaves(z & ~3 | within.z, borderZ, originZ, inverseZ)
    let patchWidthX = 4 * widthX, patchWidthZ = 4 * widthZ
    // Whether x, y, z and the borders are those of the cell at this distance; after a leap only y is.
    var hasCell = true

    patches: while BlockGrid.hasPatch(patchX, patchZ) {
      let end = min(endX, endZ, limit)
      let endY = Self.floor(originY + dy * end)
      if Self.spans(occupancy(patch: patchX, patchZ), min(y, endY), max(y, endY)) {
        if !hasCell {
          // A leap ends at a border; rounding must not bring the line beyond it.
          let reachedX = Self.floor(originX + dx * distance), reachedZ = Self.floor(originZ + dz * distance)
          x = max(4 &* patchX, min(4 &* patchX | 3, reachedX))
          z = max(4 &* patchZ, min(4 &* patchZ | 3, reachedZ))
          if side == 1 { x = 4 &* patchX | (3 &- within.x) } else { z = 4 &* patchZ | (3 &- within.z) }
          leavesX = leaves(x, borderX, originX, inverseX)
          leavesY = leaves(y, borderY, originY, inverseY)
          leavesZ = leaves(z, borderZ, originZ, inverseZ)
          hasCell = true
        }
        while true {
          if UInt(bitPattern: y) < UInt(BlockGrid.height) {
            let code = self.code(x, y, z)
            if code != 0,
              ends(SightHit(x: x, y: y, z: z, code: code, distance: distance, side: side))
            {
              return true
            }
          } else if y < 0 {
            return ends(
              SightHit(x: x, y: y, z: z, code: Block.bedrock.rawValue, distance: distance, side: side))
          }
          if leavesX < leavesY && leavesX < leavesZ {
            distance = leavesX
            guard distance <= limit else { break patches }
            leavesX += widthX
            x &+= stepX
            side = 1
            if x &>> 2 != patchX {
              patchX &+= stepX
              endX += patchWidthX
              continue patches
            }
          } else if leavesY < leavesZ {
            distance = leavesY
            guard distance <= limit else { break patches }
            leavesY += widthY
            y &+= stepY
            side = 2
          } else {
            distance = leavesZ
            guard distance <= limit else { break patches }
            leavesZ += widthZ
            z &+= stepZ
            side = 3
            if z &>> 2 != patchZ {
              patchZ &+= stepZ
              endZ += patchWidthZ
              continue patches
            }
          }
        }
      }
      guard min(endX, endZ) <= limit else { break }
      distance = end
      y = endY
      hasCell = false
      if endX < endZ {
        patchX &+= stepX
        endX += patchWidthX
        side = 1
      } else {
        patchZ &+= stepZ
        endZ += patchWidthZ
        side = 3
      }
    }
    if !hasCell {
      x = side == 1 ? 4 &* patchX | (3 &- within.x) : Self.floor(originX + dx * distance)
      z = side == 3 ? 4 &* patchZ | (3 &- within.z) : Self.floor(originZ + dz * distance)
    }
    if BlockGrid.hasPatch(patchX, patchZ) {
      guard limit < maximum else { return false }
      // It goes on above everything, to the edge.
      let endX = leaves(dx < 0 ? 0 : BlockGrid.side &- 1, borderX, originX, inverseX)
      let endZ = leaves(dz < 0 ? 0 : BlockGrid.side &- 1, borderZ, originZ, inverseZ)
      distance = min(endX, endZ)
      guard distance <= maximum else { return false }
      side = endX < endZ ? 1 : 3
      x = side == 1 ? (dx < 0 ? -1 : BlockGrid.side) : Self.floor(originX + dx * distance)
      y = Self.floor(originY + dy * distance)
      z = side == 3 ? (dz < 0 ? -1 : BlockGrid.side) : Self.floor(originZ + dz * distance)
    }
    return ends(SightHit(x: x, y: y, z: z, code: Block.bedrock.rawValue, distance: distance, side: side))
  }

  /// The cell of a coordinate that is no less than -1024: `rounded(.down)` takes longer.
  @inline(__always)
  static func floor(_ coordinate: Double) -> Int { Int(coordinate + 1024) &- 1024 }

  /// Whether a word of ``BlockGrid/occupied`` has blocks in any of some levels, or one of them is below the ground.
  @inline(__always)
  static func spans(_ occupied: UInt64, _ lowest: Int, _ highest: Int) -> Bool {
    guard lowest >= 0 else { return true }
    let low = BlockGrid.occupancyBit(lowest), high = BlockGrid.occupancyBit(highest)
    return occupied & ((2 &<< high) &- (1 &<< low)) != 0
  }
}
