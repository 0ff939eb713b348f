extension OverworldWorld {
  /// Writes what each ray of a fan meets, pitch by pitch, and then how far away that is: blocks, rounded up, 1 for what is
  /// nearer than one block; 0 where there is nothing within the fan's range.
  ///
  /// - Complexity: O(rays × range), about 50 nanoseconds a ray.
  mutating func writeRays(_ fan: RayFan, into observation: UnsafeMutablePointer<UInt8>) {
    let distances = observation + fan.count
    forEachRay(of: fan, maximum: Double(fan.range)) { ray, code, distance in
      observation[ray] = code
      distances[ray] = code == 0 ? 0 : UInt8(max(1, distance.rounded(.up)))
    }
  }

  /// Hands out the rays of a fan, pitch by pitch, with what each meets and how far away.
  @inline(__always)
  mutating func forEachRay(
    of fan: RayFan, maximum: Double, _ body: (_ ray: Int, _ code: UInt8, _ distance: Float) -> Void
  ) {
    let gaze = Gaze(player)
    let outlook = Outlook(&self, maximum: maximum)
    var memory = SightBundle.Memory(repeating: .zero)
    withUnsafeMutablePointer(to: &memory) { memory in
      var bundle = SightBundle(memory)
      var first = 0
      let rows = fan.pitches.count, columns = fan.yaws.count
      for row in 0..<rows {
        for column in 0..<columns {
          let direction = fan.direction(row, column, gaze)
          bundle.append(direction.x, direction.y, direction.z)
          guard bundle.isFull || row == rows &- 1 && column == columns &- 1 else { continue }
          bundle.fillUp()
          outlook.meetBlocks(bundle, from: 0)
          meetBodies(bundle, outlook)
          for line in 0..<bundle.count { body(first &+ line, bundle.code[line], bundle.distance[line]) }
          first &+= bundle.count
          bundle.removeAll()
        }
      }
    }
  }

  /// Writes what each point of a camera's picture shows, row by row from the top; and how far away that is, as in
  /// ``writeRays(_:into:)``. Either may be nil.
  ///
  /// - Complexity: O(points × range), about 30 nanoseconds a point.
  mutating func writePicture(
    _ camera: Camera, codes: UnsafeMutablePointer<UInt8>?, depths: UnsafeMutablePointer<UInt8>?
  ) {
    let lines = camera.lines(Gaze(player))
    let outlook = Outlook(&self, maximum: Double(camera.range))
    let tiles = SightTiles(camera)
    var memory = SightBundle.Memory(repeating: .zero)
    withUnsafeMutablePointer(to: &memory) { memory in
      var bundle = SightBundle(memory)
      var first = 0
      for tile in 0..<tiles.count {
        tiles.look(at: tile, lines, outlook, &bundle)
        guard bundle.isFull || tile == tiles.count &- 1 else { continue }
        meetBodies(bundle, outlook)
        for line in 0..<bundle.count {
          guard let point = tiles.point(first &+ line) else { continue }
          let code = bundle.code[line]
          codes?[point] = code
          depths?[point] = code == 0 ? 0 : UInt8(max(1, bundle.distance[line].rounded(.up)))
        }
        first &+= bundle.count
        bundle.removeAll()
      }
    }
  }

  /// A level from which on there is no block so near, in columns along either axis.
  mutating func ceiling(within reach: Int) -> Double {
    Double(view.ceiling(aroundX: cell(player.x), z: cell(player.z), reach: reach))
  }
}
