import KnackDocuments

extension MinecraftData {
  /// A state that can stand in the world.
  struct StateData {
    /// Minecraft's block and metadata.
    var block: String, metadata: Int
    var shape: BlockShape
    var isReplaceable: Bool, falls: Bool, isClimbable: Bool, isSupported: Bool
    /// The item that places it; nil where none does.
    var item: ItemReference?
  }

  mutating func readPalette(_ files: DataFiles) throws(DocumentError) {
    let root = try files.root("palette")
    let choices = Block.allCases.map { (name: $0.name, value: $0) }
    let shapes = BlockShape.allCases.map { (name: "\($0)", value: $0) }
    for (state, value) in try root.entries(of: "block state", among: choices) {
      guard states.count == Int(state.rawValue) else { break }
      let fields = try value.fields([
        "block", "metadata", "shape", "replaceable", "falls", "climbable", "supported", "item",
      ])
      guard let block = fields["block"] else { throw value.mistake("'block' is missing.") }
      let name = try block.text("the name of a block")
      guard blocks[name] != nil else {
        throw block.mistake("there is no block '\(name)'; \(mend(name, among: blockNames))")
      }
      let metadata = try fields["metadata"]?.integer(in: 0...15) ?? 0
      var item: ItemReference? = ItemReference(name, metadata)
      if let value = fields["item"] {
        item = value.isWord("none") ? nil : try reference(value)
      } else if itemPlaces[name] == nil {
        throw value.mistake("there is no item '\(name)' to place it; say which is, or 'item: none'.")
      }
      func flag(_ key: String) throws(DocumentError) -> Bool { try fields[key]?.boolean() ?? false }
      states.append(
        StateData(
          block: name, metadata: metadata,
          shape: try fields["shape"]?.choice("shape", among: shapes) ?? .full,
          isReplaceable: try flag("replaceable"), falls: try flag("falls"),
          isClimbable: try flag("climbable"),
          isSupported: try flag("supported"), item: item))
    }
    guard states.count == Block.count else {
      throw root.mistake("the state '\(choices[states.count].name)' is missing.")
    }
  }
}
