/// From where lines of sight go out, and how far: what all lines of a picture share.
struct Outlook {
  let view: BlockView
  let x: Double, y: Double, z: Double
  let maximum: Double
  /// A level from which on there are no blocks so near.
  let ceiling: Double
  /// Whether the eyes are inside the grid, and whether its sides are too far away to be seen.
  private let isInside: Bool
  let hidesSides: Bool

  init(_ world: inout OverworldWorld, maximum: Double) {
    view = world.view
    (x, y, z) = (world.player.x, world.player.y + world.player.eyes, world.player.z)
    self.maximum = maximum
    ceiling = world.ceiling(within: Int(maximum))
    let side = Double(BlockGrid.side)
    isInside = x >= 0 && x < side && z >= 0 && z < side && y >= 0 && y < Double(BlockGrid.height)
    hidesSides = min(x, z) > maximum && max(x, z) < side - maximum
  }

  /// Lets lines of a bundle meet blocks, four at a time. See ``SightBundle/fillUp()``.
  ///
  /// - Parameters:
  ///   - first: the first line; all that follow are meant.
  ///   - clear: up to where it is known that none of them meets anything.
  func meetBlocks(_ bundle: SightBundle, from first: Int, clear: ClearWay = .none) {
    if clear.isEndless { return bundle.clear(from: first) }
    for line in stride(from: first, to: bundle.count, by: 4) {
      let dx = bundle.four(bundle.dx, line), dy = bundle.four(bundle.dy, line),
        dz = bundle.four(bundle.dz, line)
      guard isInside else {
        for lane in 0..<4 { meetBlock(bundle, line &+ lane) }
        continue
      }
      var lines = FourLines(self, dx: dx, dy: dy, dz: dz)
      lines.follow(view, from: clear)
      bundle.set(line, lines.codes, lines.reaches)
      let unclear = hidesSides ? lines.leftWorld : lines.metNothing
      guard anyIsSet(unclear) else { continue }
      for lane in 0..<4 where unclear[lane] != 0 { meetBlock(bundle, line &+ lane) }
    }
  }

  /// The same for a single line, wherever it begins and ends.
  private func meetBlock(_ bundle: SightBundle, _ line: Int) {
    var code: UInt8 = 0, distance = Double.infinity
    _ = view.look(
      x: x, y: y, z: z, dx: Double(bundle.dx[line]), dy: Double(bundle.dy[line]),
      dz: Double(bundle.dz[line]), maximum: maximum, ceiling: ceiling
    ) { hit in
      code = hit.code
      distance = hit.distance
      return true
    }
    bundle.code[line] = code
    bundle.distance[line] = Float(distance)
  }
}
