import KnackNumerics
import Testing

@testable import KnackNetworks

/// Observations of given bytes, encoded for a vocabulary, with features beside them; named in reverse.
private final class Observations {
  let gathered: GatheredRows
  let samples: UnsafeMutablePointer<Int32>
  let bytes: UnsafeMutablePointer<UInt8>

  init(_ vocabulary: GatherVocabulary, count: Int) {
    var random = RandomStream(seed: 4, stream: 0)
    let size = vocabulary.cardinalities.count
    gathered = GatheredRows(
      rows: .allocate(capacity: count * vocabulary.capacity), counts: .allocate(capacity: count),
      capacity: vocabulary.capacity)
    (samples, bytes) = (.allocate(capacity: count), .allocate(capacity: count * size))
    for i in 0..<count {
      for j in 0..<size {
        bytes[i * size + j] = UInt8(random.below(UInt32(vocabulary.cardinalities[j])))
      }
      gathered.counts[i] = UInt16(
        vocabulary.encode(bytes + i * size, into: gathered.rows + i * vocabulary.capacity))
      samples[i] = Int32(count - 1 - i)
    }
  }

  deinit {
    gathered.rows.deallocate()
    gathered.counts.deallocate()
    samples.deallocate()
    bytes.deallocate()
  }

  func batch(_ features: UnsafePointer<Float>?) -> ObservationBatch {
    ObservationBatch(
      gathered: gathered, bytes: bytes, stride: 0, samples: UnsafePointer(samples), features: features)
  }
}

@Suite struct PerceptronTests {
  @Test(
    "Features beside an observation count, and gradients are those of weights and features",
    arguments: [false, true], [0, 3])
  func gradients(layerNorm: Bool, features: Int) {
    var configuration = NetworkConfiguration()
    configuration.hidden = [11, 9]
    configuration.layerNorm = layerNorm
    let rows = 5
    let network = Perceptron(
      "net", cardinalities: [4, 3, 6], features: features, outputs: 2, configuration)
    let count = network.layout.count, observations = Observations(network.vocabulary, count: rows)
    let workspace = PerceptronWorkspace(network, rows: rows)
    var random = RandomStream(seed: 7, stream: 1)
    var variables = zeros(count) + (0..<rows * features).map { _ in Float(random.normal()) }
    network.initialize(&variables, headGain: 1, random: &random)
    func run(_ variables: [Float], _ dy: [Float]?) -> [Float] {
      variables.withUnsafeBufferPointer { variables in
        let batch = observations.batch(features > 0 ? variables.baseAddress! + count : nil)
        let out = network.forward(variables.baseAddress!, batch, rows: rows, workspace)
        guard var dy else { return Array(UnsafeBufferPointer(start: out, count: rows * 2)) }
        var gradient = zeros(count), dFeatures = unset(rows * features)
        network.backward(
          variables.baseAddress!, batch, rows: rows, workspace, dOutputs: &dy, gradient: &gradient,
          dFeatures: &dFeatures)
        // Row i of the gradient is that of the sample which it names.
        let ordered = (0..<rows).reversed().flatMap { dFeatures[$0 * features..<($0 + 1) * features] }
        return gradient + ordered
      }
    }
    withExtendedLifetime((observations, workspace)) {
      checkGradient(of: variables, "weights and features") {
        run($0, nil)
      } backward: {
        run($0, $1)
      }
    }
  }

  @Test("A network without features has the weights that it has always had")
  func isUnchangedWithoutFeatures() {
    let network = Perceptron("net", cardinalities: [4, 3], outputs: 2, NetworkConfiguration())
    #expect(
      network.layout.slices.map(\.name) == [
        "net.0.weight", "net.0.bias", "net.1.weight", "net.1.bias", "net.head.weight", "net.head.bias",
      ])
    let wider = Perceptron(
      "net", cardinalities: [4, 3], features: 3, outputs: 2, NetworkConfiguration())
    #expect(wider.layout.count == network.layout.count + 3 * 64)
  }
}

@Suite struct SequenceEncoderTests {
  @Test("It hears the order of the steps, and its gradient is that of the weights")
  func gradient() {
    let (length, rows) = (4, 3)
    let network = SequenceEncoder(
      "posterior", cardinalities: [4, 3], length: length, units: 7, outputs: 3)
    let observations = Observations(network.vocabulary, count: length * rows)
    let workspace = SequenceWorkspace(network, rows: rows)
    var random = RandomStream(seed: 2, stream: 1), weights = zeros(network.layout.count)
    network.initialize(&weights, headGain: 1, random: &random)
    let batch = observations.batch(nil)
    func outputs(_ weights: [Float], _ batch: ObservationBatch) -> [Float] {
      let out = network.forward(weights, batch, rows: rows, workspace)
      return Array(UnsafeBufferPointer(start: out, count: rows * 3))
    }
    withExtendedLifetime((observations, workspace)) {
      checkGradient(of: weights, "weights") {
        outputs($0, batch)
      } backward: { weights, dy in
        var gradient = zeros(weights.count)
        _ = outputs(weights, batch)
        network.backward(weights, batch, rows: rows, workspace, dOutputs: dy, gradient: &gradient)
        return gradient
      }
      // The same steps backwards.
      let now = outputs(weights, batch)
      for t in 0..<length {
        for i in 0..<rows {
          observations.samples[t * rows + i] = Int32(length * rows - 1 - (length - 1 - t) * rows - i)
        }
      }
      #expect(zip(outputs(weights, batch), now).contains { abs($0 - $1) > 1e-3 })
    }
  }
}
