/// What everything costs at a moment, in ticks, and what has to be done for a goal.
///
/// Costs are those of the additive heuristic (Bonet and Geffner, "Planning as heuristic search", 2001): a way to an item
/// costs what each thing costs that it takes and that is lacking, as if all were got one by one. The goal is then chained
/// backwards from: each need is met out of the bag or by its cheapest way, whose needs are met in turn. What has been met
/// is no longer in the bag for others, so that numbers come out right.
struct ExpertPlan {
  /// Something to be done so many times.
  struct Task {
    var way: Int
    var times: Int
    /// What it is done with; none for the bare hand.
    var tool: Item
  }

  private let scene: ExpertScene
  private let survey: ExpertSurvey
  let book = ExpertBook.standard
  /// By item: the cost of one, of each further one, and the way that is cheapest; -1 where there is none.
  private(set) var first: [Float], more: [Float], source: [Int]
  /// The stations that are near.
  let hasTable: Bool, hasFurnace: Bool
  /// What is not spoken for: what is carried, and what has just fallen near the player.
  private var bag: [Int]
  private var fallen: [(item: Item, count: Int, place: Place)] = []
  /// What is to be done, in an order in which each thing comes after what it takes.
  private(set) var tasks: [Task] = []
  /// Whether that takes a crafting table, a furnace.
  private(set) var usesTable = false, usesFurnace = false

  init(_ scene: ExpertScene, _ survey: ExpertSurvey) {
    self.scene = scene
    self.survey = survey
    let count = scene.rules.minecraft.items.count
    first = [Float](repeating: .infinity, count: count)
    more = first
    source = [Int](repeating: -1, count: count)
    (hasTable, hasFurnace) = scene.world.pointee.nearbyStations()
    bag = (0..<count).map { scene.counts[Item(rawValue: UInt16($0))] }
    for index in 0..<scene.dropCount {
      let drop = scene.drops[index]
      guard !drop.stack.isEmpty, survey.isAtHand(drop) else { continue }
      bag[drop.stack.item.index] += Int(drop.stack.count)
      fallen.append(
        (
          drop.stack.item, Int(drop.stack.count),
          Place(cell(Double(drop.x)), cell(Double(drop.y) + 0.1), cell(Double(drop.z)))
        ))
    }
    // Costs only ever fall; the longest chain of tools has about a dozen links.
    for _ in 0..<24 where updateCosts() {}
  }

  // MARK: - Costs

  private mutating func updateCosts() -> Bool {
    var haveFallen = false
    for (index, way) in book.ways.enumerated() {
      let (cost, further) = cost(of: way)
      guard cost < first[way.item.index] else { continue }
      first[way.item.index] = cost
      more[way.item.index] = min(cost, further)
      source[way.item.index] = index
      haveFallen = true
    }
    return haveFallen
  }

  /// What a way costs once, and each time after that; for one item.
  private func cost(of way: ExpertWay) -> (Float, Float) {
    switch way.deed {
    case .craft(_, let recipe):
      let table = scene.rules.minecraft.recipes
      var cost: Float = 1, further: Float = 1
      for need in table.needs(of: recipe) {
        let items = accepted(table.needs[need].set), count = Int(table.needs[need].count)
        cost += self.cost(ofHaving: items, count)
        further += Float(count) * (items.lazy.map { self.more[$0.index] }.min() ?? .infinity)
      }
      if table.needsTable[recipe] {
        cost += self.cost(ofStation: book.craftingTable, .craftingTable, hasTable)
      }
      return (cost, further / way.amount)
    case .smelt(_, let input):
      let fuel = costOfFuel(sparing: input)
      return (
        1 + cost(ofHaving: CollectionOfOne(input), 1) + fuel
          + cost(ofStation: book.furnace, .furnace, hasFurnace),
        1 + more[input.index] + fuel
      )
    case .mine(let block):
      guard let site = survey.blocks[Int(block.rawValue)], let (tool, ticks) = tool(for: block) else {
        return (.infinity, .infinity)
      }
      let dig = (ticks + 8) / way.amount
      return (site.ticks + dig + tool, dig + 3)
    case .kill(let kind, _):
      guard let site = survey.creature(for: way.deed), !kind.isHostile || scene.player.health > 12 else {
        return (.infinity, .infinity)
      }
      return (site.ticks + 60 / way.amount, 100 / way.amount)
    case .shear:
      guard let site = survey.creature(for: way.deed) else { return (.infinity, .infinity) }
      return (site.ticks + 10 + cost(ofHaving: CollectionOfOne(book.shears), 1), 50)
    case .milk:
      guard let site = survey.creature(for: way.deed) else { return (.infinity, .infinity) }
      return (site.ticks + 10 + cost(ofHaving: CollectionOfOne(book.bucket), 1), 10 + more[book.bucket.index])
    case .pickUp: return (survey.drops[way.item].map { $0.ticks + 5 } ?? .infinity, 5)
    }
  }

