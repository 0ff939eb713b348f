import KnackNumerics

// The recurrent part: one step at a time, forwards and then backwards through the same rows.

extension ActorCritic {
  /// Runs the memory through all steps; returns its states, shape (length, sequences, units).
  ///
  /// Leaves behind what ``recall(_:_:_:_:dStates:gradient:dFeatures:)`` needs: the state that entered each step, zeroed
  /// where an episode starts, and the gates.
  func remember(
    _ memory: GRU, _ parameters: UnsafePointer<Float>, _ features: UnsafePointer<Float>, _ rows: Rows,
    _ workspace: ActorCriticWorkspace
  ) -> UnsafeMutablePointer<Float> {
    let n = rows.sequences, units = memory.units
    memory.project(parameters, features, rows: rows.count, gates: workspace.gates)
    for step in 0..<rows.length {
      let first = step * n
      let entering = workspace.enteringStates + first * units
      let leaving = workspace.states + first * units
      if step > 0 {
        entering.update(from: leaving - n * units, count: n * units)
      } else if let initial = rows.initialState {
        entering.update(from: initial, count: n * units)
      } else {
        entering.update(repeating: 0, count: n * units)
      }
      if let starts = rows.starts {
        for i in 0..<n where starts[first + i] { (entering + i * units).update(repeating: 0, count: units) }
      }
      memory.advance(
        parameters, entering, rows: n, gates: workspace.gates + memory.gatesCount(rows: first), into: leaving)
    }
    return workspace.states
  }

  /// Backpropagation through time: from the gradient of the states to that of the features.
  ///
  /// - Parameter dStates: shape (length, sequences, units). Overwritten.
  func recall(
    _ memory: GRU, _ parameters: UnsafePointer<Float>, _ rows: Rows, _ workspace: ActorCriticWorkspace,
    dStates: UnsafeMutablePointer<Float>, gradient: UnsafeMutablePointer<Float>,
    dFeatures: UnsafeMutablePointer<Float>
  ) {
    let n = rows.sequences, units = memory.units
    for step in (0..<rows.length).reversed() {
      let first = step * n
      let dEntering = workspace.dEntering
      memory.retreat(
        parameters, workspace.enteringStates + first * units,
        gates: workspace.gates + memory.gatesCount(rows: first), dStates + first * units, rows: n,
        dh: dEntering)
      guard step > 0 else { break }
      let dLeaving = dStates + (first - n) * units
      for i in 0..<n where !(rows.starts?[first + i] ?? false) {
        Elementwise.addScaled(dEntering + i * units, scale: 1, to: dLeaving + i * units, count: units)
      }
    }
    memory.accumulate(
      parameters, trunk!.output(on: workspace.trunkTape, rows: rows.count), workspace.enteringStates,
      gates: workspace.gates, rows: rows.count, gradient: gradient, dx: dFeatures)
  }
}
