/// What movement, placing and falling ask of a block, in one place.
struct BlockTraits: BitwiseCopyable, Sendable {
  /// The height of its box in blocks; 0 where nothing bumps into it.
  var height = 0.0
  /// Whether it is water, lava.
  var isWater = false, isLava = false
  /// Whether it is climbed as a ladder is.
  var isClimbable = false
  /// Whether another block can be put in its place.
  var isReplaceable = false
  /// Whether it falls where nothing is below.
  var falls = false
  /// Whether it drops where what it stands on or hangs at is gone.
  var isSupported = false
  /// Whether it is a cube, on and at which things hold.
  var isCube = false
  /// Whether it is a cube that lets nobody breathe; glass and leaves do.
  var isOpaque = false
  /// Whether sunlight ends or dims there.
  var stopsSunlight = false
}

/// The traits of all block states.
struct BlockTraitsTable: BitwiseCopyable, Sendable {
  private let traits: ConstantTable<BlockTraits>

  /// Those of the built-in rules.
  static let standard = BlockTraitsTable(MinecraftRules.standard.blocks)

  /// Reads them off the rules.
  init(_ blocks: BlockTable) {
    traits = ConstantTable(
      Block.allCases.map { block in
        let index = Int(block.rawValue)
        let isCube = blocks.shape[index] == .full
        return BlockTraits(
          height: Double(blocks.shape[index].height) / 16, isWater: block == .water || block == .flowingWater,
          isLava: block == .lava || block == .flowingLava, isClimbable: blocks.isClimbable[index],
          isReplaceable: blocks.isReplaceable[index], falls: blocks.falls[index],
          isSupported: blocks.isSupported[index], isCube: isCube,
          isOpaque: isCube && blocks.filters[index] == 15,
          stopsSunlight: blocks.filters[index] > 0)
      })
  }

  /// The traits of a block.
  @inline(__always)
  subscript(_ block: Block) -> BlockTraits { traits[Int(block.rawValue)] }
}
