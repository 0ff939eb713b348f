import KnackEnvironment
import KnackNumerics
import Testing

@testable import KnackCrafter

/// Maps that are made chunk by chunk.
@Suite struct ChunkTests {
  private let rules = CrafterRules(.crafter, id: "CrafterFast-v1", observation: .symbolic)

  private func world(seed: UInt64) -> CrafterWorld<FastDraws> {
    var world = CrafterWorld<FastDraws>(rules)
    world.seed(seed, rules)
    world.reset(rules)
    return world
  }

  /// Whatever a step can look at is there: the chunks of all cells less than 19 away.
  @Test func chunksNearThePlayerAreMade() {
    var world = world(seed: 3), random = RandomStream(seed: 1, stream: 0), made: Set<UInt64> = []
    var action = 1
    for step in 0..<4000 {
      // Wanders for a while in one direction, and digs and builds.
      if step % 7 == 0 { action = 1 + Int(random.below(4)) }
      world.player.inventory[CrafterItem.woodPickaxe.rawValue] = 1
      _ = world.step(step % 3 == 0 ? CrafterAction.do.rawValue : action, rules)
      world.player.health = 9
      for x in max(0, world.playerX - 18)...min(63, world.playerX + 18) {
        let rest = 18 - abs(x - world.playerX)
        for y in max(0, world.playerY - rest)...min(63, world.playerY + rest)
        where world.unmade >> UInt64(CrafterMap.chunk(x, y)) & 1 != 0 {
          Issue.record("(\(x), \(y)) is not there when the player is at \(world.position)")
          return
        }
      }
      made.insert(world.unmade)
    }
    #expect(made.count > 5, "chunks were made on the way")
  }

  /// When a chunk is made changes neither its terrain nor, as far as nobody is near, who lives there.
  @Test func chunksDoNotDependOnWhenTheyAreMade() {
    for seed in 0..<8 as Range<UInt64> {
      var late = world(seed: seed)
      var early = late
      early.makeWhole(rules)
      for _ in 0..<200 {
        late.player.health = 9
        _ = late.step(CrafterAction.noop.rawValue, rules)
      }
      var again = late
      late.makeWhole(rules)
      again.makeWhole(rules)
      var differences = 0, same = true
      for x in 0..<64 {
        for y in 0..<64 {
          if late.map.material(x, y) != early.map.material(x, y) { differences += 1 }
          if late.map.occupants[CrafterMap.cell(x, y)] != again.map.occupants[CrafterMap.cell(x, y)] {
            same = false
          }
        }
      }
      #expect(differences == 0 && same)
      #expect(late.unmade == 0)
    }
  }

  /// A seed is one game, whatever is shown of it.
  @Test func whatIsShownChangesNoGame() throws {
    let registry = EnvironmentRegistry(Crafter.entries)
    func rewards(_ observation: String) throws -> [Float] {
      let batch = VectorEnvironment(try registry.kind("CrafterFast-v1", observation: observation), count: 2)
      batch.reset(seed: 5)
      var random = RandomStream(seed: 2, stream: 0), rewards: [Float] = []
      for _ in 0..<600 {
        batch.step((0..<2).map { _ in Int32(random.below(17)) })
        rewards += [batch.rewards[0], batch.rewards[1]]
      }
      return rewards
    }
    let symbolic = try rewards("symbolic")
    #expect(try rewards("semantic") == symbolic && rewards("pixels") == symbolic)
    #expect(Set(symbolic).count > 3)
  }

