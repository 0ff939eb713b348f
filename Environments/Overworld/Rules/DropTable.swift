/// What drops: `tries` times, with `chance` each, from `least` to `most` of an item.
public struct Drop: BitwiseCopyable, Sendable {
  /// What drops, and what drops where the chance fails; none for nothing.
  public var item: Item, otherwise: Item
  /// What drops in its place where a creature dies burning; the same where that makes no difference.
  public var burnt: Item
  /// How many, every number as likely.
  public var least: UInt8, most: UInt8
  /// How often the chance is drawn.
  public var tries: UInt8
  /// The chance, 0 to 1.
  public var chance: Float
}

/// What blocks and creatures drop: ranges of one list.
public struct DropTable: Sendable {
  /// All drops.
  public let drops: ConstantTable<Drop>
  private let block: ConstantTable<DropRange>, shearedBlock: ConstantTable<DropRange>
  private let creature: ConstantTable<DropRange>, shearedCreature: ConstantTable<DropRange>
  private let rare: ConstantTable<DropRange>, rareChances: ConstantTable<Float>

  /// What a block drops that is broken with what harvests it, as indices into ``drops``.
  public func drops(of block: Block, sheared: Bool = false) -> Range<Int> {
    (sheared ? shearedBlock : self.block)[Int(block.rawValue)].range
  }

  /// What a creature drops when it dies, as indices into ``drops``.
  public func drops(of creature: CreatureKind) -> Range<Int> { self.creature[Int(creature.rawValue)].range }

  /// What shears take from a living creature, as indices into ``drops``; wool is white here, of the creature's colour in
  /// the world.
  public func sheared(_ creature: CreatureKind) -> Range<Int> {
    shearedCreature[Int(creature.rawValue)].range
  }

  /// One of these drops, each as likely, with ``rareChance(_:)``, where the player killed the creature.
  public func rareDrops(of creature: CreatureKind) -> Range<Int> { rare[Int(creature.rawValue)].range }

  /// The chance of a rare drop.
  public func rareChance(_ creature: CreatureKind) -> Float { rareChances[Int(creature.rawValue)] }

  init(_ data: MinecraftData, _ items: ItemTable) {
    var drops: [Drop] = []
    func code(_ reference: ItemReference?) -> Item {
      reference.flatMap { items.item($0.name, $0.metadata ?? 0) } ?? .none
    }
    func add(_ chances: [MinecraftData.ChanceData]) -> DropRange {
      let first = drops.count
      for drop in chances where code(drop.item) != .none {
        drops.append(
          Drop(
            item: code(drop.item), otherwise: code(drop.otherwise), burnt: code(drop.burnt ?? drop.item),
            least: UInt8(drop.least), most: UInt8(drop.most), tries: UInt8(drop.tries),
            chance: Float(drop.chance)))
      }
      return DropRange(first: UInt16(first), end: UInt16(drops.count))
    }
    let blocks = Block.allCases.map { add(data.drops(of: $0)) }
    let shearedBlocks = zip(Block.allCases, blocks).map { block, range in
      data.stateDrops[block]?.sheared.map(add) ?? range
    }
    let creatures = CreatureKind.allCases.map { data.creatureDrops["\($0)"] }
    block = ConstantTable(blocks)
    shearedBlock = ConstantTable(shearedBlocks)
    creature = ConstantTable(creatures.map { add($0?.drops ?? []) })
    shearedCreature = ConstantTable(creatures.map { add($0?.sheared ?? []) })
    rare = ConstantTable(
      creatures.map { add(($0?.rareItems ?? []).map { MinecraftData.ChanceData(item: $0) }) })
    rareChances = ConstantTable(creatures.map { Float($0?.rareChance ?? 0) })
    self.drops = ConstantTable(drops)
  }
}

/// Indices from `first` up to `end`.
struct DropRange: BitwiseCopyable, Sendable {
  var first: UInt16, end: UInt16

  var range: Range<Int> { Int(first)..<Int(end) }
}

extension MinecraftData {
  /// What a state drops: what drops.yaml says, or what its block drops, itself being itself in its own metadata.
  func drops(of state: Block) -> [ChanceData] {
    if let drops = stateDrops[state] { return drops.drops }
    let state = states[Int(state.rawValue)]
    guard let block = blocks[state.block] else { return [] }
    return block.drops.compactMap { drop in
      let isItself = drop.item == ItemReference(state.block)
      guard let item = isItself ? state.item ?? knownItem(drop.item) : knownItem(drop.item) else {
        return nil
      }
      return ChanceData(
        item: item, least: Int(drop.least ?? 1), most: Int(drop.most ?? max(1, drop.least ?? 1)))
    }
  }

  private func knownItem(_ reference: ItemReference) -> ItemReference? {
    itemPlaces[reference.name] == nil ? nil : reference
  }
}
