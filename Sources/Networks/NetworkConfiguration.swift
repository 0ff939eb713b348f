/// The shape of an actor-critic network.
public struct NetworkConfiguration: Sendable, Equatable {
  /// The first stage: what turns small integers into features.
  public enum Encoder: String, Sendable, CaseIterable {
    /// One row of weights for every value of every byte of the observation, summed: a linear layer on the one-hot
    /// observation that is never built.
    case gather
    /// Embedded cells under convolutions; the rest of the observation is gathered.
    case convolution
    /// Convolutions over an image of bytes; the rest of the observation is gathered.
    case image
  }
  /// The nonlinearity between layers.
  public enum Activation: String, Sendable, CaseIterable {
    /// Hyperbolic tangent.
    case tanh
    /// Rectified linear unit.
    case relu
  }

  /// The first stage.
  public var encoder = Encoder.gather
  /// For the convolutional encoder: the length of a cell's vector, the channels of each convolution, and the side of
  /// their kernels.
  public var embedding = 8, channels = [16, 32], kernel = 2
  /// For the image encoder, which shares `channels`: the side of each convolution's kernels, and the step from one patch
  /// to the next. The defaults are those of the first network that played Atari (Mnih et al. 2013, arXiv:1312.5602).
  public var kernels = [8, 4], strides = [4, 2]
  /// Widths of the hidden layers of actor and critic.
  public var hidden = [64, 64]
  /// The nonlinearity between layers.
  public var activation = Activation.tanh
  /// Whether actor and critic share all layers but their last ones; separate ones learn low-dimensional control better
  /// (detail 13 of Huang et al. 2022). A recurrent network always shares.
  public var shared = false
  /// Whether hidden layers are normalised (Ba et al. 2016, arXiv:1607.06450) before the nonlinearity.
  public var layerNorm = false
  /// Whether the network treats the images of an observation under the world's symmetries alike; see ``Relabelling``.
  public var symmetric = false
  /// Units of the gated recurrent memory after the hidden layers; 0 makes the network feed-forward.
  public var memory = 0

  /// The convolutions of the encoder at hand.
  ///
  /// - Precondition: an image encoder has as many kernels and strides as channels.
  public var convolutions: [(channels: Int, kernel: Int, stride: Int)] {
    channels.enumerated().map { i, channels in
      encoder == .image ? (channels, kernels[i], strides[i]) : (channels, kernel, 1)
    }
  }

  /// The defaults: separate multi-layer perceptrons 64-64 with tanh.
  public init() {}
}
