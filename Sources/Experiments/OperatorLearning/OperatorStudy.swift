import KnackEnvironment
import KnackPlanning

/// One agent that learns the operators of a world by trying its actions on grounds that it has set up, and how far it has got.
///
/// Which grounds, a ``Laboratory`` says. Every action is a step of the world and counts. Masks are not looked at: an action that
/// is masked is taken like any other, does nothing, and is a failure.
final class OperatorStudy {
  /// How far it has got after so many steps.
  struct Point {
    var steps: Int, outcomes: Int, grounds: Int
    var precision: Double, recall: Double, exactness: Double
  }

  var learner: OperatorLearner
  private(set) var curve: [Point] = []
  private(set) var steps = 0, grounds = 0
  /// The world's own operators for the skills that are tried.
  let truth: [Operator]

  private let place: OperatorGrounds, registry: EnvironmentRegistry, settings: WorldSettings
  private let skills: [String], numbers: [String: Int32]
  /// Facts about what can stand about, and facts that are things.
  private let standing: [(name: String, fact: Int)], isThing: [Bool]
  /// By fact, how many of it one slot holds, and how many can be had by an agent that has had it in its hands.
  private let stacks: [Int], mostKnown: [Int32]
  private var laboratory: Laboratory
  private var nextSeed: UInt64
  private var environment: VectorEnvironment!
  private var facts: [Int32] = []
  private var isOver = false
  /// Facts that it has had or brought about, and the most of each that there ever was.
  private var isKnown: [Bool], mostSeen: [Int32]

  /// Steps after which agreement is measured anew.
  static let interval = 250

  init(
    _ place: OperatorGrounds, _ registry: EnvironmentRegistry, settings: WorldSettings, given: [Operator],
    seed: UInt64
  ) throws(ExperimentError) {
    self.place = place
    self.registry = registry
    self.settings = settings
    nextSeed = seed &* 1_000_003
    let specification: WorldSpecification
    do {
      specification = try registry.kind(place.world, settings: settings).specification
    } catch {
      throw .mistake(error.description)
    }
    let facts = specification.facts
    numbers = Dictionary(zip(specification.actions.names, 0...)) { first, _ in first }
    skills = place.skills.flatMap { prefix in specification.actions.names.filter { $0.hasPrefix(prefix) } }
    for control in place.controls + place.opening + place.stances.flatMap(\.actions)
    where numbers[control] == nil {
      throw .mistake(
        "\(place.world) has no action '\(control)'; `knack environments show \(place.world)` names them.")
    }
    var standing: [(name: String, fact: Int)] = []
    for name in place.standing {
      guard let fact = facts.firstIndex(of: name + "_nearby") else {
        throw .mistake("\(place.world) has no fact '\(name)_nearby'; let something else stand about.")
      }
      standing.append((name, fact))
    }
    self.standing = standing
    isThing = facts.map(place.isThing)
    stacks = facts.map(place.stack)
    mostKnown = facts.map { Int32(place.most(of: $0, isKnown: true)) }
    isKnown = facts.map { _ in false }
    mostSeen = facts.map { _ in 0 }
    let tried = Set(skills)
    truth = specification.operators.filter { tried.contains($0.skill) }
    learner = OperatorLearner(
      facts: facts, controls: Set(place.controls + place.opening + place.stances.flatMap(\.actions)),
      given: given.filter { tried.contains($0.skill) })
    laboratory = Laboratory(
      Supplies(
        most: facts.map { Int32(place.most(of: $0, isKnown: false)) }, standing: standing.map(\.fact),
        states: [:], slots: place.slots, kinds: place.kinds, room: facts.map(place.room)),
      skills: skills)
  }

  /// Goes from ground to ground for so many steps, or until nothing is left to be found out.
  func run(steps limit: Int) throws(ExperimentError) {
    measure()
    try begin(Bench(.survey))
    for step in 0..<min(limit, place.watching) where !isOver {
      act(place.controls[step % place.controls.count])
    }
    while steps < limit, let bench = laboratory.nextBench(for: &learner) {
      try begin(bench)
      let first = steps, tried = work(on: bench, limit)
      laboratory.note(bench, tried: tried ?? [], steps: steps - first, isSetUp: tried != nil)
      restock()
    }
    measure()
  }

  /// Grounds that may be too much to carry, one after another.
  private static let mostAttempts = 24

