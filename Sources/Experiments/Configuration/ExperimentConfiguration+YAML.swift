import KnackDocuments
import KnackEnvironment
import Yams

// Strict reading: every key must be known, every value of its type and in its range; what is wrong is named with
// file, line and column.

extension ExperimentConfiguration {
  /// Reads a configuration file, the files it extends first, then applies overrides (`ppo.epochs=2`).
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` that names file, line, column and, for a misspelt key, the nearest one.
  public init(file: String, overrides: [String] = []) throws(ExperimentError) {
    self.init()
    try merge(file: file, extendedBy: [])
    for override in overrides { try set(override) }
  }

  /// Reads a configuration from text; `name` stands for the file in errors, and `extends:` is relative to it.
  public init(yaml: String, name: String = "configuration") throws(ExperimentError) {
    self.init()
    try merge(yaml: yaml, file: name, extendedBy: [])
  }

  /// Applies one override: a key's path, an equals sign and a value in YAML.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` as for a file.
  public mutating func set(_ override: String) throws(ExperimentError) {
    let place = "--set \(override)"
    guard let equals = override.firstIndex(of: "="), equals > override.startIndex else {
      throw .mistake("\(place): write a key, an equals sign and a value, as in --set ppo.epochs=2.")
    }
    let path = String(override[..<equals])
    let text = String(override[override.index(after: equals)...])
    let node = try compose(text, file: place) ?? Node("")
    if let key = Self.keysByPath[path] {
      try store(node, under: key, place: place, folder: ".")
    } else if let key = Self.mappingKey(above: path), let value = node.scalar?.string {
      let setting = WorldSetting(String(path.dropFirst(key.path.count + 1)), value, place: place)
      _ = key.store(.settings([setting]), in: &self)
    } else {
      throw unknownKey(path, place: place)
    }
  }

  /// The configuration as YAML: every setting, in the table's order, sections nested. Reads back equal.
  public var yaml: String {
    var text = ""
    var section: Substring = ""
    for key in ConfigurationKey.all {
      let parts = key.path.split(separator: ".")
      if parts.count == 2, parts[0] != section { text += "\(parts[0]):\n" }
      section = parts.count == 2 ? parts[0] : ""
      text += parts.count == 2 ? "  \(parts[1])" : "\(parts[0])"
      text += ": \(key.value(in: self).yaml)\n"
    }
    return text
  }

  // MARK: - Reading

  private static let keysByPath = Dictionary(uniqueKeysWithValues: ConfigurationKey.all.map { ($0.path, $0) })

  /// The key of a mapping whose entry a path names: `environment.options` for `environment.options.task`.
  private static func mappingKey(above path: String) -> ConfigurationKey? {
    ConfigurationKey.all.first { key in
      guard case .settings = key.value(in: ExperimentConfiguration()) else { return false }
      return path.hasPrefix(key.path + ".")
    }
  }

  private static let sections = Set(
    ConfigurationKey.all.compactMap { $0.path.split(separator: ".").dropLast().first.map(String.init) })

