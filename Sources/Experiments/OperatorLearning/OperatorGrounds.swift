import KnackDocuments
import KnackEnvironment
import KnackPlanning

/// Where operators are learned by trying: what an agent can ask for, what it tries, and how it waits.
///
/// `Experiments/overworld/operators.yaml` says what can be written.
public struct OperatorGrounds: Sendable {
  /// The world's id.
  public let world: String
  /// The actions that are tried: those whose names begin with one of these.
  let skills: [String]
  /// What is done before the first of the actions whose names begin so.
  let stances: [(prefix: String, actions: [String])]
  /// Actions that wait or look about, for how many steps an agent does nothing else at first, and those of them with which every
  /// ground begins.
  let controls: [String], watching: Int, opening: [String]
  /// What can stand about; how many kinds of things can be carried, and how many are given where much is to be made.
  let standing: [String], slots: Int, kinds: Int
  /// Facts that are no things: those of these names, or whose names end so where it begins with a line.
  private let states: [String]
  private let biome: String
  /// Things that are given for the asking, with the most of each; the most of what was made.
  private let given: [(name: String, most: Int)], made: Int
  /// How many of a thing one slot holds where it is not 64: of those whose names end so.
  private let stacks: [(ending: String, count: Int)]

  /// The grounds of a file.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` with file, line and column.
  public init(_ path: String) throws(ExperimentError) {
    let file = try WorldFile(path)
    do {
      try self.init(yaml: file.text, file: file.name)
    } catch {
      throw .mistake(error.description)
    }
  }

  init(yaml: String, file: String) throws(DocumentError) {
    let root = try YAMLValue(yaml: yaml, file: file)
    let fields = try root.fields([
      "world", "biome", "given", "made", "stacks", "standing", "slots", "kinds", "states", "skills",
      "stances",
      "controls",
      "watching", "opening",
    ])
    func value(_ key: String) throws(DocumentError) -> YAMLValue {
      guard let value = fields[key] else { throw root.mistake("there is no '\(key)'; say what it is.") }
      return value
    }
    func names(_ value: YAMLValue?) throws(DocumentError) -> [String] {
      var names: [String] = []
      for element in try value?.elements("a list of names") ?? [] { names.append(try element.text()) }
      return names
    }
    world = try value("world").text()
    biome = try value("biome").text()
    var given: [(name: String, most: Int)] = []
    for thing in try value("given").entries("a mapping of things to counts") {
      given.append((thing.key, try thing.value.integer(in: 1...64)))
    }
    self.given = given
    made = try value("made").integer(in: 1...64)
    var stacks: [(ending: String, count: Int)] = []
    for entry in try fields["stacks"]?.entries("a mapping of counts to lists of things") ?? [] {
      guard let count = Int(entry.key), (1...64).contains(count) else {
        throw entry.value.mistake("'\(entry.key)' is no count of things from 1 to 64.")
      }
      for name in try names(entry.value) { stacks.append((name, count)) }
    }
    self.stacks = stacks
    standing = try names(fields["standing"])
    slots = try value("slots").integer(in: 4...1000)
    kinds = try value("kinds").integer(in: 2...slots)
    states = try names(fields["states"])
    skills = try names(value("skills"))
    var stances: [(prefix: String, actions: [String])] = []
    for entry in try fields["stances"]?.entries("a mapping of beginnings of names to actions") ?? [] {
      stances.append((entry.key, try names(entry.value)))
    }
    self.stances = stances
    controls = try names(value("controls"))
    watching = try fields["watching"]?.integer(in: 0...1_000_000) ?? 0
    opening = try names(fields["opening"])
    guard !controls.isEmpty else { throw root.mistake("'controls' names no action; name one that waits.") }
  }

  /// A thing's name without metadata, as facts count it.
  private static func fact(of thing: String) -> String { String(thing.prefix { $0 != ":" }) }

  /// Whether a fact is a thing that can be given.
  func isThing(_ fact: String) -> Bool {
    !states.contains { $0 == fact || $0.hasPrefix("_") && fact.hasSuffix($0) }
  }

  /// How many of a thing can be had by an agent that has had it in its hands, or not; 0 for none.
  func most(of fact: String, isKnown: Bool) -> Int {
    let free = given.filter { Self.fact(of: $0.name) == fact }.map(\.most).max() ?? 0
    guard isKnown && isThing(fact) else { return free }
    return max(free, min(made, stack(of: fact)))
  }

  /// How many of a thing one slot holds.
  func stack(of fact: String) -> Int { stacks.first { fact.hasSuffix($0.ending) }?.count ?? 64 }

  /// How many slots the most of a thing that can be had takes up.
  func room(of fact: String) -> Int {
    let sorts = given.filter { Self.fact(of: $0.name) == fact }.map(\.most)
    return (sorts.isEmpty ? [most(of: fact, isKnown: true)] : sorts)
      .reduce(0) { $0 + ($1 + stack(of: fact) - 1) / stack(of: fact) }
  }

  /// A ground as a file with one task: so many of some things, and what stands about. A thing that is given in several sorts is
  /// there in all of them.
  func file(_ things: [(fact: String, count: Int)], standing: [String]) -> WorldFile {
    let inventory = things.flatMap { fact, count -> [String] in
      let sorts = given.filter { Self.fact(of: $0.name) == fact }.map(\.name)
      return (sorts.isEmpty ? [fact] : sorts).map { "\"\($0)\": \(count)" }
    }
    return WorldFile(
      name: "ground",
      text: """
        ground:
          biome: \(biome)
          inventory: {\(inventory.joined(separator: ", "))}
          placed: [\(standing.joined(separator: ", "))]
          goal: {after: 1000000}
        """)
  }
}
