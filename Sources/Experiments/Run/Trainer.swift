import KnackAgent
import KnackEnvironment
import KnackLearning
import KnackNetworks
import KnackNumerics

/// What a run needs of a learning algorithm: iterations, and a state to save between them.
///
/// A call is one whole iteration, so the indirection costs nothing.
public protocol Trainer: AnyObject {
  /// Environment steps since the start of the run.
  var environmentSteps: Int { get }
  /// The world's own steps since then, where goals are practised and a move may take several; 0 elsewhere.
  var worldSteps: Int { get }
  /// How the flat vectors of ``state()`` divide into named tensors.
  var layout: ParameterLayout { get }
  /// Collects once and learns from it.
  func iterate() throws(LearningError) -> IterationStatistics
  /// Multiply-adds of the last iteration.
  var multiplyAddsOfIteration: Double { get }
  /// The operators that it has learnt; none where it learns none.
  var learnedOperators: [Operator] { get }
  /// Everything needed to go on.
  func state() -> TrainingState
  /// Goes on from a state that ``state()`` made.
  func restore(_ state: TrainingState) throws(LearningError)
}

extension PPOTrainer: Trainer {
  /// How the weights divide into named tensors.
  public var layout: ParameterLayout { network.layout }
}

extension ExperimentConfiguration {
  /// The algorithm's trainer for a resolved configuration.
  ///
  /// - Parameter demonstrated: the world whose expert demonstrates, where that is another one.
  /// - Throws: ``ExperimentError/mistake(_:)`` where settings contradict each other.
  func makeTrainer(
    world: WorldKind, demonstrated: WorldKind? = nil, pool: WorkerPool
  ) throws(ExperimentError) -> any Trainer {
    do {
      switch algorithm {
      case .ppo:
        return try PPOTrainer(
          world: world, network: network, ppo: ppo, totalSteps: training.steps, seed: training.seed,
          pool: pool, director: try makeDirector(for: world), clock: monotonicNanoseconds)
      case .sac: return try makeSAC(world: world, demonstrated: demonstrated, pool: pool)
      case .skillCritic: return try makeSkillCritic(world: world, demonstrated: demonstrated, pool: pool)
      }
    } catch let error as LearningError {
      throw .mistake(error.description)
    } catch let error as ExperimentError {
      throw error
    } catch {
      throw .failure("\(error)")
    }
  }

  /// Who asks for goals, who has not learnt anything yet; nil for nobody.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` where what the director is told cannot be meant.
  func makeDirector(for world: WorldKind) throws(ExperimentError) -> (any GoalDirector)? {
    guard let space = world.goalSpace else { return nil }
    let agenda = try makeAgenda(for: world)
    return switch direction.director {
    case .none: nil
    case .achievements: AchievementDirector(world.specification, space, agenda: agenda)
    case .learning: LearningDirector(world.specification, space, agenda: agenda)
    }
  }

  /// What is wanted in a world in which goals can be asked for: what it asks for itself, and what ``Direction`` says besides.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` where that says nothing that could be meant.
  func makeAgenda(for world: WorldKind) throws(ExperimentError) -> Agenda {
    Agenda(
      of: world.specification, upkeep: try upkeep(of: world.specification), alarms: try alarms(of: world))
  }

  /// What ``Direction/alarm`` says.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` where it says nothing that could be meant.
  private func alarms(of world: WorldKind) throws(ExperimentError) -> [Agenda.Alarm] {
    var all: [Agenda.Alarm] = []
    for entry in direction.alarm.split(separator: ",") {
      let words = entry.split(separator: " ").map(String.init)
      guard words.count == 2, world.specification.facts.contains(words[0]),
        world.goalSpace?.goals.contains(where: { $0.name == words[1] }) == true
      else {
        throw .mistake(
          "direction.alarm: '\(words.joined(separator: " "))' is not a fact of \(world.specification.id) and a goal that can be asked for."
        )
      }
      all.append(Agenda.Alarm(words[0], skill: words[1]))
    }
    return all
  }

  /// What ``Direction/upkeep`` says.
  ///
  /// - Throws: ``ExperimentError/mistake(_:)`` where it says nothing that could be meant.
  private func upkeep(of world: WorldSpecification) throws(ExperimentError) -> [Agenda.Upkeep] {
    var all: [Agenda.Upkeep] = []
    for entry in direction.upkeep.split(separator: ",") {
      let words = entry.split(separator: " ").map(String.init)
      func number(_ place: Int) -> Int? { place < words.count ? Int(words[place]) : nil }
      func mistake(_ sentence: String) -> ExperimentError {
        .mistake("direction.upkeep: '\(words.joined(separator: " "))' \(sentence)")
      }
      guard words.count >= 3, words.count % 2 == 1, let urgent = number(1), let wanted = number(2) else {
        throw mistake("is not a fact and two numbers, and perhaps facts with numbers after them.")
      }
      var one = Agenda.Upkeep(words[0], urgent: urgent, wanted: wanted)
      for place in stride(from: 3, to: words.count, by: 2) {
        let isUpper = words[place + 1].hasPrefix("<")
        guard let count = Int(words[place + 1].dropFirst(isUpper ? 1 : 0)) else {
          throw mistake("has no number after \(words[place]).")
        }
        let amount = Operator.Amount(words[place], count)
        if isUpper { one.unless.append(amount) } else { one.given.append(amount) }
      }
      for fact in [words[0]] + (one.given + one.unless).map(\.fact) where !world.facts.contains(fact) {
        throw mistake("names '\(fact)', which is no fact of \(world.id).")
      }
      all.append(one)
    }
    return all
  }
}

/// A pool of workers, 0 for one a core, once the matrix library is known to multiply rightly.
///
/// - Throws: ``ExperimentError/failure(_:)`` where it does not on this processor.
func makePool(workers: Int) throws(ExperimentError) -> WorkerPool {
  do {
    try BLAS.prepare()
  } catch {
    throw .failure(error.description)
  }
  guard workers <= 4096 else { throw .mistake("training.workers must be at most 4096.") }
  return WorkerPool(workers: workers > 0 ? workers : Machine.cores)
}
