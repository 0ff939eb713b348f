import ArgumentParser
import KnackExperiments

struct Demonstrate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Plays episodes and keeps them as data to learn from.",
    discussion: """
      With the folder of a run its policy plays, or with --agent the hierarchical agent; with --environment the world's expert, \
      or chance. With --policy keyboard a window opens for a person, as with `knack play`. Each episode is a safetensors file of \
      columns (observations, actions, rewards, …) beside a manifest.json; scripts/data/minari makes a Minari dataset of them.
      """)

  @OptionGroup var player: PlayerOptions

  @Option(help: "A task that a planning agent plays with the skills of the run.")
  var task: String?

  @Option(help: "The folder for the demonstrations.")
  var out: String

  @Option(help: "Episodes to keep.")
  var episodes = 100

  @Option(help: "With what probability an action is any that may be taken, in the place of the player's.")
  var noise = 0.0

  @Option(help: "In how many different worlds to play, over and over (default: a new one each).")
  var worlds: Int?

  @Option(help: "The most steps of each episode (default: all).")
  var steps: Int?

  @Flag(help: "Keep only episodes that succeed, and play others in the place of the rest.")
  var successes = false

  @OptionGroup var json: JSONOption

  func validate() throws {
    try player.check(inWindow: true)
    guard episodes >= 1, steps ?? 1 >= 1, worlds ?? 1 >= 1 else {
      throw ValidationError("--episodes, --steps and --worlds are at least 1.")
    }
    guard (0...1).contains(noise) else { throw ValidationError("--noise is a probability, from 0 to 1.") }
    guard worlds ?? episodes >= episodes || noise > 0 else {
      throw ValidationError(
        "Episodes in the same world are alike without slips; give --noise, or more --worlds.")
    }
  }

  func run() throws {
    if player.policy == .keyboard {
      return try Play.play(
        player.environment ?? "", settings: player.world.read(), seed: player.seed ?? 0, out: out,
        window: WindowOptions.parse([]))
    }
    var options = DemonstrationOptions()
    options.episodes = episodes
    options.noise = noise
    options.worlds = worlds
    options.successesOnly = successes
    options.steps = steps
    let report = try player.performance(task: task).demonstrate(to: out, options)
    print(json.isOn ? report.json.text : report.text)
  }
}
