import KnackEnvironment

extension OverworldWorld {
  /// What an agent sees: the blocks about it.
  static let layout = ObservationLayout([
    ObservationField(
      "voxels", shape: [5, 5, 5], cardinalities: [Block.count],
      summary: "the states of the blocks about the player's feet, [x][y][z] with the feet at [2][2][2]")
  ])

  /// Writes what ``layout`` says.
  public mutating func observe(_ rules: OverworldRules, into observation: UnsafeMutablePointer<UInt8>) {
    let feetX = cell(player.x), feetY = cell(player.y), feetZ = cell(player.z), view = view
    var next = observation
    for x in feetX - 2...feetX + 2 {
      for y in feetY - 2...feetY + 2 {
        for z in feetZ - 2...feetZ + 2 {
          next.pointee = view[x, y, z].rawValue
          next += 1
        }
      }
    }
  }

  /// There are no facts.
  public mutating func writeFacts(_ rules: OverworldRules, into facts: UnsafeMutablePointer<Int32>) {}
}
