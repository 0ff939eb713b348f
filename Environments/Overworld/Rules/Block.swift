/// What one cell of the world holds: a block in one of the states that this world tells apart.
///
/// A state is Minecraft 1.11's name with a metadata value. Of states that behave alike here, such as the directions in
/// which stairs can face, one stands for all. What a state is called in Minecraft and how it behaves is said in
/// `Data/palette.yaml`; hardness, light and drops come from `Data/blocks.yaml`. Air is zero.
public enum Block: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  /// Nothing.
  case air

  /// Ground.
  case bedrock, stone, grass, dirt, sand, sandstone, gravel, clay, snowLayer, snow, ice, obsidian, farmland

  /// Liquids.
  case water, flowingWater, lava, flowingLava

  /// Ores.
  case coalOre, ironOre, goldOre, redstoneOre, lapisOre, diamondOre, emeraldOre

  /// Trees.
  case oakLog, spruceLog, birchLog, oakLeaves, spruceLeaves, birchLeaves, oakSapling, spruceSapling,
    birchSapling

  /// Plants.
  case tallGrass, fern, deadBush, yellowFlower, redFlower, brownMushroom, redMushroom, cactus, reeds,
    pumpkin, litPumpkin, web, vine, wheat0, wheat1, wheat2, wheat3, wheat4, wheat5, wheat6, wheat7

  /// What is built of stone.
  case cobblestone, mossyCobblestone, cobblestoneWall, stoneBricks, bricks, stoneStairs, sandstoneStairs,
    stoneSlab, sandstoneSlab, cobblestoneSlab, glass, glassPane

  /// What is built of wood.
  case oakPlanks, sprucePlanks, birchPlanks, oakStairs, spruceStairs, birchStairs, oakSlab, spruceSlab,
    birchSlab, oakFence, spruceFence, birchFence, oakFenceGate, oakFenceGateOpen, bookshelf, ladder

  /// Doors and signs.
  case oakDoorLower, oakDoorUpper, oakDoorLowerOpen, oakDoorUpperOpen, spruceDoorLower, spruceDoorUpper,
    spruceDoorLowerOpen, spruceDoorUpperOpen, birchDoorLower, birchDoorUpper, birchDoorLowerOpen,
    birchDoorUpperOpen, trapdoor, trapdoorOpen, standingSign, wallSign

  /// Furniture.
  case craftingTable, furnace, litFurnace, chest, bedFoot, bedHead, torch, hopper, cauldron, jukebox,
    noteblock, enchantingTable, anvil, hayBlock, tnt

  /// Wool, in the colours of sheep.
  case whiteWool, pinkWool, grayWool, lightGrayWool, brownWool, blackWool, whiteCarpet, pinkCarpet,
    grayCarpet, lightGrayCarpet, brownCarpet, blackCarpet

  /// Of metal and minerals.
  case coalBlock, ironBlock, goldBlock, redstoneBlock, lapisBlock, diamondBlock, emeraldBlock, ironBars

  /// Rails and mechanisms, which do nothing here.
  case rail, goldenRail, detectorRail, activatorRail, stonePressurePlate, woodenPressurePlate,
    lightWeightedPressurePlate, heavyWeightedPressurePlate, lever, stoneButton, woodenButton, tripwireHook,
    redstoneTorch, dispenser, dropper, piston

  /// The number of states.
  public static let count = Block.allCases.count

  /// The state of a code that lies in a grid of blocks, where none but codes of states ever lie. Without the check that
  /// `init(rawValue:)` makes, reading a block is one load.
  @inline(__always)
  init(stored code: UInt8) { self = unsafeBitCast(code, to: Block.self) }

  /// The state's name in `Data/palette.yaml`: the case's, in snake case (`oak_log`).
  public var name: String {
    "\(self)".reduce(into: "") { name, letter in
      if letter.isUppercase || letter.isNumber { name += "_" }
      name += letter.lowercased()
    }
  }
}

/// How a state fills its cell for what moves.
///
/// Coarser than Minecraft's boxes: a shape is a box over the whole cell, of some height. Closed doors fill their cell and
/// open ones leave it free; so do ladders, torches and the like.
public enum BlockShape: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  /// Walked through as if it were air.
  case none
  /// Swum through.
  case liquid
  /// A cube.
  case full
  /// The lower half.
  case slab
  /// Half as high as a cube where it is entered: walked up without a jump.
  case stairs
  /// Half a block higher than its cell: not to be jumped over.
  case fence
  /// A sixteenth high.
  case carpet
  /// Three sixteenths high: a closed trapdoor.
  case plate
  /// A sixteenth lower than a cube, and it hurts.
  case cactus
  /// Two sixteenths lower than a cube.
  case chest
  /// Nine sixteenths high.
  case bed
  /// A sixteenth lower than a cube.
  case farmland

  /// The height of the box in sixteenths of a block; zero where there is none.
  public var height: Int {
    switch self {
    case .none, .liquid: 0
    case .full: 16
    case .slab, .stairs: 8
    case .fence: 24
    case .carpet: 1
    case .plate: 3
    case .cactus, .farmland: 15
    case .chest: 14
    case .bed: 9
    }
  }
}
