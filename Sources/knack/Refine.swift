import ArgumentParser
import KnackAgent
import KnackEnvironment
import KnackExperiments

struct Refine: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Refines skills of a run's library where a planning agent fails with them.",
    discussion: """
      The agent plays a suite of tasks; from copies of the worlds in which it began with a skill, Skill-Critic goes on learning with \
      that skill's policy, held near what it was. A skill that then fails less often in other contexts gets a new version in the \
      library; the old one stays beside it.
      """)

  @Argument(help: ArgumentHelp("The folder of a run whose skills are to be refined.", valueName: "run"))
  var folder: String

  @Option(help: "The suite of tasks, such as plan4mc.")
  var tasks: String

  @Option(help: "A skill to refine. May be given several times (default: the weakest).")
  var skill: [String] = []

  @Option(help: "How many of the weakest skills to refine.")
  var weakest = 5

  @Option(help: "Steps of the policy for each skill; in the first quarter critics learn alone.")
  var steps = 60_000

  @Option(help: "How far, in nats a step, a skill may go from what it was.")
  var divergence = 0.05

  @Option(help: "How much more often attempts begin where one failed than where one succeeded.")
  var preference = 3.0

  @Option(help: "What an attempt is rewarded for: as in practice, or for success alone.")
  var objective = SkillRefiner.Objective.practice

  @Option(help: "The discount factor, by step of the policy.")
  var discount = 0.98

  @Option(help: "Worlds a task in which it is found out where skills fail, and others to judge by.")
  var worlds = 8

  @Option(help: "The seed.")
  var seed: UInt64 = 40_000_000

  @Option(help: "The folder for the refined library (default: that of the run's own).")
  var out: String?

  @Option(help: "Threads; 0 for one a core. The result does not depend on it.")
  var workers = 0

  @OptionGroup var json: JSONOption

  func validate() throws {
    guard weakest >= 1, steps >= 1, worlds >= 1, workers >= 0, divergence > 0, preference > 0,
      (0...1).contains(discount)
    else {
      throw ValidationError(
        "--weakest, --steps, --worlds, --divergence and --preference are positive, --workers at least 0, --discount from 0 to 1."
      )
    }
  }

  func run() throws {
    var refinement = Refinement()
    (refinement.skills, refinement.weakest, refinement.worlds) = (skill, weakest, worlds)
    (refinement.seed, refinement.out) = (seed, out)
    refinement.settings.steps = steps
    refinement.settings.criticSteps = steps / 4
    refinement.settings.learner.divergence = Float(divergence)
    refinement.settings.learner.discount = Float(discount)
    refinement.settings.objective = objective
    refinement.settings.preference = preference
    let outcomes = try RunDirectory(folder).refine(
      refinement, suite: tasks, workers: workers, registry: Knack.registry, say: { printError($0) })
    if json.isOn { print(JSON.array(outcomes.map(\.json)).text) }
  }
}

extension SkillRefiner.Objective: ExpressibleByArgument {}
