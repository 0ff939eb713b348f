import KnackEnvironment

extension WorldFile {
  /// The longest file that is read, in bytes.
  static let maximumSize = 1 << 20

  /// Reads a file that a world is made from.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` where there is none, or it is no text or far too long.
  public init(_ path: String) throws(ExperimentError) {
    let bytes = try Files.read(path, what: "file of a world", limit: Self.maximumSize)
    guard bytes.count <= Self.maximumSize else {
      throw .mistake(
        "'\(path)' is longer than \(Self.maximumSize) bytes, which no world needs; check the path.")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .mistake("'\(path)' is not UTF-8 text; give a file with rules in YAML, or with a map.")
    }
    self.init(name: path, text: text)
  }
}

extension WorldSettings {
  /// Reads the files at the given paths, and options as they are written on a command line, `name=value` each.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` as ``WorldFile/init(_:)``, or for an option that is written otherwise.
  public init(world: String?, map: String?, options: [String] = []) throws(ExperimentError) {
    self.init()
    if let world { self.world = try WorldFile(world) }
    if let map { self.map = try WorldFile(map) }
    for option in options {
      guard let equals = option.firstIndex(of: "="), equals > option.startIndex else {
        throw .mistake("--option \(option): write a name, an equals sign and a value, as in --option size=3.")
      }
      set(
        WorldSetting(
          String(option[..<equals]), String(option[option.index(after: equals)...]),
          place: "--option \(option)"))
    }
  }
}
