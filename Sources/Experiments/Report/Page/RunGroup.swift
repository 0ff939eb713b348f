import Foundation
import KnackEnvironment

/// Runs that differ in nothing that touches the result but their seeds.
struct RunGroup: Sendable {
  /// What it is called, after the folders of its runs.
  var name: String
  /// How it is told from the others in figures.
  let style: LineStyle
  /// The runs in the order of their seeds.
  let runs: [RunRecord]

  /// What was run, but for the seed.
  var configuration: ExperimentConfiguration { runs[0].configuration }
  /// The world's name.
  var world: String { runs[0].worldName }
  /// The names of the world's achievements; empty where it has none.
  var achievements: [String] { runs[0].progress.achievements }

  /// The runs by configuration, in the order in which each first occurs.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` where two runs of a configuration have the same seed: they are the same run.
  static func groups(of runs: [RunRecord]) throws(ExperimentError) -> [RunGroup] {
    var members: [[RunRecord]] = []
    for run in runs {
      if let place = members.firstIndex(where: { isSame($0[0].configuration, run.configuration) }) {
        if let other = members[place].first(where: { $0.seed == run.seed }) {
          throw .mistake(
            "'\(other.directory.path)' and '\(run.directory.path)' have the same configuration and seed; leave one of "
              + "them out.")
        }
        members[place].append(run)
      } else {
        members.append([run])
      }
    }
    var groups = members.enumerated().map { i, runs in
      RunGroup(
        name: commonName(runs.map(\.directory.path)), style: LineStyle(index: i),
        runs: runs.sorted { $0.seed < $1.seed })
    }
    for i in groups.indices {
      let before = groups[..<i].count {
        $0.name == groups[i].name || $0.name.hasPrefix(groups[i].name + " (")
      }
      if before > 0 { groups[i].name += " (\(before + 1))" }
    }
    return groups
  }

  private static func isSame(_ one: ExperimentConfiguration, _ other: ExperimentConfiguration) -> Bool {
    var other = other
    other.training.seed = one.training.seed
    return one.firstDifference(from: other) == nil
  }

  /// What the folders of a group's runs have in common: the start of their names up to the seed, or else the name of the
  /// folder that holds the first of them.
  static func commonName(_ paths: [String]) -> String {
    let names = paths.map { Files.name(of: Files.canonical($0)) }
    var common = names[0][...]
    for name in names.dropFirst() { while !name.hasPrefix(common) { common.removeLast() } }
    if let seed = common.range(of: "seed", options: .backwards) { common = common[..<seed.lowerBound] }
    if names.count > 1 { while common.last?.isNumber == true { common.removeLast() } }
    while let last = common.last, "-_.".contains(last) { common.removeLast() }
    return common.isEmpty ? Files.name(of: Files.folder(of: Files.canonical(paths[0]))) : String(common)
  }
}
