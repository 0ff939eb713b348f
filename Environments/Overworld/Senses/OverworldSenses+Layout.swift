import KnackEnvironment

extension OverworldSenses {
  /// The fields of a sense, in the order of their bytes.
  static func fields(
    of sense: Sense, _ voxels: VoxelBox, _ rays: RayFan, _ camera: Camera
  ) -> [ObservationField] {
    let items = SensedItems.standard
    switch sense {
    case .voxels:
      let axes =
        switch voxels.alignment {
        case .world: "[x][z][y]: x to the east, z to the south, y upwards"
        case .facing: "[right][ahead][up], turned to the nearest quarter of the player's look"
        }
      return [
        ObservationField(
          "voxels", shape: [voxels.width, voxels.depth, voxels.height], cardinalities: [Block.count],
          summary: "the blocks about the cell of the player's feet, which is in the middle, \(axes): "
            + SightCode.blockLegend)
      ]
    case .inventory:
      return [
        ObservationField(
          "inventory", shape: [items.count], cardinalities: [Int(SensedItems.most) + 1],
          summary: "how many the player has, \(SensedItems.most) for as many or more: "
            + items.names.joined(separator: ", "))
      ]
    case .slots:
      return [
        ObservationField(
          "slots", shape: [36, 2], cardinalities: [items.codeCount, 65],
          summary: "what lies in each slot, the hand first, and how many: 0 nothing, \(itemLegend)")
      ]
    case .equipped:
      return [
        ObservationField(
          "equipped", shape: [2], cardinalities: [items.codeCount, 17],
          summary:
            "what the player holds, and the sixteenths of it that are worn off, rounded up: 0 nothing, "
            + itemLegend)
      ]
    case .life:
      return [
        ObservationField(
          "life", shape: [3], cardinalities: [21, 21, 21],
          summary: "health in half hearts, hunger in half shanks (20 is full), breath in twentieths")
      ]
    case .body:
      return [
        ObservationField(
          "body", shape: [6], cardinalities: [2],
          summary: "1 where the player is on the ground, in water, under water, sneaking, sprinting, burning")
      ]
    case .compass:
      return [
        ObservationField(
          "compass", shape: [2], cardinalities: [24, 13],
          summary:
            "where the player looks, in steps of 15 degrees: yaw clockwise from south (6 west, 12 north, 18 "
            + "east), pitch from 0 straight up to 12 straight down (6 level)")
      ]
    case .position:
      return [
        ObservationField(
          "position", shape: [3], cardinalities: [BlockGrid.side, BlockGrid.height, BlockGrid.side],
          summary: "the cell of the player's feet: x to the east, y upwards, z to the south")
      ]
    case .biome:
      return [
        ObservationField(
          "biome", shape: [1], cardinalities: [Biome.allCases.count + 1],
          summary: "where the player is: 0 nowhere, "
            + Biome.allCases.map { "\($0.rawValue + 1) \($0.name)" }.joined(separator: ", "))
      ]
    case .daylight:
      return [
        ObservationField(
          "daylight", shape: [3], cardinalities: [16, 24, 2],
          summary:
            "the light that the sky gives now (15 by day, 4 at midnight), the hour since sunrise (0 to 23), 1 "
            + "where nothing above the player's head takes that light away")
      ]
    case .aim:
      return [
        ObservationField(
          "aim", shape: [2], cardinalities: [SightCode.count, 11],
          summary:
            "what the player looks at within its reach, blocks 4.5 and creatures 3 blocks away, and how many "
            + "tenths of breaking it are done: " + SightCode.legend)
      ]
    case .stations:
      return [
        ObservationField(
          "stations", shape: [2], cardinalities: [2],
          summary: "1 where a crafting table, a furnace is near enough to be used")
      ]
    case .rays:
      let shape = [rays.pitches.count, rays.yaws.count]
      return [
        ObservationField(
          "rays", shape: shape, cardinalities: [SightCode.count],
          summary:
            "what each ray meets, [pitch][yaw] in degrees from the player's look, down and right being "
            + "positive, pitches \(list(rays.pitches)), yaws \(list(rays.yaws)): \(SightCode.legend)"),
        ObservationField(
          "ray_distances", shape: shape, cardinalities: [rays.range + 1],
          summary: "how far away that is, in blocks rounded up: 0 nothing within \(rays.range) blocks"),
      ]
    case .semantic:
      return [
        ObservationField(
          "semantic", shape: [camera.height, camera.width], cardinalities: [SightCode.count],
          summary: "what each point of a picture from the player's eyes shows, \(view(camera)): "
            + SightCode.legend)
      ]
    case .depth:
      return [
        ObservationField(
          "depth", shape: [camera.height, camera.width], cardinalities: [camera.range + 1],
          summary:
            "how far away what each point of a picture from the player's eyes shows is, \(view(camera)), "
            + "in blocks rounded up: 0 nothing so near")
      ]
    case .pixels:
      return [
        ObservationField(
          "pixels", intensities: [camera.height, camera.width, 3],
          summary:
            "a picture from the player's eyes, \(view(camera)), as red, green and blue; its light is a "
            + "guess that leaves out what stands between a place and a lamp")
      ]
    case .map:
      let shape = [MapWindow.side, MapWindow.side]
      return [
        ObservationField(
          "map", shape: shape, cardinalities: [SightCode.count],
          summary:
            "the highest block of each column about the player, who is in the middle, or what stands or "
            + "lies there, [x][z] to the east and south: \(SightCode.legend)"),
        ObservationField(
          "map_levels", shape: shape, cardinalities: [16],
          summary:
            "how much higher that block is than the player's feet are, \(MapWindow.middle) where it is "
            + "what the player could stand on, at least 1 and at most 15; 0 where nothing is known"),
      ]
    }
  }

  /// Numbers one after another.
  private static func list(_ numbers: [Double]) -> String {
    numbers.map { $0 == $0.rounded() ? "\(Int($0))" : "\($0)" }.joined(separator: " ")
  }

  /// What a camera shows.
  private static func view(_ camera: Camera) -> String {
    "[row][column] from the upper left, in perspective, \(Int(camera.fieldOfView)) degrees high, "
      + "\(camera.range) blocks far"
  }

  /// Items with the codes of fields that name one.
  private static var itemLegend: String {
    let items = SensedItems.standard
    let names = items.names.enumerated().map { "\($0 + 1) \($1)" }
    return (names + ["\(items.count + 1) something else"]).joined(separator: ", ")
  }
}
