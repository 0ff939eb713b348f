import KnackDocuments
import KnackEnvironment

/// The Overworld as this module offers it.
public enum Overworld {
  /// The id under which it is registered.
  static let id = "Overworld-v1"

  /// The world for a registry.
  public static let entries = [
    EnvironmentRegistry.Entry(
      id: id, observations: observations.map(\.name),
      workshop: WorldWorkshop(id: id, options: options, kind: kind, map: map, check: { _, _ in [] }),
      suites: [plan4mc]
    ) { name in
      // No settings at all: nothing can be wrong with them.
      kind(OverworldRules(senses: OverworldSenses(senses(name, beside: []))))
    },
    skills,
  ]

  /// The forty tasks of Plan4MC in its four sets of ten.
  private static let plan4mc = TaskSuite(
    "plan4mc", source: "Plan4MC, arXiv:2303.16563",
    sets: ["Cut-Trees", "Mine-Stones", "Interact-Mobs", "Mine-Ores"].enumerated().map { number, name in
      TaskSuite.Set(name, tasks: OverworldTask.plan4mc[10 * number..<10 * number + 10].map(\.name))
    })

  /// What an agent can be shown beside itself, by the names of observations.
  private static let observations: [(name: String, senses: [Sense])] = [
    ("voxels", [.voxels]), ("rays", [.rays]), ("semantic", [.semantic]), ("pixels", [.pixels]),
  ]

  private static func senses(_ observation: String, beside others: [String]) -> [Sense] {
    OverworldSenses.ofOneself + (observations.first { $0.name == observation }?.senses ?? [])
      + Sense.allCases.filter { others.contains($0.name) }
  }

  /// The options of a world with the tasks of a file, or with the built-in ones alone.
  @Sendable static func options(_ settings: WorldSettings) throws(EnvironmentError) -> [WorldOption] {
    let tasks = try tasks(settings)
    return [
      WorldOption(
        "task", .choice(tasks.map { WorldOption.Choice($0.name, $0.description) }), standard: tasks[0].name,
        "What an episode is for and how it begins; tasks of a file that is given as the world come first."),
      WorldOption(
        "ticks-per-step", .integer(1...1000), standard: "1",
        "Game ticks, of which 20 are a second, for which a step holds its keys. MineDojo's steps take one; limits are in ticks."
      ),
      WorldOption(
        "view-distance", .integer(1...ChunkMap.count), standard: "1",
        "Chunks of 16 blocks on each side of the player's own that are made and live. Rays and pictures see no farther."
      ),
      WorldOption(
        "actions",
        .choice([
          .init("flat", "A list, in which an item stands for whatever slot it lies in."),
          .init("factored", "MineDojo's: movement, look, and a function with its argument, all at once."),
        ]), standard: "flat", "What an action is."),
      WorldOption(
        "also", .set(Sense.allCases.map { .init($0.name, $0.summary) }), standard: "none",
        "Senses that are shown beside those of the observation."),
      WorldOption(
        "voxels", .size([1...VoxelBox.largest, 1...VoxelBox.largest, 1...VoxelBox.largest]),
        standard: "5x5x5",
        "The box of blocks: along its first axis, its second, and upwards, each odd."),
      WorldOption(
        "voxel-axes",
        .choice([
          .init("world", "East, south, up, as MineDojo's voxels."),
          .init("facing", "To the right of where the player looks, ahead, up."),
        ]), standard: "world", "Where the axes of the box of blocks go."),
      WorldOption(
        "rays", .size([1...36, 1...72]), standard: "12x18",
        "The fan of rays, 5 degrees apart: upwards and sideways. 12x18 is that of Plan4MC."),
      WorldOption(
        "picture", .size([1...256, 1...256]), standard: "64x36", "Points of a picture across and down."),
      WorldOption(
        "recipes", .integer(0...Int.max), standard: "0",
        "0 for Minecraft's recipes; any other number is the seed of a permutation of what they make."),
    ]
  }

