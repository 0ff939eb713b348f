/// Draws pictures in Crafter's layout: seven rows of cells around the player, lit, above two rows of inventory, unlit.
///
/// The layout, the rounding and the light are those of the Python package; only the tiles are our own. A cell has
/// `size / 9` points each way, rounded down, and what is left over is a black border, half of it (rounded down) above and
/// to the left. At size 64 that is 7 points a cell and one black line below and to the right.
///
/// By day the light depends on the colour alone, so that it is enough to light the palette; a cell that looks like one
/// that was drawn already is copied from there. In the dark every point has noise of its own, and the cells are drawn column
/// by column: first the numbers of their colours, copied out of tiles that were scaled once, then the colours.
public final class CrafterPainter: @unchecked Sendable {  // nothing changes after init
  /// Points of a picture each way.
  public let size: Int
  /// Points of a cell each way.
  public let unit: Int
  /// Points of the border above and to the left.
  public let border: Int
  /// Bytes of a picture, [y][x][red, green, blue].
  public var byteCount: Int { size * size * 3 }

  /// Things that may stand on a cell: nothing, nine kinds of creatures, and the player in five ways.
  static let things = 15
  /// Amounts that look different: from 0 to 9, and more.
  private static let amounts = 11

  /// A cell's points, column by column, each column padded to `stride`; by material and thing, then by item and amount,
  /// then an empty one.
  private let cells: UnsafeMutablePointer<UInt8>
  private let stride: Int
  private let firstItemCell: Int, emptyCell: Int
  /// The points of the cells from `firstItemCell` on as they are shown, row by row.
  private let items: UnsafeMutablePointer<UInt8>
  /// The colours by number, as words (see ``CrafterLight``).
  private let plain: UnsafeMutablePointer<UInt32>
  private let colourCount: Int
  /// The share of the night's noise, column by column.
  private let shares: UnsafeMutablePointer<Double>
  private let shareStride: Int

  /// A painter of pictures of `size`×`size` points, at least 18.
  public init(size: Int = 64, tiles: CrafterTiles = .standard) {
    precondition(size >= 18, "A picture of Crafter has at least 18 points each way.")
    self.size = size
    let unit = size / 9
    self.unit = unit
    border = (size - 9 * unit) / 2
    stride = (unit + 7) / 8 * 8

    let all =
      Self.localCells(tiles, unit) + Self.itemCells(tiles, unit) + [Self.square(CrafterTiles.black, unit)]
    firstItemCell = CrafterMaterial.allCases.count * Self.things
    emptyCell = all.count - 1
    let cellBytes = unit * stride
    cells = .allocate(capacity: all.count * cellBytes)
    cells.initialize(repeating: 0, count: all.count * cellBytes)
    for (i, cell) in all.enumerated() {
      for x in 0..<unit {
        for y in 0..<unit { cells[i * cellBytes + x * stride + y] = cell[y * unit + x] }
      }
    }

    colourCount = tiles.colours.count
    plain = .allocate(capacity: colourCount)
    for (i, colour) in tiles.colours.enumerated() {
      (plain + i).initialize(to: UInt32(colour.x) | UInt32(colour.y) << 8 | UInt32(colour.z) << 16)
    }

    items = .allocate(capacity: (all.count - firstItemCell) * unit * unit * 3)
    var next = items
    for cell in all[firstItemCell...] {
      for number in cell {
        let colour = tiles.colours[Int(number)]
        for channel in 0..<3 {
          next.initialize(to: colour[channel])
          next += 1
        }
      }
    }

    shareStride = (CrafterScene.height * unit + 7) / 8 * 8
    let share = vignette(width: CrafterScene.width * unit, height: CrafterScene.height * unit)
    shares = .allocate(capacity: share.count)
    shares.initialize(from: share, count: share.count)
  }

  deinit {
    cells.deallocate()
    items.deallocate()
    plain.deallocate()
    shares.deallocate()
  }

