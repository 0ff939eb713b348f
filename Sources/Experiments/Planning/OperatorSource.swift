import KnackDocuments
import KnackEnvironment
import KnackPlanning

/// Where the operators of a plan or a graph come from.
public struct OperatorSource: Sendable {
  /// The world: its operators, facts and goal.
  public let kind: WorldKind
  /// What they are called: `world`, a built-in graph's name or a file's path.
  public let name: String
  /// The operators.
  public let operators: [Operator]

  /// The operators of a world's own rules (`world`), of a graph that the program brings along (`plan4mc`), or of a file.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` for an unknown world, wrong settings or a wrong file, and where the world has
  ///   no operators.
  public init(
    _ name: String = "world", environment: String, settings: WorldSettings = WorldSettings(),
    in registry: EnvironmentRegistry
  ) throws(ExperimentError) {
    do {
      kind = try registry.kind(environment, settings: settings)
    } catch {
      throw .mistake("\(error)")
    }
    self.name = name
    let specification = kind.specification
    guard name != "world" else {
      operators = specification.operators
      guard !operators.isEmpty else {
        throw .mistake(
          "\(environment) does not say what can be brought about in it; give a file with --operators.")
      }
      return
    }
    do {
      if let graph = OperatorFile.builtIn.first(where: { $0.name == name }) {
        operators = try OperatorFile.operators(yaml: graph.text, file: graph.name, facts: specification.facts)
      } else {
        let file = try WorldFile(name)
        operators = try OperatorFile.operators(yaml: file.text, file: file.name, facts: specification.facts)
      }
    } catch let error as DocumentError {
      throw .mistake(error.description)
    } catch let error as ExperimentError {
      throw error
    } catch {
      throw .mistake("\(error)")
    }
  }

  /// Amounts as they are written on a command line, `bed=1` or `bed`.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` where one is written otherwise or the fact is unknown.
  func amounts(_ written: [String], of option: String) throws(ExperimentError) -> [Operator.Amount] {
    var amounts: [Operator.Amount] = []
    for text in written {
      let parts = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      guard parts.count <= 2, let count = parts.count == 2 ? Int(parts[1]) : 1,
        (1...1_000_000).contains(count)
      else {
        throw .mistake("\(option) \(text): write a fact, an equals sign and how many, as in \(option) bed=1.")
      }
      guard kind.specification.facts.contains(parts[0]) else {
        let near = nearest(to: parts[0], among: kind.specification.facts)
        throw .mistake(
          "\(option) \(text): \(kind.specification.id) has no fact '\(parts[0])'; "
            + (near.map { "did you mean '\($0)'?" }
              ?? "`knack environments show \(kind.specification.id)` lists them."))
      }
      amounts.append(Operator.Amount(parts[0], count))
    }
    return amounts
  }
}
