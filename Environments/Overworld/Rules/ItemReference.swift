import KnackDocuments

/// An item as the data files write it: `planks:5` with its metadata, `planks` without.
struct ItemReference: Hashable, CustomStringConvertible {
  var name: String
  /// The metadata; nil where none is written, which means any for an ingredient and 0 for a result.
  var metadata: Int?

  init(_ name: String, _ metadata: Int? = nil) {
    self.name = name
    self.metadata = metadata
  }

  /// Reads `name` or `name:metadata`.
  init?(_ written: some StringProtocol) {
    let parts = written.split(separator: ":", omittingEmptySubsequences: false)
    guard let name = parts.first, !name.isEmpty, parts.count <= 2 else { return nil }
    self.name = String(name)
    if parts.count == 2 {
      guard let metadata = Int(parts[1]), (0...32_767).contains(metadata) else { return nil }
      self.metadata = metadata
    }
  }

  init(_ value: YAMLValue) throws(DocumentError) {
    let text = try value.text("the name of an item")
    guard let reference = ItemReference(text) else {
      throw value.mistake("'\(text)' names no item; write a name, or a name and metadata (planks:5).")
    }
    self = reference
  }

  var description: String { metadata.map { "\(name):\($0)" } ?? name }
}
