import Foundation
import KnackEnvironment
import Testing

@testable import KnackOverworld

/// No state that play can reach is one that cannot be.
@Suite struct RandomPlayTests {
  private static let tasks = OverworldTask.builtIn.map(\.name)
  private static let isLong = ProcessInfo.processInfo.environment["KNACK_LONG_TESTS"] != nil

  /// Random actions, half of them movements and blows so that something happens, in worlds of every task: states stay valid,
  /// stacks within their sizes, masks name actions that do not crash.
  @Test(arguments: [false, true]) func statesStayValid(_ hasFactors: Bool) {
    var random = SystemStream(seed: hasFactors ? 2 : 1)
    for number in 0..<(Self.isLong ? 500 : 12) {
      let name = Self.tasks[(hasFactors ? 7 * number + 3 : 5 * number) % Self.tasks.count]
      guard let task = OverworldTask.builtIn(name) else { continue }
      let rules = OverworldRules(task: task, ticksPerStep: number % 3 == 0 ? 1 : 10, hasFactors: hasFactors)
      let episode = Episode(rules, seed: UInt64(number))
      var mask = [UInt8](repeating: 0, count: rules.specification.actions.maskSize)
      for step in 0..<400 {
        let action: Int
        if hasFactors {
          action = random.below(rules.specification.actions.count)
        } else {
          episode.place.pointee.writeActionMask(rules, into: &mask)
          let wish = random.below(2) == 0 ? random.below(15) : random.below(mask.count)
          action = mask[wish] == 1 ? wish : random.below(15)
        }
        let transition = episode.place.pointee.step(action, rules)
        if step % 40 == 39 { check(episode, "\(name), seed \(number), step \(step)") }
        if transition.terminated || transition.truncated { episode.reset() }
      }
    }
  }

  private func check(_ episode: Episode, _ what: String) {
    #expect(OverworldWorld.accepts(UnsafeRawPointer(episode.place), episode.rules), "\(what)")
    let items = episode.rules.minecraft.items, world = episode.place
    for slot in 0..<36 {
      let stack = world.pointee.player.inventory[slot]
      #expect(
        stack.count <= items.stackSize[stack.item.index] && stack.isEmpty == (stack.item == .none), "\(what)")
      #expect(stack.wear <= items.durability[stack.item.index], "\(what)")
    }
    for index in 0..<OverworldWorld.dropCapacity where index >= Int(world.pointee.dropCount) {
      #expect(world.pointee.drops[index].stack.isEmpty, "\(what)")
    }
  }
}
