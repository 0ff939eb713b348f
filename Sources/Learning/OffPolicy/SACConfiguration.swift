/// The settings of soft actor-critic, with the defaults of its paper (Haarnoja et al. 2018, arXiv:1812.05905) where a list of actions
/// allows for them.
public struct SACConfiguration: Sendable, Equatable {
  /// Transitions of an update.
  public var batchSize = 256
  /// Adam's step size for policy, critics and temperature.
  public var learningRate: Float = 3e-4
  /// Adam's epsilon.
  public var adamEpsilon: Float = 1e-8
  /// What is still worth of a reward one step later.
  public var discount: Float = 0.99
  /// How far target critics follow the critics with each update: w' ← (1 − τ) w' + τ w.
  public var targetRate: Float = 0.005
  /// How far the policy may be from its reference, KL(π ‖ ρ) in nats on average; the temperature sees to it. Against a uniform reference over
  /// n actions this asks for an entropy of log n less than that.
  public var divergence: Float = 0.2
  /// The temperature α at the start.
  public var temperature: Float = 1
  /// Whether it stays at that.
  public var fixesTemperature = false
  /// The range that log α is kept in: near its target the temperature would swing for ever further.
  public var logTemperatures: ClosedRange<Float> = -8...2
  /// How much of a uniform distribution is mixed into a learned reference, so that no action is infinitely far from it.
  public var referenceFloor: Float = 0.01

  /// The defaults.
  public init() {}
}