  /// The items of a set of the recipes.
  private func accepted(_ set: UInt16) -> [Item] {
    let table = scene.rules.minecraft.recipes
    return table.accepted(set).map { table.acceptedItems[$0] }
  }

  /// What it costs to have so many of some items that serve alike.
  private func cost(ofHaving items: some Collection<Item>, _ count: Int) -> Float {
    let missing = count - items.reduce(0) { $0 + scene.counts[$1] }
    guard missing > 0 else { return 0 }
    return items.lazy.map { self.first[$0.index] + Float(missing - 1) * self.more[$0.index] }.min()
      ?? .infinity
  }

  /// What it costs to have a crafting table or a furnace near: to go where one stands, or to place one.
  private func cost(ofStation item: Item, _ block: Block, _ isNear: Bool) -> Float {
    if isNear { return 0 }
    let placing = 8 + cost(ofHaving: CollectionOfOne(item), 1)
    return min(placing, survey.blocks[Int(block.rawValue)]?.ticks ?? .infinity)
  }

  private func costOfFuel(sparing input: Item) -> Float {
    if scene.world.pointee.hasFuel(for: input, scene.rules) { return 0 }
    let burns = scene.rules.minecraft.smelting.burnTicks, needed = Float(scene.rules.minecraft.smelting.ticks)
    return book.fuels.lazy.map { fuel in
      self.first[fuel.index] + max(0, needed / Float(burns[fuel.index]) - 1) * self.more[fuel.index]
    }.min() ?? .infinity
  }

  /// The cost of having a tool that harvests a block, and the ticks that it then takes; nil where none can be had.
  private func tool(for block: Block) -> (cost: Float, ticks: Float)? {
    let held = scene.breaking(block, harvesting: true).ticks
    if held.isFinite { return (0, held) }
    let breaking = scene.rules.minecraft.breaking, columns = scene.rules.minecraft.items.breakingColumn
    let best = book.tools[Int(block.rawValue)].min { first[$0.index] < first[$1.index] }
    guard let best, first[best.index].isFinite else { return nil }
    return (first[best.index], breaking.work(block, columns[best.index]))
  }

  // MARK: - Chaining backwards

  /// Plans for so many of some items that serve alike, beyond what other plans have taken out of the bag. Returns whether
  /// there is a way.
  mutating func need(_ items: some Collection<Item>, _ count: Int, depth: Int = 0) -> Bool {
    var missing = count
    for item in items where missing > 0 {
      let taken = min(missing, bag[item.index])
      bag[item.index] -= taken
      missing -= taken
    }
    guard missing > 0 else { return true }
    guard depth < 16, let item = items.min(by: { first[$0.index] < first[$1.index] }), source[item.index] >= 0
    else {
      return false
    }
    let way = book.ways[source[item.index]]
    let times: Int
    var tool = Item.none
    switch way.deed {
    case .craft(_, let recipe):
      let table = scene.rules.minecraft.recipes
      times = (missing + Int(way.amount) - 1) / Int(way.amount)
      bag[item.index] += times * Int(way.amount) - missing
      if table.needsTable[recipe] && !needStation(table: true, depth) { return false }
      for need in table.needs(of: recipe) {
        let set = accepted(table.needs[need].set)
        guard self.need(set, times * Int(table.needs[need].count), depth: depth + 1) else { return false }
      }
    case .smelt(_, let input):
      times = missing
      guard needStation(table: false, depth), need(CollectionOfOne(input), times, depth: depth + 1),
        needFuel(times, depth)
      else { return false }
    case .mine(let block):
      times = missing
      if let needed = book.tools[Int(block.rawValue)].nonEmpty {
        guard needTool(among: needed, depth) else { return false }
        tool = needed.first { scene.counts[$0] > 0 } ?? .none
        if tool == .none { tool = needed.min { first[$0.index] < first[$1.index] } ?? .none }
      }
    case .kill, .pickUp: times = missing
    case .shear:
      times = missing
      tool = book.shears
      guard needTool(among: [book.shears], depth) else { return false }
    case .milk:
      times = missing
      tool = book.bucket
      guard need(CollectionOfOne(book.bucket), missing, depth: depth + 1) else { return false }
    }
    tasks.append(Task(way: source[item.index], times: times, tool: tool))
    return true
  }

