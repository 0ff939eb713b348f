import KnackDocuments

/// How a block state is drawn.
struct BlockLook: BitwiseCopyable, Sendable {
  /// How it fills its cell for the eye.
  enum Form: UInt8, BitwiseCopyable, Sendable {
    /// Nothing is there.
    case none
    /// A cube of which nothing is transparent, and one with holes.
    case cube, pierced
    /// A box on the ground of the cell.
    case box
    /// Two upright planes across the cell.
    case cross
    /// Water and lava.
    case liquid
  }

  var form = Form.none
  /// How far a box's sides lie within the cell, and how high it is, in blocks.
  var inset: Float = 0, height: Float = 1
  /// Its tiles.
  var top: UInt16 = 0, side: UInt16 = 0, bottom: UInt16 = 0
}

/// A box of which a creature is made, in blocks about the middle of its feet, for one that faces south.
struct CreaturePart: BitwiseCopyable, Sendable {
  var minX: Float, minY: Float, minZ: Float, maxX: Float, maxY: Float, maxZ: Float
  var tile: UInt16
}

/// How everything is drawn: `Data/appearance.yaml`, compiled.
struct Appearance: BitwiseCopyable, Sendable {
  /// The tiles.
  let tiles: TileAtlas
  /// By ``Block/rawValue``.
  let blocks: ConstantTable<BlockLook>
  /// The parts of creatures, and by ``CreatureKind/rawValue`` the first of its own; one more entry than kinds.
  let parts: ConstantTable<CreaturePart>, firstPart: ConstantTable<UInt16>
  /// The tile of items on the ground that are no blocks; and by the colour of wool, that of sheep.
  let itemTile: Int
  let wool: ConstantTable<UInt16>

  /// That of the program's own file, made once.
  static let standard = builtIn { () throws(DocumentError) in
    try Appearance(
      yaml: String(decoding: PackageResources.appearance_yaml, as: UTF8.self), MinecraftRules.standard.blocks)
  }

  /// The looks of a text in the format of `Data/appearance.yaml`.
  ///
  /// - Throws: `DocumentError` with file, line and column.
  init(yaml: String, _ table: BlockTable) throws(DocumentError) {
    let root = try YAMLValue(yaml: yaml, file: "appearance.yaml")
    let sections = try root.fields(["blocks", "creatures"])
    var styles: [TileStyle] = [], places: [TileStyle: Int] = [:]
    func tile(_ style: TileStyle) -> UInt16 {
      if let place = places[style] { return UInt16(place) }
      places[style] = styles.count
      styles.append(style)
      return UInt16(styles.count - 1)
    }
    func section(_ name: String) throws(DocumentError) -> YAMLValue {
      guard let value = sections[name] else { throw root.mistake("'\(name)' is missing.") }
      return value
    }

    var looks = [BlockLook?](repeating: nil, count: Block.count)
    let states = Block.allCases.map { (name: $0.name, value: $0) }
    for (block, value) in try section("blocks").entries(of: "block state", among: states) {
      var look = BlockLook()
      let solid = Float(table.shape[Int(block.rawValue)].height) / 16
      var form: String?
      if value.isMapping {
        let fields = try value.fields(["top", "side", "bottom", "form", "inset", "height"])
        guard let side = fields["side"] else { throw value.mistake("'side' is missing.") }
        look.side = tile(try TileStyle(side))
        look.top =
          try fields["top"].map { (value) throws(DocumentError) in tile(try TileStyle(value)) } ?? look.side
        look.bottom =
          try fields["bottom"].map { (value) throws(DocumentError) in tile(try TileStyle(value)) } ?? look.top
        form = try fields["form"]?.choice(
          "form", among: ["cube", "cross", "box"].map { (name: $0, value: $0) })
        look.inset = Float(try fields["inset"]?.number(in: 0...7.5) ?? 0) / 16
        look.height = Float(try fields["height"]?.number(in: 1...16) ?? Double(16 * min(1, solid))) / 16
      } else {
        look.side = tile(try TileStyle(value))
        look.top = look.side
        look.bottom = look.side
        look.height = min(1, solid)
      }
      let isPierced = styles[Int(look.side)].pattern == .pane
      look.form =
        switch form {
        case "cross": .cross
        case "box": .box
        default: look.height > 0 && look.height < 1 ? .box : isPierced ? .pierced : .cube
        }
      if table.shape[Int(block.rawValue)] == .liquid { look.form = .liquid }
      if block == .air { look.form = .none }
      looks[Int(block.rawValue)] = look
    }
    if let missing = looks.firstIndex(where: { $0 == nil }) {
      throw try section("blocks").mistake("the block state '\(states[missing].name)' is missing.")
    }

    var parts: [CreaturePart] = [], firstPart: [UInt16] = [0, 0]
    let kinds = CreatureKind.allCases.dropFirst().map { (name: $0.name, value: $0) }
    for (_, value) in try section("creatures").entries(of: "creature", among: kinds) {
      for part in try value.elements("a list of boxes") {
        let fields = try part.elements("a tile, a place and a size")
        guard fields.count == 3 else { throw part.mistake("a box is a tile, a place and a size.") }
        func triple(_ value: YAMLValue, _ range: ClosedRange<Double>) throws(DocumentError) -> SIMD3<Float> {
          let numbers = try value.elements("three numbers")
          guard numbers.count == 3 else { throw value.mistake("these must be three numbers.") }
          return SIMD3(
            Float(try numbers[0].number(in: range)), Float(try numbers[1].number(in: range)),
            Float(try numbers[2].number(in: range)))
        }
        let style = tile(try TileStyle(fields[0]))
        let middle = try triple(fields[1], -64...64) / 16, size = try triple(fields[2], 0.1...64) / 16
        let low = middle - size / 2, high = middle + size / 2
        parts.append(
          CreaturePart(
            minX: low.x, minY: low.y, minZ: low.z, maxX: high.x, maxY: high.y, maxZ: high.z, tile: style))
      }
      firstPart.append(UInt16(parts.count))
    }
    guard firstPart.count == CreatureKind.allCases.count + 1 else {
      throw try section("creatures").mistake("a creature is missing.")
    }
    let white = tile(TileStyle(.fleece, SIMD3(repeating: 0.9)))
    itemTile = Int(tile(TileStyle(.grain, SIMD3(0.75, 0.66, 0.5))))
    // Wool by the metadata of Minecraft's; what does not occur is white.
    let colors: [Int: SIMD3<Float>] = [
      6: SIMD3(0.93, 0.55, 0.67), 7: SIMD3(0.25, 0.27, 0.29), 8: SIMD3(0.56, 0.56, 0.53),
      12: SIMD3(0.45, 0.28, 0.16),
      15: SIMD3(0.11, 0.11, 0.13),
    ]
    wool = ConstantTable((0..<16).map { colors[$0].map { tile(TileStyle(.fleece, $0)) } ?? white })
    tiles = TileAtlas(styles)
    blocks = ConstantTable(looks.map { $0! })
    self.parts = ConstantTable(parts)
    self.firstPart = ConstantTable(firstPart)
  }

  /// The parts of creatures of a kind, as indices into ``parts``.
  @inline(__always)
  func parts(of kind: CreatureKind) -> Range<Int> {
    Int(firstPart[Int(kind.rawValue)])..<Int(firstPart[Int(kind.rawValue) + 1])
  }
}
