/// Draws pictures in Crafter's layout: seven rows of cells around the player, lit, above two rows of inventory, unlit.
///
/// The layout, the rounding and the light are those of the Python package; only the tiles are our own. A cell has
/// `size / 9` points each way, rounded down, and what is left over is a black border, half of it (rounded down) above and
/// to the left. At size 64 that is 7 points a cell and one black line below and to the right.
///
/// A picture is made column by column: first the numbers of its colours, copied out of tiles that were scaled once, then
/// the colours. By day the light depends on the colour alone, so that it is enough to light the palette; in the dark every
/// point has noise of its own.
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
  private static let things = 15
  /// Amounts that look different: from 0 to 9, and more.
  private static let amounts = 11

  /// A cell's points, column by column, each column padded to `stride`; by material and thing, then by item and amount,
  /// then an empty one.
  private let cells: UnsafeMutablePointer<UInt8>
  private let stride: Int
  private let firstItemCell: Int, emptyCell: Int
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

    shareStride = (CrafterScene.height * unit + 7) / 8 * 8
    let share = vignette(width: CrafterScene.width * unit, height: CrafterScene.height * unit)
    shares = .allocate(capacity: share.count)
    shares.initialize(from: share, count: share.count)
  }

  deinit {
    cells.deallocate()
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
    picture.update(repeating: 0, count: byteCount)
    let light = CrafterLight(daylight: scene.daylight, sleeping: scene.isSleeping)
    let noise = light.noise > 0 ? noise : nil
    let lit = CrafterScene.height * unit, columns = 9 * unit
    // Which cell is drawn where; the numbers of a column's colours, with room for copying beyond the end; the palette in
    // this light, or else a column's colours and its noise.
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: 81) { layout in
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: columns + 8) { numbers in
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: max(colourCount, columns + 8)) { colours in
          withUnsafeTemporaryAllocation(of: Double.self, capacity: shareStride) { values in
            let layout = layout.baseAddress!, numbers = numbers.baseAddress!
            let colours = colours.baseAddress!, values = values.baseAddress!
            lay(scene, out: layout)
            if noise == nil {
              colours.update(from: plain, count: colourCount)
              light.fall(on: colours, count: colourCount)
            }
            for i in lit..<shareStride { values[i] = 0 }
            for x in 0..<columns {
              compose(x, layout, into: numbers)
              let target = picture + (border &* size &+ border &+ x) &* 3, isLast = x == columns - 1
              if let noise {
                // Beyond the lit part lies some of the inventory: colours, if meaningless ones.
                for y in 0..<shareStride { colours[y] = plain[Int(numbers[y])] }
                values.update(from: noise + x &* lit, count: lit)
                light.fall(on: colours, noise: values, shares: shares + x &* shareStride, count: shareStride)
                store(0..<lit, into: target, isLast: isLast) { colours[$0] }
              } else {
                store(0..<lit, into: target, isLast: isLast) { colours[Int(numbers[$0])] }
              }
              store(lit..<columns, into: target, isLast: isLast) { plain[Int(numbers[$0])] }
            }
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
    let player = 10 &+ (scene.isSleeping ? 4 : Int(scene.facing.rawValue))
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

  /// Every material with everything that may stand on it.
  private static func localCells(_ tiles: CrafterTiles, _ unit: Int) -> [[UInt8]] {
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
