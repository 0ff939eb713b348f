import Foundation
import KnackEnvironment
import KnackNumerics
import Testing

@testable import KnackCrafter

/// `CrafterFast-v1` draws other numbers than `Crafter-v1`, with the same chances.
@Suite struct VariantTests {
  private let rules = CrafterRules(.crafter, id: "Crafter-v1", observation: .symbolic)
  private static let moments = [0, 60, 120, 180, 240, 300]

  private struct Sample {
    /// Cells of each material at the start of each episode.
    var materials = [[Double]](repeating: [], count: 13)
    /// Creatures of each kind at some moments of each episode in which nobody moves or dies.
    var creatures = [[Double]](repeating: [], count: 3 * VariantTests.moments.count)
    /// Episodes of random play in which each achievement was reached, and their lengths.
    var reached = [Int](repeating: 0, count: 22)
    var lengths: [Double] = []
  }

  private func sample<Draws: CrafterDraws>(_ draws: Draws.Type, episodes: Int) -> Sample {
    var sample = Sample(), world = CrafterWorld<Draws>(rules)
    world.seed(1, rules)
    for _ in 0..<episodes {
      world.reset(rules)
      var whole = world
      whole.makeWhole(rules)
      var counts = [Double](repeating: 0, count: 13)
      for x in 0..<64 { for y in 0..<64 { counts[Int(whole.map.material(x, y).rawValue)] += 1 } }
      for i in 0..<13 { sample.materials[i].append(counts[i]) }
      for step in 0...300 {
        if let moment = Self.moments.firstIndex(of: step) {
          whole = world
          whole.makeWhole(rules)
          for (i, kind) in [CrafterKind.cow, .zombie, .skeleton].enumerated() {
            let count = (0..<whole.objects.count).count { whole.objects.records[$0].kind == kind.rawValue }
            sample.creatures[3 * moment + i].append(Double(count))
          }
        }
        world.player.health = 9
        _ = world.step(CrafterAction.noop.rawValue, rules)
      }
    }
    var random = RandomStream(seed: 7, stream: 0)
    for _ in 0..<4 * episodes {
      world.reset(rules)
      while true {
        let outcome = world.step(Int(random.below(17)), rules)
        if outcome.terminated || outcome.truncated { break }
      }
      for i in 0..<22 where world.player.reached >> UInt32(i) & 1 != 0 { sample.reached[i] += 1 }
      sample.lengths.append(Double(world.steps))
    }
    return sample
  }

  @Test func terrainCreaturesAndRandomPlayAgree() {
    let episodes = 250
    let package = sample(PackageDraws.self, episodes: episodes)
    let fast = sample(FastDraws.self, episodes: episodes)
    var agreement = Agreement()
    for material in CrafterMaterial.allCases {
      let i = Int(material.rawValue)
      agreement.compare("cells of \(material)", package.materials[i], fast.materials[i])
    }
    for (moment, step) in Self.moments.enumerated() {
      for (i, kind) in ["cows", "zombies", "skeletons"].enumerated() {
        agreement.compare(
          "\(kind) after \(step) steps", package.creatures[3 * moment + i], fast.creatures[3 * moment + i])
      }
    }
    agreement.compare(
      rates: CrafterAchievement.allCases.map(\.name), package.reached, of: 4 * episodes, fast.reached,
      of: 4 * episodes)
    agreement.compare("length of an episode", package.lengths, fast.lengths)
    #expect(agreement.disagreements == [])
  }

  /// Random play sees little of a world; the expert digs, fights, sleeps and drinks its way through nearly all of it.
  private func expertPlayDisagrees(episodes: UInt64, steps: Int, moments: [Int]) -> [String] {
    let package = ExpertPlay(PackageDraws.self, rules, seeds: 0..<episodes, steps: steps, moments: moments)
    let fast = ExpertPlay(FastDraws.self, rules, seeds: 0..<episodes, steps: steps, moments: moments)
    var agreement = Agreement()
    agreement.compare(
      rates: CrafterAchievement.allCases.map(\.name), package.reached, of: Int(episodes), fast.reached,
      of: Int(episodes))
    agreement.compare("length of an episode", package.lengths, fast.lengths)
    for (i, (first, second)) in zip(package.creatures, fast.creatures).enumerated() {
      let kind = ExpertPlay.kinds[i % ExpertPlay.kinds.count].name
      agreement.compare("\(kind) after \(moments[i / ExpertPlay.kinds.count]) steps", first, second)
    }
    return agreement.disagreements
  }

  @Test func expertPlayAgrees() {
    #expect(expertPlayDisagrees(episodes: 24, steps: 400, moments: [50, 150, 250, 350]) == [])
  }

  @Test(.enabled(if: ProcessInfo.processInfo.environment["KNACK_LONG_TESTS"] != nil))
  func expertPlayAgreesThroughLongLives() {
    let moments = [50, 100, 200, 300, 450, 600, 900, 1200, 1800]
    #expect(expertPlayDisagrees(episodes: 300, steps: 2000, moments: moments) == [])
  }

  @Test func noiseInLayersIsNoiseAtPlaces() {
    var simplex = OpenSimplex(seed: 7919)
    var memory = InlineArray<4096, Float>(repeating: 0), all = InlineArray<64, UInt64>(repeating: .max)
    var largest: Float = 0
    withUnsafeMutablePointer(to: &memory) { memory in
      withUnsafeMutablePointer(to: &all) { all in
        let layer = NoiseLayer(values: UnsafeMutableRawPointer(memory).assumingMemoryBound(to: Float.self))
        let cells = MapBits(columns: UnsafeMutableRawPointer(all).assumingMemoryBound(to: UInt64.self))
        for (size, z) in [(3.0, 8), (5, 0), (9, 4), (15, 3)] {
          layer.clear()
          layer.add(&simplex, step: (1 / size, 1 / size), z: z, at: cells)
          for x in 0..<64 {
            for y in 0..<64 {
              let exact = simplex.noise(Double(x) / size, Double(y) / size, Double(z))
              largest = max(largest, abs(layer.values[64 * x + y] - Float(exact)))
            }
          }
        }
      }
    }
    #expect(largest < NoiseLayer.error / 4)
  }

  /// A copy goes on as the original does, and so does what was saved.
  @Test(arguments: ["Crafter-v1", "CrafterFast-v1"])
  func statesAreKeptWithTheirRandomNumbers(id: String) throws {
    let kind = try EnvironmentRegistry(Crafter.entries).kind(id)
    let batch = VectorEnvironment(kind, count: 2), other = VectorEnvironment(kind, count: 2)
    let size = kind.specification.observation.size
    func play(_ batch: VectorEnvironment, _ steps: Int) -> [UInt8] {
      var random = RandomStream(seed: 3, stream: 0), seen: [UInt8] = []
      for _ in 0..<steps {
        let action = Int32(random.below(17))
        batch.step([action, action])
        seen += UnsafeBufferPointer(start: batch.observations, count: 2 * size)
      }
      return seen
    }
    batch.reset(seed: 5)
    _ = play(batch, 170)  // into the night, in which the package's renderer draws
    batch.copy(world: 0, to: 1)
    try other.restore(batch.save())
    let seen = play(batch, 300)
    #expect(seen == play(other, 300))
    for step in stride(from: 0, to: seen.count, by: 2 * size) {
      #expect(seen[step..<step + size] == seen[step + size..<step + 2 * size])
    }
  }
}