  /// Begins the episode of a new ground.
  private func begin(_ bench: Bench) throws(ExperimentError) {
    var settings = settings, kind: WorldKind?
    settings.set(WorldSetting("task", "ground", place: "ground"))
    var things = bench.given.sorted { $0.key < $1.key }.map {
      (fact: learner.facts[$0.key], count: Int($0.value))
    }
    let around = standing.filter { bench.standing.contains($0.fact) }.map(\.name)
    // What does not stack may be more than an inventory holds; then the last thing is done without.
    for attempt in 1...Self.mostAttempts where kind == nil {
      settings.world = place.file(things, standing: around)
      do {
        kind = try registry.kind(place.world, settings: settings)
      } catch {
        if attempt == Self.mostAttempts || things.isEmpty { throw .mistake(error.description) }
        things.removeLast()
      }
    }
    environment = VectorEnvironment(kind!, count: 1, autoreset: .nextStep, facts: true)
    environment.reset(seed: nextSeed)
    nextSeed &+= 1
    readFacts()
    isOver = false
    grounds += 1
    for control in place.opening { act(control) }
  }

  /// Tries what a bench is for, as long as it stays what it was set up as: what cannot be given must not change.
  ///
  /// - Returns: the skills that were tried; nil where what was to be brought about first was not.
  private func work(on bench: Bench, _ limit: Int) -> Set<String>? {
    var hasChanged = false, tried: Set<String> = []
    func attempt(_ skill: String) {
      let before = facts
      act(skill)
      hasChanged = facts.indices.contains { fact in
        !isThing[fact] && fact != bench.first?.fact && facts[fact] != before[fact] && learner.isSteady(fact)
      }
    }
    var stance = ""
    func take(stanceFor skill: String) {
      guard let new = place.stances.first(where: { skill.hasPrefix($0.prefix) }), new.prefix != stance else {
        return
      }
      stance = new.prefix
      for action in new.actions { act(action, isRecorded: false) }
    }
    if let first = bench.first {
      take(stanceFor: first.skill)
      act(first.skill)
      guard facts[first.fact] > 0 else { return nil }
    }
    // What works for the first time may give one thing; what is known to work may give nine that do not stack.
    let room = place.slots - (bench.isForUnknown ? 2 : 7)
    var kinds: [String: Int] = [:]
    var isGoingOn = true
    while isGoingOn {
      isGoingOn = false
      for skill in bench.skills where !isOver && steps < limit && !hasChanged {
        // Once more only if there is something that was not there before.
        let present = facts.indices.count { isThing[$0] && facts[$0] > 0 }
        guard slotsInUse <= room, present > kinds[skill] ?? -1,
          laboratory.isWorthATry(skill, in: facts, on: bench)
        else { continue }
        take(stanceFor: skill)
        kinds[skill] = present
        let before = facts
        attempt(skill)
        tried.insert(skill)
        if learner.tellsApart(before, facts) {
          kinds[skill] = .max
          isGoingOn = true
        }
      }
    }
    return tried
  }

  /// How many slots its things need.
  private var slotsInUse: Int {
    facts.indices.reduce(0) { sum, fact in
      isThing[fact] ? sum + (Int(facts[fact]) + stacks[fact] - 1) / stacks[fact] : sum
    }
  }

  /// What it has had in its hands, it can ask for from now on.
  private func restock() {
    for fact in isKnown.indices where isKnown[fact] {
      if isThing[fact] {
        laboratory.supplies.most[fact] = mostKnown[fact]
      } else {
        laboratory.supplies.states[fact] = learner.isSteady(fact) ? mostSeen[fact] : nil
      }
    }
  }

  private func readFacts() {
    guard let counts = environment.facts else { return }
    facts = Array(UnsafeBufferPointer(start: counts, count: learner.facts.count))
    for fact in facts.indices where facts[fact] > mostSeen[fact] { mostSeen[fact] = facts[fact] }
  }

  /// Takes an action and lets the learner know what came of it.
  private func act(_ name: String, isRecorded: Bool = true) {
    guard !isOver, var action = numbers[name] else { return }
    let before = facts
    environment.step(&action)
    readFacts()
    isOver = environment.terminated[0] || environment.truncated[0]
    // On its way into position it may pick up what lay about: that is not what waiting does.
    if isRecorded { learner.record(SkillOutcome(name, before: before, after: facts)) }
    if skills.contains(name) {
      for fact in facts.indices where facts[fact] > before[fact] && !isKnown[fact] {
        isKnown[fact] = isThing[fact] || learner.isSteady(fact) && !standing.contains { $0.fact == fact }
      }
    }
    steps += 1
    if steps % Self.interval == 0 { measure() }
  }

  private func measure() {
    let agreement = GraphAgreement(learner.operators.map(\.word), truth: truth)
    curve.append(
      Point(
        steps: steps, outcomes: learner.outcomes, grounds: grounds, precision: agreement.precision,
        recall: agreement.recall, exactness: agreement.exactness))
  }
}
