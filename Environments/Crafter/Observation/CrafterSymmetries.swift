import KnackEnvironment

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

  private static func mirroring(_ name: String, x mirrorsX: Bool, y mirrorsY: Bool) -> Symmetry {
    let width = 9, height = 7
    let cells = (0..<width * height).map { i in
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
    // Flying arrows are numbered from 4, moves from 1, in the order of the directions.
    let creatures = (0..<10).map { (4..<8).contains($0) ? 4 + directions[$0 - 4] : $0 }
    let actions = CrafterAction.allCases.indices.map { (1..<5).contains($0) ? 1 + directions[$0 - 1] : $0 }
    return Symmetry(
      name,
      fields: [
        "materials": FieldImage(sources: cells),
        "creatures": FieldImage(sources: cells, values: creatures.map(UInt8.init)),
        "facing": FieldImage(values: directions.map(UInt8.init)),
        "front_creature": FieldImage(values: creatures.map(UInt8.init)),
      ], actions: actions)
  }
}
