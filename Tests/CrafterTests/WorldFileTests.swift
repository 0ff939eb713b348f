import KnackDocuments
import Testing

@testable import KnackCrafter

@Suite struct WorldFileTests {
  @Test(arguments: CrafterWorldFile.all.map(\.name))
  func builtInFilesAreReadAndCompiled(_ name: String) throws {
    let file = try #require(CrafterWorldFile.all.first { $0.name == name })
    let description = try CrafterDescription(yaml: file.text, name: name)
    #expect(description.summary.isEmpty == false)
    #expect((description == .crafter) == (name == "crafter"))
  }

  @Test func crafterIsThePackages() {
    let crafter = CrafterDescription.crafter
    #expect(crafter.stepLimit == 10_000)
    #expect(crafter.collect[.grass]?.receives == [.init(item: .sapling, amount: 1, chance: 0.1)])
    #expect(crafter.collect[.water]?.quenchesThirst == true && crafter.collect[.lava] == nil)
    #expect(crafter.collect[.tree]?.leaves == .grass && crafter.collect[.iron]?.leaves == .path)
    #expect(crafter.make[.ironSword]?.uses == [.wood: 1, .coal: 1, .iron: 1])
    #expect(crafter.make[.ironSword]?.nearby == [.table, .furnace])
    #expect(crafter.ground.player == crafter.ground.creatures.union([.lava]))
    #expect(crafter.zombie.attack == .init(damage: 2, damageAsleep: 7, firstWait: 0, wait: 5))
    #expect(crafter.cow.reward == [.food: 6] && crafter.plant.reward == [.food: 4])
    // The thresholds that the package compares its draws with, to the last bit.
    #expect(1 - crafter.terrain.diamonds == 0.994 && 1 - crafter.terrain.iron == 0.75)
    #expect(1 - crafter.cow.population!.initialShare == 0.985)
    #expect(1 - crafter.zombie.population!.initialShare == 0.993)
  }

  @Test func aFileStatesWhatIsDifferent() throws {
    let world = try CrafterDescription(
      yaml: """
        extends: crafter
        summary: diamonds grow on trees
        collect:
          tree: {requires: {stone_pickaxe: 1}, receives: {diamond: 2}, leaves: sand}
          grass: {receives: {sapling: {amount: 1, chance: 0.1}, wood: {amount: 3, chance: 0.3}}}
          coal: none
        make: {iron_sword: none}
        creatures: {zombie: {movement: wander, attack: none}, cow: {population: {most: 9}}}
        """, name: "own.yaml")
    var expected = CrafterDescription.crafter
    expected.summary = "diamonds grow on trees"
    expected.collect[.tree] = .init(
      requires: [.stonePickaxe: 1], receives: [.init(item: .diamond, amount: 2, chance: 1)], changes: [:],
      quenchesThirst: false, leaves: .sand, appears: nil, appearanceChance: 0)
    expected.collect[.grass]?.receives.append(.init(item: .wood, amount: 3, chance: 0.3))
    expected.collect[.coal] = nil
    expected.make[.ironSword] = nil
    expected.zombie.movement = .wander
    expected.zombie.attack = nil
    expected.cow.population?.most = .init(9)
    #expect(world == expected)
  }

  @Test(arguments: [
    ("colect: {}", "own.yaml:2:1: there is no key 'colect'; did you mean 'collect'?"),
    ("collect: {tre: {}}", "own.yaml:2:11: there is no material 'tre' in 'collect'; did you mean 'tree'?"),
    ("collect: {tree: {leaves: gras}}", "own.yaml:2:26: there is no material 'gras'; did you mean 'grass'?"),
    ("collect: {tree: {leaf: grass}}", "there is no key 'leaf' in 'collect.tree'"),
    (
      "collect: {tree: {receives: {wod: 1}}}",
      "there is no item 'wod' in 'collect.tree.receives'; did you mean 'wood'?"
    ),
    (
      "collect: {tree: {receives: {wood: 10}}}",
      "'collect.tree.receives.wood' takes a whole number from 1 to 9, not '10'."
    ),
    (
      "collect: {tree: {receives: {wood: {amount: 1, chance: 0.6}, coal: {amount: 1, chance: 0.5}}}}",
      "add up to more than 1"
    ),
    ("collect: {tree: {appears: {dragon: 1}}}", "there is no creature 'dragon'"),
    ("collect: {tree: {appears: {cow: 0.1, zombie: 0.1}}}", "only one kind of creature"),
    ("make: {axe: {}}", "there is no thing to make 'axe' in 'make'"),
    ("place: {stone: [1]}", "'place.stone' takes a mapping of keys to values, not this list."),
    ("ground: {player: grass}", "'ground.player' takes a list of materials, not 'grass'."),
    ("ground: {player: [sand]}", "the player starts on grass and cannot stand there"),
    ("terrain: {share: {tree: 1.5}}", "'terrain.share.tree' takes a number from 0.0 to 1.0, not '1.5'."),
    ("creatures: {cow: {movement: fly}}", "there is no movement 'fly'; choose from stay, wander"),
    ("creatures: {plant: {population: {}}}", "there is no key 'population' in 'creatures.plant'"),
    ("creatures: {cow: {attack: {damage: 10}}}", "'creatures.cow.attack.damage' takes a whole number"),
    ("steps: 0", "'steps' takes a whole number from 1 to 1000000, not '0'."),
    ("steps: [1", "this is not YAML"),
    ("steps: 1\nsteps: 2", "the key 'steps' is given twice"),
    ("&a [*a]: 1", "own.yaml"),
  ])
  func mistakesAreNamedWithTheirPlace(_ yaml: String, _ sentence: String) {
    let error = #expect(throws: DocumentError.self) {
      try CrafterDescription(yaml: "extends: crafter\n" + yaml, name: "own.yaml")
    }
    #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "")")
  }

  @Test func aFileThatExtendsNothingMustSayEverything() throws {
    func sentence(_ yaml: String) -> String {
      do {
        _ = try CrafterDescription(yaml: yaml, name: "own.yaml")
        return ""
      } catch { return "\(error)" }
    }
    #expect(sentence("").contains("'summary' is missing"))
    #expect(sentence("extends: craftr").contains("no world to extend 'craftr'; did you mean 'crafter'?"))
    #expect(sentence("extends: /etc/passwd").contains("there is no world to extend '/etc/passwd'"))
    let whole = CrafterWorldFile.all[0].text
    let lines = whole.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let without = lines.filter { !$0.contains("ripens-after") }.joined(separator: "\n")
    #expect(sentence(without).contains("'creatures.plant.ripens-after' is missing"))
    #expect(sentence(String(repeating: "# long\n", count: 10_000)).contains("longer than 65536 bytes"))
  }
}
