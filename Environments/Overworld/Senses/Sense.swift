/// One thing that an agent can be shown of the Overworld: one or two fields of its observation.
///
/// Fields lie in the observation in this order. ``OverworldSenses/layout`` explains the bytes of each.
public enum Sense: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  /// The blocks about the player's feet.
  case voxels
  /// How many it has of the items that matter.
  case inventory
  /// What lies in each slot, for agents that choose slots.
  case slots
  /// What it holds in its hand.
  case equipped
  /// Health, food and breath.
  case life
  /// What its body feels: ground, water, fire.
  case body
  /// Where it looks.
  case compass
  /// Where it is.
  case position
  /// The biome.
  case biome
  /// The light of the sky and the time of day.
  case daylight
  /// What it looks at within its reach, and how far it has broken that.
  case aim
  /// Whether a crafting table and a furnace are near enough to be used.
  case stations
  /// What a fan of rays meets, and how far away.
  case rays
  /// A picture from the player's eyes: what each of its points shows.
  case semantic
  /// How far away what each point of the same picture shows is.
  case depth
  /// The same picture in colours.
  case pixels
  /// What is about the player, from above.
  case map

  /// Its name in options and documents.
  public var name: String { "\(self)" }

  /// What it shows, in one sentence.
  public var summary: String {
    switch self {
    case .voxels: "The blocks about the player's feet."
    case .inventory: "How many the player has of the items that matter."
    case .slots: "What lies in each slot, for agents that choose slots."
    case .equipped: "What the player holds in its hand."
    case .life: "Health, food and breath."
    case .body: "What the body feels: ground, water, fire."
    case .compass: "Where the player looks."
    case .position: "Where the player is."
    case .biome: "The biome."
    case .daylight: "The light of the sky and the time of day."
    case .aim: "What the player looks at within its reach, and how far it has broken that."
    case .stations: "Whether a crafting table and a furnace are near enough to be used."
    case .rays: "What a fan of rays meets, and how far away."
    case .semantic: "A picture from the player's eyes: what each of its points shows."
    case .depth: "How far away what each point of the same picture shows is."
    case .pixels: "The same picture in colours."
    case .map: "What is about the player, from above."
    }
  }
}

/// The box of blocks that ``Sense/voxels`` shows, the cell of the player's feet in its middle.
public struct VoxelBox: BitwiseCopyable, Sendable, Equatable {
  /// Which way the box is turned.
  public enum Alignment: String, BitwiseCopyable, Sendable, CaseIterable {
    /// To the world, as MineDojo's voxels are: the first axis goes east, the second south.
    case world
    /// To the nearest quarter turn of the player's look: the first axis goes to its right, the second ahead.
    case facing
  }

  /// The largest width, depth and height.
  static let largest = 31

  /// Blocks along the first axis, the second, and upwards, each odd.
  public var width = 5, depth = 5, height = 5
  /// Which way the box is turned.
  public var alignment = Alignment.world

  /// A box; sizes must be odd and at most 31.
  public init(width: Int = 5, depth: Int = 5, height: Int = 5, alignment: Alignment = .world) {
    precondition(
      [width, depth, height].allSatisfy { $0 % 2 == 1 && (1...Self.largest).contains($0) },
      "the box of voxels has odd sides of at most \(Self.largest) blocks")
    self.width = width
    self.depth = depth
    self.height = height
    self.alignment = alignment
  }

  /// Blocks in it.
  public var count: Int { width &* depth &* height }
}
