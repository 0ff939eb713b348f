import ArgumentParser
import Foundation
import KnackEnvironment
import KnackExperiments
import KnackStage
import KnackViewer

struct Watch: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows an agent at work in a window.",
    discussion: """
      With the folder of a run its policy plays, and newer checkpoints are taken up while the run trains on. H lists the \
      keys: to pause, go back and forth, take over by hand, record, and more.
      """)

  @OptionGroup var player: PlayerOptions

  @Option(help: "A task that a planning agent plays with the skills of the run.")
  var task: String?
  @OptionGroup var window: WindowOptions

  func validate() throws {
    try player.check(inWindow: true)
    try window.check()
  }

  func run() throws {
    let performance = try player.performance(task: task)
    let show = Show(
      performance.playback(episode: window.episode), speed: window.speed, paused: window.paused,
      byHand: player.policy == .keyboard, news: performance.followed.map { followed in { followed.news() } })
    try show.watch(performance.world, try window.options())
  }
}

struct Play: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lets a person play in a window, and keeps the episodes as demonstrations.",
    discussion: """
      H lists the keys: those of the world, and E for a list of all actions; each takes a step, and time stands still between \
      them. Each episode is kept once it is over or left: \
      as columns in a safetensors file, beside a manifest.json.
      """)

  @Argument(help: "The world's id.")
  var id: String

  @Option(help: "The folder for the demonstrations (default: demonstrations/ID-date).")
  var out: String?

  @Option(help: "The seed of episode 0.")
  var seed: UInt64 = 0

  @OptionGroup var world: WorldOptions
  @OptionGroup var window: WindowOptions

  func validate() throws { try window.check() }

  func run() throws {
    try Self.play(
      id, settings: world.read(), seed: seed, out: out ?? "demonstrations/\(id)-\(timeStamp())",
      window: window)
  }

  /// Lets a person play, and keeps the episodes in a folder.
  static func play(
    _ id: String, settings: WorldSettings, seed: UInt64, out: String, window: WindowOptions
  ) throws {
    let performance = try Performance(
      environment: id, player: nil, settings: settings, seed: seed, registry: Knack.registry)
    let demonstrations = try DemonstrationWriter(
      out, world: performance.world, settings: settings, player: "person")
    let show = Show(
      performance.playback(episode: window.episode), speed: window.speed, byHand: true,
      episodeEnded: { playback in
        do {
          try demonstrations.write(playback)
        } catch {
          printError("Error: \(error)")
        }
      })
    try show.watch(performance.world, try window.options())
    let (episodes, steps) = demonstrations.count
    print("\(episodes) episodes, \(steps) steps: \(demonstrations.folder)")
  }
}

/// What a window is like: of `watch` and `play`.
struct WindowOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Points across and down.", valueName: "width x height"))
  var size = "1280x720"

  @Option(help: "Steps a second at the beginning.")
  var speed = 8.0

  @Option(help: "The episode to begin with.")
  var episode = 0

  @Option(help: "The world's view (default: its first).")
  var view: String?

  @Flag(help: "Begin standing still.")
  var paused = false

  func check() throws {
    guard episode >= 0 else { throw ValidationError("--episode must be at least 0.") }
    guard speed >= Show.slowest, speed <= Show.fastest else {
      throw ValidationError("--speed is from \(Show.slowest) to \(Int(Show.fastest)) steps a second.")
    }
  }

  func options() throws -> ViewerOptions {
    var options = ViewerOptions()
    (options.width, options.height) = try frameSize(size)
    options.view = view
    options.record = { width, height in
      try Performance.writer(to: "recordings/knack-\(timeStamp()).mp4", width, height, rate: 30)
    }
    // Ctrl-C closes the window as a click does, so that recordings and demonstrations are completed.
    Interrupt.install()
    options.shouldClose = { Interrupt.isRequested }
    options.log = { printError($0) }
    return options
  }
}

/// The moment, as part of a file's name.
private func timeStamp() -> String {
  let formatter = DateFormatter()
  formatter.locale = Locale(identifier: "en_US_POSIX")
  formatter.dateFormat = "yyyyMMdd-HHmmss"
  return formatter.string(from: Date())
}
