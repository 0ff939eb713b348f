import KnackEnvironment

/// The gridworlds that this module offers.
public enum Gridworld {
  /// All tasks, family by family.
  public static let tasks: [GridTask] = [
    emptyTasks, fourRoomsTasks, doorKeyTasks, unlockTasks, multiRoomTasks, keyCorridorTasks, lavaTasks,
    crossingTasks, dynamicObstaclesTasks, fetchTasks, goToTasks, putNearTasks, lockedRoomTasks, memoryTasks,
    redBlueDoorsTasks,
  ].flatMap { $0 }

  /// The tasks for a registry, each under MiniGrid's id.
  public static let entries: [EnvironmentRegistry.Entry] = tasks.map { task in
    EnvironmentRegistry.Entry(id: task.id, observations: GridObservation.allCases.map(\.rawValue)) {
      observation in
      // The kind is made in this module, so that the batch loops are compiled for this world.
      WorldKind(
        GridWorld.self, GridRules(task, observation: GridObservation(rawValue: observation) ?? .cells))
    }
  }
}
