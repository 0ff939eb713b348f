import ArgumentParser
import KnackEnvironment
import KnackExperiments
import KnackStage

struct Record: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Records episodes as a film or as pictures; needs no display.",
    discussion: """
      The frames are those that `knack watch` shows, a frame a step. What is made is said by the file's name: x.gif and x.mp4 \
      (which take ffmpeg), x.png for a single picture, frames/ for a folder of pictures.
      """)

  @OptionGroup var player: PlayerOptions

  @Option(help: "A task that a planning agent plays with the skills of the run.")
  var task: String?

  @Option(help: "The file or folder to write.")
  var out: String

  @Option(help: ArgumentHelp("Points across and down.", valueName: "width x height"))
  var size = "1280x720"

  @Option(help: "Frames, and so steps, a second.")
  var rate = 8.0

  @Option(help: "The first episode to record.")
  var episode = 0

  @Option(help: "How many episodes to record.")
  var episodes = 1

  @Option(help: "The most steps of each episode (default: all).")
  var steps: Int?

  @Option(help: "With a single picture, the step that it shows.")
  var step = 0

  @Option(help: "The world's view (default: its first).")
  var view: String?

  @Flag(help: "Draw the world alone.")
  var bare = false

  func validate() throws {
    try player.check(inWindow: false)
    guard episodes >= 1, episode >= 0, steps ?? 1 >= 1, step >= 0 else {
      throw ValidationError("--episodes and --steps are at least 1, --episode and --step at least 0.")
    }
    guard rate > 0, rate <= 240 else { throw ValidationError("--rate is more than 0 and at most 240.") }
  }

  func run() throws {
    var options = RecordingOptions()
    (options.width, options.height) = try frameSize(size)
    options.rate = rate
    options.episode = episode
    options.episodes = episodes
    options.steps = steps
    options.step = step
    options.view = view
    options.bare = bare
    print(try player.performance(task: task).record(to: out, options))
  }
}

/// The points across and down of `1280x720`.
func frameSize(_ text: String) throws -> (Int, Int) {
  let sides = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
  guard sides.count == 2, sides.allSatisfy({ (1...4096).contains($0) }) else {
    throw ExperimentError.mistake(
      "--size is the points across and down, each from 1 to 4096, such as 480x270, not '\(text)'.")
  }
  return (sides[0], sides[1])
}
