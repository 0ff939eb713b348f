import KnackEnvironment
import KnackStage

/// An episode as a page tells it: the first of those that `knack evaluate` plays, with the latest policy of a run.
struct EpisodeRecord: Sendable {
  /// How the world looked when so many steps had been taken.
  struct Frame: Sendable {
    var step: Int
    var png: [UInt8]
  }

  /// Who plays, and the seed of the world.
  let player: String, seed: UInt64
  /// The steps, no more than ``stepLimit``.
  let steps: [Playback.Step]
  /// What was done at each step: the skill, or else the action.
  let doings: [String]
  /// Whether it came to its end in these steps, and was a success.
  let isOver: Bool, isSuccess: Bool
  /// The achievements in the order in which they were reached, each with the steps that it took.
  let achievements: [(step: Int, name: String)]
  /// Pictures in order; none where the world cannot be drawn.
  let frames: [Frame]

  /// The steps that are played at most, and the pictures.
  static let stepLimit = 2000, frameLimit = 8
  /// Points across a picture.
  private static let frameWidth = 320

  /// Plays the episode.
  ///
  /// - Throws: ``ExperimentError`` where the policy cannot be read.
  init(_ run: RunDirectory, registry: EnvironmentRegistry) throws(ExperimentError) {
    let performance = try Performance(run: run.path, registry: registry)
    let playback = performance.playback()
    let specification = performance.world.specification
    var achievements: [(step: Int, name: String)] = []
    while !playback.isOver && playback.position < Self.stepLimit {
      let before = playback.environment.reached
      playback.advance()
      for i in specification.achievementNames.indices where playback.environment.reached[i] && !before[i] {
        achievements.append((playback.position, specification.achievementNames[i]))
      }
    }
    player = performance.agent.title
    seed = performance.seed
    steps = playback.steps
    let names = specification.actions.names
    doings = steps.map { step in
      step.report.skill
        ?? (names.indices.contains(step.action) ? names[step.action] : "action \(step.action)")
    }
    isOver = playback.isOver
    isSuccess = playback.isOver && playback.environment.episodeSuccesses[0]
    self.achievements = achievements
    frames = try Self.frames(playback, performance.world, eventful: achievements.map(\.step))
  }

  /// Pictures of the beginning, the end, and moments between: of eventful ones first, and the rest evenly spread.
  private static func frames(
    _ playback: Playback, _ world: WorldKind, eventful: [Int]
  ) throws(ExperimentError) -> [Frame] {
    guard let view = world.views.first else { return [] }
    let count = playback.steps.count
    let height = view.aspect.map { Int(Double(frameWidth) / $0) } ?? frameWidth * 9 / 16
    let painter = view.painter(width: frameWidth, height: height, for: .still)
    let canvas = Canvas(width: frameWidth, height: height)
    var frames: [Frame] = []
    for step in moments(count, eventful) {
      playback.seek(to: step)
      playback.environment.draw(world: 0, with: painter, on: canvas)
      frames.append(Frame(step: step, png: try canvas.picture.png()))
    }
    return frames
  }

  /// The steps to show of an episode of `count`.
  static func moments(_ count: Int, _ eventful: [Int]) -> [Int] {
    let inner = frameLimit - 2
    var chosen: Set<Int> = [0, count]
    let events = Array(Set(eventful).subtracting(chosen)).sorted()
    if events.count > inner {
      for i in 0..<inner { chosen.insert(events[i * (events.count - 1) / (inner - 1)]) }
    } else {
      chosen.formUnion(events)
    }
    // Halve the longest gap until there are enough.
    while chosen.count < min(frameLimit, count + 1) {
      let steps = chosen.sorted()
      guard let gap = zip(steps, steps.dropFirst()).max(by: { $0.1 - $0.0 < $1.1 - $1.0 }), gap.1 - gap.0 > 1
      else { break }
      chosen.insert((gap.0 + gap.1) / 2)
    }
    return chosen.sorted()
  }
}

extension VectorEnvironment {
  /// Which achievements the episode of the first world has reached.
  fileprivate var reached: [Bool] {
    guard let facts else { return [] }
    return specification.achievements.map { facts[$0] > 0 }
  }
}
