import Foundation
import KnackEnvironment
import KnackGridworld
import KnackLearning
import KnackNetworks

@testable import KnackExperiments

let registry = EnvironmentRegistry(Gridworld.entries)

/// Calls `body` with a fresh folder that is removed afterwards.
func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = NSTemporaryDirectory() + "knack-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { Files.remove(folder) }
  return try body(folder)
}

func write(_ text: String, to path: String) throws { try Files.create(path, Array(text.utf8)) }

func text(_ path: String) throws -> String {
  String(decoding: try Files.read(path, what: "file"), as: UTF8.self)
}

/// The sentence of the error that `body` throws; empty if it throws none.
func sentence(_ body: () throws -> Void) -> String {
  do {
    try body()
    return ""
  } catch {
    return "\(error)"
  }
}

/// A configuration that trains in a fraction of a second.
func tinyConfiguration(steps: Int = 320, seed: UInt64 = 1) -> ExperimentConfiguration {
  var configuration = ExperimentConfiguration()
  configuration.environment.id = "MiniGrid-Empty-5x5-v0"
  configuration.network.hidden = [8]
  configuration.ppo.worlds = 2
  configuration.ppo.rolloutSteps = 16
  configuration.ppo.minibatchSize = 16
  configuration.ppo.epochs = 1
  configuration.training.steps = steps
  configuration.training.seed = seed
  configuration.training.workers = 1
  configuration.training.checkpointEvery = 64
  return configuration
}
