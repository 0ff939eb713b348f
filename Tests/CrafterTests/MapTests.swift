import KnackDocuments
import KnackEnvironment
import Testing

@testable import KnackCrafter

@Suite struct MapTests {
  private func sentence(_ text: String, in world: String = "crafter") -> String {
    do {
      let description = CrafterWorldFile.all.first { $0.name == world }!.description
      _ = try CrafterMapFile(text: text, name: "map.txt", for: description)
      return ""
    } catch { return "\(error)" }
  }

  /// A generated map that is written to a file and read back is the same world, up to its random numbers.
  @Test(arguments: CrafterWorldFile.all.map(\.id))
  func writtenMapsReadBackEqual(_ id: String) throws {
    let registry = EnvironmentRegistry(Crafter.entries)
    let text = try registry.workshop(id).map(WorldSettings(), 5)
    let settings = WorldSettings(map: WorldFile(name: "map.txt", text: text))
    func reset(_ settings: WorldSettings) throws -> [String] {
      var lines: [String] = []
      try registry.kind(id, settings: settings).trace(seed: 5, actions: []) { lines.append($0.json) }
      return lines
    }
    #expect(try reset(settings) == reset(WorldSettings()))
    #expect(
      try registry.workshop(id).map(settings, 9).split(separator: "\n").dropFirst()
        == text.split(separator: "\n").dropFirst())
  }

  @Test func editedMapsArePlayed() throws {
    var scene = try Scene("crafter", "# a lake\nw = cow on sand\n..~\n@w~\n..~\n")
    #expect(scene.world.objects.count == 2)
    #expect(scene.world.map.material(scene.world.playerX + 2, scene.world.playerY) == .water)
    #expect(scene.world.map.material(0, 0) == .nothing)
    scene.act(.moveLeft)
    #expect(scene.under == .grass && scene.ahead == .nothing, "nobody leaves the map")
    scene.reset()
    #expect(scene.world.objects.count == 2, "every episode begins with the map")
  }

  @Test func piecesStandAsDrawn() throws {
    let scene = try Scene("crafter", "CZSPR@")
    let map = scene.world.map, y = scene.world.playerY, x = scene.world.playerX
    let kinds = (1...5).map { CrafterOccupant(rawValue: map.occupants[CrafterMap.cell(x - $0, y)])! }
    #expect(kinds == [.ripePlant, .sapling, .skeleton, .zombie, .cow])
    #expect(scene.world.objects.records[2].health == 5)
  }

  @Test func mistakesAreNamedWithTheirPlace() {
    #expect(sentence("") == "map.txt has no map; write one line a row, one character a cell.")
    #expect(sentence("..\n.") == "map.txt:2: this row has 1 cells and the first 2; make them equal.")
    #expect(sentence("@.\n.?") == "map.txt:2:2: '?' means nothing; add a line such as '? = sand'.")
    #expect(sentence("..").contains("has 0 players"))
    #expect(sentence("@@").contains("has 2 players"))
    #expect(
      sentence("p = player on stone\np").contains(
        "map.txt:2:1: the player cannot stand on stone in this world"))
    #expect(sentence("p = player on lava\np").contains("cannot stand on lava"))
    #expect(sentence("p = player on stone\np", in: "mars-terrain-npc") == "")
    #expect(sentence("@", in: "mars-terrain-npc").contains("cannot stand on grass"))
    #expect(
      sentence("z = zomby on sand\n@").contains(
        "map.txt:1: there is no thing 'zomby'; did you mean 'zombie'?"))
    #expect(sentence("z = snd\n@").contains("there is no material 'snd'; did you mean 'sand'?"))
    #expect(sentence("zz = sand\n@").contains("map.txt:1: write a character and its meaning"))
    #expect(
      sentence("@" + String(repeating: ".", count: 64)).contains("at most 64 rows of 64 cells, not 1 of 65"))
    #expect(sentence(String(repeating: "# long\n", count: 10_000)).contains("longer than 65536 bytes"))
    let full = [String](repeating: String(repeating: "C", count: 64), count: 20).joined(separator: "\n")
    #expect(sentence(full + "\n" + String(repeating: "@", count: 64)).contains("players"))
    #expect(sentence(full + "\n@" + String(repeating: ".", count: 63)).contains("has 1280 things on its map"))
  }

  @Test func smallMapsLieInTheMiddle() throws {
    let map = try CrafterMapFile(text: "@.\r\n..\r\n\n", name: "map.txt", for: .crafter)
    #expect(map.playerX == 31 && map.playerY == 31)
    #expect(map.materials.count { $0 == CrafterMaterial.grass.rawValue } == 4)
  }
}

