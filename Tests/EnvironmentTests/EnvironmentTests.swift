import KnackEnvironment
import Testing

@Suite struct EnvironmentTests {
  let kind = WorldKind(Countdown.self, Countdown.Rules())

  private func row(_ pointer: UnsafeMutablePointer<UInt8>, _ world: Int) -> [UInt8] {
    [pointer[2 * world], pointer[2 * world + 1]]
  }

  @Test func sameStepResetsAtOnceAndKeepsTheFinalObservation() {
    let batch = VectorEnvironment(kind, count: 2, autoreset: .sameStep, facts: true)
    batch.reset(seed: 1)
    #expect(row(batch.observations, 0) == [1, 0] && row(batch.observations, 1) == [2, 0])
    #expect(batch.actionMasks?[0] == 0 && batch.actionMasks?[2] == 1)

    batch.step([1, 1])
    #expect(batch.terminated[0] && !batch.terminated[1])
    #expect(batch.rewards[0] == 1 && batch.rewards[1] == 0)
    #expect(row(batch.finalObservations, 0) == [0, 1])
    #expect(row(batch.observations, 0) == [2, 0], "the next episode's first observation")
    #expect(row(batch.observations, 1) == [1, 1])
    #expect(batch.facts?[0] == 2 && batch.facts?[3] == 1)
    #expect(batch.episodeReturns[0] == 1 && batch.episodeLengths[0] == 1 && batch.episodeSuccesses[0])

    batch.step([0, 1])
    #expect(!batch.terminated[0] && row(batch.observations, 0) == [2, 1], "the new episode goes on")
    #expect(batch.terminated[1] && row(batch.finalObservations, 1) == [0, 2] && batch.episodeLengths[1] == 2)
  }

  @Test func nextStepShowsTheEndAndThenIgnoresAnAction() {
    let batch = VectorEnvironment(kind, count: 1, autoreset: .nextStep)
    batch.reset(seed: 1)
    batch.step([1])
    #expect(batch.terminated[0] && batch.rewards[0] == 1)
    #expect(row(batch.observations, 0) == [0, 1] && row(batch.finalObservations, 0) == [0, 1])
    batch.step([1])
    #expect(!batch.terminated[0] && !batch.truncated[0] && batch.rewards[0] == 0)
    #expect(row(batch.observations, 0) == [2, 0], "the action was ignored")
    batch.step([1])
    #expect(row(batch.observations, 0) == [1, 1])
  }

  @Test func limitsTruncateWithoutTerminating() {
    let batch = VectorEnvironment(kind, count: 1)
    batch.reset(seed: 5)
    for step in 1...8 {
      batch.step([0])
      #expect(batch.truncated[0] == (step == 8) && !batch.terminated[0])
    }
    #expect(row(batch.finalObservations, 0) == [5, 8])
    #expect(batch.episodeReturns[0] == 0 && batch.episodeLengths[0] == 8 && !batch.episodeSuccesses[0])
  }

  @Test func bothEndsAtOnce() {
    let batch = VectorEnvironment(kind, count: 1)
    batch.reset(seed: 8)
    for _ in 0..<8 { batch.step([1]) }
    #expect(batch.truncated[0] && batch.terminated[0] && batch.episodeSuccesses[0])
  }

  @Test(arguments: Autoreset.allCases) func rangesMakeTheSameStepAsTheWholeBatch(autoreset: Autoreset) {
    let whole = VectorEnvironment(kind, count: 5, autoreset: autoreset)
    let parts = VectorEnvironment(kind, count: 5, autoreset: autoreset)
    whole.reset(seed: 1)
    parts.reset(seed: 1)
    for step in 0..<40 {
      let actions = (0..<5).map {
        Int32(($0 * step + step / 2) % 2 | (whole.actionMasks![2 * $0] == 0 ? 1 : 0))
      }
      whole.step(actions)
      parts.step(actions, in: 3..<5)
      parts.step(actions, in: 0..<3)
    }
    #expect(whole.save() == parts.save())
  }

