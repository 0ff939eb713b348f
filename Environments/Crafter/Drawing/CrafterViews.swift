import KnackEnvironment

extension CrafterWorld {
  /// The views of worlds under rules: what the player sees with what it has, and the whole map.
  static func views(_ rules: CrafterRules) -> [WorldView] {
    [
      WorldView(
        name: "local", summary: "the cells about the player, in the light of the hour, above what it has",
        aspect: 1, of: Self.self
      ) { width, height, _ in
        // A painter has at least two points a cell; a smaller picture is scaled down.
        let painter = CrafterPainter(size: max(18, min(width, height)))
        let square = Canvas(width: painter.size, height: painter.size)
        return { world, canvas in
          withUnsafeTemporaryAllocation(of: UInt8.self, capacity: painter.byteCount) { bytes in
            painter.draw(world.pointee.scene(rules), noise: nil, into: bytes.baseAddress!)
            square.copy(rgb: bytes.baseAddress!)
          }
          canvas.copyScaled(square)
        }
      },
      WorldView(
        name: "map", summary: "the whole map by day; what has not been made yet is dark", aspect: 1,
        of: Self.self
      ) { width, height, _ in
        let painter = CrafterMapPainter(width: width, height: height)
        return { world, canvas in painter.draw(world, on: canvas) }
      },
    ]
  }
}

extension CrafterAction {
  /// The keys with which people play, as in the package's own window.
  static let keys: [WorldKey] = [
    ("a", moveLeft), ("d", moveRight), ("w", moveUp), ("s", moveDown), ("left", moveLeft),
    ("right", moveRight), ("up", moveUp), ("down", moveDown), ("space", `do`), ("tab", sleep),
    ("r", placeStone), ("t", placeTable), ("f", placeFurnace), ("p", placePlant), ("1", makeWoodPickaxe),
    ("2", makeStonePickaxe), ("3", makeIronPickaxe), ("4", makeWoodSword), ("5", makeStoneSword),
    ("6", makeIronSword), ("n", noop),
  ].map { WorldKey($0, $1.rawValue) }
}
