import KnackDocuments

extension OverworldTask {
  /// The forty tasks of Plan4MC (arXiv 2303.16563) by their own names.
  public static let plan4mc = builtInTasks("plan4mc.yaml", PackageResources.plan4mc_yaml)

  /// Fifteen that Plan4MC left out: longer chains, food, farming, the night.
  public static let more = builtInTasks("more.yaml", PackageResources.more_yaml)

  /// All tasks that the program brings along.
  public static let builtIn = [free] + plan4mc + more

  /// The built-in task of a name; nil where there is none.
  public static func builtIn(_ name: String) -> OverworldTask? { builtIn.first { $0.name == name } }

  private static func builtInTasks(_ file: String, _ bytes: [UInt8]) -> [OverworldTask] {
    KnackOverworld.builtIn { () throws(DocumentError) in
      try tasks(yaml: String(decoding: bytes, as: UTF8.self), file: file)
    }
  }
}
