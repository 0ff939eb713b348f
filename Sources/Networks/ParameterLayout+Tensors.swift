extension ParameterLayout {
  /// The slices of a flat vector as named tensors, in order.
  public func tensors(of vector: UnsafePointer<Float>) -> [Safetensors.Tensor] {
    slices.map { slice in
      Safetensors.Tensor(
        name: slice.name, shape: slice.shape,
        values: Array(UnsafeBufferPointer(start: vector + slice.offset, count: slice.count)))
    }
  }

  /// Copies named tensors into a flat vector, all of it or, on an error, nothing.
  ///
  /// - Throws: `ParameterError` unless the tensors are exactly those of the layout, in any order.
  public func load(
    _ tensors: [Safetensors.Tensor], into vector: UnsafeMutablePointer<Float>
  ) throws(ParameterError) {
    var byName: [String: Safetensors.Tensor] = [:]
    for tensor in tensors { byName[tensor.name] = tensor }
    for slice in slices {
      guard let tensor = byName.removeValue(forKey: slice.name) else { throw .missing(slice.name) }
      guard tensor.shape == slice.shape && tensor.values.count == slice.count else {
        throw .shape(slice.name, found: tensor.shape, expected: slice.shape)
      }
    }
    if let name = byName.keys.min() { throw .unknown(name) }
    for tensor in tensors {
      let slice = slices.first { $0.name == tensor.name }!
      (vector + slice.offset).update(from: tensor.values, count: slice.count)
    }
  }
}

/// How saved weights can fail to fit a network.
public enum ParameterError: Error, Equatable, CustomStringConvertible {
  /// The network has a parameter that was not saved.
  case missing(String)
  /// A saved tensor belongs to no parameter.
  case unknown(String)
  /// A saved tensor has another shape than the parameter.
  case shape(String, found: [Int], expected: [Int])

  /// One sentence that names the thing and the mend.
  public var description: String {
    let mend = "use the network settings that the weights were trained with"
    return switch self {
    case .missing(let name): "The saved weights lack \(name); \(mend)."
    case .unknown(let name):
      "The saved weights hold \(SafetensorsError.shown(name)), which this network does not have; \(mend)."
    case .shape(let name, let found, let expected):
      "The saved \(name) has shape \(found) where this network has \(expected); \(mend)."
    }
  }
}