@Suite struct ReachabilityTests {
  private let registry = EnvironmentRegistry(Crafter.entries)

  @Test(arguments: Crafter.entries.map(\.id))
  func everyAchievementOfTheBuiltInWorldsCanBeReached(_ id: String) throws {
    for finding in try registry.workshop(id).check(WorldSettings(), 2) {
      #expect(finding.reachable > 0, "\(finding.achievement): \(finding.obstacles)")
    }
  }

  private func obstacles(_ world: String?, _ map: String? = nil) throws -> [String: [String]] {
    let settings = WorldSettings(
      world: world.map { WorldFile(name: "own.yaml", text: "extends: crafter\n" + $0) },
      map: map.map { WorldFile(name: "map.txt", text: $0) })
    let findings = try registry.workshop("Crafter-v1").check(settings, 3)
    return Dictionary(
      uniqueKeysWithValues: findings.filter { $0.reachable == 0 }.map { ($0.achievement, $0.obstacles) })
  }

  @Test func whatBlocksIsNamed() throws {
    #expect(try obstacles(nil).isEmpty)
    let table = try obstacles("place: {table: {uses: {diamond: 1}, where: [grass]}}")
    #expect(table["place_table"] == ["placing it takes 1 diamond, of which none can be had"])
    #expect(table["make_wood_pickaxe"] == ["what it takes nearby can neither be reached nor placed: table"])
    #expect(table["collect_stone"] == ["collecting stone takes 1 wood_pickaxe, of which none can be had"])
    #expect(table["collect_wood"] == nil && table["eat_cow"] == nil && table["wake_up"] == nil)
    #expect(try obstacles("collect: {iron: none}")["collect_iron"] == ["nothing gives iron"])
    #expect(
      try obstacles("make: {iron_sword: none}") == [
        "make_iron_sword": ["this world has no rule for making it"]
      ])
    #expect(try obstacles("place: {plant: none}")["eat_plant"] == ["no plant can be placed or reached"])
    #expect(
      try obstacles("creatures: {zombie: {population: {share: 0, birth-chance: 0}}}")
        == ["defeat_zombie": ["none comes beside any place that can be reached"]])
    #expect(
      try obstacles("damage: {hand: 0, wood_sword: 0, stone_sword: 0, iron_sword: 0}")["eat_cow"]
        == ["no blow does any damage"])
  }

  @Test func mapsBlockToo() throws {
    let island = "~~~~~\n~...~\n~.@.~\n~~~~~\nTTTTT"
    let found = try obstacles(nil, island)
    #expect(found["collect_wood"] == ["no tree can be reached"])
    #expect(found["collect_drink"] == nil && found["collect_sapling"] == nil && found["place_plant"] == nil)
    // A single tree gives one piece of wood after another where it grows again, but not where it leaves grass.
    #expect(
      try obstacles(nil, "...\n.@T\n...")["place_table"] == [
        "placing it takes 2 wood, of which only 1 can be had"
      ])
    #expect(
      try obstacles("collect: {tree: {receives: {wood: 1}}}", "...\n.@T\n...")["place_table"] == nil)
    // Rock is a way for those who can dig.
    #expect(
      try obstacles(nil, "TT^^^\n@T^d^\nTT^^^")["collect_diamond"] != nil, "without iron no iron pickaxe")
    let rich = "TTTTT^^^^^\n@TTTT^^icd\nTTTTT^^^^^"
    #expect(try obstacles(nil, rich)["collect_diamond"] == nil)
  }

  @Test func filesThatAreWrongAreRefused() {
    let wrong = WorldSettings(world: WorldFile(name: "own.yaml", text: "extends: crafter\nstep: 1"))
    #expect(
      throws: EnvironmentError.wrongFile("own.yaml:2:1: there is no key 'step'; did you mean 'steps'?")
    ) { try registry.kind("Crafter-v1", settings: wrong) }
    let gridworld = EnvironmentRegistry([
      EnvironmentRegistry.Entry(id: "Built-in", observations: ["x"]) { _ in fatalError() }
    ])
    #expect(throws: EnvironmentError.takesNoSettings(environment: "Built-in", others: [])) {
      try gridworld.kind("Built-in", settings: wrong)
    }
  }
}
