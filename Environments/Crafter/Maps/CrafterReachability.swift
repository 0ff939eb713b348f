/// Which achievements can be reached on a map under a world's rules, and what is in the way of the others.
///
/// Starting from what the player has and the cell it stands on, everything is added that follows from what can be had
/// already: cells that can be walked on or made so by collecting and placing, materials that can be faced on them,
/// creatures that can come beside them, things that can be collected, placed and made. Nothing is ever taken away, so
/// the search ends after few rounds. It is generous: time, hunger, fights and what other uses cost are left out, though
/// things of which the map holds too few are noticed. What it finds out of reach is out of reach.
///
/// - Complexity: a few passes over the 4,096 cells.
struct CrafterReachability {
  /// The achievements that can be reached.
  private(set) var achievements: Set<CrafterAchievement> = [.wakeUp]

  private let description: CrafterDescription
  private let map: CrafterMapFile
  /// Of each item the most that can be had, up to nine.
  private var most: [Int]
  /// The cells on which the player can stand, x-major, with an impassable margin.
  private var stands = [Bool](repeating: false, count: Self.cells)
  /// By material: the cells beside the player's that are or can become of it.
  private var faced = [Int](repeating: 0, count: CrafterMaterial.allCases.count)
  /// By material: what a cell of it can become under the player's hands, itself included.
  private var becomes = [MaterialMask](repeating: 0, count: CrafterMaterial.allCases.count)
  /// The kinds of creatures that can come beside the player.
  private var met: Set<CrafterKind> = []

  /// Searches.
  init(_ description: CrafterDescription, on map: CrafterMapFile) {
    self.description = description
    self.map = map
    most = CrafterItem.allCases.map { description.inventory[$0] ?? 0 }
    var before = 0
    repeat {
      before = known
      findGround()
      findCreatures()
      collect()
      placeAndMake()
    } while known != before
  }

  /// A measure of all that is known, which grows in every round but the last.
  private var known: Int {
    achievements.count + met.count + most.reduce(0, +) + faced.reduce(0, +)
      + becomes.reduce(0) { $0 + Int($1) }
      + stands.count(where: { $0 })
  }

  /// Whether the most that can be had covers what is needed.
  private func covers(_ needed: [CrafterItem: Int]) -> Bool {
    needed.allSatisfy { most[$0.key.rawValue] >= $0.value }
  }

  /// Notes that an item can be had, several times over.
  private mutating func obtain(_ item: CrafterItem, _ count: Int) {
    most[item.rawValue] = max(most[item.rawValue], min(9, count))
  }
}

// MARK: - The search

extension CrafterReachability {
  private static let stride = CrafterMap.side + 2
  private static let cells = stride * stride
  private static let neighbours = [-stride, stride, -1, 1]

  private static func cell(_ x: Int, _ y: Int) -> Int { (x + 1) * stride + y + 1 }

  /// The material of a cell on the map as it is at the beginning.
  private func material(_ cell: Int) -> Int {
    let x = cell / Self.stride - 1, y = cell % Self.stride - 1
    guard (0..<CrafterMap.side).contains(x) && (0..<CrafterMap.side).contains(y) else { return 0 }
    return Int(map.materials[x * CrafterMap.side + y])
  }

  /// The cells connected with `start` by steps to neighbours that are open.
  private func flood(from start: [Int], _ isOpen: (Int) -> Bool) -> [Bool] {
    var reached = [Bool](repeating: false, count: Self.cells)
    var queue = start
    for cell in start { reached[cell] = true }
    while let cell = queue.popLast() {
      for step in Self.neighbours where !reached[cell + step] && isOpen(cell + step) {
        reached[cell + step] = true
        queue.append(cell + step)
      }
    }
    return reached
  }

