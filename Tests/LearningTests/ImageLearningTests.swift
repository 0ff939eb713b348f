import KnackEnvironment
import KnackNetworks
import KnackNumerics
import Testing

@testable import KnackLearning

/// Learning from images of bytes.
@Suite struct ImageLearningTests {
  func trainer(workers: Int = 1, change: (inout NetworkConfiguration) -> Void = { _ in }) throws -> PPOTrainer
  {
    var (network, ppo) = PPOTrainerTests.settings()
    network.encoder = .image
    (network.channels, network.kernels, network.strides) = ([8, 16], [4, 3], [2, 1])
    network.activation = .relu
    network.shared = true
    change(&network)
    ppo.rolloutSteps = 64
    return try PPOTrainer(
      world: WorldKind(SpotWorld.self, SpotWorld.Rules()), network: network, ppo: ppo, totalSteps: 100_000,
      seed: 1,
      pool: WorkerPool(workers: workers))
  }

  @Test func aPolicyLearnsToSee() throws {
    let trainer = try trainer()
    for _ in 0..<60 { _ = try trainer.iterate() }
    #expect(trainer.recent.summary.successRate > 0.9)
  }

  @Test func theNumberOfWorkersChangesNoBit() throws {
    let alone = try trainer(workers: 1), together = try trainer(workers: 3)
    for _ in 0..<3 { #expect(try alone.iterate() == together.iterate()) }
    #expect(alone.state() == together.state())
  }

  @Test func noRowsOfWeightsAreGatheredForBytesOfAnImage() throws {
    let network = try trainer().network
    #expect(network.vocabulary.rows == 1, "that of the byte beside it")
  }

  @Test func whatDoesNotFitIsNamed() {
    func sentence(_ change: (inout NetworkConfiguration) -> Void) -> String? {
      do {
        _ = try trainer(change: change)
        return nil
      } catch { return "\(error)" }
    }
    #expect(sentence { $0.encoder = .gather }?.contains("'picture'") == true)
    #expect(sentence { $0.encoder = .convolution }?.contains("network.encoder: convolution") == true)
    #expect(sentence { $0.strides = [2] }?.contains("2, 2 and 1 entries") == true)
    #expect(sentence { $0.kernels = [4, 6] }?.contains("convolution 2") == true)
    #expect(sentence { _ in } == nil)
  }
}
