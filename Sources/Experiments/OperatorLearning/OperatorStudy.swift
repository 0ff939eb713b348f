import KnackEnvironment
import KnackNumerics
import KnackPlanning

/// One agent that learns the operators of a world by trying its actions on grounds, and how far it has got.
///
/// On a ground it goes on in turns as long as that leads to anything: it makes what it knows how to make, so that it holds
/// many things, and takes every try that its learner holds to be worth one. Every action is a step of the world and counts.
/// Masks are not looked at: an action that is masked is taken like any other, does nothing, and is a failure.
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
  private var random: RandomStream
  private var environment: VectorEnvironment!
  private var facts: [Int32] = []
  private var isOver = false, stepsHere = 0, factsAtFirst = 0
  /// The facts' places by their names, and for two places whether both were there when something was explored.
  private let places: [String: Int]
  private var wereTogether: [Bool]
  /// What the agent has made, and how many of it it held at once.
  private var made: [String: Int] = [:]
  /// Operators that did not do on this ground what they were thought to do.
  private var failed: Set<String> = []
  /// How often each skill was tried for its own sake on this ground.
  private var tries: [String: Int] = [:]

  /// Steps after which agreement is measured anew.
  static let interval = 250

  init(
    _ place: OperatorGrounds, _ registry: EnvironmentRegistry, settings: WorldSettings, given: [Operator],
    seed: UInt64
  ) throws(ExperimentError) {
    self.place = place
    self.registry = registry
    self.settings = settings
    random = RandomStream(seed: seed, stream: 0)
    let specification: WorldSpecification
    do {
      specification = try registry.kind(place.world, settings: settings).specification
    } catch {
      throw .mistake(error.description)
    }
    numbers = Dictionary(zip(specification.actions.names, 0...)) { first, _ in first }
    skills = specification.actions.names.filter { name in place.skills.contains { name.hasPrefix($0) } }
    for control in place.controls + place.opening + place.leaving where numbers[control] == nil {
      throw .mistake(
        "\(place.world) has no action '\(control)'; `knack environments show \(place.world)` names them.")
    }
    let tried = Set(skills)
    truth = specification.operators.filter { tried.contains($0.skill) }
    places = Dictionary(zip(specification.facts, 0...)) { first, _ in first }
    wereTogether = Array(repeating: false, count: specification.facts.count * specification.facts.count)
    learner = OperatorLearner(
      facts: specification.facts, controls: Set(place.controls + place.opening + place.leaving),
      given: given.filter { tried.contains($0.skill) })
  }

  /// Goes from ground to ground for so many steps.
  func run(steps limit: Int) throws(ExperimentError) {
    measure()
    while steps < limit {
      try begin()
      for control in place.opening { act(control) }
      var isGoingOn = true
      while isGoingOn && !isDone(limit) {
        make(limit)
        // What has been there at once before is rarely worth another look.
        isGoingOn = experiment(limit, exploring: newPairs >= Self.pairsWorthALook || random.below(4) == 0)
      }
      rememberThings()
      // Away from what stood there, the same tries tell what it was good for.
      guard random.below(3) == 0 else { continue }
      for control in place.leaving where !isDone(limit) { act(control) }
      _ = experiment(limit, exploring: false)
    }
  }

  /// Grounds that may be too much to carry, one after another.
  private static let mostAttempts = 20

  /// Remembers how many it holds of what it makes.
  private func rememberThings() {
    for one in learner.operators where !one.isHearsay {
      for gain in one.word.obtains where place.isThing(gain.fact) {
        let count = min(64, Int(facts[places[gain.fact]!]))
        if count > made[gain.fact, default: 0] { made[gain.fact] = count }
      }
    }
  }

  /// Begins the episode of a new ground.
  private func begin() throws(ExperimentError) {
    var settings = settings, kind: WorldKind?
    settings.set(WorldSetting("task", "ground", place: "ground"))
    // What does not stack may be more than an inventory holds; then another ground is taken.
    for attempt in 1...Self.mostAttempts where kind == nil {
      settings.world = place.file(choose())
      do {
        kind = try registry.kind(place.world, settings: settings)
      } catch {
        if attempt == Self.mostAttempts { throw .mistake(error.description) }
      }
    }
    environment = VectorEnvironment(kind!, count: 1, autoreset: .nextStep, facts: true)
    environment.reset(seed: random.next())
    readFacts()
    isOver = false
    stepsHere = 0
    tries = [:]
    failed = []
    factsAtFirst = facts.count { $0 > 0 }
    grounds += 1
  }

  /// Of several grounds that are offered the one on which most pairs of things can be had at once that never were, as far as
  /// the agent knows how to make things: there most is new to be found out.
  private func choose() -> OperatorGrounds.Bundle {
    let operators = learner.operators.map(\.word)
    let sort = place.drawSort(&random)
    let things = made.sorted { $0.key < $1.key }.map { (name: $0.key, most: $0.value) }
    var best = place.draw(sort, made: things, &random), promise = -1
    for offer in 0..<Self.offers {
      let bundle = offer == 0 ? best : place.draw(sort, made: things, &random)
      var known = Set(bundle.facts), isGrowing = true
      while isGrowing {
        isGrowing = false
        for one in operators where (one.consumes + one.requires).allSatisfy({ known.contains($0.fact) }) {
          for gain in one.obtains where known.insert(gain.fact).inserted { isGrowing = true }
        }
      }
      let facts = known.compactMap { places[$0] }
      let pairs = facts.reduce(0) { sum, fact in
        sum + facts.count { $0 < fact && !wereTogether[fact * learner.facts.count + $0] }
      }
      if pairs > promise { (best, promise) = (bundle, pairs) }
    }
    return best
  }

  /// So many pairs that never were there at once are worth trying all that has never worked.
  private static let pairsWorthALook = 8

  /// The grounds that are offered each time.
  private static let offers = 12

  /// Pairs of things that are there at once and never were when something was explored.
  private var newPairs: Int {
    let present = facts.indices.filter { facts[$0] > 0 }
    return present.reduce(0) { sum, fact in
      sum + present.count { $0 < fact && !wereTogether[fact * facts.count + $0] }
    }
  }

  /// Notes which things are there at once.
  private func notePairs() {
    let present = facts.indices.filter { facts[$0] > 0 }
    for fact in present { for other in present { wereTogether[fact * facts.count + other] = true } }
  }

  /// Whether the ground is to be left: it was long enough, or the agent can carry no more.
  private func isDone(_ limit: Int) -> Bool {
    isOver || stepsHere >= place.steps || steps >= limit
      || newFacts > place.room
  }

  /// How many more facts hold than at first.
  private var newFacts: Int { facts.count { $0 > 0 } - factsAtFirst }

  private func readFacts() {
    guard let counts = environment.facts else { return }
    facts = Array(UnsafeBufferPointer(start: counts, count: learner.facts.count))
  }

  /// Takes an action and lets the learner know what came of it.
  private func act(_ name: String) {
    guard !isOver, var action = numbers[name] else { return }
    let before = facts
    environment.step(&action)
    readFacts()
    isOver = environment.terminated[0] || environment.truncated[0]
    learner.record(SkillOutcome(name, before: before, after: facts))
    steps += 1
    stepsHere += 1
    if steps % Self.interval == 0 { measure() }
  }

  private func measure() {
    let agreement = GraphAgreement(learner.operators.map(\.word), truth: truth)
    curve.append(
      Point(
        steps: steps, outcomes: learner.outcomes, grounds: grounds, precision: agreement.precision,
        recall: agreement.recall, exactness: agreement.exactness))
  }

  /// Makes what it has too little of, by operators that it believes in. How much of each fact is enough differs from ground to
  /// ground.
  private func make(_ limit: Int) {
    var done: [String: Operator] = [:]
    // Half of the room, and of the time, is left for what is to be found out.
    while !isDone(limit), 2 * stepsHere < place.steps, 2 * newFacts < place.room {
      let operators = learner.operators.map(\.word)
      let useful = Set(operators.flatMap { $0.consumes.map(\.fact) })
      let known = operators.filter { one in
        !failed.contains(one.name) && !done.values.contains { Self.undoes(one, $0) }
          && one.requires.allSatisfy { facts[places[$0.fact]!] >= $0.count }
          // Half of what is enough of a thing is kept, to try other things with.
          && one.consumes.allSatisfy {
            facts[places[$0.fact]!] >= Int32($0.count) + enough($0.fact, isUseful: true) / 2
          }
          && one.obtains.contains {
            facts[places[$0.fact]!] < enough($0.fact, isUseful: useful.contains($0.fact))
          }
      }
      guard !known.isEmpty else { return }
      let chosen = known[Int(random.below(UInt32(known.count)))]
      let before = facts
      act(chosen.skill)
      let gained = chosen.obtains.allSatisfy { facts[places[$0.fact]!] > before[places[$0.fact]!] }
      if !gained { failed.insert(chosen.name) }
      done[chosen.name] = chosen
      // Something was used up and its product is nowhere: the agent can carry no more.
      if !gained && learner.tellsApart(before, facts) { isOver = true }
    }
  }

  /// Whether one operator makes again what another used up, out of what that made.
  private static func undoes(_ one: Operator, _ other: Operator) -> Bool {
    one.obtains.contains { gain in other.consumes.contains { $0.fact == gain.fact } }
      && one.consumes.contains { loss in other.obtains.contains { $0.fact == loss.fact } }
  }

  /// How much of a fact is enough on this ground: mostly one of what nothing is known to be made of; of other things more, so
  /// that what takes many of them can be found out.
  private func enough(_ fact: String, isUseful: Bool) -> Int32 {
    var hash = UInt64(grounds) &* 0x9E37_79B9_7F4A_7C15
    for byte in fact.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let draw = Int(hash >> 40 & 7)
    if Operator.isNearby(fact) { return draw < 6 ? 1 : 0 }
    return isUseful ? [0, 1, 4, 9, 9, 16, 16, 32][draw] : [0, 1, 1, 1, 1, 4, 9, 9][draw]
  }

  /// Takes every try that is worth one; after a surprise it looks elsewhere. Whether anything came of it.
  private func experiment(_ limit: Int, exploring: Bool) -> Bool {
    var explored: Set<String> = [], isSuccess = false
    if exploring { notePairs() }
    while !isDone(limit) {
      let open = skills.filter { tries[$0, default: 0] < Self.triesHere && !explored.contains($0) }
      guard let experiment = learner.nextExperiment(from: facts, among: open, exploring: exploring) else {
        break
      }
      let before = facts
      act(experiment.skill)
      let changed = learner.tellsApart(before, facts)
      isSuccess = isSuccess || changed
      if experiment.purpose == .explore {
        explored.insert(experiment.skill)
      } else {
        tries[experiment.skill, default: 0] += 1
        if !changed { act(place.controls[Int(random.below(UInt32(place.controls.count)))]) }
      }
    }
    return isSuccess
  }

  /// How often a skill is tried for its own sake on one ground: tries elsewhere tell more.
  private static let triesHere = 3
}
