import KnackEnvironment

/// A mirror image of Crafter's view: left to right, top to bottom, or both.
struct CrafterMirror {
  /// For each of the 9 × 7 cells, the one that it is the image of.
  let cells: [Int]
  /// What each ``CrafterDirection`` becomes, and each ``CrafterAction``.
  let directions: [Int], actions: [Int]

  init(x mirrorsX: Bool, y mirrorsY: Bool) {
    let width = 9, height = 7
    cells = (0..<width * height).map { i in
      let x = i / height, y = i % height
      return (mirrorsX ? width - 1 - x : x) * height + (mirrorsY ? height - 1 - y : y)
    }
    let directions = CrafterDirection.allCases.map { direction -> Int in
      let image: CrafterDirection =
        switch direction {
        case .left: mirrorsX ? .right : .left
        case .right: mirrorsX ? .left : .right
        case .up: mirrorsY ? .down : .up
        case .down: mirrorsY ? .up : .down
        }
      return Int(image.rawValue)
    }
    self.directions = directions
    // Moves are numbered from 1 in the order of the directions.
    actions = CrafterAction.allCases.indices.map { (1..<5).contains($0) ? 1 + directions[$0 - 1] : $0 }
  }
}

extension Symmetry {
  /// The symmetries of a world with Crafter's rules, for its symbolic observation: the mirror images left to right, top to
  /// bottom, and both.
  ///
  /// No rule knows left from right or up from down. Of the generator that is true as far as an eye can tell: its noise is
  /// made on a lattice which leans to one side, by less than the size of anything on the map.
  static let ofCrafter: [Symmetry] = [
    mirroring("mirror-x", x: true, y: false), mirroring("mirror-y", x: false, y: true),
    mirroring("rotate-180", x: true, y: true),
  ]

  private static func mirroring(_ name: String, x: Bool, y: Bool) -> Symmetry {
    let image = CrafterMirror(x: x, y: y)
    // Flying arrows are numbered from 4 in the order of the directions.
    let creatures = (0..<10).map { UInt8((4..<8).contains($0) ? 4 + image.directions[$0 - 4] : $0) }
    return Symmetry(
      name,
      fields: [
        "materials": FieldImage(sources: image.cells),
        "creatures": FieldImage(sources: image.cells, values: creatures),
        "facing": FieldImage(values: image.directions.map(UInt8.init)),
        "front_creature": FieldImage(values: creatures),
      ], actions: image.actions)
  }
}
