/// Light at a place, found when it is asked for: nothing is kept that a change of a block would have to mend.
///
/// What blocks give and take is in `Data/blocks.yaml` and `Data/corrections.yaml`.
extension OverworldWorld {
  /// Whether nothing above a place takes sunlight away.
  @inline(__always)
  public func isOpenToSky(_ x: Int, _ y: Int, _ z: Int) -> Bool {
    BlockGrid.hasColumn(x, z) && y >= Int(skyline[unchecked: x &* BlockGrid.side &+ z])
  }

  /// The light at a place: that of the sky as it is at noon, and that of blocks, each 0 to 15.
  ///
  /// Torches give 14, lava 15, lit furnaces 13. Under the open sky it is 15; sideways and under leaves it loses a level a
  /// block, in water and ice three.
  ///
  /// - Complexity: O(1) where no source of light can be near and the sky is open, some microseconds in the worst case.
  public func lightLevel(_ x: Int, _ y: Int, _ z: Int) -> (sky: Int, block: Int) {
    searchLight(x, y, z, above: (0, 0))
  }

  /// Whether the light at a place, the time of day accounted for, is brighter than a level.
  ///
  /// It looks no farther than light of that level reaches.
  func isBrighter(_ x: Int, _ y: Int, _ z: Int, than level: Int, sunlight: Int) -> Bool {
    if sunlight > level && isOpenToSky(x, y, z) { return true }
    let floor = (sky: min(15, level &+ 15 &- sunlight), block: level)
    let found = searchLight(x, y, z, above: floor)
    return found.sky > floor.sky || found.block > floor.block
  }
}