  /// `inner` holds the canonical paths of the files that extend this one.
  private mutating func merge(file: String, extendedBy inner: [String]) throws(ExperimentError) {
    let bytes = try Files.read(file, what: "configuration")
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .mistake("\(file) is not UTF-8 text; give a YAML configuration.")
    }
    try merge(yaml: text, file: file, extendedBy: inner)
  }

  private mutating func merge(yaml: String, file: String, extendedBy inner: [String]) throws(ExperimentError)
  {
    guard let root = try compose(yaml, file: file) else { return }
    guard case .mapping(let mapping) = root else {
      throw .mistake("\(place(file, root)): a configuration is a mapping of keys to values.")
    }
    let entries = mapping.map { $0 }
    if let base = entries.first(where: { $0.key.string == "extends" })?.value {
      guard case .text(let relative)? = ConfigurationValue(base), !relative.isEmpty else {
        throw .mistake("\(place(file, base)): 'extends' must be the path of a file, relative to this one.")
      }
      let baseFile = relative.hasPrefix("/") ? relative : Files.join(Files.folder(of: file), relative)
      let chain = inner + [Files.canonical(file)]
      guard !chain.contains(Files.canonical(baseFile)) else {
        throw .mistake(
          "\(place(file, base)): '\(relative)' extends itself in a circle; remove one 'extends'.")
      }
      guard Files.exists(baseFile) else {
        throw .mistake("\(place(file, base)): there is no file '\(baseFile)' to extend.")
      }
      try merge(file: baseFile, extendedBy: chain)
    }
    for (key, value) in entries where key.string != "extends" {
      try merge(key, value, prefix: "", file: file)
    }
  }

  private mutating func merge(
    _ keyNode: Node, _ value: Node, prefix: String, file: String
  ) throws(ExperimentError) {
    guard let name = keyNode.string else {
      throw .mistake("\(place(file, keyNode)): a key must be text.")
    }
    let path = prefix + name
    if let key = Self.keysByPath[path] {
      try store(value, under: key, file: file, place: place(file, value), folder: Files.folder(of: file))
    } else if prefix.isEmpty, Self.sections.contains(name) {
      switch value {
      case .mapping(let mapping):
        for (key, value) in mapping { try merge(key, value, prefix: path + ".", file: file) }
      case .scalar(let scalar) where scalar.string.isEmpty && scalar.style == .plain:
        break  // a section without settings
      default:
        throw .mistake("\(place(file, value)): '\(path)' is a section; indent its keys under it.")
      }
    } else {
      throw unknownKey(path, place: place(file, keyNode))
    }
  }

  /// `file` is what errors call the document, nil for an override; `folder` is the one from which paths of files lead.
  private mutating func store(
    _ node: Node, under key: ConfigurationKey, file name: String? = nil, place: String, folder: String
  ) throws(ExperimentError) {
    guard let value = ConfigurationValue(node, file: name, place: place), key.store(value, in: &self) else {
      throw .mistake("\(place): '\(key.path)' takes \(key.type), not \(YAMLValue.written(node)).")
    }
    guard let path = key.file?.path, let name = self[keyPath: path]?.name else { return }
    let file = name.hasPrefix("/") ? name : Files.join(folder, name)
    guard Files.exists(file) else {
      throw .mistake("\(place): there is no file '\(file)' for '\(key.path)'; check the path.")
    }
    self[keyPath: path] = try WorldFile(file)
  }

  /// The nearest key is looked for among whole paths first, then among last parts, for a key in the wrong section.
  private func unknownKey(_ path: String, place: String) -> ExperimentError {
    let paths = ConfigurationKey.all.map(\.path)
    func last(_ path: String) -> String { path.split(separator: ".").last.map(String.init) ?? "" }
    let guess =
      nearest(to: path, among: paths + ["extends"] + Self.sections.sorted())
      ?? nearest(to: last(path), among: paths.map(last)).flatMap { name in paths.first { last($0) == name } }
    return .mistake(
      "\(place): there is no key '\(path)'"
        + (guess.map { "; did you mean '\($0)'?" } ?? "; `knack train --explain` lists them all."))
  }
}

extension ConfigurationValue {
  /// The value of a YAML node; nil where it is neither a scalar, nor a list of whole numbers, nor a mapping of names to
  /// scalars. Errors about a mapping's entries will name their places in `file`, or `place` itself where that is nil.
  fileprivate init?(_ node: Node, file: String? = nil, place: String = "") {
    switch node {
    case .scalar(let scalar):
      self = scalar.style == .plain ? .init(plain: scalar.string) : .text(scalar.string)
    case .sequence(let nodes):
      var integers: [Int] = []
      for node in nodes {
        guard case .integer(let integer)? = ConfigurationValue(node) else { return nil }
        integers.append(integer)
      }
      self = .integers(integers)
    case .mapping(let mapping):
      var settings: [WorldSetting] = []
      for (key, value) in mapping {
        guard let name = key.string, let text = value.scalar?.string else { return nil }
        settings.append(WorldSetting(name, text, place: file.map { YAMLValue.place(value, in: $0) } ?? place))
      }
      self = .settings(settings)
    default: return nil
    }
  }

  /// The value of an unquoted scalar. Digits may be grouped (`1_000_000`) and whole numbers written as `1e6`.
  init(plain text: String) {
    let digits = String(text.filter { $0 != "_" })
    let isNumeric = text.unicodeScalars.first.map { "+-.0123456789".unicodeScalars.contains($0) } ?? false
    if text == "true" || text == "false" {
      self = .boolean(text == "true")
    } else if isNumeric, let integer = Int(digits) {
      self = .integer(integer)
    } else if isNumeric, let number = Double(digits), number.isFinite {
      if !digits.contains("."), let integer = Int(exactly: number) {
        self = .integer(integer)
      } else {
        self = .number(number)
      }
    } else {
      self = .text(text)
    }
  }
}

/// The document's root; nil for an empty one.
private func compose(_ yaml: String, file: String) throws(ExperimentError) -> Node? {
  do {
    let root = try YAMLValue(yaml: yaml, file: file)
    return root.isEmpty ? nil : root.node
  } catch {
    throw .mistake(error.description)
  }
}

private func place(_ file: String, _ node: Node) -> String { YAMLValue.place(node, in: file) }
