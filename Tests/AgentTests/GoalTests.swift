import Testing

@testable import KnackEnvironment

/// Goals in a meadow with a tree.
struct GoalTests {
  private func practice() -> WorldKind {
    WorldKind(
      practising: GoalRules<Orchard>(
        id: "Orchard-Skills-v0", grounds: [TrainingGround(OrchardRules(), goals: [1], goalsPerEpisode: 6)]))
  }

  private func commanded() throws -> WorldKind {
    var kind = WorldKind(Orchard.self, OrchardRules())
    kind.takeCommands(Orchard.self, OrchardRules())
    return try #require(kind.commanded)
  }

  @Test("A goal whose target is not near is preceded by finding it, and attempts and successes are counted")
  func findsFirst() throws {
    let environment = VectorEnvironment(practice(), count: 8, facts: true)
    environment.reset(seed: 1)
    var actions = [Int32](repeating: 0, count: 8), random: UInt64 = 1
    var tried = SIMD2<Int>(), reached = SIMD2<Int>(), taken = 0
    for _ in 0..<4000 {
      for world in 0..<8 {
        random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let mask = environment.actionMasks! + world * 5
        let allowed = (0..<5).filter { mask[$0] != 0 }
        // Headings are offered alone, and moves alone.
        #expect(allowed.allSatisfy { $0 >= 3 } || allowed.allSatisfy { $0 < 3 })
        actions[world] = Int32(allowed[Int(random >> 33) % allowed.count])
        // Picking takes two steps of the world, choosing a heading none.
        taken += [1, 1, 2, 0, 0][Int(actions[world])]
      }
      environment.step(actions)
      for world in 0..<8 where environment.terminated[world] || environment.truncated[world] {
        let facts = environment.finalFacts! + world * 4
        for goal in 0..<2 {
          tried[goal] += Int(facts[goal])
          reached[goal] += Int(facts[2 + goal])
          #expect(facts[2 + goal] <= facts[goal], "what succeeds has been tried")
        }
      }
    }
    #expect(tried[0] > 10 && tried[1] > 10 && reached[0] > 10 && reached[1] > 10)
    #expect(abs(Int(environment.stepsTaken) - taken) < 32, "but for picks that an episode's end cut short")
  }

  @Test("Restored worlds go on as the saved ones did; damaged bytes are refused")
  func restores() throws {
    let environment = VectorEnvironment(practice(), count: 2)
    environment.reset(seed: 3)
    func play(_ steps: Int) -> [UInt8] {
      var seen: [UInt8] = [], actions: [Int32] = [0, 0]
      for step in 0..<steps {
        for world in 0..<2 {
          let mask = environment.actionMasks! + world * 5
          let allowed = (0..<5).filter { mask[$0] != 0 }
          actions[world] = Int32(allowed[step % allowed.count])
        }
        environment.step(actions)
        seen += UnsafeBufferPointer(
          start: environment.observations, count: 2 * environment.specification.observation.size)
      }
      return seen
    }
    _ = play(50)
    let saved = environment.save()
    let first = play(200)
    try environment.restore(saved)
    #expect(play(200) == first)
  }

  @Test("A commanded world says how its goal has ended, and its rewards are its own")
  func takesCommands() throws {
    let environment = VectorEnvironment(try commanded(), count: 1)
    environment.reset(seed: 5)
    #expect(environment.goalOutcome(world: 0) == .open)
    environment.command(0, world: 0)
    var steps = 0
    while environment.goalOutcome(world: 0) == .open && steps < 400 {
      let mask = environment.actionMasks!
      // To the right until the edge, then to the left.
      let allowed = (0..<5).filter { mask[$0] != 0 }
      environment.step([Int32(allowed[(steps / 70) % 2 == 0 ? allowed.count - 1 : 0])])
      steps += 1
      #expect(environment.rewards[0] == 0)
    }
    #expect(environment.goalOutcome(world: 0) != .open)
    var facts = [Int32](repeating: 0, count: 3)
    environment.writeFacts(world: 0, into: &facts)
    #expect(facts[2] == (environment.goalOutcome(world: 0) == .success ? 1 : 0))
  }

  /// A world in which the tree is looked for at one end of the meadow, as if it were rock, and its rules.
  private func atTheEdge() -> (world: GoalConditioned<Orchard>, rules: GoalRules<Orchard>) {
    var rewards = GoalRewards()
    rewards.revisit = 0.5
    let rules = GoalRules<Orchard>(
      id: "Orchard-Skills-v0", grounds: [TrainingGround(OrchardRules(gaze: 0.5), goals: [0])],
      rewards: rewards)
    var world = GoalConditioned<Orchard>(rules)
    world.seed(1, rules)
    world.reset(rules)
    (world.base.place, world.base.tree) = (2, 60)
    world.regions = RegionSet()
    world.ask(0, rules)
    return (world, rules)
  }

  @Test("Nobody heads out of the world")
  func staysInside() {
    var (world, rules) = atTheEdge()
    var mask = [UInt8](repeating: 9, count: 5)
    world.writeActionMask(rules, into: &mask)
    #expect(mask == [0, 0, 0, 1, 0], "to the right alone")
  }

  @Test("In rock, heading where one has been costs something; heading on does not")
  func doesNotTurnBack() {
    var (world, rules) = atTheEdge()
    #expect(world.step(3, rules).reward == 0)
    while !world.isChoosing { _ = world.step(1, rules) }
    world.reset(rules)  // the way was an episode of its own
    var back = world
    #expect(back.step(4, rules).reward == -0.5)
    #expect(world.step(3, rules).reward == 0)
  }

  @Test("On the way through rock, to look where one digs is worth something, once")
  func looksWhereItDigs() {
    var (world, rules) = atTheEdge()
    _ = world.step(3, rules)
    #expect(world.lead == 0.5)
    let level = world.gaze(Pose(x: 2, z: 0)), down = world.gaze(Pose(x: 2, z: 0, pitch: 0.5))
    #expect(level == -0.5 && down == 0)
    var observation = [UInt8](repeating: 0, count: rules.specification.observation.size)
    world.observe(rules, into: &observation)
    #expect(observation[4] == GoalView.code(of: 0.5), "how much lower it should look is shown")
  }
}