  /// Draws a scene.
  ///
  /// - Parameters:
  ///   - noise: the noise of the night: a number between 32 and 127 for each of the 9 · `unit` by 7 · `unit` points around
  ///     the player, column by column, as the package draws them. Read only where daylight is below one half; nil for a
  ///     night without noise.
  ///   - picture: ``byteCount`` bytes.
  /// - Complexity: O(points).
  public func draw(
    _ scene: CrafterScene, noise: UnsafePointer<Double>?, into picture: UnsafeMutablePointer<UInt8>
  ) {
    let light = CrafterLight(daylight: scene.daylight, sleeping: scene.isSleeping)
    drawBorder(into: picture)
    // Where each cell's points begin.
    var layout = InlineArray<81, Int32>(repeating: 0)
    withUnsafeMutablePointer(to: &layout) {
      let layout = UnsafeMutableRawPointer($0).assumingMemoryBound(to: Int32.self)
      lay(scene, out: layout)
      if let noise, light.noise > 0 {
        drawNight(layout, light, noise, into: picture)
      } else {
        drawDay(layout, light, into: picture)
      }
      drawInventory(layout, into: picture)
    }
  }

  /// Blackens what lies about the cells.
  private func drawBorder(into picture: UnsafeMutablePointer<UInt8>) {
    let line = size &* 3, left = border &* 3, points = 27 &* unit
    let below = border &+ 9 &* unit
    picture.update(repeating: 0, count: border &* line)
    (picture + below &* line).update(repeating: 0, count: (size &- below) &* line)
    for y in border..<below {
      let row = picture + y &* line
      for i in 0..<left { row[i] = 0 }
      for i in left &+ points..<line { row[i] = 0 }
    }
  }

  /// The first byte of a cell, given its place.
  @inline(__always)
  private func start(_ x: Int, _ y: Int) -> Int {
    ((border &+ y &* unit) &* size &+ border &+ x &* unit) &* 3
  }

  /// Draws the lit cells in a light without noise: each kind of cell once, and then copies.
  private func drawDay(
    _ layout: UnsafePointer<Int32>, _ light: CrafterLight, into picture: UnsafeMutablePointer<UInt8>
  ) {
    // Where each kind of cell was drawn first, 0 for nowhere yet; else one more than the number of the cell.
    var drawn = InlineArray<208, UInt8>(repeating: 0)
    var palette = InlineArray<256, UInt32>(repeating: 0)
    withUnsafeMutablePointer(to: &palette) {
      let colours = UnsafeMutableRawPointer($0).assumingMemoryBound(to: UInt32.self)
      colours.update(from: plain, count: colourCount)
      light.fall(on: colours, count: colourCount)
      let cellBytes = unit &* stride, line = size &* 3
      for y in 0..<CrafterScene.height {
        for x in 0..<CrafterScene.width {
          let points = Int(layout[x &* 9 &+ y]), kind = points / cellBytes, target = picture + start(x, y)
          let first = Int(drawn[kind]) &- 1
          guard first >= 0 else {
            drawn[kind] = UInt8(truncatingIfNeeded: x &* 9 &+ y &+ 1)
            drawCell(cells + points, colours, into: target)
            continue
          }
          let source = picture + start(first / 9, first % 9)
          for row in 0..<unit { copy(source + row &* line, to: target + row &* line) }
        }
      }
    }
  }

  /// Draws the points of a cell, given by the numbers of their colours.
  @inline(__always)
  private func drawCell(
    _ points: UnsafePointer<UInt8>, _ colours: UnsafePointer<UInt32>, into target: UnsafeMutablePointer<UInt8>
  ) {
    for y in 0..<unit {
      var next = target + y &* size &* 3
      for x in 0..<unit {
        let colour = colours[Int(points[x &* stride &+ y])]
        UnsafeMutableRawPointer(next).storeBytes(
          of: UInt16(truncatingIfNeeded: colour).littleEndian, as: UInt16.self)
        next[2] = UInt8(truncatingIfNeeded: colour >> 16)
        next += 3
      }
    }
  }

