/// What can go wrong while learning.
public enum LearningError: Error, Equatable, CustomStringConvertible {
  /// A setting cannot be used.
  case invalidSetting(String)
  /// A number stopped being a number; `place` names the first quantity that did.
  case notANumber(place: String, update: Int)
  /// A saved state does not fit the network or the worlds.
  case stateOfAnotherShape(String)

  /// One sentence that names the thing and the mend.
  public var description: String {
    switch self {
    case .invalidSetting(let sentence): sentence
    case .notANumber(let place, let update):
      "The \(place) became NaN in update \(update); lower ppo.learning-rate, or resume from an earlier milestone."
    case .stateOfAnotherShape(let sentence): sentence
    }
  }
}
