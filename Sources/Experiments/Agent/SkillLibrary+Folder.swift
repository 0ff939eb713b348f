import KnackDocuments
import KnackEnvironment
import KnackLearning
import KnackNetworks
import KnackSkills

/// A skill library on disk: a folder with
///
///     library.yaml            the skills, their records, and the shapes of the policies' networks
///     NAME.safetensors        the weights of a policy, one tensor for each slice of its parameters
///
/// Reading runs no code and trusts no length: what does not fit the world is refused.
extension SkillLibrary {
  private static let index = "library.yaml"
  private static let networkKeys = ConfigurationKey.all.filter { $0.path.hasPrefix("network.") }

  /// Writes the library into a folder, which is made if there is none: the weights first, the index last and at once.
  ///
  /// - Throws: ``ExperimentError``.
  public func write(to folder: String) throws(ExperimentError) {
    try Files.makeFolder(folder)
    for (name, entry) in policies.sorted(by: { $0.key < $1.key }) {
      let layout = entry.policy.network.layout
      let tensors = entry.policy.parameters.withUnsafeBufferPointer { layout.tensors(of: $0.baseAddress!) }
      try Files.replace(
        Files.join(folder, name + ".safetensors"),
        Safetensors.encode(tensors, metadata: ["format": "knack", "world": world]))
    }
    try Files.replace(Files.join(folder, Self.index), Array(yaml.utf8))
  }

  /// The index.
  var yaml: String {
    func quoted(_ text: String) -> String { JSON.string(text).text }
    var lines = ["world: \(quoted(world))", "policies:"]
    for (name, entry) in policies.sorted(by: { $0.key < $1.key }) {
      var configuration = ExperimentConfiguration()
      configuration.network = entry.network
      let shape = Self.networkKeys.map { "\($0.path.dropFirst(8)): \($0.value(in: configuration).yaml)" }
      lines.append("  \(quoted(name)): {\(shape.joined(separator: ", "))}")
    }
    lines.append("skills:")
    for skill in skills {
      lines.append(
        "  - {name: \(quoted(skill.name)), version: \(skill.version), goal: \(quoted(skill.goal)), policy: \(quoted(skill.policy)), "
          + "retired: \(skill.isRetired)")
      let contexts = skill.record.contexts.sorted { $0.key < $1.key }.map { context, tally in
        "\(quoted(context)): {attempts: \(tally.attempts), successes: \(tally.successes), "
          + "success-steps: \(tally.successSteps), failure-steps: \(tally.failureSteps)}"
      }
      lines.append("     , record: {\(contexts.joined(separator: ", "))}}")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Reads the library of a folder.
  ///
  /// - Parameter specification: what its policies see and do: that of the world with commands, see `WorldKind.commanded`.
  /// - Throws: ``ExperimentError``, whose sentence names file, line and column.
  public init(folder: String, for specification: WorldSpecification) throws(ExperimentError) {
    let path = Files.join(folder, Self.index)
    guard Files.exists(path) else {
      throw .mistake("'\(folder)' holds no skill library, since it has no library.yaml; train skills first.")
    }
    let bytes = try Files.read(path, what: "skill library", limit: 1 << 24)
    do {
      try self.init(
        YAMLValue(yaml: String(decoding: bytes, as: UTF8.self), file: path), folder: folder, specification)
    } catch let error as ExperimentError {
      throw error
    } catch {
      throw .failure("\(error)")
    }
  }

  private init(_ root: YAMLValue, folder: String, _ specification: WorldSpecification) throws {
    let fields = try root.fields(["world", "policies", "skills"])
    self.init(world: try fields["world"]?.text() ?? "")
    for entry in try fields["policies"]?.entries() ?? [] {
      guard !entry.key.contains("/"), !entry.key.hasPrefix(".") else {
        throw entry.value.mistake("a policy's name is that of a file beside this one.")
      }
      var configuration = ExperimentConfiguration()
      for setting in try entry.value.entries() {
        let list = try? setting.value.elements("a list").map { try $0.text() }.joined(separator: ", ")
        let value = try list.map { "[\($0)]" } ?? setting.value.text()
        try configuration.set("network.\(setting.key)=\(value)")
      }
      let file = Files.join(folder, entry.key + ".safetensors")
      var policy = try Policy(world: specification, network: configuration.network)
      let tensors = try Safetensors.decode(try Files.read(file, what: "policy")).tensors
      let layout = policy.network.layout
      do {
        try policy.parameters.withUnsafeMutableBufferPointer { buffer in
          try layout.load(tensors, into: buffer.baseAddress!)
        }
      } catch {
        throw ExperimentError.failure("\(file): \(error)")
      }
      add(PolicyEntry(policy, configuration.network), named: entry.key)
    }
    for value in try fields["skills"]?.elements("a list of skills") ?? [] {
      let fields = try value.fields(["name", "version", "goal", "policy", "retired", "record"])
      func text(_ key: String) throws -> String {
        guard let value = fields[key] else { throw value.mistake("a skill has a '\(key)'.") }
        return try value.text()
      }
      var skill = Skill(try text("name"), goal: try text("goal"), policy: try text("policy"))
      guard policies[skill.policy] != nil else {
        throw value.mistake("there is no policy '\(skill.policy)' among the policies above.")
      }
      skill.isRetired = try fields["retired"]?.boolean() ?? false
      var contexts: [String: SkillRecord.Tally] = [:]
      for entry in try fields["record"]?.entries() ?? [] {
        let numbers = try entry.value.fields(["attempts", "successes", "success-steps", "failure-steps"])
        func number(_ key: String) throws -> Int { try numbers[key]?.integer(in: 0...1 << 50) ?? 0 }
        let tally = SkillRecord.Tally(
          attempts: try number("attempts"), successes: try number("successes"),
          successSteps: try number("success-steps"), failureSteps: try number("failure-steps"))
        guard tally.successes <= tally.attempts else {
          throw entry.value.mistake("there are more successes than attempts.")
        }
        contexts[entry.key] = tally
      }
      skill.record = SkillRecord(contexts: contexts)
      add(skill)
    }
  }
}
