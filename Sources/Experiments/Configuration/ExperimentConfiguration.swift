import KnackEnvironment
import KnackLearning
import KnackNetworks
import KnackSkills

/// Everything that decides what an experiment does, with its defaults.
///
/// A configuration is a plain value; ``ConfigurationKey/all`` says how each of its settings is spelt in YAML.
///
/// ```swift
/// var configuration = try ExperimentConfiguration(file: "Experiments/gridworld/doorkey-5x5.yaml")
/// configuration.training.seed = 3
/// ```
public struct ExperimentConfiguration: Sendable, Equatable {
  /// Which world is learned in.
  public struct Environment: Sendable, Equatable {
    /// The id in the registry.
    public var id = ""
    /// The observation's name; empty for the world's first one.
    public var observation = ""
    /// Whether observations also say which achievements the episode has reached.
    public var showAchievements = false
    /// How the world is made where it should not be as it comes.
    public var settings = WorldSettings()

    /// What the agent sees, in the words of reports: `symbolic with achievements`.
    public var shown: String { showAchievements ? "\(observation) with achievements" : observation }
  }

  /// The learning algorithms.
  public enum Algorithm: String, Sendable, CaseIterable {
    /// Proximal policy optimisation.
    case ppo
    /// Soft actor-critic, perhaps after behaviour cloning.
    case sac
    /// Skills from demonstrations, and Skill-Critic.
    case skillCritic = "skill-critic"
  }

  /// What is learned from before the world is played in.
  public struct Demonstrations: Sendable, Equatable {
    /// A folder that `knack demonstrate` has made; empty to let the world's expert play.
    public var folder = ""
    /// The id of the world whose expert plays; empty for the one that is learned in.
    public var environment = ""
    /// How the world is made that the expert plays in, where it differs from ``Environment/settings``.
    public var settings = WorldSettings()
    /// Which episodes it plays.
    public var plan = DemonstrationSet.Plan()
  }

  /// Soft actor-critic with one level.
  public struct SAC: Sendable, Equatable {
    /// How it learns.
    public var learner = SACConfiguration()
    /// How it collects.
    public var collection = SACTrainer.Collection()
    /// Updates of behaviour cloning before that; 0 for none.
    public var cloningUpdates = 0
    /// How it is cloned.
    public var cloning = BehaviorCloning.Settings()
  }

  /// Skills from demonstrations and their refinement.
  public struct SkillCritic: Sendable, Equatable {
    /// What a skill is.
    public enum Kind: String, Sendable, CaseIterable {
      /// One of a few, see ``SkillEmbedding``.
      case codebook
      /// A point of a space, see ``GaussianSkillEmbedding``.
      case points
    }

    /// What a skill is.
    public var kind = Kind.codebook
    /// The skills of a codebook; their network is that of the configuration. Length, batch and step size hold for points, too.
    public var embedding = SkillEmbedding.Settings()
    /// What else there is to say of points.
    public var points = GaussianSkillEmbedding.Settings()
    /// Updates of the embedding.
    public var embeddingUpdates = 5000
    /// The refinement.
    public var trainer = SkillCriticTrainer.Settings()
  }

  /// Who asks for goals, so that skills are learnt rather than one policy for everything.
  public struct Direction: Sendable, Equatable {
    /// Who asks.
    public enum Director: String, Sendable, CaseIterable {
      /// Nobody: the world's own rewards count.
      case none
      /// ``AchievementDirector``.
      case achievements
      /// ``LearningDirector``.
      case learning
    }

    /// Who asks.
    public var director = Director.none
    /// What the player must not run out of, as ``Agenda/Upkeep``: its name, below how many nothing else
    /// matters, below how many it is seen to where that is to hand, and facts with numbers that must be given for that.
    public var upkeep = ""
    /// What to do at once, as ``Agenda/Alarm``: a fact and a goal, and further pairs after
    /// commas.
    public var alarm = ""
  }

  /// How long to train, and what to keep.
  public struct Training: Sendable, Equatable {
    /// The budget in environment steps.
    public var steps = 1_000_000
    /// The seed of everything random in the run.
    public var seed: UInt64 = 1
    /// Threads that collect and update; 0 for one a core. The result does not depend on it.
    public var workers = 0
    /// The success rate over the last ``RunProgress/recentCapacity`` training episodes that ends the run; 0 to go on to
    /// the end of the budget.
    public var stopAtSuccess = 0.0
    /// Environment steps between two checkpoints.
    public var checkpointEvery = 500_000
    /// Environment steps between two checkpoints that are kept for good; 0 for none.
    public var milestoneEvery = 0
  }

  /// How the trained policy is judged.
  public struct Evaluation: Sendable, Equatable {
    /// Episodes to play.
    public var episodes = 500
    /// The seed of the worlds, which should not be one that was trained on.
    public var seed: UInt64 = 1_000_000
    /// Whether the most probable action is taken rather than a drawn one.
    public var greedy = false
  }

  /// What a planning agent does with skills that were practised.
  public struct Agent: Sendable, Equatable {
    /// The suite of the world's tasks that it is evaluated on at the end; empty for none.
    public var tasks = ""
    /// Worlds a task, in the evaluation.
    public var worlds = 30
    /// Worlds a task in which it first learns how likely its skills are to succeed and how long they take; 0 to go without.
    public var calibrationWorlds = 4
  }

  /// Which world is learned in.
  public var environment = Environment()
  /// Who asks for goals.
  public var direction = Direction()
  /// How it is learned.
  public var algorithm = Algorithm.ppo
  /// The network's shape.
  public var network = NetworkConfiguration()
  /// The settings of proximal policy optimisation.
  public var ppo = PPOConfiguration()
  /// What is learned from before the world is played in.
  public var demonstrations = Demonstrations()
  /// The settings of soft actor-critic with one level.
  public var sac = SAC()
  /// Those of Skill-Critic.
  public var skillCritic = SkillCritic()
  /// How long to train, and what to keep.
  public var training = Training()
  /// How the trained policy is judged.
  public var evaluation = Evaluation()
  /// What a planning agent does with skills that were practised.
  public var agent = Agent()

  /// The defaults; the environment's id is still to be named.
  public init() {}

  /// The first setting that differs from `other` and touches the result; nil if a run under one configuration would
  /// come to the same weights and metrics as under the other, so that it can go on with the other's run.
  public func firstDifference(from other: ExperimentConfiguration) -> ConfigurationKey? {
    ConfigurationKey.all.first { $0.changesResult && $0.differs(self, other) }
  }
}
