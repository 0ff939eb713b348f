// How a network with relabellings runs: every row becomes as many rows as there are images, side by side, of which the
// mean is taken. See ``Relabelling``.

extension ActorCritic {
  /// Images of each observation; 1 where there is but itself. Sample s of an ``ObservationBatch`` has its images at
  /// `s * imageCount` and after it.
  public var imageCount: Int { max(1, interface.relabellings.count) }

  /// The rows of all images: image g of row r is row `r * imageCount + g`.
  func imageRows(_ rows: Rows, _ workspace: ActorCriticWorkspace) -> Rows {
    let n = imageCount
    for row in 0..<rows.count {
      let sample = rows.observations.samples[row] &* Int32(truncatingIfNeeded: n)
      for image in 0..<n {
        workspace.imageSamples[row &* n &+ image] = sample &+ Int32(truncatingIfNeeded: image)
        workspace.imageStarts[row &* n &+ image] = rows.starts?[row] ?? false
      }
    }
    let batch = rows.observations
    return Rows(
      ObservationBatch(
        gathered: batch.gathered, bytes: batch.bytes, stride: batch.stride, samples: workspace.imageSamples),
      sequences: rows.sequences * n, length: rows.length, initialState: rows.initialState,
      starts: rows.starts == nil ? nil : UnsafePointer(workspace.imageStarts))
  }

  /// The means over images, in the workspace's memory.
  func mean(_ images: Output, rows: Int, _ workspace: ActorCriticWorkspace, heads: Heads) -> Output {
    let n = imageCount, actions = interface.actions, share = 1 / Float(n)
    for row in 0..<rows {
      if heads != .value {
        let mean = workspace.meanLogits + row &* actions
        mean.update(repeating: 0, count: actions)
        for image in 0..<n {
          let logits = images.logits + (row &* n &+ image) &* actions
          forEachAction(image) { action, renamed in mean[action] += logits[renamed] * share }
        }
      }
      if heads != .policy {
        var sum: Float = 0
        for image in 0..<n { sum += images.values[row &* n &+ image] }
        workspace.meanValues[row] = sum * share
      }
    }
    return Output(logits: workspace.meanLogits, values: workspace.meanValues, state: images.state)
  }

  /// The gradients of the images' logits and values, given those of the means, in the workspace's memory.
  func imageGradients(
    dLogits: UnsafePointer<Float>, dValues: UnsafePointer<Float>, rows: Int, _ workspace: ActorCriticWorkspace
  ) -> (dLogits: UnsafeMutablePointer<Float>, dValues: UnsafeMutablePointer<Float>) {
    let n = imageCount, actions = interface.actions, share = 1 / Float(n)
    for row in 0..<rows {
      let mean = dLogits + row &* actions
      for image in 0..<n {
        let d = workspace.dImageLogits + (row &* n &+ image) &* actions
        forEachAction(image) { action, renamed in d[renamed] = mean[action] * share }
        workspace.dImageValues[row &* n &+ image] = dValues[row] * share
      }
    }
    return (workspace.dImageLogits, workspace.dImageValues)
  }

  @inline(__always)
  private func forEachAction(_ image: Int, _ body: (_ action: Int, _ renamed: Int) -> Void) {
    interface.relabellings[image].actions.withUnsafeBufferPointer { renamed in
      for action in renamed.indices { body(action, Int(renamed[action])) }
    }
  }
}
