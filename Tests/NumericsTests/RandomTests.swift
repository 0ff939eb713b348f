import Foundation
import KnackNumerics
import Testing

/// The methods that NumPy's two generators share, under one set of names.
private protocol NumPyMethods {
  mutating func draw(_ low: Int, _ high: Int) -> Int
  mutating func random() -> Double
  mutating func uniform(_ low: Double, _ high: Double) -> Double
  mutating func choice(_ count: Int) -> Int
  mutating func choice(probabilities: [Double]) -> Int
  mutating func shuffle<T>(_ elements: UnsafeMutableBufferPointer<T>)
  mutating func permutation(_ count: Int) -> [Int]
}

extension NumPyGenerator: NumPyMethods {
  mutating func draw(_ low: Int, _ high: Int) -> Int { integers(low, high) }
}

extension NumPyRandomState: NumPyMethods {
  mutating func draw(_ low: Int, _ high: Int) -> Int { randint(low, high) }
  mutating func random() -> Double { randomSample() }
}

@Suite struct RandomTests {
  let golden: [String: Any]

  init() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "Golden/numpy_random.json")
    golden = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
  }

  private func replay(_ name: String, _ make: (UInt64) -> any NumPyMethods) throws {
    let weights = try #require(golden["weights"] as? [Double])
    for item in try #require(golden[name] as? [[String: Any]]) {
      let seed = try #require((item["seed"] as? String).flatMap { UInt64($0) })
      var random = make(seed)
      for (i, call) in try #require(item["calls"] as? [[Any]]).enumerated() {
        func integer(_ j: Int) -> Int { call[j] as? Int ?? .min }
        func text(_ j: Int) -> Int { (call[j] as? String).flatMap { Int($0) } ?? .min }
        let same =
          switch call[0] as? String {
          case "integers": random.draw(text(1), text(2)) == text(3)
          case "random": "\(random.random().bitPattern)" == call[1] as? String
          case "uniform": "\(random.uniform(-1.5, call[1] as? Double ?? 0).bitPattern)" == call[2] as? String
          case "choice": random.choice(integer(1)) == integer(2)
          case "weighted": random.choice(probabilities: weights) == integer(1)
          case "shuffle": shuffled((call[1] as? [Int])?.count ?? 0, &random) == call[1] as? [Int]
          case "permutation":
            random.permutation((call[1] as? [Int])?.count ?? 0) == call[1] as? [Int]
          default: false
          }
        #expect(same, "\(name), seed \(seed), call \(i): \(call)")
        guard same else { break }
      }
    }
  }

  private func shuffled(_ count: Int, _ random: inout any NumPyMethods) -> [Int] {
    var items = Array(0..<count)
    items.withUnsafeMutableBufferPointer { random.shuffle($0) }
    return items
  }

  @Test func generatorDrawsWhatNumPyDraws() throws {
    try replay("generator") { NumPyGenerator(seed: $0) }
  }

  @Test func randomStateDrawsWhatNumPyDraws() throws {
    try replay("legacy") { NumPyRandomState(seed: UInt32($0)) }
  }

  @Test func seedSequenceOfAnySize() throws {
    for item in try #require(golden["seed sequence"] as? [[String: Any]]) {
      let words = try #require(item["words"] as? [Int]).map { UInt32($0) }
      let state = SeedSequence(words: words).state
      #expect((0..<8).map { Int(state[$0]) } == item["state"] as? [Int], "\(words)")
    }
    let long = SeedSequence(words: [5, 9]).state
    #expect(SeedSequence(9 << 32 | 5).state == long)
  }

  /// The known answers published with Philox (Random123's `kat_vectors`, philox4x32, 10 rounds).
  @Test func philoxKnownAnswers() {
    let zero = CounterRandom(key: 0).words(counter: SIMD4(repeating: 0))
    #expect(zero == SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
    let ones = CounterRandom(key: .max).words(counter: SIMD4(repeating: .max))
    #expect(ones == SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
    let pi = CounterRandom(key: 0x299f_31d0_a409_3822)
      .words(counter: SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344))
    #expect(pi == SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
  }

  @Test func streamsResumeAtAnyPosition() {
    for position in 0..<9 {
      var whole = RandomStream(seed: 3, stream: 1)
      for _ in 0..<position { _ = whole.next32() }
      var resumed = RandomStream(seed: 3, stream: 1, position: whole.position)
      #expect((0..<6).map { _ in whole.next32() } == (0..<6).map { _ in resumed.next32() })
    }
    var a = RandomStream(seed: 3, stream: 1), b = RandomStream(seed: 3, stream: 2)
    #expect(a.next() != b.next())
  }

  @Test func manyAreThoseDrawnOneByOne() {
    for (passed, count) in [(0, 3087), (1, 700), (623, 1)] {
      var one = NumPyRandomState(seed: 7)
      one.skip(passed)
      var many = one, drawn = [Double](repeating: 0, count: count + 1)
      many.uniform(32, 127, into: &drawn, count: count)
      #expect(drawn.dropLast().allSatisfy { $0 == one.uniform(32, 127) } && drawn.last == 0)
      #expect(many.next32() == one.next32())
    }
  }

  @Test func streamsAreUniformAndNormal() {
    var random = RandomStream(seed: 11, stream: 0)
    let n = 20_000
    var counts = [Int](repeating: 0, count: 7)
    var sum = 0.0, squares = 0.0, uniform: Float = 0
    for _ in 0..<n {
      counts[Int(random.below(7))] += 1
      let x = random.normal()
      sum += x
      squares += x * x
      let u = random.uniform()
      #expect(u >= 0 && u < 1)
      uniform += u
    }
    #expect(counts.allSatisfy { abs($0 - n / 7) < 250 })
    #expect(abs(sum / Double(n)) < 0.03 && abs(squares / Double(n) - 1) < 0.05)
    #expect(abs(uniform / Float(n) - 0.5) < 0.01)

    var items = Array(0..<100)
    items.withUnsafeMutableBufferPointer { random.shuffle($0) }
    #expect(items != Array(0..<100) && items.sorted() == Array(0..<100))
  }
}