  /// Copies a row of a cell, the last eight bytes overlapping those before.
  @inline(__always)
  private func copy(_ source: UnsafePointer<UInt8>, to target: UnsafeMutablePointer<UInt8>) {
    let count = 3 &* unit, source = UnsafeRawPointer(source), target = UnsafeMutableRawPointer(target)
    guard count >= 8 else { return target.copyMemory(from: source, byteCount: count) }
    func copyWord(_ offset: Int) {
      target.storeBytes(
        of: source.loadUnaligned(fromByteOffset: offset, as: UInt64.self), toByteOffset: offset,
        as: UInt64.self)
    }
    var offset = 0
    while offset < count &- 8 {
      copyWord(offset)
      offset &+= 8
    }
    copyWord(count &- 8)
  }

  /// Draws the inventory, on which no light falls.
  private func drawInventory(_ layout: UnsafePointer<Int32>, into picture: UnsafeMutablePointer<UInt8>) {
    let cellBytes = unit &* stride, line = size &* 3, row = 3 &* unit
    for y in CrafterScene.height..<9 {
      for x in 0..<CrafterScene.width {
        let cell = Int(layout[x &* 9 &+ y]) / cellBytes &- firstItemCell
        let source = items + cell &* unit &* row, target = picture + start(x, y)
        for i in 0..<unit { copy(source + i &* row, to: target + i &* line) }
      }
    }
  }

  /// Draws the lit cells in a light with noise.
  private func drawNight(
    _ layout: UnsafePointer<Int32>, _ light: CrafterLight, _ noise: UnsafePointer<Double>,
    into picture: UnsafeMutablePointer<UInt8>
  ) {
    let lit = CrafterScene.height * unit, columns = 9 * unit
    // The numbers of a column's colours, with room for copying beyond the end; its colours and its noise.
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: columns + 8) { numbers in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: columns + 8) { colours in
        withUnsafeTemporaryAllocation(of: Double.self, capacity: shareStride) { values in
          let numbers = numbers.baseAddress!, colours = colours.baseAddress!, values = values.baseAddress!
          for i in lit..<shareStride { values[i] = 0 }
          for x in 0..<columns {
            compose(x, layout, into: numbers)
            // Beyond the lit part lies some of the inventory: colours, if meaningless ones.
            for y in 0..<shareStride { colours[y] = plain[Int(numbers[y])] }
            values.update(from: noise + x &* lit, count: lit)
            light.fall(on: colours, noise: values, shares: shares + x &* shareStride, count: shareStride)
            store(
              0..<lit, into: picture + (border &* size &+ border &+ x) &* 3, isLast: x == columns - 1
            ) { colours[$0] }
          }
        }
      }
    }
  }

  /// Writes points of a column; in all columns but the last one together with a byte of the next one, which is written
  /// later.
  @inline(__always)
  private func store(
    _ rows: Range<Int>, into column: UnsafeMutablePointer<UInt8>, isLast: Bool, _ colour: (Int) -> UInt32
  ) {
    var target = column + rows.lowerBound &* size &* 3
    guard isLast else {
      for y in rows {
        UnsafeMutableRawPointer(target).storeBytes(of: colour(y).littleEndian, as: UInt32.self)
        target += size &* 3
      }
      return
    }
    for y in rows {
      let word = colour(y)
      target[0] = UInt8(truncatingIfNeeded: word)
      target[1] = UInt8(truncatingIfNeeded: word >> 8)
      target[2] = UInt8(truncatingIfNeeded: word >> 16)
      target += size &* 3
    }
  }
}

// MARK: Layout

