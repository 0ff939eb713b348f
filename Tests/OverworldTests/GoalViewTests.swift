import KnackEnvironment
import Testing

@testable import KnackOverworld

/// What is shown to a policy that goes about.
@Suite struct GoalViewTests {
  @Test("What one would fall onto is shown, as one looks")
  func landing() {
    let flat = FlatWorld(), size = OverworldGoals.standard.space.view.reduce(0) { $0 + $1.count }
    func dig(_ x: Int, _ z: Int, to bottom: Int, _ block: Block) {
      for y in bottom..<64 { flat.set(x, y, z, .air) }
      flat.set(x, bottom, z, block)
    }
    func landings() -> [OverworldGoals.Landing?] {
      var view = [UInt8](repeating: 9, count: size)
      flat.place.pointee.writeGoalView(for: 0, flat.rules, into: &view)
      return view.suffix(9).map { OverworldGoals.Landing(rawValue: $0) }
    }
    #expect(landings().allSatisfy { $0 == .shown })
    // Looking towards +z, its left is +x.
    dig(64, 65, to: 60, .lava)
    dig(64, 63, to: 60, .water)
    dig(63, 64, to: 60, .stone)
    dig(65, 64, to: 58, .stone)
    dig(65, 65, to: 62, .lava)
    flat.player.yaw = 0
    #expect(
      landings() == [.shown, .depth, .shown, .water, .shown, .harmful, .shown, .ground, .shown],
      "from the left behind to the right ahead")
    flat.player.yaw = 12
    #expect(landings() == [.shown, .ground, .shown, .harmful, .shown, .water, .shown, .depth, .shown])
  }
}
