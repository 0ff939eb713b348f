import KnackEnvironment

/// What an agent is shown of the Overworld: a choice of senses and their sizes.
///
/// A value that a world's rules hold. Writing an observation reads the world and leaves it as it is.
public struct OverworldSenses: Sendable {
  /// What is shown.
  public let senses: [Sense]
  /// The box of blocks.
  public let voxels: VoxelBox
  /// The fan of rays.
  public let rays: RayFan
  /// The camera of all pictures.
  public let camera: Camera
  /// The meaning of an observation's bytes.
  public let layout: ObservationLayout

  /// The senses that tell an agent of itself: what it has, how it is, where it looks, what it could do at once.
  public static let ofOneself: [Sense] = [
    .inventory, .equipped, .life, .body, .compass, .daylight, .aim, .stations,
  ]

  private let chosen: SenseSet
  private let items = SensedItems.standard

  /// A choice of senses. Each counts once, and their order makes no difference.
  public init(
    _ senses: [Sense] = [.voxels] + ofOneself, voxels: VoxelBox = VoxelBox(), rays: RayFan = .standard,
    camera: Camera = Camera(width: 64, height: 36)
  ) {
    self.senses = Sense.allCases.filter(senses.contains)
    self.voxels = voxels
    self.rays = rays
    self.camera = camera
    chosen = SenseSet(senses)
    layout = ObservationLayout(self.senses.flatMap { Self.fields(of: $0, voxels, rays, camera) })
  }

  /// Writes an observation: as many bytes as the layout has.
  ///
  /// Like every way of looking at a world it is declared mutating only so that a world of a megabyte is handed over by its
  /// address.
  public func write(
    _ world: inout OverworldWorld, _ rules: OverworldRules, into observation: UnsafeMutablePointer<UInt8>
  ) {
    var next = observation
    if chosen[.voxels] {
      world.writeVoxels(voxels, into: next)
      next += voxels.count
    }
    if chosen[.inventory] {
      world.writeInventory(items, into: next)
      next += items.count
    }
    if chosen[.slots] { next = world.writeSlots(items, into: next) }
    if chosen[.equipped] { next = world.writeEquipped(items, into: next) }
    if chosen[.life] { next = world.writeLife(into: next) }
    if chosen[.body] { next = world.writeBody(into: next) }
    if chosen[.compass] { next = world.writeCompass(into: next) }
    if chosen[.position] { next = world.writePosition(into: next) }
    if chosen[.biome] { next = world.writeBiome(into: next) }
    if chosen[.daylight] { next = world.writeDaylight(into: next) }
    if chosen[.aim] { next = world.writeAim(into: next) }
    if chosen[.stations] { next = world.writeStations(into: next) }
    if chosen[.rays] {
      world.writeRays(rays, into: next)
      next += 2 &* rays.count
    }
    if chosen[.semantic] || chosen[.depth] {
      let codes = chosen[.semantic] ? next : nil
      if chosen[.semantic] { next += camera.count }
      world.writePicture(camera, codes: codes, depths: chosen[.depth] ? next : nil)
      if chosen[.depth] { next += camera.count }
    }
    if chosen[.pixels] {
      withUnsafeMutablePointer(to: &world) {
        OverworldPainter.draw($0, camera, into: next)
      }
      next += 3 &* camera.count
    }
    if chosen[.map] { world.writeMap(into: next) }
  }
}

/// A set of senses, asked in every step.
struct SenseSet: BitwiseCopyable, Sendable {
  private var bits: UInt32 = 0

  init(_ senses: [Sense]) { for sense in senses { bits |= 1 << UInt32(sense.rawValue) } }

  @inline(__always)
  subscript(_ sense: Sense) -> Bool { bits &>> UInt32(truncatingIfNeeded: sense.rawValue) & 1 != 0 }
}
