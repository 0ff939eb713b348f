import KnackDocuments

/// Minecraft 1.11.2's rules as far as this world goes by them, compiled from the files in `Data/` into columns that a step
/// reads by the codes of blocks and items.
public struct MinecraftRules: Sendable {
  /// Items.
  public let items: ItemTable
  /// Block states.
  public let blocks: BlockTable
  /// How long breaking takes, and what harvests what.
  public let breaking: BreakingTable
  /// What drops.
  public let drops: DropTable
  /// Crafting.
  public internal(set) var recipes: RecipeTable
  /// Smelting and fuels.
  public internal(set) var smelting: SmeltingTable

  /// The rules of the files that the program brings along, read once.
  public static let standard = builtIn { () throws(DocumentError) in try MinecraftRules(.standard) }

  /// The rules of files.
  ///
  /// - Throws: `DocumentError` with file, line and column.
  init(_ files: DataFiles) throws(DocumentError) {
    try self.init(MinecraftData(files))
  }

  init(_ data: MinecraftData) throws(DocumentError) {
    items = ItemTable(data)
    blocks = BlockTable(data, items)
    breaking = BreakingTable(data)
    drops = DropTable(data, items)
    recipes = try RecipeTable(data, items)
    smelting = SmeltingTable(data, items)
  }
}
