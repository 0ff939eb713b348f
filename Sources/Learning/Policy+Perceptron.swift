import KnackNetworks

// The way from an observation to the actions, without the value: what off-policy learners can go on with.
extension Policy {
  /// The policy's logits as a perceptron with its weights; nil where the network is none: where it has a memory, convolutions,
  /// or sees images of an observation.
  public var perceptron: PerceptronPolicy? {
    let shape = network.configuration
    guard shape.encoder == .gather, shape.memory == 0, network.interface.relabellings.isEmpty else {
      return nil
    }
    let perceptron = Perceptron(
      "policy", cardinalities: network.interface.cardinalities, outputs: network.interface.actions, shape)
    var weights = [Float](repeating: 0, count: perceptron.layout.count)
    for (own, other) in places(perceptron) {
      for i in 0..<own.count { weights[other.offset + i] = parameters[own.offset + i] }
    }
    return PerceptronPolicy(perceptron, parameters: weights)
  }

  /// The same policy with the logits of a perceptron that ``perceptron`` gave, whose weights have changed. What observations are worth to it
  /// is no longer known where actor and critic share layers.
  public func adopting(_ changed: PerceptronPolicy) -> Policy {
    var policy = self
    for (own, other) in places(changed.network) {
      for i in 0..<own.count { policy.parameters[own.offset + i] = changed.parameters[other.offset + i] }
    }
    return policy
  }

  /// The tensors of this network with those of a perceptron of its shape: its own names begin with `trunk` or `actor`, the head is
  /// always the actor's.
  private func places(
    _ perceptron: Perceptron
  ) -> [(own: ParameterLayout.Slice, perceptron: ParameterLayout.Slice)] {
    perceptron.layout.slices.map { slice in
      let rest = slice.name.dropFirst("policy".count)
      let isShared = network.configuration.shared && !rest.hasPrefix(".head")
      let name = (isShared ? "trunk" : "actor") + rest
      guard let own = network.layout.slices.first(where: { $0.name == name }), own.shape == slice.shape else {
        preconditionFailure("\(name) of another shape")
      }
      return (own, slice)
    }
  }
}
