import Foundation
import KnackCrafter
import KnackEnvironment
import KnackLearning
import KnackNetworks
import KnackStage
import Testing

@testable import KnackExperiments

/// Episodes that are kept as data.
@Suite struct DemonstrationTests {
  private let folder = NSTemporaryDirectory() + "knack-demonstrations-\(UUID().uuidString)"

  @Test func columnsAreTheEpisode() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let kind = try #require(Crafter.entries.first).kind("symbolic")
    let writer = try DemonstrationWriter(folder, world: kind, settings: WorldSettings(), player: "person")
    let playback = Playback(kind, agent: IdleAgent(), seed: 7)
    for step in 0..<30 { playback.advance(by: step % 5) }
    try writer.write(playback)
    playback.begin(1)
    playback.advance(by: 2)
    try writer.write(playback)
    #expect(writer.count == (2, 31))

    let bytes = try Files.read(folder + "/episode-000000.safetensors", what: "demonstration")
    let (columns, metadata) = try Safetensors.decodeColumns(bytes)
    #expect(metadata["format"] == "knack-demonstration")
    func column(_ name: String) throws -> Safetensors.Column {
      try #require(columns.first { $0.name == name })
    }
    let size = kind.specification.observation.size
    let observations = try column("observations")
    #expect(observations.shape == [31, size] && observations.type == .uint8)
    #expect(try column("actions").bytes == (0..<30).flatMap { [UInt8($0 % 5), 0, 0, 0] })
    #expect(try column("by_hand").bytes == [UInt8](repeating: 1, count: 30))
    // The first observation is that of the seed's first episode.
    let environment = VectorEnvironment(kind, count: 1)
    environment.reset(seed: 7)
    #expect(
      Array(observations.bytes[..<size])
        == Array(UnsafeBufferPointer(start: environment.observations, count: size)))

    let manifest = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(fileURLWithPath: folder + "/manifest.json")))
    let episodes = try #require((manifest as? [String: Any])?["episodes"] as? [[String: Any]])
    #expect(episodes.map { $0["steps"] as? Int } == [30, 1])
    #expect(episodes.map { $0["seed"] as? Int } == [7, 8])
    #expect(throws: ExperimentError.self) {
      try DemonstrationWriter(folder, world: kind, settings: WorldSettings(), player: "person")
    }
  }

  /// Demonstrations of an untrained player in Crafter, with these options; their manifest's episodes, and the share of slips.
  private func demonstrate(
    _ player: UntrainedPlayer, to name: String, _ change: (inout DemonstrationOptions) -> Void
  ) throws -> (report: DemonstrationReport, episodes: [[String: Any]], slips: Double) {
    var options = DemonstrationOptions()
    change(&options)
    let performance = try Performance(
      environment: "Crafter-v1", player: player, seed: 7, registry: EnvironmentRegistry(Crafter.entries))
    let report = try performance.demonstrate(to: folder + name, options)
    let manifest = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(fileURLWithPath: folder + name + "/manifest.json")))
    let episodes = try #require((manifest as? [String: Any])?["episodes"] as? [[String: Any]])
    var slips = 0, steps = 0
    for episode in episodes {
      let file = try #require(episode["file"] as? String)
      let bytes = try Files.read("\(folder)\(name)/\(file)", what: "demonstration")
      let column = try #require(try Safetensors.decodeColumns(bytes).0.first { $0.name == "by_hand" })
      slips += column.bytes.reduce(0) { $0 + Int($1) }
      steps += column.bytes.count
    }
    #expect(report.steps == steps && report.episodes == episodes.count)
    return (report, episodes, Double(slips) / Double(max(1, steps)))
  }

  @Test("An expert demonstrates with slips, in as many worlds as are asked for, and again the same")
  func demonstrates() throws {
    defer { for name in ["a", "b"] { try? FileManager.default.removeItem(atPath: folder + name) } }
    func options(_ options: inout DemonstrationOptions) {
      (options.episodes, options.noise, options.worlds, options.steps) = (4, 0.25, 2, 100)
    }
    let one = try demonstrate(.expert, to: "a", options), other = try demonstrate(.expert, to: "b", options)
    #expect(one.episodes.map { $0["seed"] as? Int } == [7, 8, 7, 8])
    #expect(one.report.played == 4 && abs(one.slips - 0.25) < 0.1)
    for number in 0..<4 {
      let file = "/episode-00000\(number).safetensors"
      #expect(
        try Files.read(folder + "a" + file, what: "") == Files.read(folder + "b" + file, what: ""))
    }
    #expect(
      try Files.read(folder + "a/episode-000000.safetensors", what: "")
        != Files.read(folder + "a/episode-000002.safetensors", what: ""), "the slips differ in the same world"
    )
    #expect(other.slips == one.slips)
  }

  @Test("Who hardly ever succeeds is refused successes, and what there is stays")
  func refusesSuccesses() throws {
    defer { try? FileManager.default.removeItem(atPath: folder + "c") }
    #expect(throws: ExperimentError.self) {
      _ = try demonstrate(.random, to: "c") {
        ($0.episodes, $0.successesOnly, $0.steps) = (1, true, 2)
      }
    }
    #expect(FileManager.default.fileExists(atPath: folder + "c/manifest.json"))
  }

  @Test(
    "What was demonstrated can be read to be learned from, and what is no episode of the world is refused by name"
  )
  func readsDemonstrations() throws {
    defer { try? FileManager.default.removeItem(atPath: folder + "d") }
    let (report, _, _) = try demonstrate(.random, to: "d") { ($0.episodes, $0.steps) = (3, 20) }
    let kind = try EnvironmentRegistry(Crafter.entries).kind("Crafter-v1")
    let set = try DemonstrationSet(folder: folder + "d", for: kind.specification)
    #expect(set.count.episodes == 3 && set.count.steps == report.steps)
    #expect(set.stretches(of: 20).map(\.episode) == [0, 1, 2])
    // What is seen before the second step of the last episode is what the world shows there.
    let environment = VectorEnvironment(kind, count: 1)
    environment.reset(seed: 9)
    environment.step([set.read(2, 0) { _ in }])
    let size = kind.specification.observation.size
    _ = set.read(2, 1) { seen in
      #expect(
        Array(UnsafeBufferPointer(start: seen, count: size))
          == Array(UnsafeBufferPointer(start: environment.observations, count: size)))
    }

    func refusal(_ change: (String) throws -> Void) throws -> String {
      try change(folder + "d")
      do {
        _ = try DemonstrationSet(folder: folder + "d", for: kind.specification)
      } catch {
        return "\(error)"
      }
      return ""
    }
    let file = folder + "d/episode-000001.safetensors"
    let whole = try Files.read(file, what: "")
    let other = try Safetensors.encode(
      columns: [
        Safetensors.Column(
          name: "observations", type: .uint8, shape: [2, size],
          bytes: [UInt8](repeating: 255, count: 2 * size)),
        Safetensors.Column("actions", .int32, shape: [1], [Int32(3)]),
      ], metadata: [:])
    #expect(
      try refusal { _ in try Files.replace(file, other) }.contains("an observation is none of Crafter-v1's"))
    #expect(try refusal { _ in try Files.replace(file, Array(whole.dropLast(9))) }.contains(file))
    #expect(
      try refusal { try FileManager.default.removeItem(atPath: $0 + "/manifest.json") }.contains(
        "knack demonstrate"))
  }
}
