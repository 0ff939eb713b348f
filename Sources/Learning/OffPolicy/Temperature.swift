import KnackNetworks
import KnackNumerics

/// The temperature α of soft actor-critic, which sees to it that a policy stays as near to its reference as is asked (Haarnoja et al.
/// 2018, arXiv:1812.05905, section 5): α (δ − KL) is made small by steps of Adam on log α.
struct Temperature {
  /// log α.
  private(set) var logarithm: Float
  /// What Adam remembers of it.
  private var moments: (first: Float, second: Float) = (0, 0)

  /// The temperature at the start.
  init(_ settings: SACConfiguration) { logarithm = Elementwise.log(settings.temperature) }

  /// Its numbers, for saving.
  var bits: [UInt64] { [logarithm, moments.first, moments.second].map { UInt64($0.bitPattern) } }

  /// Takes on what ``bits`` gave; false, with nothing changed, where that cannot be.
  mutating func restore(_ bits: some Sequence<UInt64>) -> Bool {
    let numbers = bits.map { Float(bitPattern: UInt32(truncatingIfNeeded: $0)) }
    guard numbers.count == 3, numbers.allSatisfy(\.isFinite) else { return false }
    logarithm = numbers[0]
    moments = (numbers[1], numbers[2])
    return true
  }

  /// α.
  var value: Float { Elementwise.exp(logarithm) }

  /// Rises where the policy is further from its reference than is asked, and falls where it is nearer.
  ///
  /// - Parameter step: 1 for the learner's first update, then 2, …
  mutating func heat(_ divergence: Double, _ settings: SACConfiguration, _ adam: Adam, step: Int) {
    guard !settings.fixesTemperature else { return }
    let gradient = value * (settings.divergence - Float(divergence))
    var parameter = logarithm, (first, second) = moments
    withUnsafePointer(to: gradient) {
      adam.update(
        parameters: &parameter, gradient: $0, first: &first, second: &second, range: 0..<1, step: step,
        learningRate: settings.learningRate)
    }
    moments = (first, second)
    let range = settings.logTemperatures
    logarithm = min(max(parameter, range.lowerBound), range.upperBound)
  }
}