  /// The tasks that there are: those of the settings' file, then the built-in ones whose names are not taken.
  private static func tasks(_ settings: WorldSettings) throws(EnvironmentError) -> [OverworldTask] {
    guard let file = settings.world else { return OverworldTask.builtIn }
    do {
      let own = try OverworldTask.tasks(yaml: file.text, file: file.name)
      return own + OverworldTask.builtIn.filter { task in !own.contains { $0.name == task.name } }
    } catch {
      throw .wrongFile(error.description)
    }
  }

  /// The rules that settings describe, for one of the observations.
  static func rules(
    _ settings: WorldSettings, observation: String
  ) throws(EnvironmentError) -> OverworldRules {
    let name = settings.text("task"), tasks = try tasks(settings)
    var map: OverworldMapFile?
    if let file = settings.map {
      do {
        map = try OverworldMapFile(text: file.text, name: file.name)
      } catch {
        throw .wrongFile(error.description)
      }
    }
    let box = settings.extents("voxels"), rays = settings.extents("rays"),
      picture = settings.extents("picture")
    guard box.allSatisfy({ $0 % 2 == 1 }) else {
      throw .wrongSetting(
        "\(settings.place("voxels")): 'voxels' takes odd sizes, since the player is in the middle, not "
          + "'\(settings.text("voxels"))'.")
    }
    func fan(_ count: Int) -> [Double] { (0..<count).map { 5 * Double($0 - count / 2) } }
    return OverworldRules(
      task: tasks.first { $0.name == name } ?? .free, ticksPerStep: settings.integer("ticks-per-step"),
      viewDistance: settings.integer("view-distance"), hasFactors: settings.text("actions") == "factored",
      senses: OverworldSenses(
        senses(observation, beside: settings.names("also")),
        voxels: VoxelBox(
          width: box[0], depth: box[1], height: box[2],
          alignment: settings.text("voxel-axes") == "facing" ? .facing : .world),
        rays: RayFan(pitches: fan(rays[0]), yaws: fan(rays[1])),
        camera: Camera(width: picture[0], height: picture[1])),
      recipes: RecipeOrder(number: settings.integer("recipes")), map: map)
  }

  @Sendable private static func kind(
    _ settings: WorldSettings, _ observation: String
  ) throws(EnvironmentError) -> WorldKind {
    kind(try rules(settings, observation: observation))
  }

  /// The kind of worlds under rules; made in this module, so that the batch loops are compiled for this world.
  private static func kind(_ rules: OverworldRules) -> WorldKind {
    var kind = WorldKind(withExpert: OverworldWorld.self, rules)
    kind.views = views(rules)
    kind.agentView = AgentSightView.view(rules)
    kind.setMission(of: OverworldWorld.self) { _ in rules.task.description }
    if !rules.hasFactors { kind.keys = keys }
    if !rules.hasFactors && rules.ticksPerStep == 1 { kind.takeCommands(OverworldWorld.self, rules) }
    return kind
  }

  /// The keys with which people play: those of the body. Everything else is chosen from a list.
  private static let keys = [
    ("w", "forward"), ("s", "back"), ("a", "strafe_left"), ("d", "strafe_right"), ("space", "jump"),
    ("r", "jump_forward"), ("t", "sprint_forward"), ("c", "sneak"), ("left", "turn_left"),
    ("right", "turn_right"), ("up", "look_up"), ("down", "look_down"), ("f", "attack"), ("g", "use"),
    ("n", "noop"),
  ].compactMap { key, name in
    OverworldActions.standard.names.firstIndex(of: name).map { WorldKey(key, $0) }
  }

  /// The map with which the first episode of a seed begins.
  @Sendable private static func map(
    _ settings: WorldSettings, _ seed: UInt64
  ) throws(EnvironmentError) -> String {
    let rules = try rules(settings, observation: observations[0].name)
    let place = UnsafeMutablePointer<OverworldWorld>.allocate(capacity: 1)
    defer { place.deallocate() }
    OverworldWorld.initialize(place, rules)
    place.pointee.seed(seed, rules)
    place.pointee.reset(rules)
    return place.pointee.map(rules).text(remark: "The map of \(id) with which seed \(seed) begins.")
  }
}
