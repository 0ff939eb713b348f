import KnackEnvironment
import KnackStage
import Testing

/// Going back and forth in an episode, exactly.
@Suite struct PlaybackTests {
  /// Small and large worlds, with and without an expert that keeps something in mind.
  @Test(arguments: [
    ("MiniGrid-Dynamic-Obstacles-8x8-v0", false), ("Crafter-v1", false), ("Crafter-v1", true),
    ("CrafterFast-v1", true), ("Overworld-v1", false),
  ])
  func everyStepCanBeGoneBackTo(_ id: String, _ expert: Bool) throws {
    // Room for few keyframes, so that they are thinned out as well.
    let playback = try play(id, expert: expert, memory: 1 << 20)
    var states = [playback.state], reports = [playback.report]
    for _ in 0..<150 where !playback.isOver {
      playback.advance()
      states.append(playback.state)
      reports.append(playback.report)
    }
    let end = playback.position
    #expect(end > 3)
    for target in [0, 1, end / 2, end / 2 - 1, end / 3, end, end - 1, 2, end] {
      playback.seek(to: target)
      #expect(playback.position == target)
      // The expert's memory is in the batch and changes when it is asked, so that what is compared is after asking.
      #expect(playback.state == states[target], "step \(target)")
      #expect(playback.report == reports[target], "step \(target)")
    }
    // What was played is repeated from any place.
    playback.seek(to: end / 2)
    while playback.position < end { playback.advance() }
    #expect(playback.state == states[end])
    #expect(playback.steps.count == end)
  }

  @Test func goingOnByHandForgetsWhatCameAfter() throws {
    let playback = try play("MiniGrid-Empty-8x8-v0")
    for _ in 0..<20 where !playback.isOver { playback.advance() }
    playback.seek(to: 6)
    let left = playback.state
    playback.advance(by: 0)
    #expect(playback.steps.count == 7 && playback.steps[6].byHand && playback.steps[6].action == 0)
    playback.seek(to: 6)
    #expect(playback.state == left)
    // It is repeated as well.
    playback.advance()
    #expect(playback.steps.count == 7 && playback.steps[6].byHand)
    playback.advance()
    #expect(!playback.steps[7].byHand)
    // Going back there afterwards comes to what was done by hand, not to what came after before.
    let seen = playback.state
    for target in [7, 0, 7, 8] { playback.seek(to: target) }
    #expect(playback.state == seen)
  }

  @Test func episodesAreThoseOfTheirSeeds() throws {
    let playback = try play("Crafter-v1", seed: 40)
    playback.begin(2)
    let direct = VectorEnvironment(
      try registry.kind("Crafter-v1"), count: 1, autoreset: .nextStep, facts: true)
    direct.reset(seed: 42)
    let size = direct.specification.observation.size
    #expect(
      Array(UnsafeBufferPointer(start: playback.environment.observations, count: size))
        == Array(UnsafeBufferPointer(start: direct.observations, count: size)))
    #expect(playback.scene.seed == 42)
  }

  @Test func endsAreShownAndCounted() throws {
    let playback = try play("MiniGrid-Empty-5x5-v0")
    while !playback.isOver { playback.advance() }
    let steps = playback.position
    #expect(playback.ended.map(\.steps) == [steps])
    playback.advance()
    #expect(playback.position == steps, "nothing comes after the end")
    playback.seek(to: steps - 1)
    #expect(!playback.isOver)
    playback.advance()
    #expect(playback.isOver && playback.ended.count == 1, "an end that is seen again is no other")
    #expect(playback.scene.isOver)
  }

  @Test func scenesSayWhatWasDone() throws {
    let playback = Playback(
      try registry.kind("MiniGrid-DoorKey-8x8-v0"), agent: TalkativeAgent(), seed: 1)
    for _ in 0..<12 { playback.advance() }
    let scene = playback.scene
    #expect(scene.timeline.map(\.name) == ["find_tree", "cut_tree", "craft_stick"])
    #expect(scene.timeline.map(\.count) == [5, 5, 2])
    #expect(scene.values.count == 13)
    #expect(scene.mission == "use the key to open the door and then get to the goal")
    #expect(scene.report.facts.contains(AgentReport.Fact("doors_locked", 1)))
  }
}

/// The thread beside the window's.
@Suite struct ShowTests {
  /// Waits until the show tells of something.
  private func wait(
    _ show: Show, _ environment: VectorEnvironment, for condition: (Scene) -> Bool
  ) async throws -> Scene? {
    for _ in 0..<400 {
      if let scene = show.take(environment), condition(scene) { return scene }
      try await Task.sleep(for: .milliseconds(10))
    }
    return nil
  }

  @Test func commandsAreObeyed() async throws {
    let playback = try play("MiniGrid-DoorKey-8x8-v0")
    let kind = playback.environment.kind
    let show = Show(playback, paused: true)
    defer { show.close() }
    let environment = VectorEnvironment(kind, count: 1, autoreset: .nextStep, facts: true)
    #expect(try await wait(show, environment) { $0.position == 0 && $0.isPaused } != nil)
    show.send(.stepForward)
    show.send(.stepForward)
    #expect(try await wait(show, environment) { $0.position == 2 } != nil)
    show.send(.stepBack)
    #expect(try await wait(show, environment) { $0.position == 1 && $0.count == 2 } != nil)
    show.send(.changeSpeed(by: 1000))
    show.send(.togglePause)
    #expect(try await wait(show, environment) { $0.position > 20 } != nil)
    show.send(.takeOver(true))
    show.send(.seek(5))
    show.send(.act(0))
    #expect(try await wait(show, environment) { $0.isByHand && $0.position == 6 && $0.count == 6 } != nil)
    show.send(.toggleGreedy)
    #expect(try await wait(show, environment) { $0.notice?.contains("no policy") ?? false } != nil)
    let here = playback.episode
    show.send(.moveEpisode(by: 1))
    #expect(try await wait(show, environment) { $0.episode == here + 1 && $0.position == 0 } != nil)
  }

  @Test func unfinishedEpisodesAreToldOf() async throws {
    let playback = try play("MiniGrid-DoorKey-8x8-v0")
    nonisolated(unsafe) var told: [Int] = []
    let show = Show(playback, byHand: true, episodeEnded: { told.append($0.position) })
    for action in [0, 1, 0] { show.send(.act(action)) }
    show.send(.moveEpisode(by: 1))
    show.send(.act(1))
    let environment = VectorEnvironment(
      playback.environment.kind, count: 1, autoreset: .nextStep, facts: true)
    #expect(try await wait(show, environment) { $0.episode == 1 && $0.position == 1 } != nil)
    show.close()
    #expect(told == [3, 1])
  }
}