  @Test func savedBatchesGoOnWhereTheyStood() throws {
    let batch = VectorEnvironment(kind, count: 3), other = VectorEnvironment(kind, count: 3)
    batch.reset(seed: 3)
    batch.step([1, 1, 0])
    try other.restore(batch.save())
    for _ in 0..<20 {
      batch.step([1, 1, 1])
      other.step([1, 1, 1])
    }
    #expect(batch.save() == other.save())

    let smaller = VectorEnvironment(kind, count: 2)
    #expect(throws: EnvironmentError.stateOfAnotherBatch(environment: "Countdown", count: 2)) {
      try smaller.restore(batch.save())
    }
    #expect(throws: EnvironmentError.self) { try batch.restore(Array(batch.save().dropLast())) }
    #expect(throws: EnvironmentError.self) { try batch.restore([]) }
  }

  @Test func damagedFlagsAreRefused() throws {
    let batch = VectorEnvironment(kind, count: 3)
    batch.reset(seed: 3)
    let saved = batch.save()
    // After a line with a label come the worlds, in one line of 64 bytes, then the rows as they lie in memory.
    let rows = saved.prefix { $0 != UInt8(ascii: "\n") }.count + 1 + 64
    for flags in [batch.terminated, batch.truncated, batch.episodeSuccesses] {
      var damaged = saved
      damaged[rows + (UnsafeRawPointer(flags) - UnsafeRawPointer(batch.observations)) + 2] = 2
      #expect(throws: EnvironmentError.damagedState(environment: "Countdown")) { try batch.restore(damaged) }
    }
    #expect(batch.save() == saved)
  }

  @Test func copiedWorldsBranch() {
    let batch = VectorEnvironment(kind, count: 2, facts: true)
    batch.reset(seed: 6)
    batch.step([1, 0])
    batch.copy(world: 0, to: 1)
    #expect(row(batch.observations, 1) == [5, 1] && batch.facts?[3] == 5)
    batch.step([1, 0])
    #expect(row(batch.observations, 0) == [4, 2] && row(batch.observations, 1) == [5, 2])
  }

  /// Bit 0: waited at least once; bit 1: arrived.
  @Test(arguments: Autoreset.allCases, [false, true])
  func endedEpisodesKeepTheirAchievements(autoreset: Autoreset, facts: Bool) throws {
    let batch = VectorEnvironment(kind, count: 2, autoreset: autoreset, facts: facts)
    #expect(batch.specification.achievementNames == ["wait", "arrive"] && (batch.facts != nil) == facts)
    batch.reset(seed: 1)
    batch.step([1, 0])
    #expect(batch.episodeAchievements?[0] == 0b10, "arrived at once")
    let other = VectorEnvironment(kind, count: 2, autoreset: autoreset, facts: facts)
    try other.restore(batch.save())
    #expect(other.episodeAchievements?[0] == 0b10)
    for _ in 0..<7 { batch.step([1, 0]) }
    #expect(batch.truncated[1] && batch.episodeAchievements?[1] == 0b01, "waited to the end")
    #expect((batch.finalFacts != nil) == facts)
    if let final = batch.finalFacts { #expect(final[3] == 2 && final[4] == 8 && final[5] == 0) }
    batch.copy(world: 1, to: 0)
    #expect(batch.episodeAchievements?[0] == 0b01)
    if let final = batch.finalFacts { #expect(final[1] == 8) }
  }

  @Test func aStepSaysWhatItReachedFirst() {
    let batch = VectorEnvironment(kind, count: 1)
    batch.reset(seed: 2)
    var new: [UInt64?] = []
    for action: Int32 in [0, 0, 1, 1, 0] {  // the last waits in the next episode
      batch.step([action])
      new.append(batch.newAchievements?[0])
    }
    #expect(new == [0b01, 0, 0, 0b10, 0b01])
  }

  @Test func observationsCanShowWhatWasReached() {
    let showing = kind.showingAchievements()
    #expect(showing.specification.observation.fields.map(\.name) == ["number", "achievements"])
    #expect(kind.specification.observation.fields.count == 1, "the kind itself stays as it is")
    let batch = VectorEnvironment(showing, count: 1)
    func row() -> [UInt8] { Array(UnsafeBufferPointer(start: batch.observations, count: 4)) }
    batch.reset(seed: 1)
    #expect(row() == [1, 0, 0, 0])
    batch.step([1])
    #expect(row() == [2, 0, 0, 0], "a new episode has reached nothing")
    #expect(Array(UnsafeBufferPointer(start: batch.finalObservations, count: 4)) == [0, 1, 0, 1])
    batch.step([0])
    #expect(row() == [2, 1, 1, 0])
  }

  @Test func streamsGoOnWithoutASeed() {
    let batch = VectorEnvironment(kind, count: 1)
    batch.reset(seed: 4)
    batch.reset(seed: nil)
    #expect(row(batch.observations, 0) == [5, 0])
    batch.reset(seed: 4)
    #expect(row(batch.observations, 0) == [4, 0])
  }

  @Test func tracesPrintEachEventAndResetAtMinusOne() throws {
    var lines: [String] = []
    try kind.trace(seed: 2, actions: [1, 1, -1, 0]) { lines.append($0.json) }
    #expect(
      lines == [
        #"{"event":"reset","mission":"say \"zero\"\u000a","number":[2]}"#,
        #"{"event":"step","action":1,"number":[1],"reward":0.0,"terminated":false,"truncated":false}"#,
        #"{"event":"step","action":1,"number":[0],"reward":1.0,"terminated":true,"truncated":false}"#,
        #"{"event":"reset","mission":"say \"zero\"\u000a","number":[3]}"#,
        #"{"event":"step","action":0,"number":[3],"reward":0.0,"terminated":false,"truncated":false}"#,
      ])
    var emitted = 0
    #expect(throws: EnvironmentError.actionOutOfRange(2, environment: "Countdown", count: 2)) {
      try kind.trace(seed: 2, actions: [1, 2]) { _ in emitted += 1 }
    }
    #expect(emitted == 0, "nothing is printed of a request that cannot be carried out")
  }

  @Test func registriesNameTheNearestId() throws {
    let kind = kind
    let registry = EnvironmentRegistry(
      ["Countdown-v0", "Countdown-v1", "Maze"].map { id in
        EnvironmentRegistry.Entry(id: id, observations: ["number"]) { _ in kind }
      })
    #expect(try registry.kind("Countdown-v1").specification.id == "Countdown")
    #expect(throws: EnvironmentError.unknownEnvironment("countdown-v", nearest: "Countdown-v0")) {
      try registry.kind("countdown-v")
    }
    #expect(throws: EnvironmentError.unknownEnvironment("Chess", nearest: nil)) { try registry.kind("Chess") }
    let errors: [(EnvironmentError, String)] = [
      (.unknownEnvironment("Mase", nearest: "Maze"), "There is no environment 'Mase'; did you mean 'Maze'?"),
      (
        .unknownObservation("pixels", environment: "Maze", known: ["number"]),
        "Maze has no observation 'pixels'; choose one of: number."
      ),
    ]
    for (error, sentence) in errors { #expect("\(error)" == sentence) }
  }

  @Test func registriesKnowTheRuleBooksOfSomeWorlds() throws {
    let kind = kind
    let book = RuleBook(
      id: "Maze",
      sections: [RuleBook.Section("walls", summary: "", json: .array([.integer(3)]), rows: [["3"]])])
    let registry = EnvironmentRegistry(
      [EnvironmentRegistry.Entry(id: "Countdown-v0", observations: ["number"]) { _ in kind }],
      ruleBooks: ["Maze": { book }])
    #expect(try registry.ruleBook("Maze").json.text == #"{"walls":[3]}"#)
    #expect(throws: EnvironmentError.unknownEnvironment("Mase", nearest: "Maze")) {
      try registry.ruleBook("Mase")
    }
    #expect(throws: EnvironmentError.printsNoRules(environment: "Countdown-v0", others: ["Maze"])) {
      try registry.ruleBook("Countdown-v0")
    }
  }
}
