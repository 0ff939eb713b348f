import KnackNetworks

/// Several networks side by side, as a checkpoint keeps them: one flat vector for all their weights, and one for each of Adam's
/// moments.
public struct NetworkCollection {
  /// One of them: where its weights lie, and its moments where it has any.
  private struct Part {
    var offset: Int, count: Int
    var weights: UnsafeMutablePointer<Float>
    var moments: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>)?
    var owner: AnyObject
  }

  /// How the flat vectors divide into named tensors.
  public private(set) var layout = ParameterLayout()
  private var parts: [Part] = []

  /// No networks.
  public init() {}

  /// Adds a network; its tensors are named as in its own layout, behind a prefix.
  public mutating func add(_ network: TrainedNetwork, prefix: String = "") {
    add(network, layout: network.network.layout, prefix: prefix)
  }

  /// Adds the weights of a network of another kind.
  ///
  /// - Parameter layout: the network's.
  public mutating func add(_ weights: TrainedWeights, layout: ParameterLayout, prefix: String = "") {
    let offset = self.layout.append(layout, prefix: prefix)
    parts.append(
      Part(
        offset: offset, count: layout.count, weights: weights.parameters,
        moments: (weights.first, weights.second), owner: weights))
  }

  /// Adds weights that are no network's own, such as a slow copy, which have the layout of one.
  ///
  /// - Parameter owner: who keeps them in memory.
  public mutating func add(
    _ weights: UnsafeMutablePointer<Float>, like layout: ParameterLayout, prefix: String, owner: AnyObject
  ) {
    let offset = self.layout.append(layout, prefix: prefix)
    parts.append(Part(offset: offset, count: layout.count, weights: weights, moments: nil, owner: owner))
  }

  /// The flat vectors, each as long as the layout; the moments of what has none are zero.
  public var vectors: [String: [Float]] {
    var (weights, first) = (
      [Float](repeating: 0, count: layout.count), [Float](repeating: 0, count: layout.count)
    )
    var second = first
    for part in parts {
      for i in 0..<part.count {
        weights[part.offset + i] = part.weights[i]
        if let moments = part.moments {
          (first[part.offset + i], second[part.offset + i]) = (moments.0[i], moments.1[i])
        }
      }
    }
    return ["weights": weights, "adam.first": first, "adam.second": second]
  }

  /// Takes on flat vectors that ``vectors`` gave; false, with nothing changed, where they have other lengths.
  public func load(_ vectors: [String: [Float]]) -> Bool {
    guard let weights = vectors["weights"], let first = vectors["adam.first"],
      let second = vectors["adam.second"],
      [weights, first, second].allSatisfy({ $0.count == layout.count })
    else { return false }
    for part in parts {
      for i in 0..<part.count {
        part.weights[i] = weights[part.offset + i]
        part.moments?.0[i] = first[part.offset + i]
        part.moments?.1[i] = second[part.offset + i]
      }
      if part.moments != nil { (part.owner as? TrainedWeights)?.momentsHaveChanged() }
    }
    return true
  }
}
