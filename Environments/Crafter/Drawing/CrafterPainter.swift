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

  private let tiles: CrafterTiles
  /// A cell's points, column by column, each column padded to `stride`; by material and thing, then by item and amount,
  /// then an empty one.
  private let cells: UnsafeMutablePointer<UInt8>
  private let stride: Int
  private let firstItemCell: Int, emptyCell: Int
  /// The colours' channels, padded to a multiple of 8; and the colours as they are, blue highest.
  private let red, green, blue: UnsafeMutablePointer<Double>
  private let plain: UnsafeMutablePointer<UInt32>
  private let colourCount: Int
  /// The share of the night's noise, column by column.
  private let shares: UnsafeMutablePointer<Double>
  private let shareStride: Int

  /// A painter of pictures of `size`×`size` points, at least 18.
  public init(size: Int = 64, tiles: CrafterTiles = .standard) {
    precondition(size >= 18, "A picture of Crafter has at least 18 points each way.")
    self.size = size
    self.tiles = tiles
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

    colourCount = (tiles.colours.count + 7) / 8 * 8
    (red, green, blue) = (
      .allocate(capacity: colourCount), .allocate(capacity: colourCount), .allocate(capacity: colourCount)
    )
    plain = .allocate(capacity: colourCount)
    for i in 0..<colourCount {
      let colour = i < tiles.colours.count ? tiles.colours[i] : SIMD3(0, 0, 0)
      (red + i).initialize(to: Double(colour.x))
      (green + i).initialize(to: Double(colour.y))
      (blue + i).initialize(to: Double(colour.z))
      (plain + i).initialize(to: UInt32(colour.x) | UInt32(colour.y) << 8 | UInt32(colour.z) << 16)
    }

    shareStride = (CrafterScene.height * unit + 7) / 8 * 8
    let share = vignette(width: CrafterScene.width * unit, height: CrafterScene.height * unit)
    shares = .allocate(capacity: share.count)
    shares.initialize(from: share, count: share.count)
  }

  deinit {
    cells.deallocate()
    red.deallocate()
    green.deallocate()
    blue.deallocate()
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
    let layout = layout(of: scene)
    let lit = CrafterScene.height * unit, height = 9 * unit, last = 9 * unit - 1
    // The numbers of a column's colours, its colours, and its noise; room for copying beyond the end.
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: height + 8) { numbers in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: max(colourCount, height + 8)) { colours in
        withUnsafeTemporaryAllocation(of: Double.self, capacity: shareStride) { values in
          let numbers = numbers.baseAddress!, colours = colours.baseAddress!, values = values.baseAddress!
          if noise == nil { lightPalette(light, into: colours) }
          for i in lit..<shareStride { values[i] = 0 }
          var target = picture + (border &* size &+ border) &* 3
          for x in 0...last {
            compose(x, layout, into: numbers)
            if let noise {
              values.update(from: noise + x &* lit, count: lit)
              lightColumn(x, numbers, light, values, into: colours)
              for y in 0..<lit { store(colours[y], target + y &* size &* 3, isLast: x == last) }
            } else {
              for y in 0..<lit {
                store(colours[Int(numbers[y])], target + y &* size &* 3, isLast: x == last)
              }
            }
            for y in lit..<height {
              store(plain[Int(numbers[y])], target + y &* size &* 3, isLast: x == last)
            }
            target += 3
          }
        }
      }
    }
  }

  /// Writes a point; all but the last one of a line together with a byte of the next one, which is written later.
  @inline(__always)
  private func store(_ colour: UInt32, _ target: UnsafeMutablePointer<UInt8>, isLast: Bool) {
    guard isLast else {
      return UnsafeMutableRawPointer(target).storeBytes(of: colour.littleEndian, as: UInt32.self)
    }
    target[0] = UInt8(truncatingIfNeeded: colour)
    target[1] = UInt8(truncatingIfNeeded: colour >> 8)
    target[2] = UInt8(truncatingIfNeeded: colour >> 16)
  }
}

// MARK: Light

