/// Where a ray met a block.
struct RayHit: BitwiseCopyable {
  /// The block's place, and what it is.
  var x: Int, y: Int, z: Int
  var block: Block
  /// How far away its surface is, in blocks.
  var distance: Double
  /// From where the ray came: the step from the block back to the one before it; all zero where the ray began in the block.
  var normalX = 0, normalY = 0, normalZ = 0
}

extension BlockView {
  /// The first block along a ray for which `stops` holds, no farther than `maximum` blocks; nil where there is none.
  ///
  /// The walk visits every block that the ray passes through, in order (Amanatides and Woo 1987, "A fast voxel traversal
  /// algorithm for ray tracing"). The direction must have length 1. Blocks count as whole cubes.
  ///
  /// - Complexity: O(`maximum`).
  @inline(__always)
  func cast(
    x originX: Double, y originY: Double, z originZ: Double, dx: Double, dy: Double, dz: Double,
    maximum: Double,
    stops: (Block) -> Bool
  ) -> RayHit? {
    var x = Int(originX.rounded(.down)), y = Int(originY.rounded(.down)), z = Int(originZ.rounded(.down))
    let stepX = dx < 0 ? -1 : 1, stepY = dy < 0 ? -1 : 1, stepZ = dz < 0 ? -1 : 1
    // How far along the ray one block's width is, and the next border, along each axis.
    let deltaX = dx == 0 ? .infinity : 1 / abs(dx), deltaY = dy == 0 ? .infinity : 1 / abs(dy),
      deltaZ = dz == 0 ? .infinity : 1 / abs(dz)
    func border(_ origin: Double, _ cell: Int, _ direction: Double, _ delta: Double) -> Double {
      direction == 0 ? .infinity : delta * (direction < 0 ? origin - Double(cell) : Double(cell + 1) - origin)
    }
    var nextX = border(originX, x, dx, deltaX), nextY = border(originY, y, dy, deltaY),
      nextZ = border(originZ, z, dz, deltaZ)
    var distance = 0.0
    var normal = (0, 0, 0)
    while true {
      let block = self[x, y, z]
      if stops(block) {
        return RayHit(
          x: x, y: y, z: z, block: block, distance: distance, normalX: normal.0, normalY: normal.1,
          normalZ: normal.2)
      }
      if nextX < nextY && nextX < nextZ {
        distance = nextX
        nextX += deltaX
        x &+= stepX
        normal = (-stepX, 0, 0)
      } else if nextY < nextZ {
        distance = nextY
        nextY += deltaY
        y &+= stepY
        normal = (0, -stepY, 0)
      } else {
        distance = nextZ
        nextZ += deltaZ
        z &+= stepZ
        normal = (0, 0, -stepZ)
      }
      if distance > maximum { return nil }
    }
  }
}
