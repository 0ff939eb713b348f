import KnackNetworks
import Testing

@Suite struct CategoricalTests {
  private func normalized(
    _ logits: [Float], mask: [UInt8]? = nil, actions: Int
  ) -> (logProbabilities: [Float], probabilities: [Float]) {
    var (logs, probabilities) = (logits, unset(logits.count))
    Categorical(actions: actions).normalize(
      &logs, mask: mask, rows: logits.count / actions, probabilities: &probabilities)
    return (logs, probabilities)
  }

  @Test func equalsPyTorch() throws {
    let torch = try golden("categorical")
    let (rows, actions) = (6, 5)
    let categorical = Categorical(actions: actions)
    let chosen = torch["chosen"]!.map { Int32($0) }
    let (logs, probabilities) = normalized(
      torch["logits"]!, mask: torch["mask"]!.map { UInt8($0) }, actions: 5)
    expectClose(probabilities, torch["probabilities"]!, tolerance: 3e-7, "probabilities")
    var (logProbability, entropy, d) = (unset(rows), unset(rows), unset(rows * actions))
    categorical.logProbability(logs, of: chosen, rows: rows, into: &logProbability)
    expectClose(logProbability, torch["log_probability"]!, tolerance: 1e-6, "log-probability")
    categorical.entropy(logs, probabilities, rows: rows, into: &entropy)
    expectClose(entropy, torch["entropy"]!, tolerance: 1e-6, "entropy")
    categorical.backward(
      logs, probabilities, scores: spread(torch["scores"]!, over: chosen, actions: actions),
      entropies: entropy,
      entropyWeights: [Float](repeating: 0.3, count: rows), rows: rows, dLogits: &d)
    expectClose(d, torch["d_logits"]!, tolerance: 1e-6, "gradient")
  }

  @Test func gradient() {
    let (rows, actions) = (4, 7)
    let categorical = Categorical(actions: actions)
    let chosen: [Int32] = [0, 6, 3, 2]
    var random = SplitMix(seed: 10)
    checkGradient(of: random.floats(rows * actions), "logits") { logits in
      let (logs, probabilities) = normalized(logits, actions: actions)
      var (logProbability, entropy) = (unset(rows), unset(rows))
      categorical.logProbability(logs, of: chosen, rows: rows, into: &logProbability)
      categorical.entropy(logs, probabilities, rows: rows, into: &entropy)
      return logProbability + entropy
    } backward: { logits, dy in
      let (logs, probabilities) = normalized(logits, actions: actions)
      var (entropy, d) = (unset(rows), unset(rows * actions))
      categorical.entropy(logs, probabilities, rows: rows, into: &entropy)
      categorical.backward(
        logs, probabilities, scores: spread(Array(dy[..<rows]), over: chosen, actions: actions),
        entropies: entropy, entropyWeights: Array(dy[rows...]), rows: rows, dLogits: &d)
      return d
    }
  }

  /// Scores for every action: that of each row for the action it chose, and zero for the others.
  func spread(_ scores: [Float], over chosen: [Int32], actions: Int) -> [Float] {
    var result = zeros(scores.count * actions)
    for (row, score) in scores.enumerated() { result[row * actions + Int(chosen[row])] = score }
    return result
  }

  @Test func samplesFollowTheProbabilities() {
    let logits: [Float] = [0, 1, -1, 2, 0.5]
    let (_, p) = normalized(logits, actions: 5)
    let draws = 100_000
    // Uniforms on a regular grid: each action's share differs from its probability by at most one draw.
    var counts = [Int](repeating: 0, count: 5)
    var chosen = [Int32](repeating: -1, count: 1)
    for i in 0..<draws {
      Categorical(actions: 5).sample(p, uniforms: [Float(i) / Float(draws)], rows: 1, into: &chosen)
      counts[Int(chosen[0])] += 1
    }
    for (count, p) in zip(counts, p) { #expect(abs(Double(count) - Double(p) * Double(draws)) < 2) }
  }

  @Test func forbiddenActionsAreImpossible() {
    let mask: [UInt8] = [0, 1, 0, 1, 0, 0, 0, 0, 0, 1]
    let logits: [Float] = [1e4, -3, 1e4, -1e4, 1e4, 5, 5, 5, 5, -300]
    let (logs, p) = normalized(logits, mask: mask, actions: 5)
    for i in mask.indices where mask[i] == 0 { #expect(p[i] == 0 && logs[i] == Categorical.forbidden) }
    let largest = Float(1).nextDown
    for u in [0, 0.25, 0.5, largest] as [Float] {
      var chosen: [Int32] = [-1, -1]
      Categorical(actions: 5).sample(p, uniforms: [u, u], rows: 2, into: &chosen)
      #expect(mask[Int(chosen[0])] == 1 && chosen[1] == 4)
    }
    var (entropy, mode) = (unset(2), [Int32](repeating: -1, count: 2))
    Categorical(actions: 5).entropy(logs, p, rows: 2, into: &entropy)
    #expect(entropy.allSatisfy { abs($0) < 1e-30 })
    Categorical(actions: 5).mode(p, rows: 2, into: &mode)
    #expect(mode == [1, 4])
    var d = unset(10)
    Categorical(actions: 5).backward(
      logs, p, scores: spread([1, 1], over: mode, actions: 5), entropies: entropy, entropyWeights: [1, 1],
      rows: 2,
      dLogits: &d)
    #expect(d.allSatisfy { abs($0) < 1e-6 })
  }

  @Test func brokenLogitsStayInBounds() {
    let (_, p) = normalized([.nan, 1, 2, 0, .infinity, 0], actions: 3)
    var chosen: [Int32] = [-1, -1]
    Categorical(actions: 3).sample(p, uniforms: [0.5, 0.5], rows: 2, into: &chosen)
    #expect(chosen.allSatisfy { (0..<3).contains($0) })
    #expect(p.contains { $0.isNaN }, "a NaN must show, so that the trainer can stop")
  }
}
