import KnackNumerics
import Testing

@testable import KnackNetworks

@Suite struct ActorCriticTests {
  static let rows = 6

  static func configurations() -> [NetworkConfiguration] {
    var all: [NetworkConfiguration] = []
    for encoder in NetworkConfiguration.Encoder.allCases {
      for (shared, memory) in [(false, 0), (true, 0), (true, 5)] {
        for layerNorm in [false, true] {
          var one = NetworkConfiguration()
          one.encoder = encoder
          if encoder == .image { (one.kernels, one.strides) = ([2, 1], [2, 1]) }
          one.hidden = [11, 9]
          one.shared = shared
          one.memory = memory
          one.layerNorm = layerNorm
          all.append(one)
        }
      }
    }
    return all
  }

  /// Observations of 4×3 cells in two planes, of 4 and of 3 codes, and two more bytes, encoded for `network`.
  final class Observations {
    let bytes: UnsafeMutablePointer<UInt8>
    let gathered: GatheredRows
    let samples: UnsafeMutablePointer<Int32>

    init(_ network: ActorCritic, count: Int) {
      var random = RandomStream(seed: 4, stream: 0)
      let size = network.interface.cardinalities.count, images = network.imageCount
      bytes = .allocate(capacity: count * images * size)
      let capacity = network.vocabulary.capacity
      gathered = GatheredRows(
        rows: .allocate(capacity: count * images * capacity), counts: .allocate(capacity: count * images),
        capacity: capacity)
      samples = .allocate(capacity: count)
      for i in 0..<count {
        let first = bytes + i * images * size
        for j in 0..<size {
          first[j] = UInt8(random.below(UInt32(network.interface.cardinalities[j])))
        }
        for image in 1..<max(1, images) {
          network.interface.relabellings[image].apply(first, into: first + image * size)
        }
        for place in i * images..<(i + 1) * images {
          gathered.counts[place] = UInt16(
            network.vocabulary.encode(bytes + place * size, into: gathered.rows + place * capacity))
        }
        samples[i] = Int32(count - 1 - i)  // not in order
      }
    }

    deinit {
      bytes.deallocate()
      gathered.rows.deallocate()
      gathered.counts.deallocate()
      samples.deallocate()
    }
  }

  static let interface = ActorCritic.Interface(
    cardinalities: [Int](repeating: 4, count: 12) + [Int](repeating: 3, count: 12) + [3, 7], actions: 3,
    grid: ActorCritic.Grid(planes: 2, rows: 4, columns: 3))

  /// The same bytes, the first 24 being an image.
  static let imageInterface = ActorCritic.Interface(
    cardinalities: [Int](repeating: 256, count: 24) + [3, 7], actions: 3,
    image: ActorCritic.Image(rows: 4, columns: 3, channels: 2))

  /// The cells' rows turned about, the first two values of the last byte but one exchanged, and two actions too.
  static let relabellings: [Relabelling] = {
    let identity = Array(Int32(0)..<26), tables = [Int32](repeating: 0, count: 26)
    var turned = identity
    for plane in 0..<2 {
      for row in 0..<4 {
        for column in 0..<3 {
          turned[12 * plane + 3 * row + column] = Int32(12 * plane + 3 * (3 - row) + column)
        }
      }
    }
    let values = (0...255).map { UInt8($0) }
    let exchanged: [UInt8] = [1, 0] + values.dropFirst(2)
    var turnedTables = tables
    turnedTables[24] = 256
    return [
      Relabelling(sources: identity, tables: tables, values: values, actions: [0, 1, 2]),
      Relabelling(
        sources: turned, tables: turnedTables, values: values + exchanged, actions: [1, 0, 2]),
    ]
  }()

  @Test func imagesAreTreatedAlike() {
    var configuration = NetworkConfiguration()
    configuration.hidden = [16]
    var interface = Self.interface
    interface.relabellings = Self.relabellings
    let network = ActorCritic(interface, configuration)
    var random = RandomStream(seed: 7, stream: 1)
    let parameters = (0..<network.layout.count).map { _ in Float(random.normal()) }
    let workspace = ActorCriticWorkspace(network, rows: 2)
    let observations = Observations(network, count: 2)
    // The second observation becomes the image of the first.
    let size = 26, capacity = network.vocabulary.capacity
    for image in 0..<2 {
      let place = 2 + image
      let source = observations.bytes + size
      if image == 0 {
        (observations.bytes + place * size).update(from: source, count: size)
      } else {
        interface.relabellings[1].apply(source, into: observations.bytes + place * size)
      }
      observations.gathered.counts[place] = UInt16(
        network.vocabulary.encode(
          observations.bytes + place * size, into: observations.gathered.rows + place * capacity))
    }
    let batch = ObservationBatch(
      gathered: observations.gathered, bytes: observations.bytes, stride: size, samples: observations.samples)
    let output = network.forward(parameters, ActorCritic.Rows(batch, count: 2), workspace)
    #expect(output.values[0] == output.values[1])
    #expect((0..<3).map { output.logits[$0] } == [1, 0, 2].map { output.logits[3 + $0] })
    #expect(output.logits[0] != output.logits[1])
  }

