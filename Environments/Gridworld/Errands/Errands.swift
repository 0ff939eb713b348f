import KnackEnvironment

/// The worlds of ``ErrandWorld`` for a registry.
enum Errands {
  static let entries = [
    entry("Maze-v1", observations: ["window"], options: mazeOptions, rules: maze),
    entry("ComPILE-v1", observations: ["map", "window"], options: pickUpOptions, rules: pickUp),
  ]

  private static let mazeOptions = [
    WorldOption(
      "maze",
      .choice([
        .init("random", "Straight corridors, a new tree of them each episode."),
        .init("straight", "One maze of straight corridors, always the same."),
        .init("diagonal", "One maze whose corridors lead up or down with every step, always the same."),
      ]), standard: "random", "Where the walls are; a map from a file takes its place."),
    WorldOption(
      "reach", .integer(1...10), standard: "3", "How many cells are seen each way from the player."),
    WorldOption("steps", .integer(1...100_000), standard: "200", "The most steps of an episode."),
  ]

  private static let pickUpOptions = [
    WorldOption("visits", .integer(1...6), standard: "3", "How many things are to be picked up."),
    WorldOption(
      "reward",
      .choice([
        .init("sparse", "1 for the last thing."), .init("each", "1 for each thing in its turn."),
      ]), standard: "sparse", "What is rewarded."),
    WorldOption(
      "instance", .integer(0...Int(UInt32.max)), standard: "0",
      "The seed of walls, things and what is wanted, the same in every episode; 0 for others each time."),
    WorldOption(
      "reach", .integer(1...9), standard: "7",
      "How many cells a window shows each way from the player; 7 is all that is within the outer walls."),
  ]

  private static func maze(_ settings: WorldSettings, _ observation: String) throws(EnvironmentError)
    -> ErrandRules
  {
    try refuse(settings.world, "Maze-v1 is made from a map alone; give it as --map or environment.map")
    let maze: Maze
    if let file = settings.map {
      maze = .map(try MazeMap(text: file.text, name: file.name))
    } else {
      maze =
        switch settings.text("maze") {
        case "straight": .map(try drawn(PackageResources.straight_txt, "straight.txt"))
        case "diagonal": .map(try drawn(PackageResources.diagonal_txt, "diagonal.txt"))
        default: .random
        }
    }
    return .maze(maze, reach: settings.integer("reach"), stepLimit: settings.integer("steps"))
  }

  private static func drawn(_ bytes: [UInt8], _ name: String) throws(EnvironmentError) -> MazeMap {
    try MazeMap(text: String(decoding: bytes, as: UTF8.self), name: name)
  }

  private static func pickUp(
    _ settings: WorldSettings, _ observation: String
  ) throws(EnvironmentError) -> ErrandRules {
    try refuse(
      settings.world ?? settings.map,
      "ComPILE-v1 draws its maps by seeds; choose one with the option instance")
    let instance = settings.integer("instance")
    return .pickUp(
      PickUp(
        visits: settings.integer("visits"), rewardsEach: settings.text("reward") == "each",
        instance: instance == 0 ? nil : instance),
      reach: observation == "window" ? settings.integer("reach") : nil)
  }

  /// Refuses a file that a world cannot be made from.
  private static func refuse(_ file: WorldFile?, _ sentence: String) throws(EnvironmentError) {
    if let file { throw .wrongFile("\(file.name): \(sentence).") }
  }

  private static func entry(
    _ id: String, observations: [String], options: [WorldOption],
    rules: @escaping WorldWorkshop.Function<String, ErrandRules>
  ) -> EnvironmentRegistry.Entry {
    let workshop = WorldWorkshop(
      id: id, options: { _ in options },
      kind: { settings, observation throws(EnvironmentError) in kind(try rules(settings, observation)) },
      map: { settings, seed throws(EnvironmentError) in
        let rules = try rules(settings, observations[0])
        var world = ErrandWorld(rules)
        world.seed(seed, rules)
        world.reset(rules)
        return text(of: world, rules)
      },
      check: { _, _ throws(EnvironmentError) in [] })
    return EnvironmentRegistry.Entry(id: id, observations: observations, workshop: workshop) { observation in
      do {
        return try workshop.kind(WorldSettings(), observation)
      } catch {
        preconditionFailure("\(id) as it comes: \(error)")
      }
    }
  }

  /// The kind of worlds under rules; made in this module, so that the batch loops are compiled for this world.
  private static func kind(_ rules: ErrandRules) -> WorldKind {
    var kind = WorldKind(withExpert: ErrandWorld.self, rules)
    kind.views = [ErrandWorld.mapView(rules)]
    kind.keys =
      [("left", 0), ("up", 1), ("right", 2), ("down", 3)].map { WorldKey($0.0, $0.1) }
      + (rules.picksUp ? [WorldKey("space", 4), WorldKey("p", 4)] : [])
    if rules.picksUp {
      kind.setMission(of: ErrandWorld.self) { world in
        let wanted = (Int(world.pointee.done)..<Int(rules.errands)).map {
          "thing \(Int(world.pointee.wanted[$0]) - Int(ErrandWorld.firstThing))"
        }
        return "pick up " + wanted.joined(separator: ", then ")
      }
    }
    return kind
  }

  /// A map as a file of a maze.
  private static func text(of world: ErrandWorld, _ rules: ErrandRules) -> String {
    (0..<rules.height).reversed().map { row in
      (0..<rules.width).map { column in
        if Int(world.x) == column && Int(world.y) == row { return "@" }
        switch world[column, row] {
        case ErrandWorld.wall: return "#"
        case ErrandWorld.floor: return "."
        default: return "*"
        }
      }.joined() + "\n"
    }.joined()
  }
}
