import KnackEnvironment

/// Draws the whole map, a tile a cell.
final class CrafterMapPainter {
  /// Points of a cell each way; the map is scaled where the picture is no multiple of its cells.
  private let unit: Int
  /// Every material with everything that may stand on it, `unit * unit` colors each.
  private let cells: [UInt32]
  private let bitmap: Canvas

  init(width: Int, height: Int) {
    let unit = max(1, min(width, height) / CrafterMap.side)
    self.unit = unit
    let tiles = CrafterTiles.standard
    cells = CrafterPainter.localCells(tiles, unit).flatMap { cell in
      cell.map { number in
        let color = tiles.colours[Int(number)]
        return UInt32(color.x) << 16 | UInt32(color.y) << 8 | UInt32(color.z)
      }
    }
    bitmap = Canvas(width: unit * CrafterMap.side, height: unit * CrafterMap.side)
  }

  func draw<Draws: CrafterDraws>(_ world: UnsafeMutablePointer<CrafterWorld<Draws>>, on canvas: Canvas) {
    let points = unit * unit, target = bitmap
    cells.withUnsafeBufferPointer { cells in
      let player = CrafterPainter.playerThing(
        facing: world.pointee.player.facing, isSleeping: world.pointee.player.isSleeping)
      for x in 0..<CrafterMap.side {
        for y in 0..<CrafterMap.side {
          let area = PixelArea(x: x * unit, y: y * unit, width: unit, height: unit)
          guard world.pointee.unmade >> UInt64(CrafterMap.chunk(x, y)) & 1 == 0 else {
            target.fill(area, with: 0x18181C)
            continue
          }
          let place = CrafterMap.cell(x, y)
          let isPlayers = x == world.pointee.playerX && y == world.pointee.playerY
          let thing = isPlayers ? player : Int(world.pointee.map.occupants[place])
          let cell = Int(world.pointee.map.materials[place]) * CrafterPainter.things + thing
          guard cell >= 0, (cell + 1) * points <= cells.count else { continue }
          for row in 0..<unit {
            (target.row(area.y + row) + area.x)
              .update(from: cells.baseAddress! + cell * points + row * unit, count: unit)
          }
        }
      }
    }
    // The player is small there; a frame says where to look.
    let place = PixelArea(
      x: world.pointee.playerX * unit, y: world.pointee.playerY * unit, width: unit, height: unit)
    let outer = place.inset(by: -max(2, unit / 2)), thickness = max(1, unit / 5)
    for edge in [
      PixelArea(x: outer.x, y: outer.y, width: outer.width, height: thickness),
      PixelArea(x: outer.x, y: outer.y + outer.height - thickness, width: outer.width, height: thickness),
      PixelArea(x: outer.x, y: outer.y, width: thickness, height: outer.height),
      PixelArea(x: outer.x + outer.width - thickness, y: outer.y, width: thickness, height: outer.height),
    ] { target.fill(edge, with: 0xFFFFFF) }
    if canvas.width == target.width, canvas.height == target.height {
      canvas.copy(target)
    } else {
      canvas.copyScaled(target)
    }
  }
}