  /// The gradient of a weighted sum of all logits and values, by the backward pass and by central differences.
  @Test(arguments: configurations().indices, [false, true])
  func theWholeNetworksGradientIsThatOfItsOutput(index: Int, symmetric: Bool) {
    let configuration = Self.configurations()[index]
    var interface = configuration.encoder == .image ? Self.imageInterface : Self.interface
    if symmetric { interface.relabellings = Self.relabellings }
    let network = ActorCritic(interface, configuration)
    let count = network.layout.count, rows = Self.rows
    let observations = Observations(network, count: rows)
    let workspace = ActorCriticWorkspace(network, rows: rows)
    var random = RandomStream(seed: 7, stream: 1)
    var parameters = [Float](repeating: 0, count: count)
    network.initialize(&parameters, random: &random)
    for i in parameters.indices { parameters[i] += 0.1 * Float(random.normal()) }
    let logitWeights = (0..<rows * 3).map { _ in Float(random.normal()) }
    let valueWeights = (0..<rows).map { _ in Float(random.normal()) }
    let initial = (0..<20).map { _ in Float(random.normal()) }
    let starts = [false, false, true, false, false, true]

    func passes(_ body: (ActorCritic.Rows) -> Void) {
      let batch = ObservationBatch(
        gathered: observations.gathered, bytes: observations.bytes,
        stride: Self.interface.cardinalities.count, samples: observations.samples)
      if network.stateSize > 0 {
        initial.withUnsafeBufferPointer { initial in
          starts.withUnsafeBufferPointer { starts in
            body(
              ActorCritic.Rows(
                batch, sequences: 2, length: 3, initialState: initial.baseAddress,
                starts: starts.baseAddress))
          }
        }
      } else {
        body(ActorCritic.Rows(batch, count: rows))
      }
    }
    func loss(_ parameters: [Float]) -> Double {
      var sum = 0.0
      passes { shape in
        let output = network.forward(parameters, shape, workspace)
        for i in 0..<rows * 3 { sum += Double(output.logits[i]) * Double(logitWeights[i]) }
        for i in 0..<rows { sum += Double(output.values[i]) * Double(valueWeights[i]) }
      }
      return sum
    }

    var gradient = [Float](repeating: 0, count: count)
    _ = loss(parameters)
    var dLogits = logitWeights, dValues = valueWeights
    passes {
      network.backward(
        parameters, $0, workspace, dLogits: &dLogits, dValues: &dValues, gradient: &gradient)
    }
    for slice in network.layout.slices {
      for k in Swift.stride(from: 0, to: slice.count, by: max(1, slice.count / 12)) {
        let i = slice.offset + k
        // A rectifier may have its kink between the two points, so a smaller step gets a second chance, on either side.
        func moved(by step: Double) -> Double {
          var moved = parameters
          moved[i] += Float(step)
          return loss(moved)
        }
        let here = moved(by: 0), small = 2.5e-4
        let slopes = [
          (moved(by: 2e-3) - moved(by: -2e-3)) / 4e-3, (moved(by: small) - here) / small,
          (here - moved(by: -small)) / small, (moved(by: small) - moved(by: -small)) / (2 * small),
        ]
        #expect(
          slopes.contains { abs(Double(gradient[i]) - $0) < 2e-2 * max(1, abs($0)) },
          "\(slice.name)[\(k)]: \(gradient[i]) for \(slopes)")
      }
    }
  }

  @Test func gatheringIsTheLinearLayerOnTheOneHotObservation() {
    let vocabulary = GatherVocabulary(cardinalities: [3, 2, 4])
    var layout = ParameterLayout()
    let layer = Gather("gather", vocabulary: vocabulary, outputs: 77, in: &layout)  // 64 + 8 + 5 columns
    var random = RandomStream(seed: 1, stream: 0)
    var parameters = (0..<layout.count).map { _ in Float(random.normal()) }
    let observation: [UInt8] = [2, 0, 3]
    var rows = [UInt16](repeating: 0, count: 3), counts: [UInt16] = [0], samples: [Int32] = [0]
    counts[0] = UInt16(vocabulary.encode(observation, into: &rows))
    #expect(counts[0] == 2, "a zero names no row")
    var y = [Float](repeating: 0, count: 77)
    layer.forward(
      &parameters, GatheredRows(rows: &rows, counts: &counts, capacity: 3), samples: &samples, count: 1,
      into: &y)
    for j in 0..<77 {
      // Rows: bytes 0, 1 and 2 have 2, 1 and 3 values other than zero.
      let expected = parameters[layer.bias + j] + parameters[77 * 1 + j] + parameters[77 * (2 + 1 + 2) + j]
      #expect(y[j] == expected)
    }
  }
}