extension CrafterPainter {
  /// Writes the palette as it looks in a light without noise.
  @inline(__always)
  private func lightPalette(_ light: CrafterLight, into colours: UnsafeMutablePointer<UInt32>) {
    for first in Swift.stride(from: 0, to: colourCount, by: 8) {
      let eight = CrafterColours(
        red: load(red + first), green: load(green + first), blue: load(blue + first))
      pack(light.mix(eight), into: colours + first)
    }
  }

  /// Writes the lit part of a noisy column.
  @inline(__always)
  private func lightColumn(
    _ x: Int, _ numbers: UnsafePointer<UInt8>, _ light: CrafterLight, _ noise: UnsafePointer<Double>,
    into colours: UnsafeMutablePointer<UInt32>
  ) {
    for first in Swift.stride(from: 0, to: shareStride, by: 8) {
      let n = numbers + first
      // Beyond the end of the lit part lies some of the inventory: colours, if meaningless ones.
      let eight = CrafterColours(red: gather(red, n), green: gather(green, n), blue: gather(blue, n))
      let share = light.noise * load(shares + (x &* shareStride &+ first))
      pack(light.mix(eight, noise: load(noise + first), share: share), into: colours + first)
    }
  }

  @inline(__always)
  private func load(_ values: UnsafePointer<Double>) -> SIMD8<Double> {
    UnsafeRawPointer(values).loadUnaligned(as: SIMD8<Double>.self)
  }

  @inline(__always)
  private func gather(_ table: UnsafePointer<Double>, _ n: UnsafePointer<UInt8>) -> SIMD8<Double> {
    SIMD8(
      table[Int(n[0])], table[Int(n[1])], table[Int(n[2])], table[Int(n[3])], table[Int(n[4])],
      table[Int(n[5])], table[Int(n[6])], table[Int(n[7])])
  }

  /// Writes eight colours, one a word: the sum below is exact, and its lowest bits are the three bytes.
  @inline(__always)
  private func pack(_ colours: CrafterColours, into words: UnsafeMutablePointer<UInt32>) {
    let sums = colours.red + 256 * colours.green + 65536 * colours.blue + 0x1p52
    let bits = unsafeBitCast(sums, to: SIMD8<UInt64>.self)
    for i in 0..<8 { words[i] = UInt32(truncatingIfNeeded: bits[i]) }
  }
}

// MARK: Layout

extension CrafterPainter {
  /// Which cell is drawn where, [x][y].
  private typealias Layout = InlineArray<81, Int32>

  private func layout(of scene: CrafterScene) -> Layout {
    var layout = Layout(repeating: 0)
    let player = 10 + (scene.isSleeping ? 4 : Int(scene.facing.rawValue))
    for x in 0..<CrafterScene.width {
      for y in 0..<CrafterScene.height {
        let place = x &* CrafterScene.height &+ y
        let isPlayers = x == CrafterScene.width / 2 && y == CrafterScene.height / 2
        let thing = isPlayers ? player : Int(scene.view.occupants[place])
        layout[x &* 9 &+ y] = Int32(Int(scene.view.materials[place]) &* Self.things &+ thing)
      }
      for row in 0..<2 {
        let item = row &* CrafterScene.width &+ x
        layout[x &* 9 &+ CrafterScene.height &+ row] = Int32(
          item < CrafterItem.allCases.count
            ? firstItemCell &+ item &* Self.amounts &+ min(Self.amounts - 1, Int(scene.inventory[item]))
            : emptyCell)
      }
    }
    return layout
  }

  /// Writes the numbers of the colours of column `x`, 9 · unit bytes, and up to 7 meaningless ones beyond.
  @inline(__always)
  private func compose(_ x: Int, _ layout: Layout, into numbers: UnsafeMutablePointer<UInt8>) {
    let cell = x / unit, column = cells + (x &- cell &* unit) &* stride
    for row in 0..<9 {
      let source = UnsafeRawPointer(column + Int(layout[cell &* 9 &+ row]) &* unit &* stride)
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
