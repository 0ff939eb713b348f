import KnackDocuments
import KnackEnvironment

@testable import KnackCrafter

/// A world under the rules of one of the built-in files, on a drawn map, with what the test wants the player to have.
struct Scene {
  private(set) var rules: CrafterRules
  private(set) var world: CrafterWorld<PackageDraws>
  private(set) var last = Transition()

  init(_ name: String, _ map: String, having inventory: [CrafterItem: Int] = [:], seed: UInt64 = 0) throws {
    var description = CrafterWorldFile.all.first { $0.name == name }!.description
    description.inventory.merge(inventory) { $1 }
    rules = CrafterRules(
      description, id: name, observation: .symbolic,
      map: try CrafterMapFile(text: map, name: "map", for: description))
    world = CrafterWorld(rules)
    world.seed(seed, rules)
    world.reset(rules)
  }

  /// Acts; the player faces down at the beginning.
  mutating func act(_ actions: CrafterAction...) {
    for action in actions { last = world.step(action.rawValue, rules) }
  }

  /// Does what the expert would.
  mutating func actAsExpert() { last = world.step(world.expertAction(rules), rules) }

  /// How many cells a creature beside the player could walk about on, counted up to ten.
  var room: Int {
    var cells = [CrafterMap.cell(world.playerX, world.playerY)], next = 0
    while next < cells.count && cells.count < 10 {
      for direction in CrafterDirection.allCases {
        let beside = cells[next] + direction.offset
        if rules.creatureGround.contains(world.map.materials[beside]) && !cells.contains(beside) {
          cells.append(beside)
        }
      }
      next += 1
    }
    return cells.count
  }

  /// The cells on which saplings stand.
  private var saplingCells: [Int] {
    ExpertScene.cells.filter { world.map.occupants[$0] == CrafterOccupant.sapling.rawValue }
  }

  var saplings: Int { saplingCells.count }

  /// The cells beside saplings onto which a creature could come.
  var gapsAboutSaplings: Int {
    saplingCells.reduce(0) { sum, cell in
      sum
        + CrafterDirection.allCases.count {
          rules.creatureGround.contains(world.map.materials[cell + $0.offset])
        }
    }
  }

  mutating func reset() { world.reset(rules) }

  mutating func wait(_ steps: Int) {
    for _ in 0..<steps { act(.noop) }
  }

  subscript(item: CrafterItem) -> Int { world.player[item] }

  func count(_ achievement: CrafterAchievement) -> Int { world.player.count(achievement) }

  /// What the cell ahead is made of, and what stands on it.
  var ahead: CrafterMaterial { cellAhead.material }
  var aheadStands: CrafterOccupant { cellAhead.occupant }

  /// What the player stands on.
  var under: CrafterMaterial { world.map.material(world.playerX, world.playerY) }

  private var cellAhead: (material: CrafterMaterial, occupant: CrafterOccupant) {
    let x = world.playerX + world.player.facing.dx, y = world.playerY + world.player.facing.dy
    return (world.map.material(x, y), CrafterOccupant(rawValue: world.map.occupants[CrafterMap.cell(x, y)])!)
  }
}