extension CrafterPainter {
  /// Writes where each cell's points begin, [x][y].
  private func lay(_ scene: CrafterScene, out layout: UnsafeMutablePointer<Int32>) {
    let cellBytes = unit &* stride
    let player = Self.playerThing(facing: scene.facing, isSleeping: scene.isSleeping)
    for x in 0..<CrafterScene.width {
      for y in 0..<CrafterScene.height {
        let place = x &* CrafterScene.height &+ y
        let isPlayers = x == CrafterScene.width / 2 && y == CrafterScene.height / 2
        let thing = isPlayers ? player : Int(scene.view.occupants[place])
        let cell = Int(scene.view.materials[place]) &* Self.things &+ thing
        layout[x &* 9 &+ y] = Int32(truncatingIfNeeded: cell &* cellBytes)
      }
      for row in 0..<2 {
        let item = row &* CrafterScene.width &+ x
        let cell =
          item < 16
          ? firstItemCell &+ item &* Self.amounts &+ min(Self.amounts - 1, Int(scene.inventory[item]))
          : emptyCell
        layout[x &* 9 &+ CrafterScene.height &+ row] = Int32(truncatingIfNeeded: cell &* cellBytes)
      }
    }
  }

  /// Writes the numbers of the colours of column `x`, 9 · unit bytes, and up to 7 meaningless ones beyond.
  @inline(__always)
  private func compose(_ x: Int, _ layout: UnsafePointer<Int32>, into numbers: UnsafeMutablePointer<UInt8>) {
    let cell = x / unit, column = cells + (x &- cell &* unit) &* stride
    for row in 0..<9 {
      let source = UnsafeRawPointer(column + Int(layout[cell &* 9 &+ row]))
      let target = UnsafeMutableRawPointer(numbers + row &* unit)
      var offset = 0
      while offset < unit {
        target.storeBytes(
          of: source.loadUnaligned(fromByteOffset: offset, as: UInt64.self), toByteOffset: offset,
          as: UInt64.self)
        offset &+= 8
      }
    }
  }

  /// The number of the player among the things that may stand on a cell.
  @inline(__always)
  static func playerThing(facing: CrafterDirection, isSleeping: Bool) -> Int {
    10 &+ (isSleeping ? 4 : Int(facing.rawValue))
  }

  /// Every material with everything that may stand on it.
  static func localCells(_ tiles: CrafterTiles, _ unit: Int) -> [[UInt8]] {
    let names = [
      "cow", "zombie", "skeleton", "arrow-left", "arrow-right", "arrow-up", "arrow-down", "plant",
      "plant-ripe",
      "player-left", "player-right", "player-up", "player-down", "player-sleep",
    ]
    let things = names.map { tiles[$0].scaled(to: unit) }
    return CrafterMaterial.allCases.flatMap { material in
      guard material != .nothing else {
        return [[UInt8]](repeating: square(CrafterTiles.grey, unit), count: Self.things)
      }
      let ground = tiles["\(material)"].scaled(to: unit)
      return [ground] + things.map { overlay($0, on: ground) }
    }
  }

  /// Every item with every amount, on black.
  private static func itemCells(_ tiles: CrafterTiles, _ unit: Int) -> [[UInt8]] {
    let empty = square(CrafterTiles.black, unit), points = Double(unit)
    func place(_ name: String, size: Double, at offset: Double, on cell: [UInt8]) -> [UInt8] {
      let (size, offset) = (Int(size), Int(offset))
      let tile = tiles[name].scaled(to: size)
      var cell = cell
      for y in 0..<size {
        for x in 0..<size where tile[y * size + x] != CrafterTiles.transparent {
          cell[(offset + y) * unit + offset + x] = tile[y * size + x]
        }
      }
      return cell
    }
    return CrafterItem.allCases.flatMap { item in
      let picture = place(item.name, size: 0.8 * points, at: 0.1 * points, on: empty)
      return (0..<amounts).map { amount in
        guard amount > 0 else { return empty }
        let text = amount == amounts - 1 ? "unknown" : "\(amount)"
        return place(text, size: 0.6 * points, at: 0.4 * points, on: picture)
      }
    }
  }

  private static func square(_ colour: UInt8, _ unit: Int) -> [UInt8] {
    [UInt8](repeating: colour, count: unit * unit)
  }

  /// A tile over another. All of ours are opaque or transparent, for which the package's blending changes no byte.
  private static func overlay(_ tile: [UInt8], on ground: [UInt8]) -> [UInt8] {
    zip(tile, ground).map { $0 == CrafterTiles.transparent ? $1 : $0 }
  }
}
