import KnackLearning
import KnackNetworks

extension SkillCriticTrainer {
  /// Updates of both levels together.
  public var gradientSteps: Int { highLevel.updates + lowLevel.updates }

  /// How what is saved divides into named tensors: `prior`, `decoder`, and both levels' networks behind `high-level.` and
  /// `low-level.`.
  public var layout: ParameterLayout { networks.layout }

  private var networks: NetworkCollection {
    var collection = NetworkCollection()
    embedding.addNetworks(to: &collection)
    highLevel.addNetworks(to: &collection, prefix: "high-level.")
    lowLevel.addNetworks(to: &collection, prefix: "low-level.")
    return collection
  }

  /// Everything that the run needs in order to go on from here.
  public func state() -> TrainingState {
    TrainingState(
      vectors: networks.vectors,
      blobs: episodes.encoded.merging([
        "worlds": environment.save(), "replay.high-level": highReplay.save(),
        "replay.low-level": lowReplay.save(),
        "high-level": highLevel.save(), "low-level": lowLevel.save(),
        "errands": errands.withUnsafeBytes(Array.init), "beginnings": beginnings, "skills": skills.save(),
      ]) { $1 },
      counters: ["environmentSteps": UInt64(environmentSteps), "replayPosition": replayRandom.position])
  }

  /// Goes on from a state that ``state()`` gave under the same configuration.
  ///
  /// - Throws: ``LearningError/stateOfAnotherShape(_:)``.
  public func restore(_ state: TrainingState) throws(LearningError) {
    let blobs = state.blobs
    guard let steps = state.counters["environmentSteps"].flatMap(Int.init(exactly:)),
      let position = state.counters["replayPosition"], let episodes = EpisodeAccount(encoded: blobs),
      let worlds = blobs["worlds"], let high = blobs["high-level"], let low = blobs["low-level"],
      let skills = blobs["replay.high-level"], let kept = blobs["replay.low-level"],
      let errands = blobs["errands"].flatMap(errands(in:)), let beginnings = blobs["beginnings"],
      beginnings.count == self.beginnings.count, let current = blobs["skills"]
    else { throw .incompleteState }
    let cardinalities = embedding.prior.network.cardinalities
    guard beginnings.indices.allSatisfy({ Int(beginnings[$0]) < cardinalities[$0 % size] }) else {
      throw .incompleteState
    }
    do {
      try environment.restore(worlds)
    } catch {
      throw .stateOfAnotherShape("\(error)")
    }
    let actor = lowLevel.network
    guard
      highReplay.restore(skills, actions: embedding.codes, cardinalities: cardinalities),
      lowReplay.restore(kept, actions: actor.outputs, cardinalities: actor.cardinalities),
      highLevel.restore(high), lowLevel.restore(low),
      networks.load(state.vectors), self.skills.restore(current, codes: embedding.codes)
    else { throw .incompleteState }
    (environmentSteps, self.episodes, self.errands, self.beginnings) = (steps, episodes, errands, beginnings)
    replayRandom.position = position
    stayNearDemonstrations()
    look()
  }

  /// What worlds are about, of the bytes of a state; nil where it cannot be.
  private func errands(in bytes: [UInt8]) -> [Errand]? {
    let stride = MemoryLayout<Errand>.stride, count = environment.count
    guard bytes.count == count * stride else { return nil }
    let errands = bytes.withUnsafeBytes { bytes in
      (0..<count).map { bytes.loadUnaligned(fromByteOffset: $0 * stride, as: Errand.self) }
    }
    let isValid = errands.allSatisfy {
      (0..<Int32(length)).contains($0.steps)
        && $0.reward.isFinite && $0.discount.isFinite
    }
    return isValid ? errands : nil
  }
}
