import KnackEnvironment

/// What a Crafter world shows to a learner.
public enum CrafterObservation: String, Sendable, CaseIterable {
  /// The view as small integers: all that a player of the pixel version can see, and no more.
  case symbolic
  /// A picture of 64 × 64 points in the package's layout, drawn with Knack's tiles.
  case pixels
  /// The package's semantic map of the whole world.
  case semantic

  /// Whether it shows the noise of the package's pictures at night.
  var showsNightNoise: Bool { self == .pixels }

  /// The meaning of the bytes.
  public var layout: ObservationLayout {
    switch self {
    case .symbolic:
      ObservationLayout([
        ObservationField(
          "materials", shape: [9, 7], cardinalities: [CrafterMaterial.allCases.count],
          summary: "what the view's cells are made of, [x][y] with the player at [4][3]: "
            + CrafterMaterial.allCases.map { "\($0.rawValue) \($0)" }.joined(separator: ", ")),
        ObservationField(
          "creatures", shape: [9, 7], cardinalities: [CrafterOccupant.allCases.count - 1],
          summary: "what stands there, the player left out: "
            + CrafterOccupant.allCases.dropLast().map { "\($0.rawValue) \($0)" }.joined(separator: ", ")),
        ObservationField(
          "inventory", shape: [CrafterItem.allCases.count], cardinalities: [10],
          summary: "how many the player has: " + CrafterItem.allCases.map(\.name).joined(separator: ", ")),
        ObservationField(
          "facing", shape: [1], cardinalities: [4], summary: "where the player faces: left, right, up, down"),
        ObservationField(
          "daylight", shape: [1], cardinalities: [16], summary: "how light it is, 0 dark to 15 bright"),
        ObservationField(
          "sleeping", shape: [1], cardinalities: [2], summary: "1 while the player sleeps"),
        ObservationField(
          "front_material", shape: [1], cardinalities: [CrafterMaterial.allCases.count],
          summary: "what the cell is made of that the player faces"),
        ObservationField(
          "front_creature", shape: [1], cardinalities: [CrafterOccupant.allCases.count - 1],
          summary: "what stands there"),
      ])
    case .pixels:
      ObservationLayout([
        ObservationField(
          "pixels", intensities: [64, 64, 3],
          summary:
            "the view in 9×7 tiles of 7×7 points above two rows of inventory, [y][x][red, green, blue]; Crafter's "
            + "layout and light, Knack's own tiles")
      ])
    case .semantic:
      ObservationLayout([
        ObservationField(
          "semantic", shape: [64, 64], cardinalities: [19],
          summary:
            "the whole map, [x][y]: materials as in the symbolic view (0–12), and over them 13 player, "
            + "14 cow, 15 zombie, 16 skeleton, 17 arrow, 18 plant")
      ])
    }
  }
}
