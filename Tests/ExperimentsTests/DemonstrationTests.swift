import Foundation
import KnackCrafter
import KnackEnvironment
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
}
