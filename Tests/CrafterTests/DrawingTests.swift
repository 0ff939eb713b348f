import Foundation
import KnackNumerics
import Testing

@testable import KnackCrafter

/// Pictures, against what the Python package draws with the same tiles (scripts/reference/crafter_pictures.py).
@Suite struct DrawingTests {
  /// A view that the package drew.
  struct Golden: Decodable {
    var materials, creatures, inventory: [UInt8]
    var facing: UInt8
    var sleeping: Bool
    var daylight: Double
    var noiseSeed: UInt32
    var size: Int
    var digest: String

    var scene: CrafterScene {
      var scene = CrafterScene()
      for i in 0..<63 {
        scene.view.materials[i] = materials[i]
        scene.view.occupants[i] = creatures[i]
      }
      for i in 0..<16 { scene.inventory[i] = inventory[i] }
      scene.facing = CrafterDirection(rawValue: facing)!
      scene.isSleeping = sleeping
      scene.daylight = daylight
      return scene
    }
  }

  /// A game that the package played.
  struct Game: Decodable {
    var seed: UInt64
    var steps: Int
    var digest: String
  }

  static func golden<Line: Decodable>(_ name: String, _ line: Line.Type) throws -> [Line] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
      try JSONDecoder().decode(Line.self, from: Data($0.utf8))
    }
  }

  static func draw(_ golden: Golden, with painter: CrafterPainter) -> [UInt8] {
    var picture = [UInt8](repeating: 99, count: painter.byteCount + 1)
    var random = NumPyRandomState(seed: golden.noiseSeed)
    let noise = (0..<63 * painter.unit * painter.unit).map { _ in random.uniform(32, 127) }
    picture.withUnsafeMutableBufferPointer {
      painter.draw(golden.scene, noise: noise, into: $0.baseAddress!)
    }
    #expect(picture.last == 99, "nothing is written beyond the picture")
    return picture.dropLast()
  }

  static func fnv1a(_ bytes: [UInt8], from start: UInt64 = 0xcbf2_9ce4_8422_2325) -> UInt64 {
    bytes.reduce(start) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  @Test func picturesAreThoseOfThePackageByteForByte() throws {
    let golden = try Self.golden("pictures.jsonl", Golden.self)
    #expect(golden.contains { $0.sleeping } && golden.contains { $0.daylight < 0.1 })
    var painters: [Int: CrafterPainter] = [:]
    for (i, one) in golden.enumerated() {
      let painter = painters[one.size] ?? CrafterPainter(size: one.size)
      painters[one.size] = painter
      let picture = Self.draw(one, with: painter)
      #expect(
        Self.fnv1a(picture) == UInt64(one.digest, radix: 16)!,
        "picture \(i): size \(one.size), daylight \(one.daylight), sleeping \(one.sleeping)")
      if let folder = ProcessInfo.processInfo.environment["KNACK_PICTURES"] {
        try Data("P6 \(one.size) \(one.size) 255\n".utf8 + picture)
          .write(to: URL(filePath: "\(folder)/\(i).ppm"))
      }
    }
  }

  @Test func withoutNoiseTheNightIsOnlyDark() {
    let painter = CrafterPainter()
    var scene = CrafterScene()
    for i in 0..<63 { scene.view.materials[i] = CrafterMaterial.sand.rawValue }
    scene.daylight = 0.1
    var picture = [UInt8](repeating: 0, count: painter.byteCount)
    painter.draw(scene, noise: nil, into: &picture)
    let cell = 7 * 3, line = 64 * 3
    // The same tile everywhere looks the same everywhere.
    for y in 0..<7 {
      #expect(
        picture[y * line..<y * line + cell] == picture[(y + 7) * line + cell..<(y + 7) * line + 2 * cell])
    }
    #expect(picture[0] < picture[2], "blue is left")
  }

  /// Whole games, days and nights: terrain, creatures, and the noise that the package's renderer draws.
  @Test func gamesLookAsThePackagesDo() throws {
    let rules = CrafterRules(.crafter, id: "Crafter-v1", observation: .pixels)
    for game in try Self.golden("played-pictures.jsonl", Game.self) {
      var world = CrafterWorld<PackageDraws>(rules)
      world.seed(game.seed, rules)
      world.reset(rules)
      var picture = [UInt8](repeating: 0, count: rules.specification.observation.size)
      world.observe(rules, into: &picture)
      var digest = Self.fnv1a(picture)
      for step in 0..<game.steps {
        _ = world.step((step * 7 + step / 5) % 17, rules)
        world.observe(rules, into: &picture)
        digest = Self.fnv1a(picture, from: digest)
      }
      #expect(digest == UInt64(game.digest, radix: 16)!, "seed \(game.seed)")
    }
  }

  /// The observation is the picture of the world as it stands, night noise included, and drawing it leaves no trace.
  @Test func aWorldIsObservedInPixels() {
    let rules = CrafterRules(.crafter, id: "Crafter-v1", observation: .pixels)
    let size = rules.specification.observation.size
    var watched = CrafterWorld<PackageDraws>(rules)
    watched.seed(5, rules)
    watched.reset(rules)
    var unwatched = watched
    var nights = 0, seen = [UInt8](repeating: 0, count: size), again = seen
    for step in 0..<220 {
      watched.observe(rules, into: &seen)
      watched.observe(rules, into: &again)
      #expect(seen == again)
      if watched.daylight(rules) < 0.5 {
        nights += 1
        var dark = seen
        rules.painter!.draw(watched.scene(rules), noise: nil, into: &dark)
        #expect(dark != seen, "the night is noisy")
      }
      let action = (step * 7 + step / 5) % 17
      #expect(watched.step(action, rules).reward == unwatched.step(action, rules).reward)
    }
    #expect(nights > 50)
    unwatched.observe(rules, into: &again)
    watched.observe(rules, into: &seen)
    #expect(seen == again)
  }
}
