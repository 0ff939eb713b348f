import KnackEnvironment
import KnackNetworks
import KnackStage

/// Writes episodes that somebody played as data to learn from: a folder with a manifest and a file an episode.
///
///     manifest.json               the world, its settings, what the columns are, and the episodes
///     episode-000000.safetensors  the columns of an episode of T steps
///
/// | column | type | shape | |
/// |---|---|---|---|
/// | `observations` | U8 | T + 1, size | the bytes of each observation, the final one too |
/// | `actions` | I32 | T | |
/// | `rewards` | F32 | T | |
/// | `terminated`, `truncated` | BOOL | T | |
/// | `by_hand` | BOOL | T | whether not the player chose the action, but a person in its place, or chance |
/// | `action_masks` | BOOL | T + 1, mask's size | where the world masks actions |
///
/// An episode is written once it is over or left; the manifest names it last, so that what it names is there whole.
public final class DemonstrationWriter {
  /// An episode as the manifest names it.
  private struct Episode {
    var file: String, seed: UInt64, steps: Int, episodeReturn: Double, success: Bool
    var terminated: Bool, truncated: Bool

    var json: JSON {
      .fields([
        "file": .string(file), "seed": .integer(Int(clamping: seed)), "steps": .integer(steps),
        "return": .number(episodeReturn), "success": .boolean(success), "terminated": .boolean(terminated),
        "truncated": .boolean(truncated),
      ])
    }
  }

  /// The folder.
  public let folder: String
  private let world: WorldKind
  private let settings: WorldSettings
  private let player: String
  private var episodes: [Episode] = []

  /// A writer of the episodes of one player; the folder must not hold other demonstrations.
  ///
  /// - Throws: ``ExperimentError`` where the folder cannot be made or is taken.
  public init(
    _ folder: String, world: WorldKind, settings: WorldSettings, player: String
  ) throws(ExperimentError) {
    self.folder = Files.trimmed(folder)
    self.world = world
    self.settings = settings
    self.player = player
    try Files.makeFolder(self.folder)
    guard !Files.exists(Files.join(self.folder, "manifest.json")) else {
      throw .mistake("'\(folder)' holds other demonstrations; choose another folder with --out.")
    }
  }

  /// Steps and episodes written so far.
  public var count: (episodes: Int, steps: Int) { (episodes.count, episodes.reduce(0) { $0 + $1.steps }) }

  /// Writes the episode that a playback is in, as far as it has come.
  ///
  /// - Parameter named: whether the manifest names it at once; otherwise ``finish()`` does. A manifest is written whole, so that naming
  ///   each of n episodes at once takes O(n²).
  /// - Throws: ``ExperimentError`` where a file cannot be written.
  public func write(_ playback: Playback, named: Bool = true) throws(ExperimentError) {
    let steps = Array(playback.steps[..<playback.position])
    guard !steps.isEmpty else { return }
    let seed = playback.seed &+ UInt64(playback.episode)
    // Playing it again gives the observations, which a playback does not keep.
    let environment = VectorEnvironment(world, count: 1, autoreset: .nextStep)
    environment.reset(seed: seed)
    let size = world.specification.observation.size, maskSize = world.specification.actions.maskSize
    var observations: [UInt8] = [], masks: [UInt8] = [], terminated: [UInt8] = [], truncated: [UInt8] = []
    func observe() {
      observations += UnsafeBufferPointer(start: environment.observations, count: size)
      if let mask = environment.actionMasks {
        masks += UnsafeBufferPointer(start: mask, count: maskSize).map { $0 == 0 ? 0 : 1 }
      }
    }
    observe()
    for step in steps {
      withUnsafePointer(to: Int32(step.action)) { environment.step($0) }
      terminated.append(environment.terminated[0] ? 1 : 0)
      truncated.append(environment.truncated[0] ? 1 : 0)
      observe()
    }
    let count = steps.count
    var columns = [
      Safetensors.Column(
        name: "observations", type: .uint8, shape: [count + 1, size], bytes: observations),
      Safetensors.Column("actions", .int32, shape: [count], steps.map { Int32($0.action) }),
      Safetensors.Column("rewards", shape: [count], steps.map(\.reward)),
      Safetensors.Column(name: "terminated", type: .boolean, shape: [count], bytes: terminated),
      Safetensors.Column(name: "truncated", type: .boolean, shape: [count], bytes: truncated),
      Safetensors.Column(
        name: "by_hand", type: .boolean, shape: [count], bytes: steps.map { $0.byHand ? 1 : 0 }),
    ]
    if world.specification.masksActions {
      columns.append(
        Safetensors.Column(name: "action_masks", type: .boolean, shape: [count + 1, maskSize], bytes: masks))
    }
    let number = String(episodes.count)
    let name = "episode-" + String(repeating: "0", count: max(0, 6 - number.count)) + number + ".safetensors"
    try Files.replace(
      Files.join(folder, name),
      Safetensors.encode(columns: columns, metadata: ["format": "knack-demonstration", "version": "1"]))
    let ended = terminated.last != 0 || truncated.last != 0
    episodes.append(
      Episode(
        file: name, seed: seed, steps: count,
        episodeReturn: steps.reduce(0) { $0 + Double($1.reward) },
        success: ended && environment.episodeSuccesses[0], terminated: terminated.last != 0,
        truncated: truncated.last != 0))
    if named { try finish() }
  }

  /// Writes the manifest.
  ///
  /// - Throws: ``ExperimentError`` where it cannot be written.
  public func finish() throws(ExperimentError) {
    try Files.replace(Files.join(folder, "manifest.json"), Array((manifest.document() + "\n").utf8))
  }

  private var manifest: JSON {
    let specification = world.specification
    return .fields([
      "format": .string("knack-demonstrations"), "version": .integer(1),
      "environment": .string(specification.id),
      "options": .object(settings.options.map { ($0.name, .string($0.value)) }),
      "player": .string(player),
      "observation": .array(
        specification.observation.fields.map { field in
          .fields([
            "name": .string(field.name), "shape": .array(field.shape.map(JSON.integer)),
            "kind": .string(field.kind.rawValue),
          ])
        }),
      "actions": .array(specification.actions.names.map(JSON.string)),
      "episodes": .array(episodes.map(\.json)),
    ])
  }
}
