import KnackEnvironment
import KnackNetworks
import KnackNumerics
import Testing

@testable import KnackLearning

@Suite struct DiscreteSACTests {
  private static let actions = 3, rows = 8

  private func learner(
    workers: Int = 1, change: (inout SACConfiguration) -> Void = { _ in }
  ) -> DiscreteSAC {
    var settings = SACConfiguration(), network = NetworkConfiguration()
    settings.batchSize = Self.rows
    settings.learningRate = 1e-3
    network.hidden = [16]
    change(&settings)
    return DiscreteSAC(
      cardinalities: [5, 4], actions: Self.actions, masks: true, network: network, settings: settings,
      seed: 3,
      pool: WorkerPool(workers: workers))
  }

  /// Fills the learner's batch with random transitions; the last action is forbidden in every third row, before and after it.
  private func fill(_ learner: DiscreteSAC) {
    var random = RandomStream(seed: 5, stream: 0)
    var buffer = ReplayBuffer(capacity: Self.rows, observationSize: 2, maskSize: Self.actions)
    for row in 0..<Self.rows {
      func observation() -> [UInt8] { [UInt8(random.below(5)), UInt8(random.below(4))] }
      let mask: [UInt8] = [1, 1, row % 3 == 0 ? 0 : 1]
      buffer.add(
        observation(), action: Int32(random.below(2)), reward: random.uniform(),
        discount: row == 1 ? 0 : 0.9,
        next: observation(), mask: mask, nextMask: mask, isBoundary: row == 2)
    }
    for row in 0..<Self.rows { buffer.read(row, into: learner.batch, row: row) }
  }

  /// What a network says of the batch, in a row of numbers for each transition.
  private func outputs(_ network: Perceptron, _ weights: [Float], _ observations: ObservationStore)
    -> [[Double]]
  {
    let workspace = PerceptronWorkspace(network, rows: Self.rows)
    return withExtendedLifetime(workspace) {
      let out = network.forward(weights, observations.batch(from: 0), rows: Self.rows, workspace)
      return (0..<Self.rows).map { row in (0..<Self.actions).map { Double(out[row * Self.actions + $0]) } }
    }
  }

  /// The loss of everything by the equations, in double precision and one state at a time.
  private func reference(
    _ learner: DiscreteSAC, policy: [Float]? = nil, critics: [[Float]]? = nil, targets: [[Float]],
    near: [Float]?, boundary: [Double]
  ) -> (critic: Double, policy: Double, divergence: Double) {
    let batch = learner.batch, alpha = Double(learner.settings.temperature)
    func distributions(_ weights: [Float], _ observations: ObservationStore) -> [[Double]] {
      outputs(learner.network, weights, observations).enumerated().map { row, logits in
        let allowed = logits.enumerated().map { row % 3 == 0 && $0 == 2 ? 0 : exponential($1) }
        return allowed.map { $0 / allowed.reduce(0, +) }
      }
    }
    func sides(_ observations: ObservationStore, _ values: [[[Double]]]) -> [(
      value: Double, divergence: Double
    )] {
      let pi = distributions(policy ?? learner.policyWeights, observations)
      let rho = near.map { distributions($0, observations) }
      return (0..<Self.rows).map { row in
        let allowed = row % 3 == 0 ? 2 : 3
        var worth = 0.0, divergence = 0.0
        for a in 0..<allowed {
          let floor = Double(learner.settings.referenceFloor)
          let other = rho.map { (1 - floor) * $0[row][a] + floor / Double(allowed) } ?? 1 / Double(allowed)
          worth += pi[row][a] * min(values[0][row][a], values[1][row][a])
          divergence += pi[row][a] * (logarithm(pi[row][a]) - logarithm(other))
        }
        return (worth - alpha * divergence, divergence)
      }
    }
    let q = (critics ?? learner.critics.map(\.weights)).enumerated().map {
      outputs(learner.critics[$0].network, $1, batch.observations)
    }
    let slow = targets.enumerated().map { outputs(learner.critics[$0].network, $1, batch.nextObservations) }
    let now = sides(batch.observations, q), after = sides(batch.nextObservations, slow)
    var critic = 0.0
    for row in 0..<Self.rows {
      let then = batch.isBoundary[row] ? boundary[row] : after[row].value
      let goal = Double(batch.rewards[row]) + Double(batch.discounts[row]) * then
      for one in q {
        critic +=
          0.5 * (one[row][Int(batch.actions[row])] - goal) * (one[row][Int(batch.actions[row])] - goal)
      }
    }
    let count = Double(Self.rows)
    return (
      critic / count, -now.reduce(0) { $0 + $1.value } / count, now.reduce(0) { $0 + $1.divergence } / count
    )
  }

  private func exponential(_ x: Double) -> Double { Double(Elementwise.exp(Float(x))) }
  private func logarithm(_ x: Double) -> Double { Double(Elementwise.log(Float(x))) }

