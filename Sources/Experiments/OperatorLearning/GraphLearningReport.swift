import KnackEnvironment
import KnackNumerics
import KnackPlanning

/// What `knack skills learn-graph` comes to: several agents, each with a seed and random worlds of its own, that learn a world's
/// operators by trying, and how well what they learned agrees with the rules of the world.
public struct GraphLearningReport: Sendable {
  /// What one agent came to.
  struct Result {
    var seed: UInt64
    var curve: [OperatorStudy.Point]
    var agreement: GraphAgreement
    var operators: [LearnedOperator]
    var lines: [String]

    /// The steps after which precision and recall first reached a share; nil where they did not.
    func steps(to share: Double) -> Int? {
      curve.first { $0.precision >= share && $0.recall >= share }?.steps
    }
  }

  /// What precision and recall are to reach.
  static let target = 0.98

  private let world: String, settings: WorldSettings, budget: Int, prior: String
  private let results: [Result]

  /// What agents believe beforehand.
  public enum Prior: String, CaseIterable, Sendable {
    /// Nothing.
    case nothing
    /// The operators of the world as it comes, without its options: they are wrong where its recipes are permuted.
    case rules
  }

  /// Lets `seeds` agents learn for `steps` steps each.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` where grounds and world do not fit.
  public init(
    grounds path: String, settings: WorldSettings, seeds: Int, firstSeed: UInt64, steps: Int, prior: Prior,
    in registry: EnvironmentRegistry
  ) throws(ExperimentError) {
    let grounds = try OperatorGrounds(path)
    world = grounds.world
    self.settings = settings
    self.prior = prior.rawValue
    budget = steps
    var given: [Operator] = []
    if prior == .rules {
      do {
        given = try registry.kind(grounds.world).specification.operators
      } catch {
        throw .mistake(error.description)
      }
    }
    var studies: [OperatorStudy] = []
    for seed in 0..<UInt64(seeds) {
      studies.append(
        try OperatorStudy(grounds, registry, settings: settings, given: given, seed: firstSeed + seed))
    }
    guard studies.allSatisfy({ !$0.truth.isEmpty }) else {
      throw .mistake(
        "The rules of \(grounds.world) say nothing of \(grounds.skills.joined(separator: ", ")): there is nothing "
          + "to compare with.")
    }
    results = try Self.run(studies, steps: steps).enumerated().map { index, study in
      Result(
        seed: firstSeed + UInt64(index), curve: study.curve,
        agreement: GraphAgreement(study.learner.operators.map(\.word), truth: study.truth),
        operators: study.learner.operators, lines: study.learner.lines)
    }
  }

  /// Runs each agent on a thread of its own, as many at a time as there are cores.
  private static func run(
    _ studies: [OperatorStudy], steps: Int
  ) throws(ExperimentError) -> [OperatorStudy] {
    let failures = UnsafeMutableBufferPointer<ExperimentError?>.allocate(capacity: studies.count)
    failures.initialize(repeating: nil)
    defer { failures.deallocate() }
    nonisolated(unsafe) let shared = (studies, failures)
    WorkerPool(workers: min(studies.count, Machine.cores)).run(studies.count) { task, _ in
      do throws(ExperimentError) {
        try shared.0[task].run(steps: steps)
      } catch {
        shared.1[task] = error
      }
    }
    for failure in failures { if let failure { throw failure } }
    return studies
  }

  /// Writes what the first agent saw and was told, as `OperatorLearner` reads it.
  ///
  /// - Throws: ``ExperimentError/failure(_:)`` where the file cannot be written.
  public func writeLearner(to file: String) throws(ExperimentError) {
    try Files.makeFolder(Files.folder(of: file))
    try Files.replace(file, Array((results[0].lines.joined(separator: "\n") + "\n").utf8))
  }

  private func estimate(_ value: (Result) -> Double) -> Statistics.Estimate {
    Statistics.bootstrap(results.map(value), Statistics.interquartileMean)
  }

  private var measures: [(key: String, name: String, estimate: Statistics.Estimate)] {
    var measures = [
      ("precision", "precision of edges", estimate { $0.agreement.precision }),
      ("recall", "recall of edges", estimate { $0.agreement.recall }),
      ("exact", "operators to the letter", estimate { $0.agreement.exactness }),
    ]
    for role in GraphAgreement.Edge.Role.allCases {
      measures.append(
        ("precision_\(role)", "  precision, \(role)", estimate { $0.agreement.measures(of: role).precision }))
      measures.append(
        ("recall_\(role)", "  recall, \(role)", estimate { $0.agreement.measures(of: role).recall }))
    }
    if results.allSatisfy({ $0.steps(to: Self.target) != nil }) {
      measures.append(
        (
          "steps_to_target", "steps to \(Self.target) of both",
          estimate { Double($0.steps(to: Self.target)!) }
        ))
    }
    return measures
  }

  /// The report for people.
  public var text: String {
    let options = settings.options.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
    return
      "\(world) \(options)\n\(results[0].agreement.operators) operators, \(results.count) agents of \(budget) steps that believe "
      + "\(prior == "nothing" ? prior : "the world's own rules") at first; interquartile means with 95 % intervals.\n\n"
      + table(
        measures.map { [$0.name, Self.text($0.estimate)] }
          + [
            [
              "untested literals",
              Self.text(estimate { Double($0.operators.reduce(0) { $0 + $1.untested.count }) }),
            ]
          ])
      + results.map { result in
        "seed \(result.seed): precision \(result.agreement.precision), recall \(result.agreement.recall), steps to target "
          + (result.steps(to: Self.target).map(String.init) ?? "not reached") + "\n"
      }.joined()
  }

  private static func text(_ estimate: Statistics.Estimate) -> String {
    func digits(_ value: Double) -> String {
      abs(value) >= 10 ? "\(Int(value.rounded()))" : "\((value * 10_000).rounded() / 10_000)"
    }
    return "\(digits(estimate.value)) (\(digits(estimate.low)) to \(digits(estimate.high)))"
  }

  /// The report as JSON.
  public var json: JSON {
    func edges(_ edges: Set<GraphAgreement.Edge>) -> JSON {
      .array(
        edges.map { "\($0.skill) \($0.role) \($0.amount) \($0.fact)" }.sorted().map(JSON.string))
    }
    return .fields([
      "world": .string(world),
      "options": .object(settings.options.map { ($0.name, .string($0.value)) }),
      "prior": .string(prior), "steps": .integer(budget),
      "operators": .integer(results[0].agreement.operators),
      "measures": .object(
        measures.map {
          (
            $0.key,
            .fields([
              "iqm": .number($0.estimate.value), "low": .number($0.estimate.low),
              "high": .number($0.estimate.high),
            ])
          )
        }),
      "agents": .array(
        results.map { result in
          .fields([
            "seed": .integer(Int(result.seed)), "precision": .number(result.agreement.precision),
            "recall": .number(result.agreement.recall), "exact": .number(result.agreement.exactness),
            "steps_to_target": result.steps(to: Self.target).map(JSON.integer) ?? .null,
            "wrong": edges(result.agreement.false_), "missed": edges(result.agreement.missed),
            "untested": .object(
              result.operators.filter { !$0.untested.isEmpty }.map {
                ($0.word.name, .array($0.untested.map(JSON.string)))
              }),
            "curve": .array(
              result.curve.map {
                .fields([
                  "steps": .integer($0.steps), "grounds": .integer($0.grounds),
                  "precision": .number($0.precision),
                  "recall": .number($0.recall), "exact": .number($0.exactness),
                ])
              }),
          ])
        }),
    ])
  }
}
