import KnackEnvironment

/// The gridworlds that this module offers.
public enum Gridworld {
  /// All tasks, family by family.
  public static let tasks: [GridTask] = [
    emptyTasks, fourRoomsTasks, doorKeyTasks, unlockTasks, multiRoomTasks, keyCorridorTasks, lavaTasks,
    crossingTasks, dynamicObstaclesTasks, fetchTasks, goToTasks, putNearTasks, lockedRoomTasks, memoryTasks,
    redBlueDoorsTasks,
  ].flatMap { $0 }

  /// The worlds for a registry: MiniGrid's tasks, each under its id there, and those that are walked by compass.
  public static let entries: [EnvironmentRegistry.Entry] = tasks.map(entry) + Errands.entries

  private static func entry(_ task: GridTask) -> EnvironmentRegistry.Entry {
    EnvironmentRegistry.Entry(id: task.id, observations: GridObservation.allCases.map(\.rawValue)) {
      observation in
      let rules = GridRules(task, observation: GridObservation(rawValue: observation) ?? .cells)
      // The kind is made in this module, so that the batch loops are compiled for this world.
      var kind =
        rules.rule == .dynamicObstacles
        ? WorldKind(GridWorld.self, rules) : WorldKind(withExpert: GridWorld.self, rules)
      kind.views = [GridWorld.mapView(rules)]
      kind.agentView = GridWorld.agentView(rules)
      kind.keys = GridAction.keys.filter { $0.action < rules.specification.actions.count }
      kind.setMission(of: GridWorld.self) { task.mission($0.pointee.mission) }
      if task.quest != nil { kind.takeCommands(GridWorld.self, rules) }
      return kind
    }
  }
}
