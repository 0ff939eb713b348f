import KnackEnvironment
import Yams

/// What is wrong with a document: one sentence with file, line and column.
public struct DocumentError: Error, Equatable, CustomStringConvertible {
  /// The sentence.
  public var description: String

  /// An error with this sentence.
  public init(_ description: String) { self.description = description }
}

/// One value of a YAML document that is read strictly: every key must be known and every value of its type and in its
/// range, and what is wrong is named with its place.
///
/// ```swift
/// let root = try YAMLValue(yaml: text, file: "world.yaml")
/// let fields = try root.fields(["summary", "steps"])
/// let steps = try fields["steps"]?.integer(in: 1...1000)
/// ```
public struct YAMLValue {
  /// The node as Yams composed it.
  public let node: Node
  /// What errors call the document.
  public let file: String
  /// The keys that lead to the value, joined by dots; empty at the root.
  public let path: String

  /// The root of a document; a document without content is an empty value.
  ///
  /// - Throws: ``DocumentError`` where the text is not YAML, or a key is given twice.
  public init(yaml: String, file: String) throws(DocumentError) {
    do {
      node = try Yams.compose(yaml: yaml) ?? Node("", Tag.implicit, .plain)
    } catch let error as YamlError {
      switch error {
      case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
        .composer(_, let problem, let mark, _):
        throw DocumentError("\(file):\(mark.line):\(mark.column): this is not YAML: \(problem).")
      case .duplicatedKeysInMapping(let keys, let context):
        throw DocumentError(
          "\(file):\(context.mark.line):\(context.mark.column): the key '\(keys[0])' is given twice; keep one."
        )
      default: throw DocumentError("\(file): this is not YAML: \(error).")
      }
    } catch {
      throw DocumentError("\(file): this is not YAML: \(error).")
    }
    self.file = file
    path = ""
  }

  private init(_ node: Node, _ file: String, _ path: String) {
    self.node = node
    self.file = file
    self.path = path
  }

  /// Where the value stands: `file:line:column`.
  public var place: String { Self.place(node, in: file) }

  /// Where a node stands: `file:line:column`.
  public static func place(_ node: Node, in file: String) -> String {
    node.mark.map { "\(file):\($0.line):\($0.column)" } ?? file
  }

  /// An error about this value.
  public func mistake(_ sentence: String) -> DocumentError { DocumentError("\(place): \(sentence)") }

  private func needs(_ what: String) -> DocumentError {
    mistake("\(path.isEmpty ? "the document" : "'\(path)'") takes \(what), not \(written).")
  }

  /// The value as its author wrote it, for errors.
  public var written: String { Self.written(node) }

  /// A node as its author wrote it, for errors.
  public static func written(_ node: Node) -> String {
    switch node {
    case .scalar(let scalar): scalar.style == .plain ? "'\(scalar.string)'" : "the text '\(scalar.string)'"
    case .sequence: "this list"
    default: "a mapping"
    }
  }
}

// MARK: - Mappings and lists

extension YAMLValue {
  /// A key of a mapping with what it leads to.
  public struct Entry {
    /// The key, and where it stands.
    public let key: String, place: String
    /// What it leads to.
    public let value: YAMLValue
  }

  /// The entries of a mapping in their order; none of an empty value.
  ///
  /// - Parameter what: what errors call the needed value.
  public func entries(_ what: String = "a mapping of keys to values") throws(DocumentError) -> [Entry] {
    if isEmpty { return [] }
    guard case .mapping(let mapping) = node else { throw needs(what) }
    var entries: [Entry] = []
    for (keyNode, valueNode) in mapping {
      guard let key = keyNode.string else {
        throw DocumentError("\(Self.place(keyNode, in: file)): a key must be text.")
      }
      let inner = path.isEmpty ? key : path + "." + key
      entries.append(
        Entry(key: key, place: Self.place(keyNode, in: file), value: YAMLValue(valueNode, file, inner)))
    }
    return entries
  }

  /// The entries of a mapping whose keys all must be in `known`.
  ///
  /// - Parameter what: what the keys are, in the singular (`key`, `material`).
  public func fields(_ known: [String], what: String = "key") throws(DocumentError) -> [String: YAMLValue] {
    var fields: [String: YAMLValue] = [:]
    for entry in try entries() {
      guard known.contains(entry.key) else {
        let section = path.isEmpty ? "" : " in '\(path)'"
        throw DocumentError(
          "\(entry.place): there is no \(what) '\(entry.key)'\(section); \(mend(entry.key, among: known))")
      }
      fields[entry.key] = entry.value
    }
    return fields
  }

  /// The entries of a mapping whose keys are names out of `choices`, in the order of the choices.
  ///
  /// - Parameter what: what the keys name, in the singular (`material`).
  public func entries<Key>(
    of what: String, among choices: [(name: String, value: Key)]
  ) throws(DocumentError) -> [(key: Key, value: YAMLValue)] {
    let fields = try fields(choices.map(\.name), what: what)
    return choices.compactMap { choice in fields[choice.name].map { (choice.value, $0) } }
  }

  /// The elements of a list.
  public func elements(_ what: String) throws(DocumentError) -> [YAMLValue] {
    guard case .sequence(let nodes) = node else { throw needs(what) }
    return nodes.map { YAMLValue($0, file, path) }
  }

  /// Whether it is a mapping.
  public var isMapping: Bool {
    if case .mapping = node { return true }
    return false
  }

  /// Whether it is this word.
  public func isWord(_ word: String) -> Bool {
    if case .scalar(let scalar) = node { return scalar.string == word }
    return false
  }

  /// Whether nothing stands after the key.
  public var isEmpty: Bool {
    if case .scalar(let scalar) = node { return scalar.string.isEmpty && scalar.style == .plain }
    return false
  }
}

// MARK: - Scalars

extension YAMLValue {
  /// The text of a scalar.
  public func text(_ what: String = "text") throws(DocumentError) -> String {
    guard case .scalar(let scalar) = node, !isEmpty else { throw needs(what) }
    return scalar.string
  }

  /// The text of a scalar without quotes; nil for anything else.
  private var plain: String? {
    guard case .scalar(let scalar) = node, scalar.style == .plain else { return nil }
    return scalar.string
  }

  /// A whole number in a range. Digits may be grouped (`10_000`).
  public func integer(in range: ClosedRange<Int>) throws(DocumentError) -> Int {
    guard let plain, let integer = Int(plain.filter { $0 != "_" }), range.contains(integer) else {
      throw needs("a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return integer
  }

  /// A number in a range.
  public func number(in range: ClosedRange<Double>) throws(DocumentError) -> Double {
    guard let plain, let number = Double(plain.filter { $0 != "_" }), range.contains(number) else {
      throw needs("a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// True or false.
  public func boolean() throws(DocumentError) -> Bool {
    guard let plain, plain == "true" || plain == "false" else { throw needs("true or false") }
    return plain == "true"
  }

  /// One of named choices.
  ///
  /// - Parameter what: what is chosen, in the singular (`material`).
  public func choice<Value>(
    _ what: String, among choices: [(name: String, value: Value)]
  ) throws(DocumentError) -> Value {
    let name = try text("the name of a \(what)")
    if let choice = choices.first(where: { $0.name == name }) { return choice.value }
    throw mistake("there is no \(what) '\(name)'; \(mend(name, among: choices.map(\.name)))")
  }
}

/// What to do about an unknown word: the one that is probably meant, or all there are.
public func mend(_ word: String, among known: [String]) -> String {
  nearest(to: word, among: known).map { "did you mean '\($0)'?" }
    ?? "choose from \(known.joined(separator: ", "))."
}