  /// Plans for a wish. Returns whether there is a way.
  mutating func need(_ wish: ExpertWish) -> Bool {
    switch wish {
    case .have(let items, let count): need(items, count)
    case .station(let table): needStation(table: table)
    case .meet(let kind): survey.creature(for: .kill(kind, color: nil)) != nil
    case .eat(let items): need(items, 1)
    case .shelter: need(CollectionOfOne(book.torch), 1)
    }
  }

  /// Where something lies that has fallen and that the plan counts on; nil where there is nothing.
  var claimedDrop: Place? {
    fallen.first { drop in
      let lies = fallen.reduce(0) { $0 + ($1.item == drop.item ? $1.count : 0) }
      return bag[drop.item.index] < lies
    }?.place
  }

  /// Plans for a tool, which is kept.
  private mutating func needTool(among tools: [Item], _ depth: Int) -> Bool {
    if tools.contains(where: { scene.counts[$0] > 0 || isPlanned($0) }) { return true }
    return need(tools, 1, depth: depth + 1)
  }

  private func isPlanned(_ item: Item) -> Bool { tasks.contains { book.ways[$0.way].item == item } }

  /// Plans for a crafting table or a furnace near the player.
  mutating func needStation(table: Bool, _ depth: Int = 0) -> Bool {
    if table ? usesTable : usesFurnace { return true }
    if table { usesTable = true } else { usesFurnace = true }
    if table ? hasTable : hasFurnace { return true }
    let item = table ? book.craftingTable : book.furnace
    if walksToStation(table: table) { return true }
    return need(CollectionOfOne(item), 1, depth: depth + 1)
  }

  /// Whether it is cheaper to go to a crafting table or furnace that stands somewhere than to place another one.
  func walksToStation(table: Bool) -> Bool {
    let item = table ? book.craftingTable : book.furnace
    guard let site = survey.blocks[Int((table ? Block.craftingTable : .furnace).rawValue)] else {
      return false
    }
    return site.ticks < 8 + cost(ofHaving: CollectionOfOne(item), 1)
  }

  /// Plans for the fuel of so many smeltings, in the order in which it will be burnt.
  private mutating func needFuel(_ times: Int, _ depth: Int) -> Bool {
    let smelting = scene.rules.minecraft.smelting
    var ticks = times * smelting.ticks - Int(scene.player.burnTicks)
    for fuel in book.fuels where ticks > 0 && bag[fuel.index] > 0 {
      let burn = Int(smelting.burnTicks[fuel.index])
      let taken = min(bag[fuel.index], (ticks + burn - 1) / burn)
      bag[fuel.index] -= taken
      ticks -= taken * burn
    }
    guard ticks > 0 else { return true }
    func cost(_ fuel: Item) -> Float {
      let pieces = (Float(ticks) / Float(smelting.burnTicks[fuel.index])).rounded(.up)
      return first[fuel.index] + (pieces - 1) * more[fuel.index]
    }
    guard let best = book.fuels.min(by: { cost($0) < cost($1) }) else { return false }
    let burn = Int(smelting.burnTicks[best.index])
    return need(CollectionOfOne(best), (ticks + burn - 1) / burn, depth: depth + 1)
  }
}

extension Array {
  /// The array; nil where it is empty.
  var nonEmpty: Self? { isEmpty ? nil : self }
}
