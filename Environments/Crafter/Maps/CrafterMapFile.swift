import KnackDocuments

/// A map drawn by hand, or written by `knack environments map` and edited: what every episode begins with, in the place
/// of a generated one.
///
/// The text has one line a row and one character a cell, the upper left corner first. At most 64 × 64 cells; a smaller
/// map lies in the middle of nothing. Lines that begin with `#` are remarks. These characters are known from the start:
///
///     . grass    ~ water    , sand    ^ stone    _ path    T tree    ! lava    x nothing
///     c coal     i iron     d diamond t table    f furnace
///     @ player on grass     C cow on grass       Z zombie on grass   S skeleton on path
///     P sapling on grass    R ripe-plant on grass
///
/// and a line with an equals sign gives a character another meaning (`z = zombie on sand`, `, = water`). The player must
/// be on the map once.
///
///     # a cow between the player and a lake
///     w = cow on sand
///     .......~~
///     .@..w,,~~
///     .......~~
struct CrafterMapFile: Sendable, Equatable {
  /// What a cell holds.
  struct Cell: Sendable, Equatable {
    var material: CrafterMaterial
    var occupant = CrafterOccupant.nothing
  }

  /// Something that stands on the map at the beginning.
  struct Piece: Sendable, Equatable {
    var occupant: CrafterOccupant
    var x: Int, y: Int
  }

  /// Codes of materials, 64 × 64, x-major.
  var materials = [UInt8](repeating: 0, count: CrafterMap.side * CrafterMap.side)
  /// What stands there, x-major, without the player.
  var pieces: [Piece] = []
  /// Where the player starts.
  var playerX = 0, playerY = 0

  /// What a character means if nothing else is said.
  static let legend: [Character: Cell] = [
    ".": Cell(material: .grass), "~": Cell(material: .water), ",": Cell(material: .sand),
    "^": Cell(material: .stone), "_": Cell(material: .path), "T": Cell(material: .tree),
    "!": Cell(material: .lava), "x": Cell(material: .nothing), "c": Cell(material: .coal),
    "i": Cell(material: .iron), "d": Cell(material: .diamond), "t": Cell(material: .table),
    "f": Cell(material: .furnace), "@": Cell(material: .grass, occupant: .player),
    "C": Cell(material: .grass, occupant: .cow), "Z": Cell(material: .grass, occupant: .zombie),
    "S": Cell(material: .path, occupant: .skeleton), "P": Cell(material: .grass, occupant: .sapling),
    "R": Cell(material: .grass, occupant: .ripePlant),
  ]

  /// The same for those who edit a file.
  private static let explanation = """
    # . grass   ~ water   , sand   ^ stone   _ path   T tree   ! lava   c coal   i iron   d diamond
    # t table   f furnace   x nothing   @ player, C cow, Z zombie, P sapling, R ripe-plant on grass
    # S skeleton on path; lines such as `w = water` and `z = zombie on sand` give characters other meanings.

    """

  /// What can stand on a map, by the names that legends use.
  static let occupantNames: [(name: String, value: CrafterOccupant)] = [
    ("player", .player), ("cow", .cow), ("zombie", .zombie), ("skeleton", .skeleton), ("sapling", .sapling),
    ("ripe-plant", .ripePlant),
  ]

  /// The length of the longest file that is read, in bytes, and the most things that may stand on its map.
  static let maximumFileSize = 1 << 16, maximumPieces = 1024
}

// MARK: - Reading

