/// What can go wrong in an experiment: whose fault it was, and one sentence that names the thing and the mend.
public enum ExperimentError: Error, Equatable, CustomStringConvertible {
  /// The caller asked for something that cannot be: a misspelt key, a missing file, a run of another configuration.
  case mistake(String)
  /// What was asked for is sound, but the machine or the learning failed: a full disk, a damaged file, NaN in a loss.
  case failure(String)

  /// The sentence.
  public var description: String {
    switch self {
    case .mistake(let sentence), .failure(let sentence): sentence
    }
  }

  /// The process's exit code: 2 for a mistake of the caller's, 1 for a failure.
  public var exitCode: Int32 {
    switch self {
    case .mistake: 2
    case .failure: 1
    }
  }
}
