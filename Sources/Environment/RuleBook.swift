/// The rules that a world goes by, for people and programs to read.
public struct RuleBook: Sendable {
  /// Rules of one sort.
  public struct Section: Sendable {
    /// The name (`recipes`), and one sentence about it.
    public let name: String, summary: String
    /// The rules.
    public let json: JSON
    /// The same in words: the columns' headings, then a row a rule.
    public let rows: [[String]]

    /// A section.
    public init(_ name: String, summary: String, json: JSON, rows: [[String]]) {
      self.name = name
      self.summary = summary
      self.json = json
      self.rows = rows
    }
  }

  /// The id of the world.
  public let id: String
  /// The sections, in the order in which they are printed.
  public let sections: [Section]

  /// The rules of a world.
  public init(id: String, sections: [Section]) {
    self.id = id
    self.sections = sections
  }

  /// An object with a field for each section.
  public var json: JSON { .object(sections.map { (name: $0.name, value: $0.json) }) }
}