extension CrafterMapFile {
  /// Reads a map.
  ///
  /// - Parameters:
  ///   - name: what errors call the file.
  ///   - description: the world that the map is for, in which the player must be able to stand where it starts.
  /// - Throws: `DocumentError` with file, line and column.
  init(text: String, name: String, for description: CrafterDescription) throws(DocumentError) {
    guard text.utf8.count <= Self.maximumFileSize else {
      throw DocumentError("\(name) is longer than \(Self.maximumFileSize) bytes, which no map needs to be.")
    }
    var legend = Self.legend
    var rows: [(line: Int, cells: [Character])] = []
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let line = String(line).trimmed
      if line.isEmpty || line.hasPrefix("#") { continue }
      if line.contains("=") {
        let (character, cell) = try Self.meaning(line, place: "\(name):\(number + 1)")
        legend[character] = cell
      } else {
        rows.append((number + 1, Array(line)))
      }
    }
    let width = rows.first?.cells.count ?? 0, side = CrafterMap.side
    guard !rows.isEmpty else {
      throw DocumentError("\(name) has no map; write one line a row, one character a cell.")
    }
    guard rows.count <= side && width <= side else {
      throw DocumentError(
        "\(name): a map has at most \(side) rows of \(side) cells, not \(rows.count) of \(width).")
    }
    let left = (side - width) / 2, top = (side - rows.count) / 2
    var players = 0
    for (row, (line, cells)) in rows.enumerated() {
      guard cells.count == width else {
        throw DocumentError(
          "\(name):\(line): this row has \(cells.count) cells and the first \(width); make them equal.")
      }
      for (column, character) in cells.enumerated() {
        guard let cell = legend[character] else {
          throw DocumentError(
            "\(name):\(line):\(column + 1): '\(character)' means nothing; add a line such as '\(character) = sand'."
          )
        }
        let x = left + column, y = top + row
        materials[x * side + y] = cell.material.rawValue
        switch cell.occupant {
        case .nothing: break
        case .player:
          players += 1
          (playerX, playerY) = (x, y)
          guard description.ground.player.subtracting(description.ground.deadly).contains(cell.material)
          else {
            throw DocumentError(
              "\(name):\(line):\(column + 1): the player cannot stand on \(cell.material) in this world; choose "
                + "another ground.")
          }
        default: pieces.append(Piece(occupant: cell.occupant, x: x, y: y))
        }
      }
    }
    guard players == 1 else {
      throw DocumentError("\(name) has \(players) players; put one on the map, as '@' or as a line says.")
    }
    guard pieces.count <= Self.maximumPieces else {
      throw DocumentError(
        "\(name) has \(pieces.count) things on its map; leave at most \(Self.maximumPieces).")
    }
    pieces.sort { ($0.x, $0.y) < ($1.x, $1.y) }
  }

  /// A line of the legend: `z = zombie on sand`.
  private static func meaning(
    _ line: String, place: String
  ) throws(DocumentError) -> (Character, Cell) {
    let words = line.split(separator: " ").map(String.init)
    guard words.count == 3 || words.count == 5 && words[3] == "on", words[1] == "=", words[0].count == 1,
      words[0] != "=", words[0] != "#"
    else {
      throw DocumentError(
        "\(place): write a character and its meaning, as in 'w = water' or 'z = zombie on sand'.")
    }
    func choose<Value>(
      _ word: String, _ what: String, _ choices: [(name: String, value: Value)]
    ) throws(DocumentError) -> Value {
      guard let choice = choices.first(where: { $0.name == word }) else {
        throw DocumentError(
          "\(place): there is no \(what) '\(word)'; \(mend(word, among: choices.map(\.name)))")
      }
      return choice.value
    }
    let grounds = materialNames + [(name: "nothing", value: CrafterMaterial.nothing)]
    let material = try choose(words.last!, "material", grounds)
    let occupant = words.count == 5 ? try choose(words[2], "thing", occupantNames) : .nothing
    return (Character(words[0]), Cell(material: material, occupant: occupant))
  }
}

extension String {
  /// Without the white space at its end.
  fileprivate var trimmed: String {
    var text = Substring(self)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}

// MARK: - Writing

extension CrafterMapFile {
  /// The file: a remark, what characters mean beyond the known ones, and the rows.
  func text(remark: String) -> String {
    let side = CrafterMap.side
    var occupants = [Int: CrafterOccupant](
      uniqueKeysWithValues: pieces.map { ($0.x * side + $0.y, $0.occupant) })
    occupants[playerX * side + playerY] = .player
    var legend = Self.legend, additions: [String] = []
    var free = "abeghjklmnopqrsuvwyzABDEFGHIJKLMNOQUVWXY0123456789$%&*+-/:;<>?".makeIterator()
    var rows = ""
    for y in 0..<side {
      for x in 0..<side {
        let index = x * side + y
        let cell = Cell(
          material: CrafterMaterial(code: Int(materials[index])), occupant: occupants[index] ?? .nothing)
        if let known = legend.first(where: { $0.value == cell })?.key {
          rows.append(known)
        } else {
          // There are fewer pairs of a thing and a ground than free characters.
          let character = free.next()!
          legend[character] = cell
          let thing = Self.occupantNames.first { $0.value == cell.occupant }!.name
          additions.append("\(character) = \(thing) on \(cell.material)\n")
          rows.append(character)
        }
      }
      rows += "\n"
    }
    return "# \(remark)\n" + Self.explanation + additions.joined() + rows
  }
}