  /// Where the player can go, and what it faces there.
  private mutating func findGround() {
    for code in becomes.indices where code > 0 {
      var mask: MaterialMask = 1 << MaterialMask(code), last: MaterialMask = 0
      while mask != last {
        last = mask
        for material in CrafterMaterial.allCases where mask.contains(material.rawValue) {
          if let rule = description.collect[material], covers(rule.requires) {
            mask |= 1 << rule.leaves.rawValue
          }
        }
        for (placeable, result) in [
          (CrafterDescription.Placeable.stone, CrafterMaterial.stone), (.table, .table), (.furnace, .furnace),
        ] {
          guard let rule = description.place[placeable], covers(rule.uses) else { continue }
          if mask & MaterialMask(rule.on) != 0 { mask |= 1 << result.rawValue }
        }
      }
      becomes[code] = mask
    }
    let safe = MaterialMask(description.ground.player.subtracting(description.ground.deadly))
    stands = flood(from: [Self.cell(map.playerX, map.playerY)]) { becomes[material($0)] & safe != 0 }
    faced = faced.map { _ in 0 }
    for cell in stands.indices where material(cell) != 0 && isBesidePlayer(cell) {
      for code in faced.indices where becomes[material(cell)].contains(UInt8(code)) { faced[code] += 1 }
    }
  }

  /// Whether a cell lies beside one on which the player can stand.
  private func isBesidePlayer(_ cell: Int) -> Bool {
    guard material(cell) != 0 else { return false }
    return Self.neighbours.contains { stands[cell + $0] }
  }

  /// Which creatures can come beside the player.
  private mutating func findCreatures() {
    let ground = MaterialMask(description.ground.creatures)
    for (kind, creature) in [
      (CrafterKind.cow, description.cow), (.zombie, description.zombie), (.skeleton, description.skeleton),
    ] where !met.contains(kind) {
      var start = map.pieces.filter { $0.occupant.kind == kind }.map { Self.cell($0.x, $0.y) }
      if let population = creature.population { start += births(population) }
      let reach =
        creature.movement == .stay
        ? start : flood(from: start) { ground.contains(UInt8(material($0))) }.trueIndices
      if reach.contains(where: isBesidePlayer) { met.insert(kind) }
    }
    for material in CrafterMaterial.allCases where faced[Int(material.rawValue)] > 0 {
      guard let rule = description.collect[material], covers(rule.requires), rule.appearanceChance > 0,
        let kind = rule.appears
      else { continue }
      met.insert(kind)
    }
    guard description.bestDamage(with: most) > 0 else { return }
    for (kind, creature, achievement) in [
      (CrafterKind.cow, description.cow, CrafterAchievement.eatCow),
      (.zombie, description.zombie, .defeatZombie), (.skeleton, description.skeleton, .defeatSkeleton),
    ] where met.contains(kind) {
      achievements.insert(achievement)
      for (item, count) in creature.reward where count > 0 { obtain(item, 9) }
    }
  }

  /// The cells on which creatures can be born.
  private func births(_ population: CrafterDescription.Population) -> [Int] {
    let fewest = population.fewest
    guard population.birthChance > 0, max(fewest.dark, fewest.dark + fewest.light) >= 1 else { return [] }
    var byChunk: [Int: [Int]] = [:]
    for x in 0..<CrafterMap.side {
      for y in 0..<CrafterMap.side {
        let cell = Self.cell(x, y)
        let mask = isBesidePlayer(cell) ? becomes[material(cell)] : 1 << MaterialMask(material(cell))
        if mask.contains(population.ground.rawValue) {
          byChunk[CrafterMap.chunk(x, y), default: []].append(cell)
        }
      }
    }
    return byChunk.values.filter { $0.count >= population.space }.flatMap { $0 }
  }

  /// What can be collected.
  private mutating func collect() {
    var sums = [Int](repeating: 0, count: CrafterItem.allCases.count)
    for (material, rule) in description.collect {
      let cells = faced[Int(material.rawValue)]
      guard cells > 0, covers(rule.requires) else { continue }
      let times = rule.leaves == material ? 9 : cells
      for receipt in rule.receives where receipt.chance > 0 {
        sums[receipt.item.rawValue] += receipt.amount * times
        if let achievement = receipt.item.achievementOfCollecting { achievements.insert(achievement) }
      }
      for (item, count) in rule.changes where count > 0 { sums[item.rawValue] += count * times }
    }
    for item in CrafterItem.allCases {
      obtain(item, (description.inventory[item] ?? 0) + sums[item.rawValue])
    }
  }

