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

  /// Learns from demonstrations; what the last update was like.
  ///
  /// - Parameter stretches: see ``DemonstrationSet/stretches(of:)``; not empty.
  /// - Throws: ``LearningError/notANumber(place:update:)``.
  func learn(
    _ demonstrations: DemonstrationSet, _ stretches: [(episode: Int, step: Int)], updates: Int,
    random: inout RandomStream
  ) throws(LearningError) -> [Measure]

  /// Adds its networks to a collection.
  func addNetworks(to collection: inout NetworkCollection)

  /// A high level with fresh weights, which chooses among these skills.
  ///
  /// - Parameter worlds: for how many it chooses at a time.
  func makeChooser(
    settings: SACConfiguration, worlds: Int, seed: UInt64, pool: WorkerPool
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

  /// The skills as bytes.
  func save() -> [UInt8] {
    codes.withUnsafeBytes(Array.init)
      + UnsafeRawBufferPointer(start: points, count: 4 * codes.count * dimensions)
  }

  /// Takes on what ``save()`` gave; false, with nothing changed, where there are no such skills.
  func restore(_ bytes: [UInt8], codes limit: Int) -> Bool {
    let worlds = codes.count, count = worlds * dimensions
    guard bytes.count == 4 * (worlds + count) else { return false }
    let (saved, numbers) = bytes.withUnsafeBytes { bytes in
      (
        (0..<worlds).map { bytes.loadUnaligned(fromByteOffset: 4 * $0, as: Int32.self) },
        (0..<count).map { bytes.loadUnaligned(fromByteOffset: 4 * (worlds + $0), as: Float.self) }
      )
    }
    guard saved.allSatisfy({ (0..<Int32(limit)).contains($0) }), numbers.allSatisfy(\.isFinite) else {
      return false
    }
    codes = saved
    points.update(from: numbers, count: count)
    return true
  }

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

  /// Learns from demonstrations, see ``SkillSpace``.
  public func learn(
    _ demonstrations: DemonstrationSet, _ stretches: [(episode: Int, step: Int)], updates: Int,
    random: inout RandomStream
  ) throws(LearningError) -> [Measure] {
    var losses: Losses?
    for _ in 0..<updates { losses = try update(demonstrations, stretches, random: &random) }
    guard let losses else { return [] }
    return [
      Measure("demonstrations/likelihood_loss", losses.likelihood),
      Measure("demonstrations/reconstruction_loss", losses.reconstruction),
      Measure("demonstrations/used_skills", losses.usedSkills),
    ]
  }

  /// Adds `prior` and `decoder`.
  public func addNetworks(to collection: inout NetworkCollection) {
    collection.add(prior)
    collection.add(decoder)
  }

  /// A high level, see ``SkillSpace``.
  public func makeChooser(
    settings: SACConfiguration, worlds: Int, seed: UInt64, pool: WorkerPool
  ) -> any SkillChooser {
    let learner = DiscreteSAC(
      cardinalities: prior.network.cardinalities, actions: codes, network: hiddenLayers, settings: settings,
      seed: seed, pool: pool)
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

  /// Learns from demonstrations, see ``SkillSpace``.
  public func learn(
    _ demonstrations: DemonstrationSet, _ stretches: [(episode: Int, step: Int)], updates: Int,
    random: inout RandomStream
  ) throws(LearningError) -> [Measure] {
    for _ in 0..<updates { try update(demonstrations, stretches, random: &random) }
    let diagnosis = examine(demonstrations, stretches, random: &random)
    return [
      Measure("demonstrations/posterior_divergence", diagnosis.divergence),
      Measure("demonstrations/reconstruction_loss", diagnosis.hindsight),
      Measure("demonstrations/reconstruction_loss_under_prior", diagnosis.foresight),
    ]
  }

  /// Adds `prior`, `decoder` and `posterior`.
  public func addNetworks(to collection: inout NetworkCollection) {
    collection.add(prior)
    collection.add(decoder)
    collection.add(posterior, layout: posteriorNetwork.layout)
  }

  /// A high level, see ``SkillSpace``.
  public func makeChooser(
    settings: SACConfiguration, worlds: Int, seed: UInt64, pool: WorkerPool
  ) -> any SkillChooser {
    let learner = GaussianSAC(
      cardinalities: prior.network.cardinalities, dimensions: dimensions,
      logDeviations: gaussian.logDeviations, network: hiddenLayers, settings: settings, seed: seed, pool: pool
    )
    return PointChooser(learner, worlds: worlds, seed: seed)
  }
}
