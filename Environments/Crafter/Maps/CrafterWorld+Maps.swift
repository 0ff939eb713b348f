// Maps from files, and files from maps.

extension CrafterWorld {
  /// Puts what a file says on an empty map, in the order in which a generated map is filled. No random number is drawn.
  mutating func begin(on file: CrafterMapFile, _ rules: CrafterRules) {
    let side = CrafterMap.side
    for x in 0..<side {
      for y in 0..<side { map.materials[CrafterMap.cell(x, y)] = file.materials[x * side + y] }
    }
    population.countGround(&map, rules)
    for piece in file.pieces {
      addCreature(piece.occupant.kind!, piece.x, piece.y, rules)
      guard piece.occupant == .ripePlant else { continue }
      objects.records[objects.count - 1].grown = UInt16(rules.ripensAfter + 1)
      map.occupants[CrafterMap.cell(piece.x, piece.y)] = CrafterOccupant.ripePlant.rawValue
    }
  }
}

extension CrafterMapFile {
  /// The map of a world at the moment; arrows in flight are left out.
  init<Draws>(_ world: CrafterWorld<Draws>) {
    let side = CrafterMap.side
    for x in 0..<side {
      for y in 0..<side { materials[x * side + y] = world.map.materials[CrafterMap.cell(x, y)] }
    }
    (playerX, playerY) = (world.playerX, world.playerY)
    for i in 1..<world.objects.count where world.objects.records[i].isAlive {
      let x = Int(world.objects.x[i]), y = Int(world.objects.y[i])
      let occupant = CrafterOccupant(rawValue: world.map.occupants[CrafterMap.cell(x, y)])!
      if occupant.kind != .arrow { pieces.append(Piece(occupant: occupant, x: x, y: y)) }
    }
  }
}
