import KnackDocuments
import KnackEnvironment

/// Files of operators: YAML, a mapping of names to what each takes and gives.
///
/// ```yaml
/// craft_bed:
///   kind: craft                       # find, manipulate (the default) or craft
///   skill: craft_bed                  # what carries it out; the name itself where it is not said
///   consumes: {planks: 3, wool: 3}
///   requires: {crafting_table_nearby: 1}
///   equips: [shears]                  # taken into the hand first, in this order
///   obtains: {bed: 1}
///   chances: {bed: 0.5}               # of what is not certain
/// ```
public enum OperatorFile {
  /// The graphs that the program brings along, by name.
  public static let builtIn: [(name: String, text: String)] = [
    ("plan4mc", String(decoding: PackageResources.plan4mc_yaml, as: UTF8.self))
  ]

  /// The operators of a text, in their order.
  ///
  /// - Parameters:
  ///   - file: what errors call it.
  ///   - facts: the names that operators may speak of; nil for any.
  /// - Throws: `DocumentError` with file, line and column for what is unknown, out of range or missing.
  public static func operators(
    yaml: String, file: String, facts: [String]? = nil
  ) throws(DocumentError) -> [Operator] {
    let root = try YAMLValue(yaml: yaml, file: file)
    var operators: [Operator] = []
    for entry in try root.entries("a mapping of operators by name") {
      operators.append(try one(entry, facts))
    }
    return operators
  }

  private static func one(_ entry: YAMLValue.Entry, _ facts: [String]?) throws(DocumentError) -> Operator {
    let fields = try entry.value.fields([
      "kind", "skill", "consumes", "requires", "equips", "obtains", "chances",
    ])
    let kinds = Operator.Kind.allCases.map { (name: $0.rawValue, value: $0) }
    func known(_ name: String, _ place: String) throws(DocumentError) {
      if let facts, !facts.contains(name) {
        throw DocumentError("\(place): there is no fact '\(name)'; \(mendFact(name, facts))")
      }
    }
    func amounts(_ key: String) throws(DocumentError) -> [Operator.Amount] {
      var amounts: [Operator.Amount] = []
      for amount in try fields[key]?.entries("a mapping of facts to how many") ?? [] {
        try known(amount.key, amount.place)
        amounts.append(Operator.Amount(amount.key, try amount.value.integer(in: 1...1_000_000)))
      }
      return amounts
    }
    var result = Operator(
      entry.key, try fields["kind"]?.choice("kind", among: kinds) ?? .manipulate,
      skill: try fields["skill"]?.text("the name of a skill or of an action"),
      consumes: try amounts("consumes"),
      requires: try amounts("requires"), obtains: try amounts("obtains"))
    guard !result.obtains.isEmpty else {
      throw DocumentError("\(entry.place): '\(entry.key)' obtains nothing; say what in 'obtains'.")
    }
    let held = (result.consumes + result.requires).map(\.fact)
    for value in try fields["equips"]?.elements("a list of facts") ?? [] {
      let name = try value.text("the name of a fact")
      guard held.contains(name) else {
        throw value.mistake(
          "'\(entry.key)' equips '\(name)' but neither consumes nor requires it; \(mend(name, among: held))")
      }
      result.equips.append(name)
    }
    for chance in try fields["chances"]?.entries("a mapping of facts to probabilities") ?? [] {
      guard let place = result.obtains.firstIndex(where: { $0.fact == chance.key }) else {
        throw DocumentError(
          "\(chance.place): '\(entry.key)' does not obtain '\(chance.key)'; "
            + mend(chance.key, among: result.obtains.map(\.fact)))
      }
      result.obtains[place].chance = try chance.value.number(in: 1e-6...1)
    }
    return result
  }

  /// The nearest fact; there are too many to list.
  private static func mendFact(_ name: String, _ facts: [String]) -> String {
    nearest(to: name, among: facts).map { "did you mean '\($0)'?" } ?? "'knack environments show' lists them."
  }

  /// Operators as a text that ``operators(yaml:file:facts:)`` reads.
  public static func text(_ operators: [Operator]) -> String {
    func flow(_ entries: [String]) -> String { "{\(entries.joined(separator: ", "))}" }
    func amounts(_ list: [Operator.Amount]) -> String { flow(list.map { "\(quoted($0.fact)): \($0.count)" }) }
    var lines: [String] = []
    for one in operators {
      lines.append("\(quoted(one.name)):")
      lines.append("  kind: \(one.kind.rawValue)")
      if one.skill != one.name { lines.append("  skill: \(quoted(one.skill))") }
      if !one.consumes.isEmpty { lines.append("  consumes: \(amounts(one.consumes))") }
      if !one.requires.isEmpty { lines.append("  requires: \(amounts(one.requires))") }
      if !one.equips.isEmpty { lines.append("  equips: [\(one.equips.map(quoted).joined(separator: ", "))]") }
      lines.append("  obtains: \(amounts(one.obtains))")
      let chances = one.obtains.filter { $0.chance < 1 }
      if !chances.isEmpty {
        lines.append("  chances: \(flow(chances.map { "\(quoted($0.fact)): \($0.chance)" }))")
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// A name as YAML takes it: bare where it is a plain word.
  private static func quoted(_ name: String) -> String {
    let isPlain =
      name.first.map { $0.isLetter && $0.isASCII } ?? false
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
      && ![
        "true", "false", "null", "yes", "no", "on", "off", "y", "n", "True", "False", "Null", "NULL", "TRUE",
        "FALSE",
      ]
      .contains(name)
    return isPlain ? name : "\"" + name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
