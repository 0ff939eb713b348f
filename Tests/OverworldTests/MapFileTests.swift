import KnackDocuments
import Testing

@testable import KnackOverworld

@Suite struct MapFileTests {
  /// A world, its player placed, and its map.
  private func sample() -> (world: TestWorld, map: OverworldMapFile) {
    let world = TestWorld(seed: 3)
    world.place.pointee.placePlayer(world.rules)
    return (world, world.place.pointee.map(world.rules))
  }

  @Test func aLoadedMapIsTheWorldThatWasSaved() throws {
    let (world, map) = sample()
    // What players build is kept, too: kinds beyond the one-letter symbols, and blocks up to the top.
    var built = map
    for (number, block) in Block.allCases.enumerated() {
      built.blocks[BlockGrid.index(7 + number % 3, BlockGrid.height - 1, number % 128)] = block.rawValue
    }
    #expect(try OverworldMapFile(text: built.text(remark: "built"), name: "map.txt") == built)

    let text = map.text(remark: "seed 3"), other = TestWorld(seed: 8)
    #expect(text.utf8.count < 500_000)
    other.place.pointee.load(try OverworldMapFile(text: text, name: "map.txt"), other.rules)
    #expect(other.hasTerrain(of: world) && other.place.pointee.chunks.made == .max)
    let saved = world.place.pointee.player, loaded = other.place.pointee.player
    #expect(loaded.x == saved.x && loaded.y == saved.y && loaded.z == saved.z && loaded.yaw == saved.yaw)
  }

  @Test func damagedMapsAreRefusedInOneSentence() {
    let text = sample().map.text(remark: "seed 3")
    func refusal(_ text: String) -> String {
      do {
        _ = try OverworldMapFile(text: text, name: "map.txt")
        return "none"
      } catch {
        return error.description
      }
    }
    #expect(refusal("") == "map.txt is cut short after line 0; write the map anew.")
    #expect(refusal("hello\n").hasPrefix("map.txt:1: this is not 'knack overworld map 1'"))
    for share in [0.1, 0.5, 0.9] {
      let cut = String(text.prefix(Int(Double(text.count) * share)))
      #expect(refusal(cut) == "map.txt is cut short: its last line is no checksum; write the map anew.")
    }
    let changed = text.replacing("bedrock", with: "dirt", maxReplacements: 1)
    #expect(refusal(changed).contains("damaged"))
    #expect(refusal(changed).split(separator: "\n").count == 1)
  }

  @Test func mapsThatSayWhatCannotBeAreRefused() {
    let map = sample().map
    /// The refusal of the map after a change of its text, its checksum mended.
    func refusal(_ old: String, _ new: String) -> String {
      let text = map.text(remark: "seed 3").replacing(old, with: new, maxReplacements: 1)
      do {
        _ = try OverworldMapFile(text: OverworldMapFile.sealed(text), name: "map.txt")
        return "none"
      } catch {
        return error.description
      }
    }
    #expect(refusal("seed 3", "seed 4") == "none")
    #expect(refusal("bedrock", "cheese") == "map.txt:4: there is no block 'cheese'.")
    #expect(refusal("plains", "moor").contains(": there is no biome 'moor'."))
    #expect(
      refusal("block ", "blocks ")
        == "map.txt:4: expected 'block SYMBOL NAME', 'biome SYMBOL NAME' or 'cells'.")
    #expect(refusal("columns\n", "").hasSuffix(": expected 'columns'."))
    let short = map.text(remark: "seed 3").split(separator: "\n").dropLast(2).joined(separator: "\n")
    #expect(throws: DocumentError.self) {
      try OverworldMapFile(text: OverworldMapFile.sealed(short), name: "map.txt")
    }
    #expect(refusal("player ", "player 9").hasPrefix("map.txt:3: expected 'player X Y Z YAW'"))
    #expect(refusal("columns\n", "columns\n99999999999999999999a").contains("is higher than 88 blocks"))
    #expect(refusal("columns\n", "columns\n=").contains("'=' repeats a column"))
    #expect(refusal("columns\n", "columns\n.").contains("more than 128 columns"))
    #expect(refusal("columns\n", "columns\n?").contains("'?' in column 0 means nothing"))
    #expect(refusal("columns\n", "columns\n\n").contains("this line has 0 columns, not 128"))
    #expect(refusal("cells\n", "cells\nA\n").contains("expected 32 symbols of biomes"))
  }
}