  @Test(
    "Losses are those of the equations, with a reference and without, and with another level's values at boundaries",
    arguments: [false, true])
  func losses(hasReference: Bool) throws {
    let learner = learner { $0.temperature = 0.3 }
    fill(learner)
    let near = hasReference ? learner.policyWeights.map { -3 * $0 + 0.1 } : nil
    learner.setReference(near)
    let targets = learner.critics.map(\.weights), boundary = (0..<Self.rows).map { Float($0) }
    let expected = reference(learner, targets: targets, near: near, boundary: boundary.map(Double.init))
    let losses = try learner.update(boundaryValues: boundary)
    #expect(abs(losses.critic - expected.critic) < 1e-4)
    #expect(abs(losses.policy - expected.policy) < 1e-4)
    #expect(abs(losses.divergence - expected.divergence) < 1e-4)
  }

  @Test("Policy and critics follow the gradients of those losses", arguments: [false, true])
  func gradients(hasReference: Bool) throws {
    let learner = learner {
      $0.temperature = 0.3
      $0.learningRate = 0
    }
    fill(learner)
    var random = RandomStream(seed: 9, stream: 0)
    learner.loadPolicy(learner.policyWeights.map { $0 + 0.3 * Float(random.normal()) })
    let near = hasReference ? learner.policyWeights.map { -2 * $0 } : nil
    learner.setReference(near)
    let targets = learner.critics.map(\.weights), boundary = [Double](repeating: 0.5, count: Self.rows)
    try learner.update(boundaryValues: [Float](repeating: 0.5, count: Self.rows))
    func check(_ gradient: UnsafePointer<Float>, _ weights: [Float], _ loss: ([Float]) -> Double) {
      for i in Swift.stride(from: 0, to: weights.count, by: 7) {
        let step: Float = 4e-3
        var (up, down) = (weights, weights)
        up[i] += step
        down[i] -= step
        let slope = (loss(up) - loss(down)) / Double(up[i] - down[i])
        #expect(abs(Double(gradient[i]) - slope) < 2e-3 * max(1, abs(slope)), "weight \(i)")
      }
    }
    check(learner.policy.gradient, learner.policyWeights) {
      reference(learner, policy: $0, targets: targets, near: near, boundary: boundary).policy
    }
    for number in 0..<2 {
      check(learner.critics[number].gradient, learner.critics[number].weights) { weights in
        var critics = learner.critics.map(\.weights)
        critics[number] = weights
        return reference(learner, critics: critics, targets: targets, near: near, boundary: boundary).critic
      }
    }
  }

  @Test(
    "Slow copies follow the critics; the temperature rises where the policy strays, and falls where it stays")
  func followsAndHeats() throws {
    for (divergence, rises) in [(Float(-1), true), (Float(1), false)] {
      let learner = learner {
        $0.divergence = divergence
        $0.targetRate = 0.25
      }
      fill(learner)
      let before = learner.critics[0].weights
      let losses = try learner.update()
      #expect((losses.temperature > 1) == rises)
      let after = learner.critics[0].weights
      for i in before.indices {
        #expect(abs(learner.targets[0][i] - (before[i] + 0.25 * (after[i] - before[i]))) < 1e-6)
      }
    }
  }

  @Test("With nothing to gain the policy becomes its reference")
  func becomesItsReference() throws {
    let learner = learner {
      $0.fixesTemperature = true
      $0.temperature = 7
      $0.learningRate = 1e-2
    }
    fill(learner)
    var random = RandomStream(seed: 11, stream: 0)
    learner.setReference(learner.policyWeights.map { $0 + 0.5 * Float(random.normal()) })
    let first = try learner.update()
    var last = first
    for _ in 0..<300 { last = try learner.update() }
    #expect(first.divergence > 0.02 && last.divergence < 0.1 * first.divergence)
  }

  @Test(
    "It learns to answer a cue, with and without a mask, and whether episodes end or are cut off",
    arguments: [false, true], [false, true])
  func answers(endless: Bool, masks: Bool) throws {
    let trainer = try trainer(CueWorld.Rules(endless: endless, masks: masks))
    for _ in 0..<400 { _ = try trainer.step() }
    #expect(trainer.episodes.recent.summary.successRate > 0.9)
  }

  @Test("The same seed gives the same weights for any number of workers")
  func isDeterministic() throws {
    let weights = try [1, 2, 3].map { workers in
      let trainer = try trainer(CueWorld.Rules(delay: 1), workers: workers)
      for _ in 0..<50 { _ = try trainer.step() }
      return trainer.learner.policyWeights
    }
    #expect(weights[0] == weights[1] && weights[1] == weights[2])
  }

  private func trainer(_ rules: CueWorld.Rules, workers: Int = 1) throws -> SACTrainer {
    var settings = SACConfiguration(), network = NetworkConfiguration(), collection = SACTrainer.Collection()
    settings.batchSize = 64
    settings.learningRate = 3e-3
    settings.temperature = 0.1
    settings.divergence = 1.2
    network.hidden = [32]
    collection.warmUp = 200
    return try SACTrainer(
      world: WorldKind(CueWorld.self, rules), network: network, settings: settings, collection: collection,
      seed: 1, pool: WorkerPool(workers: workers))
  }
}
