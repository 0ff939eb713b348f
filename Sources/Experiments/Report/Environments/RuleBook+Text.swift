import KnackEnvironment

extension RuleBook {
  /// The rules for people: a table for each section.
  public var text: String {
    sections.map { "\($0.name.uppercased())\n\($0.summary)\n\n" + table($0.rows) }.joined(separator: "\n")
  }
}
