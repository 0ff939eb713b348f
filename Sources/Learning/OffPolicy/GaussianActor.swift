import KnackNetworks

/// Draws points for rows of observations from the normal distributions that a perceptron puts out.
public final class GaussianActor {
  private let network: Perceptron, gaussian: DiagonalGaussian
  private let rows: Int
  private let observations: ObservationStore
  private let workspace: PerceptronWorkspace
  private let noise: UnsafeMutablePointer<Float>

  /// An actor for so many rows.
  ///
  /// - Precondition: the network puts out as many numbers as describe a distribution.
  public init(_ network: Perceptron, _ gaussian: DiagonalGaussian, rows: Int) {
    precondition(network.outputs == gaussian.parameters, "means and deviations")
    (self.network, self.gaussian, self.rows) = (network, gaussian, rows)
    observations = ObservationStore(network, capacity: rows)
    workspace = PerceptronWorkspace(network, rows: rows)
    noise = .allocate(capacity: rows * gaussian.dimensions)
    noise.initialize(repeating: 0, count: rows * gaussian.dimensions)
  }

  deinit { noise.deallocate() }

  /// Draws a point for each row.
  ///
  /// - Parameters:
  ///   - shown: observations, one after the other, shape (rows, the network's cardinalities).
  ///   - points: shape (rows, dimensions).
  ///   - normal: a standard normal number for each row and dimension to draw with.
  public func act(
    _ parameters: UnsafePointer<Float>, _ shown: UnsafePointer<UInt8>,
    into points: UnsafeMutablePointer<Float>,
    normal: (_ row: Int, _ dimension: Int) -> Float
  ) {
    let dimensions = gaussian.dimensions
    for row in 0..<rows {
      observations.store(shown + row * observations.size, as: row)
      for d in 0..<dimensions { noise[row * dimensions + d] = normal(row, d) }
    }
    let outputs = network.forward(parameters, observations.batch(from: 0), rows: rows, workspace)
    gaussian.clamp(outputs, rows: rows)
    gaussian.sample(outputs, noise: noise, rows: rows, into: points)
  }
}
