import KnackEnvironment

/// The worlds of Crafter that this module offers.
public enum Crafter {
  /// The worlds for a registry.
  public static let entries: [EnvironmentRegistry.Entry] = [
    entry("Crafter-v1", .crafter, PackageDraws.self)
  ]

  /// An entry for a world with the given rules and random numbers.
  static func entry<Draws: CrafterDraws>(
    _ id: String, _ description: CrafterDescription, _ draws: Draws.Type
  ) -> EnvironmentRegistry.Entry {
    EnvironmentRegistry.Entry(id: id, observations: CrafterObservation.allCases.map(\.rawValue)) { name in
      let observation = CrafterObservation(rawValue: name) ?? .symbolic
      return WorldKind(
        CrafterWorld<Draws>.self, CrafterRules(description, id: id, observation: observation))
    }
  }
}