  /// The table of lattice points leaves none out: noise is the sum over all of them.
  @Test func noiseInChunksIsTheSumOverTheLattice() {
    let plan = NoisePlan.shared, key: UInt64 = 0x1234_5678_9abc_def1
    for layer in NoiseLayerName.allCases {
      for chunk in [0, 14, 21, 35] {
        var values = [SIMD8<Float>](repeating: .zero, count: 18)
        plan.add(layer, of: chunk, key, groups: 1 << 18 - 1, to: &values)
        let swaps = layer == .crossTunnels
        for cell in stride(from: 0, to: 144, by: 5) {
          let column = cell / 12, row = cell % 12
          let x = 12 * (chunk / 6) + (swaps ? row : column), y = 12 * (chunk % 6) + (swaps ? column : row)
          let step = swaps ? (x: layer.step.y, y: layer.step.x) : layer.step
          let sum = sum(SIMD3(Double(x) * step.x, Double(y) * step.y, Double(layer.z)), plan, key)
          #expect(abs(Double(values[cell / 8][cell % 8]) - sum) < 1e-4, "\(layer) in chunk \(chunk)")
        }
      }
    }
  }

  /// Noise that is interpolated is hardly another.
  @Test func interpolatedNoiseIsNearNoise() {
    let plan = NoisePlan.shared
    var largest: Float = 0, squares = 0.0, cells = 0.0
    for layer in [NoiseLayerName.wetness, .height] {
      for chunk in 0..<CrafterMap.chunks {
        for key in 1...20 as ClosedRange<UInt64> {
          var values = [SIMD8<Float>](repeating: .zero, count: 18), interpolated = values
          plan.add(layer, of: chunk, key &* 0x9e37_79b9_7f4a_7c15, groups: 1 << 18 - 1, to: &values)
          plan.interpolation.set(layer, of: chunk, key &* 0x9e37_79b9_7f4a_7c15, plan, to: &interpolated)
          for i in 0..<144 {
            let difference = abs(values[i / 8][i % 8] - interpolated[i / 8][i % 8])
            largest = max(largest, difference)
            squares += Double(difference * difference)
            cells += 1
          }
        }
      }
    }
    #expect(largest < 0.01 && (squares / cells).squareRoot() < 0.0015)
  }

  /// Chance picks cells with its probability, each independently.
  @Test(arguments: [0, 0.006, 0.2, 0.75, 1])
  func chancePicksItsShare(chance: Double) {
    let all = ChunkBits { _, _ in true }
    var draws = FastDraws()
    draws.seed(11)
    draws.beginEpisode()
    let rounds = 4000
    var counts = [Int](repeating: 0, count: 144), pairs = 0
    for _ in 0..<rounds {
      let picked = all.picked(CrafterChance(chance), &draws)
      #expect(picked.count == (0..<144).count { picked.contains($0) })
      picked.forEach { counts[$0] += 1 }
      for cell in 1..<144 where picked.contains(cell) && picked.contains(cell - 1) { pairs += 1 }
    }
    let deviation = (chance * (1 - chance) * Double(rounds)).squareRoot()
    for count in counts { #expect(abs(Double(count) - chance * Double(rounds)) <= 5 * deviation) }
    let expected = chance * chance * Double(143 * rounds)
    #expect(abs(Double(pairs) - expected) <= 6 * expected.squareRoot() * (1 - chance))
  }

  private func sum(_ place: SIMD3<Double>, _ plan: NoisePlan, _ key: UInt64) -> Double {
    // The lattice point (a, b, c) lies at (a, b, c) + (a + b + c) / 3.
    let middle = place - place.sum() / 6
    var sum = 0.0
    for i in 0..<7 * 7 * 7 {
      let point = SIMD3(
        Int(middle.x.rounded()) + i / 49 - 3, Int(middle.y.rounded()) + i / 7 % 7 - 3,
        Int(middle.z.rounded()) + i % 7 - 3)
      let lattice = SIMD3(Double(point.x), Double(point.y), Double(point.z))
      let d = place - (lattice + lattice.sum() / 3)
      let rest = 2 - (d * d).sum()
      guard rest > 0 else { continue }
      let gradient = plan.gradient(NoisePlan.code(point), key)
      let slope = Double(gradient.x) * d.x + Double(gradient.y) * d.y + Double(gradient.z) * d.z
      sum += rest * rest * rest * rest * slope
    }
    return sum
  }
}
