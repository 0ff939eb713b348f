import Foundation
import Testing

@testable import KnackCrafter

/// What the Python package `crafter` did, replayed. scripts/reference/crafter_traces.py made the file.
@Suite struct GoldenTests {
  /// Seeds, actions and a digest after every hundred.
  private struct Trace {
    var seed: UInt64
    var actions: Substring
    var digests: [Substring]
  }

  private func traces() throws -> [Trace] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/traces.txt")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter {
      $0.first != "#"
    }
    return try stride(from: 0, to: lines.count, by: 3).map {
      Trace(
        seed: try #require(UInt64(lines[$0].dropFirst("seed ".count))), actions: lines[$0 + 1],
        digests: lines[$0 + 2].split(separator: " "))
    }
  }

  /// Maps, places, inventories, achievements, rewards bit for bit and ends, through days and nights and many episodes.
  @Test func everyStepIsThePackages() throws {
    let rules = CrafterRules(.crafter, id: "Crafter-v1", observation: .symbolic)
    let traces = try traces()
    var reached: UInt32 = 0, steps = 0
    for trace in traces {
      var world = CrafterWorld<PackageDraws>(rules), digest = CrafterDigest()
      world.seed(trace.seed, rules)
      world.reset(rules)
      digest.add(&world, reward: 0, isOver: false)
      var digests: [String] = []
      for (count, letter) in trace.actions.utf8.enumerated() {
        if letter == UInt8(ascii: "!") {
          world.reset(rules)
          digest.add(&world, reward: 0, isOver: false)
        } else {
          let outcome = world.step(Int(letter - UInt8(ascii: "a")), rules)
          digest.add(&world, reward: outcome.reward, isOver: outcome.terminated || outcome.truncated)
          reached |= world.player.reached
          steps += 1
        }
        if (count + 1) % 100 == 0 { digests.append(String(digest.value, radix: 16)) }
      }
      let expected = trace.digests.map { String(UInt64($0, radix: 16) ?? 0, radix: 16) }
      let wrong = zip(digests, expected).enumerated().first { $1.0 != $1.1 }?.offset
      #expect(wrong == nil, "seed \(trace.seed) differs within the hundred from action \(100 * (wrong ?? 0))")
      #expect(digests.count == expected.count)
    }
    #expect(traces.count >= 30)
    #expect(steps > 50_000)
    #expect(reached.nonzeroBitCount >= 18, "most achievements occur in the traces")
  }
}

/// The digest of scripts/reference/crafter_traces.py: maps enter as polynomials, all else as numbers.
struct CrafterDigest {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325
  private static let prime: UInt64 = 0x9e37_79b9_7f4a_7c15

  private mutating func add(_ number: UInt64) {
    value = (value ^ number) &* Self.prime
    value ^= value >> 29
  }

  mutating func add(_ world: inout CrafterWorld<PackageDraws>, reward: Double, isOver: Bool) {
    var map: UInt64 = 0, weight: UInt64 = 1
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 4096) { cells in
      world.writeSemantic(into: cells.baseAddress!)
      for cell in cells {
        weight = weight &* Self.prime
        map = map &+ weight &* UInt64(cell)
      }
    }
    add(map)
    add(UInt64(world.position.x))
    add(UInt64(world.position.y))
    for item in CrafterItem.allCases { add(UInt64(world.player[item])) }
    for achievement in CrafterAchievement.allCases { add(UInt64(world.player.count(achievement))) }
    add(reward.bitPattern)
    add(isOver ? 1 : 0)
  }
}
