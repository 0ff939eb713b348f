import Foundation
import KnackLearning
import KnackNetworks

/// The checkpoints of a run: folders that are complete once they have their name, and symbolic links to them.
///
///     step-000000409600/weights.safetensors     one tensor for each slice of the network's parameters
///                       optimizer.safetensors   the optimiser's moments, `<vector>/<slice>`
///                       state.bin               the worlds with their random streams
///                       state.json              the counters
///     latest, best, milestone-<steps>           links
///
/// A checkpoint stays as long as a link points at it. The change of `latest` is what makes a checkpoint count: all that
/// came after the one it points at is forgotten when a run is opened, so that a process killed at any instant loses no
/// more than the steps since then.
struct CheckpointStore {
  let folder: String
  /// What the weights belong to, for the files' metadata.
  let configuration: ExperimentConfiguration
  let layout: ParameterLayout

  private init(folder: String, configuration: ExperimentConfiguration, layout: ParameterLayout) {
    (self.folder, self.configuration, self.layout) = (folder, configuration, layout)
  }

  init(_ run: RunDirectory, _ configuration: ExperimentConfiguration, _ layout: ParameterLayout) {
    folder = run.checkpoints
    self.configuration = configuration
    self.layout = layout
  }

  static func name(atStep step: Int) -> String {
    let digits = String(step)
    return "step-" + String(repeating: "0", count: max(0, 12 - digits.count)) + digits
  }

  // MARK: - Writing

  /// Writes a checkpoint, points the links at it, `latest` last, and removes what no link needs.
  func commit(
    _ state: TrainingState, _ progress: RunProgress, isMilestone: Bool = false
  ) throws(ExperimentError) {
    let name = Self.name(atStep: progress.environmentSteps)
    let final = Files.join(folder, name)
    let draft = final + Files.temporarySuffix
    Files.remove(draft)
    do {
      try Files.makeFolder(draft)
      for (file, bytes) in try encode(state, progress) { try Files.create(Files.join(draft, file), bytes) }
      try Files.sync(draft)
      try Files.move(draft, to: final)
    } catch {
      Files.remove(draft)
      throw error
    }
    if isMilestone { try Files.link(Files.join(folder, "milestone-\(progress.environmentSteps)"), to: name) }
    if let best = progress.best { try point("best", to: best.checkpoint) }
    try point("latest", to: name)
    prune()
  }

  /// Forgets what is later than the latest checkpoint, which `progress` belongs to.
  func rewind(to progress: RunProgress) throws(ExperimentError) {
    if let best = progress.best {
      try point("best", to: best.checkpoint)
    } else {
      Files.remove(folder + "/best")
    }
    let current = Self.name(atStep: progress.environmentSteps)
    for name in Files.names(in: folder) {
      if let target = Files.target(ofLink: Files.join(folder, name)), target > current {
        Files.remove(Files.join(folder, name))
      }
    }
    prune()
  }

  private func point(_ link: String, to name: String) throws(ExperimentError) {
    let path = Files.join(folder, link)
    if Files.target(ofLink: path) != name { try Files.link(path, to: name) }
  }

  private func prune() {
    let names = Files.names(in: folder)
    let needed = Set(names.compactMap { Files.target(ofLink: Files.join(folder, $0)) })
    for name in names where name.hasSuffix(Files.temporarySuffix) || name.hasPrefix("step-") {
      if !needed.contains(name) { Files.remove(Files.join(folder, name)) }
    }
  }

  private func encode(
    _ state: TrainingState, _ progress: RunProgress
  ) throws(ExperimentError) -> [(file: String, bytes: [UInt8])] {
    let metadata = [
      "format": "knack", "version": "\(RunProgress.currentVersion)",
      "environment": configuration.environment.id,
      "observation": configuration.environment.observation,
    ]
    var optimizer: [Safetensors.Tensor] = []
    for (name, vector) in state.vectors.sorted(by: { $0.key < $1.key }) where name != "weights" {
      optimizer += tensors(vector, prefix: name + "/")
    }
    var progress = progress
    progress.counters = state.counters
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    do {
      return [
        (
          "weights.safetensors",
          Safetensors.encode(tensors(state.vectors["weights"] ?? [], prefix: ""), metadata: metadata)
        ),
        ("optimizer.safetensors", Safetensors.encode(optimizer, metadata: metadata)),
        ("state.bin", ByteArchive.encode(state.blobs)),
        ("state.json", Array(try encoder.encode(progress))),
      ]
    } catch {
      throw .failure("The checkpoint at step \(progress.environmentSteps) cannot be encoded: \(error).")
    }
  }

