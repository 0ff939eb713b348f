import KnackAgent
import KnackEnvironment
import KnackNetworks

extension SuccessCritic {
  private static let file = "success-critic.safetensors"

  /// Writes the critic beside the skills that it is about.
  ///
  /// - Throws: ``ExperimentError``.
  func write(to folder: String) throws(ExperimentError) {
    try Files.makeFolder(folder)
    let tensors = network.network.layout.tensors(of: network.parameters)
    try Files.replace(
      Files.join(folder, Self.file), Safetensors.encode(tensors, metadata: ["format": "knack-success-critic"])
    )
  }

  /// Reads the critic of a library's folder.
  ///
  /// - Parameter specification: what policies see, that of the world with commands.
  /// - Throws: ``ExperimentError``, whose sentence names the file and what is wrong.
  convenience init(folder: String, for specification: WorldSpecification) throws(ExperimentError) {
    let path = Files.join(folder, Self.file)
    guard Files.exists(path) else {
      throw .mistake("'\(folder)' holds no \(Self.file); `knack refine` makes one.")
    }
    self.init(cardinalities: specification.observation.cardinalities, seed: 0)
    do {
      let tensors = try Safetensors.decode(try Files.read(path, what: "critic")).tensors
      try network.network.layout.load(tensors, into: network.parameters)
    } catch let error as ExperimentError {
      throw error
    } catch {
      throw .failure("\(path): \(error)")
    }
  }
}
