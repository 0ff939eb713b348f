import KnackDocuments
import KnackEnvironment
import KnackLearning
import KnackNetworks

extension DemonstrationSet {
  /// Reads the demonstrations of a folder that a ``DemonstrationWriter`` has written.
  ///
  /// Nothing in the files is trusted: observations and actions must be such as the world has.
  ///
  /// - Parameter specification: of the world that they are to be learned for.
  /// - Throws: ``ExperimentError``, whose sentence names the file and what is wrong.
  public init(folder: String, for specification: WorldSpecification) throws(ExperimentError) {
    let path = Files.join(Files.trimmed(folder), "manifest.json")
    guard Files.exists(path) else {
      throw .mistake(
        "'\(folder)' holds no demonstrations, since it has no manifest.json; make some with `knack demonstrate`."
      )
    }
    let text = String(decoding: try Files.read(path, what: "demonstrations"), as: UTF8.self)
    self.init(observationSize: specification.observation.size)
    do {
      let root = try YAMLValue(yaml: text, file: path)  // JSON is YAML, too
      guard let episodes = try root.entries().first(where: { $0.key == "episodes" })?.value else {
        throw root.mistake("there are no 'episodes'; this is no manifest of demonstrations.")
      }
      for episode in try episodes.elements("a list of episodes") {
        guard let file = try episode.entries().first(where: { $0.key == "file" })?.value else {
          throw episode.mistake("an episode has a 'file'.")
        }
        let name = try file.text("the name of a file")
        guard !name.contains("/"), !name.hasPrefix(".") else {
          throw file.mistake("an episode's file lies beside this one.")
        }
        try append(Files.join(Files.trimmed(folder), name), specification)
      }
    } catch let error as ExperimentError {
      throw error
    } catch {
      throw .failure("\(error)")
    }
  }

  /// Adds the episode of a file.
  private mutating func append(_ file: String, _ specification: WorldSpecification) throws {
    let columns: [Safetensors.Column]
    do {
      columns = try Safetensors.decodeColumns(try Files.read(file, what: "demonstration")).0
    } catch let error as ExperimentError {
      throw error
    } catch {
      throw ExperimentError.failure("\(file): \(error)")
    }
    func column(_ name: String, _ type: Safetensors.Column.NumberType) throws -> Safetensors.Column {
      guard let column = columns.first(where: { $0.name == name && $0.type == type }) else {
        throw ExperimentError.failure("\(file): there is no column '\(name)' of type \(type.rawValue).")
      }
      return column
    }
    let seen = try column("observations", .uint8), done = try column("actions", .int32)
    let steps = done.bytes.count / 4
    guard done.shape == [steps], seen.shape == [steps + 1, observationSize] else {
      throw ExperimentError.failure(
        "\(file): observations of shape \(seen.shape) and actions of shape \(done.shape) are no episode of "
          + "\(specification.id), whose observations have \(observationSize) bytes; name the world and the observation that "
          + "were demonstrated in.")
    }
    let actions = done.bytes.withUnsafeBytes { bytes in
      (0..<steps).map { Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: Int32.self)) }
    }
    guard actions.allSatisfy({ (0..<Int32(specification.actions.count)).contains($0) }) else {
      throw ExperimentError.failure("\(file): an action is none of \(specification.id)'s.")
    }
    let cardinalities = specification.observation.cardinalities
    guard seen.bytes.indices.allSatisfy({ Int(seen.bytes[$0]) < cardinalities[$0 % observationSize] }) else {
      throw ExperimentError.failure("\(file): an observation is none of \(specification.id)'s.")
    }
    append(observations: seen.bytes, actions: actions)
  }
}
