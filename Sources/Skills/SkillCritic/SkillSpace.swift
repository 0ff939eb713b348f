import KnackLearning
import KnackNetworks
import KnackNumerics

/// Skills that demonstrations are made of, from which two levels can go on to learn: a codebook (``SkillEmbedding``) or a space of points
/// (``GaussianSkillEmbedding``).
///
/// Whichever it is, a skill is told to the low level as a code and a point: a byte behind the observation, and numbers beside it. A
/// codebook has no numbers, and a space of points has one code only.
public protocol SkillSpace: AnyObject {
  /// Steps of a skill.
  var length: Int { get }
  /// Codes that there are, and numbers of a point.
  var codes: Int { get }
  var dimensions: Int { get }
  /// Hidden layers of prior and decoder.
  var hiddenLayers: NetworkConfiguration { get }
  /// Who chooses a skill where none is under way, and who carries it out; the decoder reads observations with code and step
  /// behind them, and the point beside.
  var prior: TrainedNetwork { get }
  var decoder: TrainedNetwork { get }

  /// A high level that begins as the prior does.
  ///
  /// - Parameters:
  ///   - keepsPrior: whether it is held near the prior, or near chance.
  ///   - worlds: for how many it chooses at a time.
  func makeChooser(
    settings: SACConfiguration, keepsPrior: Bool, worlds: Int, seed: UInt64, pool: WorkerPool
  ) -> any SkillChooser
}

/// A skill for each of several worlds.
public final class SkillDraws {
  /// Numbers of a point.
  let dimensions: Int
  /// Codes, one a world, and points, shape (worlds, dimensions).
  var codes: [Int32]
  let points: UnsafeMutablePointer<Float>

  /// Skills of code and point 0.
  init(worlds: Int, dimensions: Int) {
    self.dimensions = dimensions
    codes = [Int32](repeating: 0, count: worlds)
    points = .allocate(capacity: worlds * dimensions)
    points.initialize(repeating: 0, count: worlds * dimensions)
  }

  deinit { points.deallocate() }

  /// The point of a world.
  func point(_ world: Int) -> UnsafeMutablePointer<Float> { points + world * dimensions }

  /// Takes over the skill of a world.
  func take(_ world: Int, from other: SkillDraws) {
    codes[world] = other.codes[world]
    point(world).update(from: other.point(world), count: dimensions)
  }
}

extension SkillEmbedding: SkillSpace {
  /// Steps of a skill.
  public var length: Int { settings.length }
  /// Skills that there are.
  public var codes: Int { settings.skills }
  /// None: a skill is a code and nothing else.
  public var dimensions: Int { 0 }
  /// Hidden layers of prior and decoder.
  public var hiddenLayers: NetworkConfiguration { settings.network }

  /// A high level that begins as the prior does, see ``SkillSpace``.
  public func makeChooser(
    settings: SACConfiguration, keepsPrior: Bool, worlds: Int, seed: UInt64, pool: WorkerPool
  ) -> any SkillChooser {
    let learner = DiscreteSAC(
      cardinalities: prior.network.cardinalities, actions: codes, network: hiddenLayers, settings: settings,
      seed: seed, pool: pool)
    learner.loadPolicy(prior.weights)
    learner.setReference(keepsPrior ? prior.weights : nil)
    return CodeChooser(learner, worlds: worlds, seed: seed)
  }
}

extension GaussianSkillEmbedding: SkillSpace {
  /// Steps of a skill.
  public var length: Int { settings.length }
  /// One: a skill is a point and nothing else.
  public var codes: Int { 1 }
  /// Numbers of a point.
  public var dimensions: Int { settings.dimensions }
  /// Hidden layers of prior and decoder.
  public var hiddenLayers: NetworkConfiguration { settings.network }

  /// A high level that begins as the prior does, see ``SkillSpace``.
  public func makeChooser(
    settings: SACConfiguration, keepsPrior: Bool, worlds: Int, seed: UInt64, pool: WorkerPool
  ) -> any SkillChooser {
    let learner = GaussianSAC(
      cardinalities: prior.network.cardinalities, dimensions: dimensions,
      logDeviations: gaussian.logDeviations, network: hiddenLayers, settings: settings, seed: seed, pool: pool
    )
    learner.loadPolicy(prior.weights)
    learner.setReference(keepsPrior ? .network(prior.weights) : .normal)
    return PointChooser(learner, worlds: worlds, seed: seed)
  }
}
