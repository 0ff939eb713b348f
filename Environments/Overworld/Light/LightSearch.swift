/// How states give light and take it away, in columns by ``Block/rawValue``.
struct LightTable: Sendable {
  /// Light that a state gives.
  let emits: ConstantTable<UInt8>
  /// What a block's way through it costs: at least 1, and ``opaque`` where no light passes.
  let cost: ConstantTable<UInt8>
  /// The states that give light; where there are fewer than eight, the first fills the rest.
  let emitters: InlineArray<8, UInt8>

  /// More than there is to spend.
  static let opaque: UInt8 = 15

  init(_ blocks: BlockTable) {
    emits = blocks.emits
    cost = ConstantTable((0..<Block.count).map { max(1, blocks.filters[$0]) })
    let emitting = (0..<Block.count).filter { blocks.emits[$0] > 0 }
    precondition((1...8).contains(emitting.count), "the search for lamps looks for one to eight states")
    emitters = InlineArray { UInt8(emitting[$0 < emitting.count ? $0 : 0]) }
  }

  /// That of Minecraft 1.11.
  static let standard = LightTable(MinecraftRules.standard.blocks)
}

/// The cells that a search for light has seen, and those from which it still has to go on.
///
/// A cell is a number of 15 bits: 16 more than its distance from the place along x, y and z.
private struct LightFrontier {
  private var seen = InlineArray<512, UInt64>(repeating: 0)
  /// Cells in a ring, and above each how much of the cost of its own is still to be spent before it passes light on.
  private var ring = InlineArray<4096, UInt32>(repeating: 0)
  private(set) var first = 0, end = 0

  /// The place itself.
  static let centre: UInt32 = 16 &<< 10 | 16 &<< 5 | 16

  /// Notes a cell; false where it was seen before.
  @inline(__always)
  mutating func notes(_ cell: UInt32) -> Bool {
    let bit = 1 &<< UInt64(cell & 63), word = Int(cell &>> 6)
    guard seen[unchecked: word] & bit == 0 else { return false }
    seen[unchecked: word] |= bit
    return true
  }

  @inline(__always)
  mutating func push(_ cell: UInt32, wait: UInt32) {
    ring[unchecked: end & 4095] = cell | wait &<< 15
    end &+= 1
  }

  @inline(__always)
  mutating func pop() -> (cell: UInt32, wait: UInt32) {
    let entry = ring[unchecked: first & 4095]
    first &+= 1
    return (entry & 0x7FFF, entry &>> 15)
  }
}

extension OverworldWorld {
  /// The light at a place, as far as it is above `floor`, from which the search starts; `floor` itself otherwise.
  ///
  /// Light loses one level a block, and more in water and ice. So the levels at a place are the largest of `source - cost`
  /// over all ways from a source (a block that gives light, a cell under the open sky, whose level is 15), where a way costs
  /// what its cells cost, the source's left out and the place's included. The search runs backwards, from the place through
  /// what lets light pass, in the order of cost, and stops where no source could better what was found.
  ///
  /// - Complexity: at most the 4,089 cells within 14 blocks; a few where a source is near. No memory is allocated.
  func searchLight(
    _ x: Int, _ y: Int, _ z: Int, above floor: (sky: Int, block: Int)
  ) -> (sky: Int, block: Int) {
    let table = LightTable.standard
    let here = Int(blocks[x, y, z].rawValue)
    var sky = floor.sky, block = max(floor.block, Int(table.emits[here]))
    let cost = table.cost[here]
    guard cost < LightTable.opaque else { return (sky, block) }
    if isOpenToSky(x, y, z) { sky = 15 }
    let nearSky = sky < 14 && isSkyNear(x, y, z, within: 14 &- sky)
    let nearLamp = block < 14 && isLampNear(x, y, z, within: 14 &- block, table)
    guard nearSky || nearLamp else { return (sky, block) }

    var frontier = LightFrontier()
    _ = frontier.notes(LightFrontier.centre)
    frontier.push(LightFrontier.centre, wait: UInt32(cost) &- 1)
    var spent = 1
    while (nearSky && sky < 15 &- spent) || (nearLamp && block < 15 &- spent), frontier.first != frontier.end
    {
      let end = frontier.end
      while frontier.first != end {
        let (cell, wait) = frontier.pop()
        guard wait == 0 else {
          frontier.push(cell, wait: wait &- 1)
          continue
        }
        let steps: InlineArray<6, UInt32> = [1, 0 &- 1, 32, 0 &- 32, 1024, 0 &- 1024]
        for step in 0..<6 {
          let next = cell &+ steps[unchecked: step]
          guard frontier.notes(next) else { continue }
          let nextX = x &+ Int(next &>> 10) &- 16, nextY = y &+ Int(next &>> 5 & 31) &- 16,
            nextZ = z &+ Int(next & 31) &- 16
          let state = Int(blocks[nextX, nextY, nextZ].rawValue)
          block = max(block, Int(table.emits[state]) &- spent)
          let cost = table.cost[state]
          guard cost < LightTable.opaque else { continue }
          if sky < 15 &- spent && isOpenToSky(nextX, nextY, nextZ) { sky = 15 &- spent }
          frontier.push(next, wait: UInt32(cost) &- 1)
        }
      }
      spent &+= 1
    }
    return (sky, block)
  }

