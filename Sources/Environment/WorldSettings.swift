/// A file that a world is made from: its name, for errors, and its text.
public struct WorldFile: Sendable, Equatable {
  /// The name or path.
  public var name: String
  /// What the file says.
  public var text: String

  /// A file.
  public init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}

/// A value that is given to one of a world's options, as it was written.
public struct WorldSetting: Sendable, Equatable {
  /// The option's name.
  public var name: String
  /// The value.
  public var value: String
  /// Where it was written, for errors: a file with line and column, or an argument.
  public var place: String

  /// A setting.
  public init(_ name: String, _ value: String, place: String) {
    self.name = name
    self.value = value
    self.place = place
  }

  /// Where something was written makes no difference.
  public static func == (a: Self, b: Self) -> Bool { a.name == b.name && a.value == b.value }
}

/// What a world is made from, where its user wants it otherwise than it comes.
public struct WorldSettings: Sendable, Equatable {
  /// A file with rules, or whatever else the world takes; nil for the world's own.
  public var world: WorldFile?
  /// The map of every episode; nil for one that is generated anew for each.
  public var map: WorldFile?
  /// Values of the world's options, sorted by name; an option that is not among them has its default.
  public private(set) var options: [WorldSetting] = []

  /// Settings; none where nothing is said.
  public init(world: WorldFile? = nil, map: WorldFile? = nil, options: [WorldSetting] = []) {
    self.world = world
    self.map = map
    for option in options { set(option) }
  }

  /// Whether there are none.
  public var isEmpty: Bool { world == nil && map == nil && options.isEmpty }

  /// Gives an option a value, in the place of the one that it has.
  public mutating func set(_ setting: WorldSetting) {
    options.removeAll { $0.name == setting.name }
    options.insert(setting, at: options.firstIndex { $0.name > setting.name } ?? options.endIndex)
  }
}

// MARK: - Checking, and reading what was checked

extension WorldSettings {
  /// The settings with a value for each of a world's options.
  ///
  /// - Throws: ``EnvironmentError/wrongSetting(_:)`` where a setting is for none of the options, or its value will not do.
  func completed(with options: [WorldOption], of id: String) throws(EnvironmentError) -> WorldSettings {
    for setting in self.options {
      guard let option = options.first(where: { $0.name == setting.name }) else {
        let mend =
          options.isEmpty ? "leave it out." : suggestion(for: setting.name, among: options.map(\.name))
        throw .wrongSetting("\(setting.place): \(id) has no option '\(setting.name)'; \(mend)")
      }
      if let complaint = option.complaint(about: setting.value) {
        throw .wrongSetting("\(setting.place): \(complaint)")
      }
    }
    var completed = self
    for option in options where !self.options.contains(where: { $0.name == option.name }) {
      completed.set(WorldSetting(option.name, option.standard, place: "the default"))
    }
    return completed
  }

  /// The value of an option. There must be one, as there is once settings have been completed.
  public func text(_ name: String) -> String {
    guard let setting = options.first(where: { $0.name == name }) else {
      preconditionFailure("there is no option \(name)")
    }
    return setting.value
  }

  /// The value of an option that is a whole number.
  public func integer(_ name: String) -> Int { Int(text(name)) ?? 0 }

  /// The value of an option that is a size: its extents, in order.
  public func extents(_ name: String) -> [Int] { WorldOption.extents(text(name)) ?? [] }

  /// The value of an option that is a set: its names; none where it is `none`.
  public func names(_ name: String) -> [String] { WorldOption.words(text(name)) }

  /// Where an option's value was written.
  public func place(_ name: String) -> String { options.first { $0.name == name }?.place ?? name }
}
