/// Something about a world that its user may choose, beside observation and files.
///
/// A world declares its options as data; configuration files, the command line and `knack environments show` know them
/// from there.
public struct WorldOption: Sendable, Equatable {
  /// One of the values of an option that has only a few.
  public struct Choice: Sendable, Equatable {
    /// The value.
    public var name: String
    /// One sentence: what it means.
    public var summary: String

    /// A choice.
    public init(_ name: String, _ summary: String) {
      self.name = name
      self.summary = summary
    }
  }

  /// What values there are.
  public enum Kind: Sendable, Equatable {
    /// A whole number.
    case integer(ClosedRange<Int>)
    /// One of these.
    case choice([Choice])
    /// A size with an extent along each axis, as in `12x18`, each in its range.
    case size([ClosedRange<Int>])
    /// Any of these, joined by `+`; or `none`.
    case set([Choice])
  }

  /// The name, as it is written.
  public var name: String
  /// What values there are.
  public var kind: Kind
  /// The value where none is given.
  public var standard: String
  /// One sentence: what it decides.
  public var summary: String

  /// An option.
  public init(_ name: String, _ kind: Kind, standard: String, _ summary: String) {
    self.name = name
    self.kind = kind
    self.standard = standard
    self.summary = summary
  }

  /// What values there are, in words.
  public var values: String {
    switch kind {
    case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .choice(let choices): "one of \(choices.count) names"
    case .size(let ranges):
      "a size from \(ranges.map { "\($0.lowerBound)" }.joined(separator: "x")) to "
        + ranges.map { "\($0.upperBound)" }.joined(separator: "x")
    case .set(let choices): "none, or any of \(choices.count) names joined by +"
    }
  }

  /// What is wrong with a value; nil where it will do.
  func complaint(about value: String) -> String? {
    switch kind {
    case .integer(let range):
      if let integer = Int(value), range.contains(integer) { return nil }
    case .choice(let choices): return complaint(about: value, among: choices.map(\.name))
    case .set(let choices):
      for word in Self.words(value) {
        if let complaint = complaint(about: word, among: choices.map(\.name)) { return complaint }
      }
      return nil
    case .size(let ranges):
      if let extents = Self.extents(value), extents.count == ranges.count,
        zip(ranges, extents).allSatisfy({ $0.contains($1) })
      {
        return nil
      }
    }
    return "'\(name)' takes \(values), not '\(value)'."
  }

  private func complaint(about word: String, among names: [String]) -> String? {
    if names.contains(word) { return nil }
    return "there is no '\(word)' for '\(name)'; \(suggestion(for: word, among: names))"
  }

  /// The choices, where there are some to choose from.
  public var choices: [Choice] {
    switch kind {
    case .choice(let choices), .set(let choices): choices
    case .integer, .size: []
    }
  }

  /// The names of a set.
  static func words(_ value: String) -> [String] {
    value == "none" ? [] : value.split(separator: "+", omittingEmptySubsequences: false).map(String.init)
  }

  /// The extents of a size; nil for what is none.
  static func extents(_ value: String) -> [Int]? {
    let parts = value.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    return parts.contains(nil) ? nil : parts.compactMap(\.self)
  }
}

/// What to do about an unknown name: the one that is probably meant, or all that there are where they are not many.
func suggestion(for name: String, among names: [String]) -> String {
  if let name = nearest(to: name, among: names) { return "did you mean '\(name)'?" }
  return names.count <= 20
    ? "choose from \(names.joined(separator: ", "))." : "`knack environments show` names them all."
}