  /// Whether a block that gives light is so near, in steps along the axes.
  ///
  /// Mostly there is none, and no search is needed. Each column lies in one piece, so 32 of its blocks are compared at once.
  private func isLampNear(_ x: Int, _ y: Int, _ z: Int, within distance: Int, _ table: LightTable) -> Bool {
    let low = max(0, min(y &- 14, BlockGrid.height &- 32))
    let firstX = max(0, x &- distance), lastX = min(BlockGrid.side &- 1, x &+ distance)
    guard firstX <= lastX else { return false }
    for columnX in firstX...lastX {
      let rest = distance &- abs(columnX &- x)
      let firstZ = max(0, z &- rest), lastZ = min(BlockGrid.side &- 1, z &+ rest)
      guard firstZ <= lastZ else { continue }
      for columnZ in firstZ...lastZ {
        if hasLamp(columnX, columnZ, from: low, table) { return true }
      }
    }
    return false
  }

  /// Whether one of 32 levels of a column inside the grid, from `low` on, gives light.
  @inline(__always)
  func hasLamp(_ x: Int, _ z: Int, from low: Int, _ table: LightTable) -> Bool {
    let index = BlockGrid.index(x, low, z), lamps = table.emitters
    var found = InlineArray<32, UInt8>(repeating: 0)
    for i in 0..<32 {
      let code = blocks.codes[unchecked: index &+ i]
      @inline(__always)
      func isLamp(_ lamp: Int) -> UInt8 { code == lamps[unchecked: lamp] ? 1 : 0 }
      found[unchecked: i] =
        isLamp(0) | isLamp(1) | isLamp(2) | isLamp(3) | isLamp(4) | isLamp(5) | isLamp(6) | isLamp(7)
    }
    let words = unsafeBitCast(found, to: SIMD4<UInt64>.self)
    return words.x | words.y | words.z | words.w != 0
  }

  /// Whether a cell under the open sky is so near, in steps along the axes.
  private func isSkyNear(_ x: Int, _ y: Int, _ z: Int, within distance: Int) -> Bool {
    let firstX = max(0, x &- distance), lastX = min(BlockGrid.side &- 1, x &+ distance)
    guard firstX <= lastX else { return false }
    for columnX in firstX...lastX {
      let rest = distance &- abs(columnX &- x)
      let firstZ = max(0, z &- rest), lastZ = min(BlockGrid.side &- 1, z &+ rest)
      guard firstZ <= lastZ else { continue }
      for columnZ in firstZ...lastZ {
        let rise = max(0, Int(skyline[unchecked: columnX &* BlockGrid.side &+ columnZ]) &- y)
        if rise &+ abs(columnZ &- z) <= rest { return true }
      }
    }
    return false
  }
}
