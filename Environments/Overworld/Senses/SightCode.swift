/// What can be seen at a place, as a byte: the code of a block, or of a creature, or of an item that lies on the ground.
///
/// Blocks keep their codes (``Block/rawValue``), of which 0 is air, so that nothing seen is 0 too.
enum SightCode {
  /// The code of items on the ground, which is the last.
  static let item = UInt8(Block.count + CreatureKind.allCases.count - 1)
  /// The number of codes.
  static let count = Int(item) + 1

  /// The code of creatures of a kind, which must not be ``CreatureKind/none``.
  @inline(__always)
  static func creature(_ kind: CreatureKind) -> UInt8 {
    UInt8(truncatingIfNeeded: Block.count &- 1) &+ kind.rawValue
  }

  /// All codes with their names, as they stand in the summaries of fields.
  static let legend: String = {
    let creatures = CreatureKind.allCases.dropFirst().map { "\(creature($0)) \($0.name)" }
    return (blocks + creatures + ["\(item) item on the ground"]).joined(separator: ", ")
  }()

  /// The codes of blocks with their names.
  static let blockLegend = blocks.joined(separator: ", ")

  private static let blocks = Block.allCases.map { "\($0.rawValue) \($0.name)" }
}
