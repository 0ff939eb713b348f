import KnackDocuments

/// The items that an agent is shown, in columns by ``Item/index``: the list `inventory` of `Data/senses.yaml`.
struct SensedItems: Sendable {
  /// Minecraft's names.
  let names: [String]
  /// By item, its place in the list; ``other`` for what is not in it.
  let place: ConstantTable<UInt8>
  /// The number of items in the list, and the place of those that are not.
  let count: Int, other: UInt8
  /// By item, its durability; 0 for what does not wear off.
  let durability: ConstantTable<UInt16>

  /// The most that an agent can count: so many, or more.
  static let most: UInt8 = 16

  /// Those that the program brings along, read once.
  static let standard = builtIn { () throws(DocumentError) in
    let root = try YAMLValue(
      yaml: String(decoding: PackageResources.senses_yaml, as: UTF8.self), file: "senses.yaml")
    return try SensedItems(root, MinecraftRules.standard.items)
  }

  /// The items of a file's root.
  ///
  /// - Throws: `DocumentError` with file, line and column.
  init(_ root: YAMLValue, _ items: ItemTable) throws(DocumentError) {
    let known = Array(Set(items.names.dropFirst())).sorted()
    var names: [String] = []
    for value in try root.fields(["inventory", "nearby"])["inventory"]?.elements("a list of items") ?? [] {
      let name = try value.text("the name of an item")
      guard !items.items(named: name).isEmpty else {
        throw value.mistake("there is no item '\(name)'; \(mend(name, among: known))")
      }
      guard !names.contains(name) else { throw value.mistake("'\(name)' is given twice.") }
      guard names.count < 250 else { throw value.mistake("no more than 250 items can be shown.") }
      names.append(name)
    }
    var places = [UInt8](repeating: UInt8(names.count), count: items.count)
    for (place, name) in names.enumerated() {
      for item in items.items(named: name) { places[item.index] = UInt8(place) }
    }
    self.names = names
    count = names.count
    other = UInt8(names.count)
    place = ConstantTable(places)
    durability = items.durability
  }

  /// What stands for an item in a field: 0 for none, its place in the list and one, or one more for any other.
  @inline(__always)
  func code(_ item: Item) -> UInt8 { item == .none ? 0 : place[item.index] &+ 1 }

  /// The number of such codes.
  var codeCount: Int { count + 2 }
}
