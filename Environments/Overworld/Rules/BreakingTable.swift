/// A tool as far as breaking goes: a column of ``BreakingTable``.
public struct BreakingTool: Sendable, Equatable {
  /// What it does well.
  public let toolClass: ToolClass
  /// What it is made of; none for the hand and shears.
  public let tier: ToolTier

  /// The bare hand first, then pickaxes, axes, shovels and swords from wood to diamond, then shears. Hoes break like the
  /// hand and have no column.
  public static let all: [BreakingTool] =
    [BreakingTool(.hand, .none)]
    + [ToolClass.pickaxe, .axe, .shovel, .sword].flatMap { kind in
      ToolTier.allCases.dropFirst().map { BreakingTool(kind, $0) }
    } + [BreakingTool(.shears, .none)]

  init(_ toolClass: ToolClass, _ tier: ToolTier) {
    self.toolClass = toolClass
    self.tier = tier
  }

  /// The tool of an item's name; nil for what is no tool.
  init?(name: String) {
    if name == "shears" {
      self.init(.shears, .none)
      return
    }
    guard let tier = Self.prefixes.first(where: { name.hasPrefix($0.prefix + "_") }),
      let kind = [ToolClass.pickaxe, .axe, .shovel, .hoe, .sword].first(where: {
        name == "\(tier.prefix)_\($0)"
      })
    else { return nil }
    self.init(kind, tier.tier)
  }

  private static let prefixes: [(prefix: String, tier: ToolTier)] = [
    ("wooden", .wood), ("golden", .gold), ("stone", .stone), ("iron", .iron), ("diamond", .diamond),
  ]

  /// Its column; the hand's where it has none of its own.
  public var column: UInt8 { UInt8(Self.all.firstIndex(of: self) ?? 0) }

  /// The item's name (`wooden_pickaxe`), or `hand`.
  public var name: String {
    guard let prefix = Self.prefixes.first(where: { $0.tier == tier })?.prefix else { return "\(toolClass)" }
    return "\(prefix)_\(toolClass)"
  }
}

/// How long it takes to break a block, by Minecraft 1.11's formula (netherite: `player_break.h`).
///
/// A tick of breaking does `speed / hardness / 30` of the work where the tool harvests the block and `speed / hardness /
/// 100` where it does not; `speed` is the tool's for the block's material. Off the ground and with the head under water
/// each make that a fifth. The block breaks in the first tick in which the sum reaches 1, and at once where one tick does
/// more than that.
public struct BreakingTable: Sendable {
  /// The number of columns: those of ``BreakingTool/all``.
  @inlinable public static var columns: Int { 22 }
  /// Ticks of work, not rounded, on the ground; infinite for what cannot be broken. Rows by block, columns by tool.
  @usableFromInline let work: ConstantTable<Float>
  /// Whether the tool harvests the block: whether it drops anything.
  @usableFromInline let harvest: ConstantTable<Bool>

  /// The part of the work that one tick does: 1 or more breaks the block, 0 never will.
  ///
  /// - Parameter column: ``ItemTable/breakingColumn`` of what is in the hand.
  @inlinable public func progress(_ block: Block, _ column: UInt8) -> Float {
    let work = self.work(block, column)
    return work > 1 ? 1 / work : 1
  }

  /// Ticks of work, not rounded; infinite for what cannot be broken.
  @inlinable func work(_ block: Block, _ column: UInt8) -> Float {
    work[Int(block.rawValue) * Self.columns + Int(column)]
  }

  /// Whether breaking the block with the tool makes it drop.
  @inlinable public func harvests(_ block: Block, _ column: UInt8) -> Bool {
    harvest[Int(block.rawValue) * Self.columns + Int(column)]
  }

  /// Ticks until the block breaks: 0 at once, nil never.
  ///
  /// - Parameter slowness: 1, times 5 off the ground, times 5 with the head under water.
  public func ticks(_ block: Block, _ column: UInt8, slowness: Int = 1) -> Int? {
    // The work of 45 ticks must not become 46 by a rounding error; a float's rounding has removed those of doubles.
    let work = Double(work(block, column)) * Double(slowness)
    guard work.isFinite else { return nil }
    return work < 1 ? 0 : Int((work - 1e-4).rounded(.up))
  }

  init(_ data: MinecraftData) {
    precondition(BreakingTool.all.count == Self.columns)
    var work: [Float] = [], harvest: [Bool] = []
    for state in data.states {
      let block = data.blocks[state.block]
      for tool in BreakingTool.all {
        let harvests = block?.tools?.contains(tool.name) ?? true
        let speed = block?.material.flatMap { data.materials[$0]?[tool.name] } ?? 1
        harvest.append(harvests)
        if let block, block.diggable, let hardness = block.hardness {
          work.append(Float(hardness * (harvests ? 30 : 100) / speed))
        } else {
          work.append(.infinity)
        }
      }
    }
    self.work = ConstantTable(work)
    self.harvest = ConstantTable(harvest)
  }
}
