import KnackDocuments
import KnackEnvironment
import KnackNumerics

/// Where operators are learned by trying: grounds that give an agent some materials, drawn at random, and nothing else.
///
/// `Experiments/overworld/operators.yaml` says what can be written.
public struct OperatorGrounds: Sendable {
  /// The world's id.
  public let world: String
  /// The actions that are tried: those whose names begin with one of these.
  let skills: [String]
  /// Facts that are no things, so that nobody can be given them: those whose names end so.
  private let states: [String]
  /// Actions that wait or look about, and those of them with which every ground begins.
  let controls: [String], opening: [String]
  /// Actions that lead away from what stands about.
  let leaving: [String]
  /// When a ground is left at the latest: after so many steps, or when so many more facts hold than at first.
  let steps: Int, room: Int
  private let biome: String
  private let pools: [Pool], grounds: [Ground]

  /// Things with the most of each that is given.
  private struct Pool {
    var name: String
    var things: [(name: String, most: Int)]
  }

  /// One sort of ground.
  private struct Ground {
    /// How often it is chosen, beside the others' weights.
    var weight: Int
    /// How many kinds of things it gives out of what the agent has made before.
    var made = 0
    /// How many kinds of things out of which pools it gives.
    var draws: [(pool: Int, kinds: Int)] = []
    /// What stands there every second time.
    var placed: [String] = []
  }

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
      "world", "biome", "pools", "grounds", "states", "skills", "controls", "opening", "leaving", "steps",
      "room",
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
    var pools: [Pool] = [], grounds: [Ground] = []
    for pool in try value("pools").entries("a mapping of names to things") {
      var things: [(name: String, most: Int)] = []
      for thing in try pool.value.entries("a mapping of things to counts") {
        things.append((thing.key, try thing.value.integer(in: 1...64)))
      }
      pools.append(Pool(name: pool.key, things: things))
    }
    for entry in try value("grounds").entries("a mapping of names to grounds") {
      let fields = try entry.value.fields(["weight", "draw", "made", "placed"])
      var ground = Ground(weight: try fields["weight"]?.integer(in: 1...1000) ?? 1)
      for (pool, kinds) in try fields["draw"]?.entries(
        of: "pool", among: pools.indices.map { (pools[$0].name, $0) }) ?? []
      {
        ground.draws.append((pool, try kinds.integer(in: 0...min(36, pools[pool].things.count))))
      }
      ground.made = try fields["made"]?.integer(in: 0...36) ?? 0
      ground.placed = try names(fields["placed"])
      grounds.append(ground)
    }
    guard !grounds.isEmpty else { throw root.mistake("there is no ground; describe one under 'grounds'.") }
    self.pools = pools
    self.grounds = grounds
    states = try names(fields["states"])
    skills = try names(value("skills"))
    controls = try names(value("controls"))
    opening = try names(value("opening"))
    var leaving: [String] = []
    for entry in try fields["leaving"]?.entries("a mapping of actions to how often") ?? [] {
      leaving += Array(repeating: entry.key, count: try entry.value.integer(in: 1...1000))
    }
    self.leaving = leaving
    steps = try value("steps").integer(in: 1...1_000_000)
    room = try value("room").integer(in: 1...1_000_000)
    guard !controls.isEmpty else { throw root.mistake("'controls' names no action; name one that waits.") }
  }

  /// A ground: what it gives, and what stands there.
  struct Bundle {
    var given: [(name: String, count: Int)] = []
    var placed: [String] = []

    /// The facts that hold at its beginning: things by their names without metadata, and what is near.
    var facts: [String] {
      given.map { String($0.name.prefix { $0 != ":" }) } + placed.map { $0 + "_nearby" }
    }
  }

  /// Whether a fact is a thing that can be given.
  func isThing(_ fact: String) -> Bool { !states.contains { fact.hasSuffix($0) } }

  /// Draws a sort of ground.
  func drawSort(_ random: inout RandomStream) -> Int {
    var choice = Int(random.below(UInt32(grounds.reduce(0) { $0 + $1.weight }))), place = 0
    while choice >= grounds[place].weight {
      choice -= grounds[place].weight
      place += 1
    }
    return place
  }

  /// Draws a ground of a sort.
  ///
  /// - Parameter made: what the agent has made, and how many of it at most at once.
  func draw(_ place: Int, made: [(name: String, most: Int)], _ random: inout RandomStream) -> Bundle {
    var bundle = Bundle()
    func give(_ kinds: Int, of things: [(name: String, most: Int)], _ random: inout RandomStream) {
      var left = things
      for _ in 0..<min(kinds, things.count) {
        let thing = left.remove(at: Int(random.below(UInt32(left.count))))
        // Few now and then, mostly many.
        let isFew = random.below(4) == 0, most = UInt32(thing.most)
        let count = isFew ? 1 + random.below(min(most, 4)) : most - random.below((most + 1) / 2)
        if !bundle.given.contains(where: { $0.name == thing.name }) {
          bundle.given.append((thing.name, Int(count)))
        }
      }
    }
    for (pool, kinds) in grounds[place].draws { give(kinds, of: pools[pool].things, &random) }
    give(grounds[place].made, of: made, &random)
    bundle.placed = grounds[place].placed.filter { _ in random.below(2) == 0 }
    return bundle
  }

  /// A ground as a file with one task.
  func file(_ bundle: Bundle) -> WorldFile {
    let given = bundle.given.map { "\"\($0.name)\": \($0.count)" }.joined(separator: ", ")
    return WorldFile(
      name: "ground",
      text: """
        ground:
          biome: \(biome)
          inventory: {\(given)}
          placed: [\(bundle.placed.joined(separator: ", "))]
          goal: {after: 1000000}
        """)
  }
}
