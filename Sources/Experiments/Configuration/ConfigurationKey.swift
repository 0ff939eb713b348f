import KnackEnvironment

/// One setting: how it is spelt, what it may hold, what it means, and where it lives in the configuration.
///
/// The table ``all`` is the only place that knows the settings: parsing, `--set`, the resolved `config.yaml` and
/// `--explain` are all driven by it.
public struct ConfigurationKey: Sendable {
  /// The path in the YAML document, sections joined by dots: `ppo.learning-rate`.
  public let path: String
  /// The type and the allowed range, in words: `a number > 0`.
  public let type: String
  /// One sentence: what it does.
  public let meaning: String
  /// Whether the weights or metrics of a run depend on it.
  public private(set) var changesResult = true
  /// Where the setting's file is kept, if it names one, and what a run directory calls its copy of it.
  private(set) var file: (path: Path<WorldFile?>, nameInRun: String)?

  private let read: @Sendable (ExperimentConfiguration) -> ConfigurationValue
  /// Stores a value; false if it is of the wrong type or out of range.
  private let write: @Sendable (inout ExperimentConfiguration, ConfigurationValue) -> Bool

  /// The setting's value in `configuration`.
  public func value(in configuration: ExperimentConfiguration) -> ConfigurationValue { read(configuration) }

  /// Stores `value`; false, with nothing stored, if it is of the wrong type or out of range.
  func store(_ value: ConfigurationValue, in configuration: inout ExperimentConfiguration) -> Bool {
    write(&configuration, value)
  }

  /// Whether two configurations differ in the setting. Of a file, what it says counts, not where it lies.
  func differs(_ one: ExperimentConfiguration, _ other: ExperimentConfiguration) -> Bool {
    if let path = file?.path { return one[keyPath: path]?.text != other[keyPath: path]?.text }
    return value(in: one) != value(in: other)
  }

  /// The same keys, marked as ones that do not touch a run's result.
  static func withoutEffectOnResult(_ keys: [ConfigurationKey]) -> [ConfigurationKey] {
    keys.map { key in
      var key = key
      key.changesResult = false
      return key
    }
  }
}

/// What a setting can hold.
public enum ConfigurationValue: Sendable, Equatable {
  /// A whole number.
  case integer(Int)
  /// A finite number.
  case number(Double)
  /// True or false.
  case boolean(Bool)
  /// Text, or the name of a choice.
  case text(String)
  /// Whole numbers.
  case integers([Int])
  /// Values of a world's options.
  case settings([WorldSetting])

  /// The value as YAML, which is also JSON but for the text's quotes.
  public var yaml: String {
    switch self {
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .boolean(let value): "\(value)"
    case .text(let value): value.isPlainYAML ? value : JSON.string(value).text
    case .integers(let values): "[\(values.map(String.init).joined(separator: ", "))]"
    case .settings(let values):
      "{\(values.map { "\($0.name): \(ConfigurationValue(plain: $0.value).yaml)" }.joined(separator: ", "))}"
    }
  }

  /// The value as JSON.
  public var json: JSON {
    switch self {
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .boolean(let value): .boolean(value)
    case .text(let value): .string(value)
    case .integers(let values): .array(values.map(JSON.integer))
    case .settings(let values): .object(values.map { ($0.name, .string($0.value)) })
    }
  }
}

extension String {
  /// Whether the text can stand in YAML without quotes and reads back as text.
  fileprivate var isPlainYAML: Bool {
    guard let first = unicodeScalars.first, ("a"..."z").contains(first) || ("A"..."Z").contains(first) else {
      return false
    }
    return unicodeScalars.allSatisfy {
      ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
        || "-_./".contains(Character($0))
    } && ConfigurationValue(plain: self) == .text(self)
  }
}

// MARK: - Kinds of keys

extension ConfigurationKey {
  typealias Path<Value> = WritableKeyPath<ExperimentConfiguration, Value> & Sendable

  /// A whole number in `range`.
  static func integer<Value: FixedWidthInteger & Sendable>(
    _ path: String, _ keyPath: Path<Value>, in range: PartialRangeFrom<Int>, _ meaning: String
  ) -> ConfigurationKey {
    ConfigurationKey(
      path: path, type: "an integer >= \(range.lowerBound)", meaning: meaning,
      read: { .integer(Int(clamping: $0[keyPath: keyPath])) },
      write: { configuration, value in
        guard case .integer(let integer) = value, range.contains(integer), let exact = Value(exactly: integer)
        else { return false }
        configuration[keyPath: keyPath] = exact
        return true
      })
  }

