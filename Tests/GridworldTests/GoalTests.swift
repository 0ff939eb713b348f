import KnackEnvironment
import Testing

@testable import KnackGridworld

@Suite struct GoalTests {
  private let tasks = Gridworld.tasks.filter { $0.quest != nil }

  @Test func everyOperatorIsAGoalOverFactsThatThereAre() throws {
    #expect(tasks.count > 10)
    for task in tasks {
      let kind = try #require(
        try EnvironmentRegistry(Gridworld.entries).kind(task.id).commanded)
      let world = kind.specification, goals = try #require(kind.goalSpace).goals.map(\.name)
      #expect(world.operators.map(\.skill) == goals)
      for one in world.operators {
        for amount in one.requires + one.obtains { #expect(world.facts.contains(amount.fact), "\(one.name)") }
      }
      #expect(world.operators.contains { $0.obtains.map(\.fact).contains(world.goal?[0].fact ?? "") })
    }
    #expect(try EnvironmentRegistry(Gridworld.entries).kind("MiniGrid-FourRooms-v0").commanded == nil)
  }

  /// One world that takes commands, in which anybody can see what there is.
  private struct Asked {
    let environment: VectorEnvironment
    let space: GoalSpace

    init(_ task: String, seed: UInt64) throws {
      let kind = try #require(
        try EnvironmentRegistry(Gridworld.entries).kind("MiniGrid-\(task)-v0").commanded)
      environment = VectorEnvironment(kind, count: 1)
      space = try #require(kind.goalSpace)
      environment.reset(seed: seed)
    }

    func ask(_ goal: String) throws {
      environment.command(try #require(space.goals.firstIndex { $0.name == goal }), world: 0)
    }

    @discardableResult
    func act(_ moves: GridAction...) -> GoalReport {
      for move in moves { environment.step([Int32(move.rawValue)]) }
      return environment.goalReport(world: 0)
    }

    func fact(_ name: String) throws -> Int32 {
      let names = environment.specification.facts
      var facts = [Int32](repeating: 0, count: names.count)
      environment.writeFacts(world: 0, into: &facts)
      return facts[try #require(names.firstIndex(of: name))]
    }

    /// Cells of the view in view of the goal, [x][y] with the agent at (3, 6).
    func cell(_ x: Int, _ y: Int) throws -> GridGoals.CellClass? {
      var offset = 0
      for field in environment.specification.observation.fields {
        if field.name == "cells" {
          return GridGoals.CellClass(rawValue: environment.observations[offset + 7 * x + y])
        }
        offset += field.count
      }
      return nil
    }
  }

  @Test func whatIsSoughtIsShownWhereItIs() throws {
    // Turns about in worlds of several seeds until the key is in view, and then walks there.
    for seed in 0..<8 as Range<UInt64> {
      let world = try Asked("DoorKey-6x6", seed: seed)
      try world.ask("find_key")
      var turns = 0
      while try world.fact("key_nearby") == 0 && turns < 4 {
        world.act(.right)
        turns += 1
      }
      guard try world.fact("key_nearby") == 1 else { continue }
      try world.ask("pick_up_key")
      let targets = try (0..<49).filter { try world.cell($0 / 7, $0 % 7) == .target }
      #expect(targets.count == 1)
      guard targets == [7 * 3 + 5] else { continue }
      let report = world.act(.pickup)
      #expect(report.outcome == .success && report.isTerminated && report.reward > 1)
      #expect(try world.fact("hands_free") == 0 && world.fact("carrying_key") == 1)
      try world.ask("put_down")
      #expect(world.act(.drop).outcome == .success)
      #expect(try world.fact("put_aside") == 1 && world.fact("key_nearby") == 1)
    }
  }

  @Test func whatLiesBeforeALockedDoorIsInTheWay() throws {
    let world = try Asked("BlockedUnlockPickup", seed: 1)
    #expect(try world.fact("way_free") == 0 && world.fact("way_open") == 0 && world.fact("hands_free") == 1)
    #expect(try Asked("UnlockPickup", seed: 1).fact("way_free") == 1)
  }

  @Test func savedWorldsGoOnWithTheirGoals() throws {
    let world = try Asked("KeyCorridorS3R3", seed: 5)
    try world.ask("find_key")
    world.act(.right)
    let saved = world.environment.save()
    let end = world.act(.forward, .toggle, .left)
    try world.environment.restore(saved)
    let again = world.act(.forward, .toggle, .left)
    #expect(again.reward == end.reward && again.outcome == end.outcome && again.steps == end.steps)
  }
}
