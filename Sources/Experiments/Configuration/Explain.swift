import KnackEnvironment

// `knack train --explain`.

extension ConfigurationKey {
  /// Every key with its type, its default and its meaning, as an aligned table.
  public static var explanation: String {
    let defaults = ExperimentConfiguration()
    return table(
      [["key", "type", "default", "meaning"]]
        + all.map { [$0.path, $0.type, $0.value(in: defaults).yaml, $0.meaning] })
  }

  /// The same as a JSON array of objects.
  public static var explanationAsJSON: JSON {
    let defaults = ExperimentConfiguration()
    return .array(
      all.map {
        .fields([
          "key": .string($0.path), "type": .string($0.type), "default": $0.value(in: defaults).json,
          "meaning": .string($0.meaning),
        ])
      })
  }
}
