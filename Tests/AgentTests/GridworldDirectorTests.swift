import KnackAgent
import KnackEnvironment
import KnackGridworld
import KnackLearning
import Testing

/// The director in gridworlds, whose episodes are for something rather than scored by achievements.
@Suite struct GridworldDirectorTests {
  /// What is asked for in a task where these facts hold and no others.
  private func asked(_ task: String, _ holding: String...) throws -> String {
    let kind = try #require(try EnvironmentRegistry(Gridworld.entries).kind("MiniGrid-\(task)-v0").commanded)
    let space = try #require(kind.goalSpace)
    let director = AchievementDirector(kind.specification, space)
    let facts: [Int32] = kind.specification.facts.map { holding.contains($0) ? 1 : 0 }
    return facts.withUnsafeBufferPointer { space.goals[director.goal(for: $0, after: nil).goal].name }
  }

  @Test func theWayIsClearedAndHandsAreEmptiedInTime() throws {
    let task = "BlockedUnlockPickup"
    #expect(try asked(task, "hands_free") == "find_obstacle")
    #expect(try asked(task, "hands_free", "obstacle_nearby") == "clear_way")
    #expect(try asked(task, "carrying_ball", "way_free") == "put_down")
    #expect(try asked(task, "hands_free", "way_free") == "find_key")
    #expect(try asked(task, "hands_free", "way_free", "key_nearby") == "pick_up_key")
    #expect(try asked(task, "carrying_key", "way_free") == "find_locked_door", "the key is kept")
    #expect(try asked(task, "carrying_key", "way_free", "locked_door_nearby") == "unlock_door")
    #expect(try asked(task, "carrying_key", "way_free", "way_open", "wanted_nearby") == "put_down")
    #expect(try asked(task, "hands_free", "way_free", "way_open") == "find_wanted")
    #expect(try asked(task, "hands_free", "way_free", "way_open", "wanted_nearby") == "pick_up_wanted")
  }

  @Test func eachTaskHasAnEnd() throws {
    #expect(try asked("DoorKey-8x8", "carrying_key", "way_free", "way_open", "goal_nearby") == "go_to_goal")
    #expect(try asked("Unlock", "carrying_key", "way_free", "locked_door_nearby") == "unlock_door")
    #expect(try asked("KeyCorridorS3R3", "hands_free", "way_free") == "find_key")
    #expect(try asked("LockedRoom", "hands_free", "way_free", "way_open") == "find_goal")
  }
}
