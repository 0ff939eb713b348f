import KnackLearning
import KnackNetworks
import KnackNumerics

/// A high level: it chooses skills, and learns from what came of them.
public protocol SkillChooser: AnyObject {
  /// The policy's network and weights.
  var network: Perceptron { get }
  var policyWeights: [Float] { get }
  /// What the next update learns from: actions are codes, and the features of what was seen before are points.
  var batch: TransitionBatch { get }

  /// Lets the policy begin with these weights.
  func loadPolicy(_ weights: [Float])
  /// Lets the policy stay near the one with these weights, or near chance.
  func stayNear(_ weights: [Float]?)

  /// Draws a skill for each world.
  ///
  /// - Parameters:
  ///   - observations: of all worlds.
  ///   - step: what was never given before; the same step draws the same numbers.
  func choose(_ observations: UnsafePointer<UInt8>, step: UInt64, into skills: SkillDraws)
  /// Draws what it takes to learn from ``batch``; then come the parts of an update.
  func beginUpdate() -> any SoftActorCritic
  /// What states are worth, shape (rows); at most as many as a batch has.
  func values(of observations: ObservationBatch, rows: Int, into values: UnsafeMutablePointer<Float>)

  /// Updates so far.
  var updates: Int { get }
  /// Adds its networks to a collection.
  func addNetworks(to collection: inout NetworkCollection, prefix: String)
  /// What it needs to go on beside its networks.
  func save() -> [UInt8]
  /// Takes on what ``save()`` gave; false, with nothing changed, where the bytes are not that.
  func restore(_ bytes: [UInt8]) -> Bool
}

/// The stream of a seed from which skills are drawn where they are chosen, and that of learning to choose points.
private let choiceStream: UInt64 = 0x5c01, learningStream: UInt64 = 0x5c04

/// Chooses from a codebook.
final class CodeChooser: SkillChooser {
  /// Who learns.
  let learner: DiscreteSAC
  private let actor: PerceptronActor, random: CounterRandom

  init(_ learner: DiscreteSAC, worlds: Int, seed: UInt64) {
    self.learner = learner
    actor = PerceptronActor(learner.network, rows: worlds)
    random = CounterRandom(seed: seed, stream: choiceStream)
  }

  var network: Perceptron { learner.network }
  var policyWeights: [Float] { learner.policyWeights }
  var batch: TransitionBatch { learner.batch }

  func choose(_ observations: UnsafePointer<UInt8>, step: UInt64, into skills: SkillDraws) {
    actor.act(learner.policyParameters, observations, masks: nil, into: &skills.codes) {
      random.uniform(at: step, UInt64($0))
    }
  }

  func loadPolicy(_ weights: [Float]) { learner.loadPolicy(weights) }
  func stayNear(_ weights: [Float]?) { learner.setReference(weights) }

  func beginUpdate() -> any SoftActorCritic { learner }

  var updates: Int { learner.updates }
  func addNetworks(to collection: inout NetworkCollection, prefix: String) {
    learner.addNetworks(to: &collection, prefix: prefix)
  }
  func save() -> [UInt8] { learner.save() }
  func restore(_ bytes: [UInt8]) -> Bool { learner.restore(bytes) }

  func values(of observations: ObservationBatch, rows: Int, into values: UnsafeMutablePointer<Float>) {
    learner.values(of: observations, rows: rows, into: values)
  }
}

/// Chooses a point.
final class PointChooser: SkillChooser {
  /// Who learns.
  let learner: GaussianSAC
  private let actor: GaussianActor, random: CounterRandom
  /// What points are drawn with in learning.
  private(set) var learningRandom: RandomStream

  init(_ learner: GaussianSAC, worlds: Int, seed: UInt64) {
    self.learner = learner
    actor = GaussianActor(learner.network, learner.gaussian, rows: worlds)
    random = CounterRandom(seed: seed, stream: choiceStream)
    learningRandom = RandomStream(seed: seed, stream: learningStream)
  }

  var network: Perceptron { learner.network }
  var policyWeights: [Float] { learner.policyWeights }
  var batch: TransitionBatch { learner.batch }

  func choose(_ observations: UnsafePointer<UInt8>, step: UInt64, into skills: SkillDraws) {
    let dimensions = UInt64(learner.gaussian.dimensions)
    actor.act(learner.policyParameters, observations, into: skills.points) {
      random.normal(at: step, UInt64($0) * dimensions + UInt64($1))
    }
  }

  func loadPolicy(_ weights: [Float]) { learner.loadPolicy(weights) }
  func stayNear(_ weights: [Float]?) {
    learner.setReference(weights.map { .network($0) } ?? .normal)
  }

  func beginUpdate() -> any SoftActorCritic {
    learner.draw(&learningRandom)
    return learner
  }

  var updates: Int { learner.updates }
  func addNetworks(to collection: inout NetworkCollection, prefix: String) {
    learner.addNetworks(to: &collection, prefix: prefix)
  }
  func save() -> [UInt8] { withUnsafeBytes(of: learningRandom.position, Array.init) + learner.save() }
  func restore(_ bytes: [UInt8]) -> Bool {
    guard bytes.count > 8, learner.restore(Array(bytes[8...])) else { return false }
    learningRandom.position = bytes.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
    return true
  }

  func values(of observations: ObservationBatch, rows: Int, into values: UnsafeMutablePointer<Float>) {
    learner.values(of: observations, rows: rows, random: &learningRandom, into: values)
  }
}
