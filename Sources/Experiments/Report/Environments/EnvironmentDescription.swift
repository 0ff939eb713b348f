import KnackEnvironment

/// What `knack environments show` says of a world.
public struct EnvironmentDescription: Sendable {
  private let specification: WorldSpecification
  private let observation: String
  private let observations: [String]
  private let options: [WorldOption]

  /// The description of a world with one of its observations, nil for the default.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` where there is no such world or observation, or the settings are wrong.
  public init(
    _ id: String, observation: String? = nil, settings: WorldSettings = WorldSettings(),
    in registry: EnvironmentRegistry
  ) throws(ExperimentError) {
    do {
      observations = try registry.entry(id).observations
      self.observation = observation ?? observations[0]
      specification = try registry.kind(id, observation: self.observation, settings: settings).specification
      options = try registry.options(id, settings: settings)
    } catch {
      throw .mistake("\(error)")
    }
  }

  /// The description as JSON.
  public var json: JSON {
    .fields([
      "id": .string(specification.id), "summary": .string(specification.summary),
      "observation": .string(observation), "observations": .array(observations.map(JSON.string)),
      "fields": .array(
        specification.observation.fields.map { field in
          .fields([
            "name": .string(field.name), "kind": .string(field.kind.rawValue),
            "shape": .array(field.shape.map(JSON.integer)),
            "cardinalities": .array(field.cardinalities.map(JSON.integer)), "summary": .string(field.summary),
          ])
        }),
      "options": .array(options.map(\.json)), "actions": .array(specification.actions.names.map(JSON.string)),
      "actionFactors": .array(
        specification.actions.factors.map {
          .fields(["name": .string($0.name), "values": .array($0.values.map(JSON.string))])
        }),
      "actionMasks": .array(
        specification.actions.masks.map {
          .fields(["name": .string($0.name), "factor": .string($0.factor), "count": .integer($0.count)])
        }),
      "masksActions": .boolean(specification.masksActions),
      "facts": .array(specification.facts.map(JSON.string)),
      "operators": .array(specification.operators.map(\.json)),
      "goal": specification.goal.map(Operator.json) ?? .null,
      "stepLimit": specification.stepLimit.map(JSON.integer) ?? .null,
    ])
  }

  /// The description for people.
  public var text: String {
    return "\(specification.id)\n\(specification.summary)\n\n"
      + table(
        [
          [
            "observation",
            "\(observation), \(specification.observation.size) bytes (of: \(observations.joined(separator: ", ")))",
          ]
        ]
          + specification.observation.fields.map { field in
            [
              "  " + field.name,
              "shape \(field.shape), \(field.values): \(field.summary)",
            ]
          } + actionRows + [
            ["facts", specification.facts.isEmpty ? "none" : specification.facts.joined(separator: ", ")],
            ["goal", specification.goal.map(Operator.words) ?? "not said in facts"],
            ["step limit", specification.stepLimit.map(String.init) ?? "none"],
          ]) + operatorText + optionText
  }

  /// More operators than these are counted, not listed.
  private static let mostOperators = 60

  /// What can be brought about, an operator a line.
  private var operatorText: String {
    let operators = specification.operators
    guard !operators.isEmpty else { return "" }
    guard operators.count <= Self.mostOperators else {
      let counts = Operator.Kind.allCases.map { kind in
        "\(operators.count { $0.kind == kind }) to \(kind.rawValue)"
      }
      return "\n"
        + table([["operators", "\(operators.count): \(counts.joined(separator: ", ")); --json lists them"]])
    }
    return "\n"
      + table(
        [["operators", "kind", "consumes", "requires", "obtains"]]
          + operators.map { one in
            ["  " + one.name, one.kind.rawValue]
              + [one.consumes, one.requires, one.obtains].map(Operator.words)
          })
  }

  /// A list of actions in one row, factors in a row each.
  private var actionRows: [[String]] {
    func numbered(_ names: [String]) -> String {
      names.enumerated().map { "\($0) \($1)" }.joined(separator: ", ")
    }
    let actions = specification.actions, masked = specification.masksActions ? " (masked)" : ""
    guard actions.isFactored else { return [["actions", numbered(actions.names) + masked]] }
    let masks = actions.masks.map { "\($0.name) (\($0.count))" }.joined(separator: ", ")
    return [
      ["actions", "\(actions.count): one value of each factor, the first the most significant\(masked)"]
    ]
      + actions.factors.map { ["  " + $0.name, numbered($0.values)] }
      + (specification.masksActions ? [["  mask", "a byte for each value of: \(masks)"]] : [])
  }

  /// The options, and under each what there is to choose from.
  private var optionText: String {
    guard !options.isEmpty else { return "" }
    let rows = options.flatMap { option -> [[String]] in
      let head = ["  " + option.name, option.standard, option.summary + " Takes \(option.values)."]
      guard !option.choices.isEmpty else { return [head] }
      return [["  " + option.name, option.standard, option.summary]]
        + option.choices.map { ["    " + $0.name, "", $0.summary] }
    }
    return "\n" + table([["options", "default", "meaning"]] + rows)
  }
}

extension WorldOption {
  /// The option as JSON.
  fileprivate var json: JSON {
    var fields: [(name: String, value: JSON)] = [
      ("name", .string(name)), ("default", .string(standard)), ("values", .string(values)),
      ("summary", .string(summary)),
    ]
    if !choices.isEmpty {
      fields.append(
        (
          "choices",
          .array(choices.map { .fields(["name": .string($0.name), "summary": .string($0.summary)]) })
        ))
    }
    return .object(fields)
  }
}

extension EnvironmentRegistry {
  /// Every world's id with its observations.
  public var listAsJSON: JSON {
    .array(
      entries.map {
        .fields(["id": .string($0.id), "observations": .array($0.observations.map(JSON.string))])
      })
  }
}

extension ObservationField {
  /// What values its bytes have, in words.
  fileprivate var values: String {
    switch kind {
    case .categorical: "values below \(cardinalities.map(String.init).joined(separator: ", "))"
    case .intensity: "intensities from 0 to 255"
    }
  }
}