  /// A number at least (or, if `open`, above) `lower` and at most `upper`.
  static func number(
    _ path: String, _ keyPath: Path<Double>, from lower: Double, open: Bool = false,
    through upper: Double? = nil,
    _ meaning: String
  ) -> ConfigurationKey {
    let bounds = "a number \(open ? ">" : ">=") \(lower.short)" + (upper.map { ", <= \($0.short)" } ?? "")
    return ConfigurationKey(
      path: path, type: bounds, meaning: meaning, read: { .number($0[keyPath: keyPath]) },
      write: { configuration, value in
        let number: Double
        switch value {
        case .integer(let integer): number = Double(integer)
        case .number(let double): number = double
        default: return false
        }
        guard open ? number > lower : number >= lower, number <= upper ?? .infinity else { return false }
        configuration[keyPath: keyPath] = number
        return true
      })
  }

  /// True or false.
  static func flag(_ path: String, _ keyPath: Path<Bool>, _ meaning: String) -> ConfigurationKey {
    ConfigurationKey(
      path: path, type: "true or false", meaning: meaning, read: { .boolean($0[keyPath: keyPath]) },
      write: { configuration, value in
        guard case .boolean(let flag) = value else { return false }
        configuration[keyPath: keyPath] = flag
        return true
      })
  }

  /// Text.
  static func text(_ path: String, _ keyPath: Path<String>, _ meaning: String) -> ConfigurationKey {
    ConfigurationKey(
      path: path, type: "text", meaning: meaning, read: { .text($0[keyPath: keyPath]) },
      write: { configuration, value in
        guard case .text(let text) = value else { return false }
        configuration[keyPath: keyPath] = text
        return true
      })
  }

  /// The path of a file, from the folder of the configuration that names it; it is read with the configuration.
  static func file(
    _ path: String, _ keyPath: Path<WorldFile?>, nameInRun: String, _ meaning: String
  ) -> ConfigurationKey {
    var key = ConfigurationKey(
      path: path, type: "the path of a file", meaning: meaning,
      read: { .text($0[keyPath: keyPath]?.name ?? "") },
      write: { configuration, value in
        guard case .text(let name) = value else { return false }
        configuration[keyPath: keyPath] = name.isEmpty ? nil : WorldFile(name: name, text: "")
        return true
      })
    key.file = (keyPath, nameInRun)
    return key
  }

  /// Values of a world's options, by name. What is stored is added to what is there.
  static func settings(
    _ path: String, _ keyPath: Path<WorldSettings>, _ meaning: String
  ) -> ConfigurationKey {
    ConfigurationKey(
      path: path, type: "a mapping of names to values", meaning: meaning,
      read: { .settings($0[keyPath: keyPath].options) },
      write: { configuration, value in
        guard case .settings(let settings) = value else { return false }
        for setting in settings { configuration[keyPath: keyPath].set(setting) }
        return true
      })
  }

  /// One of a type's cases.
  static func choice<Value: RawRepresentable & CaseIterable & Sendable>(
    _ path: String, _ keyPath: Path<Value>, _ meaning: String
  ) -> ConfigurationKey where Value.RawValue == String {
    ConfigurationKey(
      path: path, type: Value.allCases.map(\.rawValue).joined(separator: " or "), meaning: meaning,
      read: { .text($0[keyPath: keyPath].rawValue) },
      write: { configuration, value in
        guard case .text(let name) = value, let choice = Value(rawValue: name) else { return false }
        configuration[keyPath: keyPath] = choice
        return true
      })
  }

  /// Whole numbers, each in `range`.
  static func integers(
    _ path: String, _ keyPath: Path<[Int]>, in range: ClosedRange<Int>, _ meaning: String
  ) -> ConfigurationKey {
    ConfigurationKey(
      path: path, type: "a list of integers \(range.lowerBound) to \(range.upperBound)", meaning: meaning,
      read: { .integers($0[keyPath: keyPath]) },
      write: { configuration, value in
        guard case .integers(let integers) = value, integers.allSatisfy(range.contains) else { return false }
        configuration[keyPath: keyPath] = integers
        return true
      })
  }
}

extension Double {
  /// The number without a trailing `.0`.
  fileprivate var short: String { Int(exactly: self).map(String.init) ?? "\(self)" }
}
