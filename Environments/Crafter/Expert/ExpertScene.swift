/// A moment of a world as the expert reads it: the whole map and the player.
///
/// Cells are numbered as in ``CrafterMap``, so a neighbour is a constant away.
struct ExpertScene {
  let rules: CrafterRules
  let player: CrafterPlayer
  /// Steps since the episode's start.
  let steps: Int
  /// The player's cell.
  let cell: Int
  /// Codes of ``CrafterMaterial`` and ``CrafterOccupant``, by cell.
  let materials, occupants: [UInt8]
  /// Cells of the ground on which creatures are born, by chunk and lane of ``CrafterPopulation``.
  let grounds: InlineArray<36, SIMD4<UInt8>>

  init<Draws>(_ world: inout CrafterWorld<Draws>, _ rules: CrafterRules) {
    self.rules = rules
    player = world.player
    steps = Int(world.steps)
    cell = CrafterMap.cell(world.playerX, world.playerY)
    func codes(_ layer: inout InlineArray<5184, UInt8>) -> [UInt8] {
      withUnsafeBytes(of: &layer) { Array($0) }
    }
    materials = codes(&world.map.materials)
    occupants = codes(&world.map.occupants)
    grounds = world.population.grounds
  }

  /// The cells of the map.
  static let cells: [Int] = (0..<CrafterMap.side).flatMap { x in
    (0..<CrafterMap.side).map { y in CrafterMap.cell(x, y) }
  }

  /// The distance in memory to the neighbour in each direction, by ``CrafterDirection``.
  static let offsets: InlineArray<4, Int> = [-CrafterMap.stride, CrafterMap.stride, -1, 1]

  /// The distance between two cells, both axes added.
  static func distance(_ a: Int, _ b: Int) -> Int {
    abs(a / CrafterMap.stride - b / CrafterMap.stride) + abs(a % CrafterMap.stride - b % CrafterMap.stride)
  }

  /// How many of an item the player has.
  func held(_ item: CrafterItem) -> Int { player[item] }

  /// The cell that the player faces.
  var ahead: Int { cell + player.facing.offset }

  /// Whether the player would walk onto a cell; maybe into its death.
  func isOpen(_ cell: Int) -> Bool {
    occupants[cell] == 0 && rules.playerGround.contains(materials[cell])
  }

  /// Whether the player can stand on a material without dying.
  func isSafeGround(_ material: UInt8) -> Bool {
    rules.playerGround.contains(material) && !rules.deadlyGround.contains(material)
  }

  /// Whether the player can turn a material, by collecting it, into ground to stand on.
  func canDig(_ material: UInt8) -> Bool {
    let table = rules.collect[Int(material)]
    return table.exists && player.inventory.covers(table.requires) && isSafeGround(table.leaves)
      && table.changes[CrafterItem.health.rawValue] >= 0
  }

  /// Whether the player can put a stone on a material and dig that away again, which leaves ground to stand on.
  func canBridge(_ material: UInt8) -> Bool {
    rules.place[0].on.contains(material) && player.inventory.covers(rules.place[0].uses)
      && canDig(CrafterMaterial.stone.rawValue)
  }

  /// Whether neither a creature nor an arrow could ever come onto a cell as it is.
  func isSolid(_ cell: Int) -> Bool { !rules.arrowSpace.contains(materials[cell]) || isPlant(cell) }

  /// Whether a plant stands on a cell.
  func isPlant(_ cell: Int) -> Bool {
    occupants[cell] == CrafterOccupant.sapling.rawValue
      || occupants[cell] == CrafterOccupant.ripePlant.rawValue
  }

  /// Whether a sapling stands beside a cell, which then is part of its fence.
  func isFence(_ cell: Int) -> Bool {
    for number in 0..<4 where occupants[cell + Self.offsets[number]] == CrafterOccupant.sapling.rawValue {
      return true
    }
    return false
  }

  /// Whether what stands on a cell is a creature that hurts.
  func isHostile(_ cell: Int) -> Bool {
    let occupant = occupants[cell]
    guard (CrafterOccupant.cow.rawValue...CrafterOccupant.skeleton.rawValue).contains(occupant) else {
      return false
    }
    return rules.creatures[Int(occupant)].isHostile
  }

  /// Damage of a blow with the best sword at hand.
  var blow: Int {
    var damage = rules.damage[0]
    for sword in 0..<3 where player.inventory[CrafterItem.woodSword.rawValue + sword] > 0 {
      damage = max(damage, rules.damage[sword + 1])
    }
    return Int(damage)
  }

  /// Whether creatures that hurt may be born within a few cells in the next steps.
  func expectsHostileBirths(within duration: Int) -> Bool {
    let x = cell / CrafterMap.stride - CrafterMap.margin, y = cell % CrafterMap.stride - CrafterMap.margin
    func places(_ center: Int) -> ClosedRange<Int> {
      max(0, center - 6) / 12...min(CrafterMap.side - 1, center + 6) / 12
    }
    for lane in 0..<3 {
      let kind = Int(CrafterPopulation.balancedKinds[lane].rawValue - CrafterKind.player.rawValue)
      guard rules.creatures[kind].isHostile && rules.balance[lane].birthChance > 0,
        (0...duration).contains(where: { rules.days[(steps + $0) % 300].fewest[lane] > 0 })
      else { continue }
      for column in places(x) {
        for row in places(y) where Int32(grounds[6 * column + row][lane]) >= rules.balance[lane].space {
          return true
        }
      }
    }
    return false
  }
}

extension CrafterDirection {
  /// The distance in memory from a cell to its neighbour in this direction.
  var offset: Int { dx * CrafterMap.stride + dy }

  /// The action that turns the player this way, and moves it if the way is free.
  var action: CrafterAction { CrafterAction(rawValue: CrafterAction.moveLeft.rawValue + Int(rawValue))! }

  /// The other way.
  var opposite: CrafterDirection { CrafterDirection(rawValue: rawValue ^ 1)! }
}

extension CreatureTable {
  /// Whether it takes from the player's health.
  var isHostile: Bool {
    attacks && damage > 0 || arrowDamage > 0 && (movement == .shoot || movement == .shootAndFlee)
  }
}
