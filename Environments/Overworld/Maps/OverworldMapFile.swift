import KnackDocuments

/// A map: the blocks and biomes of a whole world, and where its player begins. What every episode can begin with, in the
/// place of a generated world.
///
/// The file is text, about 300 kB, and ends with a checksum:
///
///     # remarks
///     knack overworld map 1
///     player 64 70 61 12                  x, y, z of the feet's block, and yaw in steps of 15 degrees
///     block a bedrock                     what a symbol means; one line for each kind of block on the map
///     block b stone
///     biome A plains
///     cells                               32 lines of 32 symbols: biomes of 4 × 4 columns, a line for each x
///     AAAAAAAA…
///     columns                             128 lines of 128 columns, a line for each x
///     a60bc2d.=a61b.…                     from bedrock up: a count where it is not 1, and a symbol; '.' the rest is air;
///     checksum 85944171f73967e8           '=' the same column again
struct OverworldMapFile: Sendable, Equatable {
  /// Codes of ``Block`` as ``BlockGrid`` has them, and of ``Biome`` as ``OverworldWorld`` has them.
  var blocks: [UInt8], biomes: [UInt8]
  /// The block of the player's feet, and where it looks.
  var playerX: Int, playerY: Int, playerZ: Int, yaw: Int

  /// The first line after remarks; its number changes with the format.
  private static let title = "knack overworld map 1"
  /// The longest file that is read, in bytes; no map that was written is as long.
  static let maximumFileSize = 1 << 23
  /// One letter for each of the first 52 kinds of blocks; the others have a letter after one of these signs.
  private static let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8),
    signs = Array("*+-/!".utf8)

  private static func symbol(_ number: Int) -> [UInt8] {
    let letter = letters[number % letters.count]
    return number < letters.count ? [letter] : [signs[number / letters.count - 1], letter]
  }

  /// FNV-1a with 64 bits (Fowler, Noll and Vo), in hexadecimal.
  private static func checksum(_ bytes: some Sequence<UInt8>) -> String {
    let sum = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    let digits = String(sum, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

// MARK: - Writing

extension OverworldMapFile {
  /// A map's text with the checksum that belongs to it, in the place of another if there is one.
  static func sealed(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var body = lines.prefix { !$0.hasPrefix("checksum ") }.joined(separator: "\n")
    if body.last != "\n" { body += "\n" }
    return body + "checksum \(checksum(body.utf8))\n"
  }

  /// The file; the remark must be one line.
  func text(remark: String) -> String {
    var bytes: [UInt8] = []
    func write(_ text: String) { bytes += text.utf8 }
    write("# \(remark)\n\(Self.title)\nplayer \(playerX) \(playerY) \(playerZ) \(yaw)\n")
    var symbols = [[UInt8]](repeating: [], count: 256)
    for code in Set(blocks).sorted() where code != Block.air.rawValue {
      symbols[Int(code)] = Self.symbol(symbols.count { !$0.isEmpty })
      write("block \(String(decoding: symbols[Int(code)], as: UTF8.self)) \(Block(rawValue: code)!.name)\n")
    }
    // Air between other blocks needs a symbol, too.
    symbols[0] = Array("_".utf8)
    for code in Set(biomes).sorted() {
      write("biome \(String(decoding: Self.symbol(Int(code)), as: UTF8.self)) \(Biome(rawValue: code)!)\n")
    }
    write("cells\n")
    for row in 0..<BlockGrid.side / 4 {
      for cell in 0..<BlockGrid.side / 4 {
        bytes += Self.symbol(Int(biomes[row * BlockGrid.side / 4 + cell]))
      }
      write("\n")
    }
    write("columns\n")
    for x in 0..<BlockGrid.side {
      var before: ArraySlice<UInt8> = []
      for z in 0..<BlockGrid.side {
        let start = BlockGrid.index(x, 0, z), column = blocks[start..<start + BlockGrid.height]
        defer { before = column }
        if column.elementsEqual(before) {
          write("=")
          continue
        }
        let end = (column.lastIndex { $0 != 0 } ?? start - 1) + 1
        var level = start
        while level < end {
          let next = column[level..<end].firstIndex { $0 != column[level] } ?? end
          if next - level > 1 { write("\(next - level)") }
          bytes += symbols[Int(column[level])]
          level = next
        }
        write(".")
      }
      write("\n")
    }
    return Self.sealed(String(decoding: bytes, as: UTF8.self))
  }
}

// MARK: - Reading

extension OverworldMapFile {
  /// Reads a map.
  ///
  /// - Parameter name: what errors call the file.
  /// - Throws: `DocumentError` with file and line.
  init(text: String, name: String) throws(DocumentError) {
    let bytes = Array(text.utf8)
    guard bytes.count <= Self.maximumFileSize else {
      throw DocumentError("\(name) is longer than \(Self.maximumFileSize) bytes, which no map needs to be.")
    }
    blocks = [UInt8](repeating: 0, count: BlockGrid.side * BlockGrid.side * BlockGrid.height)
    biomes = [UInt8](repeating: 0, count: BlockGrid.side * BlockGrid.side / 16)
    (playerX, playerY, playerZ, yaw) = (0, 0, 0, 0)
    var reader = LineReader(bytes: bytes, name: name)
    try reader.skipRemarks()
    let title = try reader.words()
    guard title.joined(separator: " ") == Self.title else {
      throw DocumentError(
        "\(reader.place): this is not '\(Self.title)'; give a file that Knack wrote as an Overworld's map.")
    }
    try Self.check(bytes, name)
    try readPlayer(&reader)
    var blockSymbols: [[UInt8]: UInt8] = [Array("_".utf8): 0], biomeSymbols: [[UInt8]: UInt8] = [:]
    let blockNames = [String: UInt8](uniqueKeysWithValues: Block.allCases.map { ($0.name, $0.rawValue) })
    let biomeNames = [String: UInt8](uniqueKeysWithValues: Biome.allCases.map { ("\($0)", $0.rawValue) })
    while true {
      let words = try reader.words()
      if words == ["cells"] { break }
      guard words.count == 3, words[0] == "block" || words[0] == "biome" else {
        throw DocumentError("\(reader.place): expected 'block SYMBOL NAME', 'biome SYMBOL NAME' or 'cells'.")
      }
      let code = words[0] == "block" ? blockNames[words[2]] : biomeNames[words[2]]
      guard let code else { throw DocumentError("\(reader.place): there is no \(words[0]) '\(words[2])'.") }
      if words[0] == "block" {
        blockSymbols[Array(words[1].utf8)] = code
      } else {
        biomeSymbols[Array(words[1].utf8)] = code
      }
    }
    try readCells(&reader, biomeSymbols)
    guard try reader.words() == ["columns"] else {
      throw DocumentError("\(reader.place): expected 'columns'.")
    }
    for x in 0..<BlockGrid.side { try readColumns(&reader, x, blockSymbols) }
  }

  /// Compares the last line with what stands before it.
  private static func check(_ bytes: [UInt8], _ name: String) throws(DocumentError) {
    let rest = bytes.dropLast()
    let end = (rest.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    let words = String(decoding: rest[end...], as: UTF8.self).split(separator: " ")
    guard bytes.last == UInt8(ascii: "\n"), words.count == 2, words[0] == "checksum" else {
      throw DocumentError("\(name) is cut short: its last line is no checksum; write the map anew.")
    }
    guard words[1] == checksum(bytes[..<end]) else {
      throw DocumentError(
        "\(name) is damaged: it does not match the checksum in its last line; write the map anew.")
    }
  }

  private mutating func readPlayer(_ reader: inout LineReader) throws(DocumentError) {
    let words = try reader.words(), numbers = words.dropFirst().compactMap { Int($0) }
    guard words.count == 5, words[0] == "player", numbers.count == 4,
      BlockGrid.hasColumn(numbers[0], numbers[2]),
      (1..<BlockGrid.height).contains(numbers[1]), (0..<24).contains(numbers[3])
    else {
      throw DocumentError(
        "\(reader.place): expected 'player X Y Z YAW' with X and Z from 0 to \(BlockGrid.side - 1), Y from 1 to "
          + "\(BlockGrid.height - 1) and YAW from 0 to 23.")
    }
    (playerX, playerY, playerZ, yaw) = (numbers[0], numbers[1], numbers[2], numbers[3])
  }

  private mutating func readCells(_ reader: inout LineReader, _ symbols: [[UInt8]: UInt8])
    throws(DocumentError)
  {
    let side = BlockGrid.side / 4
    for row in 0..<side {
      let line = try reader.line(), codes = line.compactMap { symbols[[$0]] }
      guard line.count == side, codes.count == side else {
        throw DocumentError("\(reader.place): expected \(side) symbols of biomes.")
      }
      biomes.replaceSubrange(row * side..<(row + 1) * side, with: codes)
    }
  }

  private mutating func readColumns(
    _ reader: inout LineReader, _ x: Int, _ symbols: [[UInt8]: UInt8]
  ) throws(DocumentError) {
    let line = try reader.line()
    var z = 0, level = 0, count = 0, sign: UInt8?
    for byte in line {
      guard z < BlockGrid.side else {
        throw DocumentError("\(reader.place): this line has more than \(BlockGrid.side) columns.")
      }
      let start = BlockGrid.index(x, 0, z)
      switch byte {
      case UInt8(ascii: "."):
        (z, level) = (z + 1, 0)
      case UInt8(ascii: "="):
        guard z > 0, level == 0 else {
          throw DocumentError("\(reader.place): '=' repeats a column, and there is none before it here.")
        }
        for index in start..<start + BlockGrid.height { blocks[index] = blocks[index - BlockGrid.height] }
        z += 1
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        count = min(1000, 10 * count + Int(byte - UInt8(ascii: "0")))
        continue
      case _ where Self.signs.contains(byte) && sign == nil:
        sign = byte
        continue
      default:
        guard let code = symbols[sign.map { [$0, byte] } ?? [byte]] else {
          throw DocumentError(
            "\(reader.place): '\(Character(UnicodeScalar(byte)))' in column \(z) means nothing.")
        }
        let length = max(1, count)
        guard level + length <= BlockGrid.height else {
          throw DocumentError("\(reader.place): column \(z) is higher than \(BlockGrid.height) blocks.")
        }
        for index in start + level..<start + level + length { blocks[index] = code }
        level += length
      }
      (count, sign) = (0, nil)
    }
    guard z == BlockGrid.side else {
      throw DocumentError("\(reader.place): this line has \(z) columns, not \(BlockGrid.side).")
    }
  }
}

/// Takes a file apart line by line.
private struct LineReader {
  let bytes: [UInt8], name: String
  private var position = 0, number = 0

  init(bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = name
  }

  /// Where the line is that was read last.
  var place: String { "\(name):\(number)" }

  /// The next line.
  mutating func line() throws(DocumentError) -> ArraySlice<UInt8> {
    guard position < bytes.count else {
      throw DocumentError("\(name) is cut short after line \(number); write the map anew.")
    }
    let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    defer { position = end + 1 }
    number += 1
    return bytes[position..<end]
  }

  /// The words of the next line.
  mutating func words() throws(DocumentError) -> [String] {
    String(decoding: try line(), as: UTF8.self).split(separator: " ").map(String.init)
  }

  /// Passes over lines that begin with `#`.
  mutating func skipRemarks() throws(DocumentError) {
    while position < bytes.count && bytes[position] == UInt8(ascii: "#") { _ = try line() }
  }
}
