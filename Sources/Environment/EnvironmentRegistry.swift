/// The worlds that a program offers, by id.
///
/// A value, not a global: the program that links the worlds builds it and hands it on.
public struct EnvironmentRegistry: Sendable {
  /// One registered world.
  public struct Entry: Sendable {
    /// The id.
    public let id: String
    /// The observations it can be made with; the first is the default.
    public let observations: [String]
    /// Makes the kind with one of the observations.
    public let kind: @Sendable (_ observation: String) -> WorldKind
    /// What is offered to those who want the world otherwise than it comes; nil where that cannot be done.
    public let workshop: WorldWorkshop?
    /// The world's tasks, as they are evaluated together.
    public let suites: [TaskSuite]

    /// An entry; `kind` is only ever called with a name out of `observations`.
    public init(
      id: String, observations: [String], workshop: WorldWorkshop? = nil, suites: [TaskSuite] = [],
      kind: @escaping @Sendable (_ observation: String) -> WorldKind
    ) {
      self.id = id
      self.observations = observations
      self.workshop = workshop
      self.suites = suites
      self.kind = kind
    }
  }

  /// The entries, in the order in which they were registered.
  public let entries: [Entry]
  private let positions: [String: Int]
  private let ruleBooks: [String: @Sendable () -> RuleBook]

  /// A registry of the given worlds. An id must occur once.
  ///
  /// - Parameter ruleBooks: what prints the rules of worlds that have them as data, by id.
  public init(_ entries: [Entry], ruleBooks: [String: @Sendable () -> RuleBook] = [:]) {
    self.entries = entries
    self.ruleBooks = ruleBooks
    positions = Dictionary(
      entries.enumerated().map { ($1.id, $0) },
      uniquingKeysWith: { first, _ in preconditionFailure("registered twice: \(entries[first].id)") })
  }

  /// The entry with this id.
  ///
  /// - Throws: ``EnvironmentError/unknownEnvironment(_:nearest:)``, which names the nearest known id.
  public func entry(_ id: String) throws(EnvironmentError) -> Entry {
    guard let position = positions[id] else {
      throw .unknownEnvironment(id, nearest: nearest(to: id, among: entries.map(\.id)))
    }
    return entries[position]
  }

  /// The kind of world with this id and observation (the world's default where nil), made as settings want it.
  ///
  /// - Throws: ``EnvironmentError`` where there is no such world, it has no such observation, or the settings are wrong.
  public func kind(
    _ id: String, observation: String? = nil, settings: WorldSettings = WorldSettings()
  ) throws(EnvironmentError) -> WorldKind {
    let entry = try entry(id)
    let observation = observation ?? entry.observations[0]
    guard entry.observations.contains(observation) else {
      throw .unknownObservation(observation, environment: id, known: entry.observations)
    }
    return settings.isEmpty ? entry.kind(observation) : try workshop(id).kind(settings, observation)
  }

  /// The rules that the world with this id goes by.
  ///
  /// - Throws: ``EnvironmentError`` where there is no such world, or its rules are not data that could be printed.
  public func ruleBook(_ id: String) throws(EnvironmentError) -> RuleBook {
    if let ruleBook = ruleBooks[id] { return ruleBook() }
    let known = ruleBooks.keys.sorted()
    guard positions[id] != nil else {
      throw .unknownEnvironment(id, nearest: nearest(to: id, among: entries.map(\.id) + known))
    }
    throw .printsNoRules(environment: id, others: known)
  }

  /// The options of the world with this id, made from the files of some settings; none where it has none.
  ///
  /// - Throws: ``EnvironmentError`` where there is no such world, or the files are wrong.
  public func options(
    _ id: String, settings: WorldSettings = WorldSettings()
  ) throws(EnvironmentError) -> [WorldOption] {
    try entry(id).workshop?.options(settings) ?? []
  }

  /// Settings with a value for each option of the world with this id.
  ///
  /// - Throws: ``EnvironmentError`` where there is no such world, or the settings are wrong.
  public func completed(_ settings: WorldSettings, of id: String) throws(EnvironmentError) -> WorldSettings {
    try settings.completed(with: options(id, settings: settings), of: id)
  }

  /// What the world with this id offers to those who want it otherwise than it comes.
  ///
  /// - Throws: ``EnvironmentError`` where there is no such world or it comes in one way only.
  public func workshop(_ id: String) throws(EnvironmentError) -> WorldWorkshop {
    guard let workshop = try entry(id).workshop else {
      throw .takesNoSettings(environment: id, others: entries.filter { $0.workshop != nil }.map(\.id))
    }
    return workshop
  }
}

/// The candidate that differs from `word` by the fewest edits, if that is few enough to be a slip of the pen.
///
/// - Complexity: O(*n* · *m*) a candidate, for words of *n* and *m* characters.
public func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
  let scored = candidates.map { ($0, editDistance(word, $0)) }
  guard let best = scored.min(by: { $0.1 < $1.1 }), best.1 <= max(2, word.count / 3) else { return nil }
  return best.0
}

/// Levenshtein's distance, letter case ignored.
private func editDistance(_ a: String, _ b: String) -> Int {
  let a = Array(a.lowercased()), b = Array(b.lowercased())
  var row = Array(0...b.count)
  for i in a.indices {
    var diagonal = row[0]
    row[0] = i + 1
    for j in b.indices {
      let substitution = diagonal + (a[i] == b[j] ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(substitution, row[j] + 1, diagonal + 1)
    }
  }
  return row[b.count]
}
