import KnackEnvironment

/// What `knack environments show` says of a world.
public struct EnvironmentDescription: Sendable {
  private let specification: WorldSpecification
  private let observation: String
  private let observations: [String]

  /// The description of a world with one of its observations, nil for the default.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` where there is no such world or observation, or the files that it should be made
  ///   from are wrong.
  public init(
    _ id: String, observation: String? = nil, files: WorldFiles = WorldFiles(),
    in registry: EnvironmentRegistry
  ) throws(ExperimentError) {
    do {
      observations = try registry.entry(id).observations
      self.observation = observation ?? observations[0]
      specification = try registry.kind(id, observation: self.observation, files: files).specification
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
      "actions": .array(specification.actions.map(JSON.string)),
      "masksActions": .boolean(specification.masksActions),
      "facts": .array(specification.facts.map(JSON.string)),
      "stepLimit": specification.stepLimit.map(JSON.integer) ?? .null,
    ])
  }

  /// The description for people.
  public var text: String {
    let actions = specification.actions.enumerated().map { "\($0) \($1)" }.joined(separator: ", ")
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
          } + [
            ["actions", actions + (specification.masksActions ? " (masked)" : "")],
            ["facts", specification.facts.isEmpty ? "none" : specification.facts.joined(separator: ", ")],
            ["step limit", specification.stepLimit.map(String.init) ?? "none"],
          ])
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
