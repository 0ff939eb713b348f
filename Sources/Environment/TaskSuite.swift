/// Tasks of a world that are evaluated together, in sets, as a paper has them.
public struct TaskSuite: Sendable, Equatable {
  /// Some of the tasks, with a name.
  public struct Set: Sendable, Equatable {
    /// The set's name, and its tasks: values of the world's option ``TaskSuite/option``.
    public var name: String, tasks: [String]

    /// A set.
    public init(_ name: String, tasks: [String]) {
      self.name = name
      self.tasks = tasks
    }
  }

  /// The name, where it comes from, and the option of the world that chooses a task.
  public var name: String, source: String, option: String
  /// The sets.
  public var sets: [Set]

  /// A suite.
  public init(_ name: String, source: String, option: String = "task", sets: [Set]) {
    self.name = name
    self.source = source
    self.option = option
    self.sets = sets
  }

  /// All tasks in order.
  public var tasks: [String] { sets.flatMap(\.tasks) }
}