  private func tensors(_ vector: [Float], prefix: String) -> [Safetensors.Tensor] {
    precondition(vector.count == layout.count, "every vector of a training state is as long as the weights")
    return vector.withUnsafeBufferPointer { layout.tensors(of: $0.baseAddress!) }.map { tensor in
      var tensor = tensor
      tensor.name = prefix + tensor.name
      return tensor
    }
  }

  // MARK: - Reading

  /// The weights of a checkpoint, named by a link or by its folder.
  func weights(_ name: String) throws(ExperimentError) -> [Float] {
    let file = try path(name) + "/weights.safetensors"
    return try vector(try tensors(in: file), file)
  }

  /// The weights of one of several networks in a checkpoint.
  ///
  /// - Parameters:
  ///   - layout: the network's own.
  ///   - prefix: what stands before its tensors' names.
  func weights(
    _ name: String, of layout: ParameterLayout, prefix: String
  ) throws(ExperimentError) -> [Float] {
    let file = try path(name) + "/weights.safetensors"
    let names = Set(layout.slices.map { prefix + $0.name })
    let slices = try tensors(in: file).filter { names.contains($0.name) }.map { tensor in
      var tensor = tensor
      tensor.name.removeFirst(prefix.count)
      return tensor
    }
    return try CheckpointStore(folder: folder, configuration: configuration, layout: layout).vector(
      slices, file)
  }

  /// How far the run had come at a checkpoint.
  func progress(_ name: String) throws(ExperimentError) -> RunProgress {
    let path = try self.path(name) + "/state.json"
    let data = Data(try Files.read(path, what: "checkpoint"))
    struct Format: Decodable { var version: Int }
    if let format = try? JSONDecoder().decode(Format.self, from: data),
      format.version != RunProgress.currentVersion
    {
      throw .failure("\(path) has a format that this build does not know; use the build that wrote it.")
    }
    guard let progress = try? JSONDecoder().decode(RunProgress.self, from: data),
      progress.environmentSteps >= 0, progress.metricsBytes >= 0, progress.eventsBytes >= 0
    else { throw .failure("\(path) is damaged; \(Self.mend)") }
    return progress
  }

  /// Everything that a trainer saved in a checkpoint.
  func state(_ name: String) throws(ExperimentError) -> TrainingState {
    let path = try self.path(name)
    let optimizer = path + "/optimizer.safetensors"
    var vectors = ["weights": try weights(name)]
    let byVector = Dictionary(grouping: try tensors(in: optimizer)) { $0.name.prefix { $0 != "/" } }
    for (vectorName, tensors) in byVector {
      let slices = tensors.map { tensor in
        var tensor = tensor
        tensor.name.removeFirst(min(vectorName.count + 1, tensor.name.count))
        return tensor
      }
      vectors[String(vectorName)] = try vector(slices, optimizer)
    }
    return TrainingState(vectors: vectors, blobs: try blobs(name), counters: try progress(name).counters)
  }

  /// The raw bytes that a trainer saved in a checkpoint, by their names.
  func blobs(_ name: String) throws(ExperimentError) -> [String: [UInt8]] {
    let path = try self.path(name) + "/state.bin"
    guard let blobs = ByteArchive.decode(try Files.read(path, what: "checkpoint")) else {
      throw .failure("\(path) is damaged; \(Self.mend)")
    }
    return blobs
  }

  private static let mend = "point checkpoints/latest at another checkpoint of the run, or begin a new run."

  private func path(_ name: String) throws(ExperimentError) -> String {
    let path = Files.join(folder, name)
    guard !name.contains("/"), Files.isFolder(path) else {
      let known = Files.names(in: folder).filter { !$0.hasSuffix(Files.temporarySuffix) }
      throw .mistake(
        "There is no checkpoint '\(name)' in \(folder); "
          + (known.isEmpty ? "train the run first." : "choose one of: \(known.joined(separator: ", "))."))
    }
    return path
  }

  private func tensors(in file: String) throws(ExperimentError) -> [Safetensors.Tensor] {
    do {
      return try Safetensors.decode(try Files.read(file, what: "checkpoint")).tensors
    } catch let error as ExperimentError {
      throw error
    } catch {
      throw .failure("\(file): \(error)")
    }
  }

  private func vector(_ tensors: [Safetensors.Tensor], _ file: String) throws(ExperimentError) -> [Float] {
    var vector = [Float](repeating: 0, count: layout.count)
    do {
      try vector.withUnsafeMutableBufferPointer { buffer in
        try layout.load(tensors, into: buffer.baseAddress!)
      }
    } catch {
      throw .failure("\(file): \(error)")
    }
    return vector
  }
}
