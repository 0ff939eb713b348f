import Foundation
import KnackEnvironment
import KnackGridworld
import Testing

/// What the Python package `minigrid` did, replayed. scripts/reference/minigrid_traces.py made the files.
@Suite struct GoldenTests {
  private func lines(_ name: String) throws -> [Substring] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
  }

  /// A few traces line by line, so that a difference can be read; lines are compared as `knack trace` prints them.
  @Test func tracesReadAsMiniGridsDo() throws {
    let registry = EnvironmentRegistry(Gridworld.entries)
    for line in try lines("traces.jsonl") {
      let request = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let id = try #require(request["environment"] as? String),
        seed = try #require(request["seed"] as? UInt64)
      let actions = try #require(request["actions"] as? [Int])
      var traced: [String] = []
      try registry.kind(id).trace(seed: seed, actions: actions) { traced.append($0.json) }
      let expected = line.components(separatedBy: "\"lines\":[")[1].dropLast(2)
      #expect(traced.joined(separator: ",") == expected, "\(id)")
    }
  }

  /// Every id, many seeds, several episodes each: images, directions, missions, rewards bit for bit, ends, and where
  /// the random stream stands afterwards.
  @Test func everyTaskPlaysAsMiniGridDoes() throws {
    var steps = 0, played: Set<Substring> = []
    let tasks = Dictionary(uniqueKeysWithValues: Gridworld.tasks.map { ($0.id, $0) })
    var wrong: [Substring: [UInt64]] = [:]
    for line in try lines("digests.txt") {
      let parts = line.split(separator: " ")
      if parts[0] == "#" {
        if parts[1] == "steps" { steps = try #require(Int(parts[2])) }
        continue
      }
      let task = try #require(tasks[String(parts[0])], "\(parts[0]) is missing")
      let seed = try #require(UInt64(parts[1]))
      var player = Player(task, seed: seed)
      if String(player.digest(seed: seed, steps: steps), radix: 16)
        != String(UInt64(parts[2], radix: 16)!, radix: 16)
      {
        wrong[parts[0], default: []].append(seed)
      }
      played.insert(parts[0])
    }
    #expect(wrong.isEmpty)
    #expect(played.count == Gridworld.tasks.count, "every task is replayed")
  }
}