  /// What can be placed and made, and whether plants can be eaten.
  private mutating func placeAndMake() {
    for (placeable, rule) in description.place where covers(rule.uses) && rule.on.contains(where: isFaced) {
      achievements.insert(placeable.achievement)
    }
    for (tool, rule) in description.make where covers(rule.uses) && rule.nearby.allSatisfy(isFaced) {
      obtain(tool, 9)
      achievements.insert(tool.achievementOfMaking!)
    }
    let isPlanted = map.pieces.contains {
      $0.occupant.kind == .plant && isBesidePlayer(Self.cell($0.x, $0.y))
    }
    if isPlanted || achievements.contains(.placePlant) {
      achievements.insert(.eatPlant)
      for (item, count) in description.plant.reward where count > 0 { obtain(item, 9) }
    }
  }

  private func isFaced(_ material: CrafterMaterial) -> Bool { faced[Int(material.rawValue)] > 0 }
}

// MARK: - What is in the way

extension CrafterReachability {
  /// What is in the way of an achievement, in sentences; none where it can be reached.
  func obstacles(to achievement: CrafterAchievement) -> [String] {
    guard !achievements.contains(achievement) else { return [] }
    if let item = CrafterItem.allCases.first(where: { $0.achievementOfCollecting == achievement }) {
      let sources = CrafterMaterial.allCases.filter { material in
        description.collect[material]?.receives.contains { $0.item == item && $0.chance > 0 } == true
      }
      if sources.isEmpty { return ["nothing gives \(item.name)"] }
      return sources.flatMap { material in
        (isFaced(material) ? [] : ["no \(material) can be reached"])
          + lacks("collecting \(material)", description.collect[material]!.requires)
      }
    }
    if let placeable = CrafterDescription.Placeable.allCases.first(where: { $0.achievement == achievement }) {
      guard let rule = description.place[placeable] else { return ["this world has no rule for placing it"] }
      return lacks("placing it", rule.uses)
        + (rule.on.contains(where: isFaced) ? [] : ["no ground for it can be reached: \(names(rule.on))"])
    }
    if let tool = CrafterItem.allCases.first(where: { $0.achievementOfMaking == achievement }) {
      guard let rule = description.make[tool] else { return ["this world has no rule for making it"] }
      let missing = rule.nearby.filter { !isFaced($0) }
      return lacks("making it", rule.uses)
        + (missing.isEmpty
          ? [] : ["what it takes nearby can neither be reached nor placed: \(names(missing))"])
    }
    switch achievement {
    case .eatPlant: return ["no plant can be placed or reached"]
    case .eatCow where !met.contains(.cow), .defeatZombie where !met.contains(.zombie),
      .defeatSkeleton where !met.contains(.skeleton):
      return ["none comes beside any place that can be reached"]
    default: return ["no blow does any damage"]
    }
  }

  private func lacks(_ what: String, _ needed: [CrafterItem: Int]) -> [String] {
    CrafterItem.allCases.compactMap { item in
      guard let count = needed[item], most[item.rawValue] < count else { return nil }
      let had = most[item.rawValue]
      return "\(what) takes \(count) \(item.name), of which \(had == 0 ? "none" : "only \(had)") can be had"
    }
  }

  private func names(_ materials: some Sequence<CrafterMaterial>) -> String {
    materials.sorted { $0.rawValue < $1.rawValue }.map { "\($0)" }.joined(separator: ", ")
  }
}

extension [Bool] {
  fileprivate var trueIndices: [Int] { indices.filter { self[$0] } }
}

extension CrafterDescription {
  /// Damage of the best blow with what can be had.
  fileprivate func bestDamage(with most: [Int]) -> Int {
    let swords = [
      (CrafterItem.woodSword, damage.woodSword), (.stoneSword, damage.stoneSword),
      (.ironSword, damage.ironSword),
    ]
    return swords.filter { most[$0.0.rawValue] > 0 }.map(\.1).reduce(damage.hand, max)
  }
}

extension CrafterDescription.Placeable {
  /// The achievement of placing it.
  var achievement: CrafterAchievement {
    switch self {
    case .stone: .placeStone
    case .table: .placeTable
    case .furnace: .placeFurnace
    case .plant: .placePlant
    }
  }

  /// The action of placing it.
  var action: CrafterAction {
    switch self {
    case .stone: .placeStone
    case .table: .placeTable
    case .furnace: .placeFurnace
    case .plant: .placePlant
    }
  }
}

extension CrafterItem {
  /// The achievement of making it, where that is one.
  var achievementOfMaking: CrafterAchievement? {
    CrafterAchievement.allCases.first { $0.name == "make_" + name }
  }
}
