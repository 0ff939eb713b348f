import KnackEnvironment
import Testing

@testable import KnackOverworld

@Suite struct ActionTests {
  /// A world with something of everything about the player: blocks to break, water, stations, and random items.
  private func workshop(_ random: inout SystemStream) -> FlatWorld {
    let test = FlatWorld(floor: [Block.stone, .grass, .sand, .farmland][random.below(4)])
    let kinds: [Block] = [
      .stone, .oakLog, .dirt, .torch, .chest, .craftingTable, .furnace, .water, .lava, .oakFenceGate,
      .ironOre, .glass,
      .tallGrass,
    ]
    for _ in 0..<40 {
      let x = 60 + random.below(9), y = 64 + random.below(4), z = 60 + random.below(9)
      if (x, z) != (64, 64) { test.world.blocks.set(x, y, z, kinds[random.below(kinds.count)]) }
    }
    let items = test.rules.minecraft.items
    let named = OverworldActions.standard.named
    for _ in 0..<random.below(20) {
      let item =
        random.below(2) == 0
        ? Item(rawValue: UInt16(1 + random.below(items.count - 1))) : named[random.below(named.count)]
      let stack = ItemStack(item, UInt8(1 + random.below(Int(items.stackSize[item.index]))))
      _ = test.world.take(stack, test.rules)
    }
    test.player.yaw = Int8(random.below(24))
    test.player.pitch = Int8(random.below(13) - 6)
    test.player.food = Int32(random.below(21))
    test.player.burnTicks = Int32([0, 100, 200][random.below(3)])
    return test
  }

  @Test func anActionIsAllowedWhereItDoesSomething() {
    var random = SystemStream(seed: 5)
    let rules = FlatWorld().rules
    let flat = rules.actions.flat
    var mask = [UInt8](repeating: 0, count: flat.count)
    var allowed = Set<String>()
    for _ in 0..<25 {
      let test = workshop(&random)
      let copy = FlatWorld()
      test.world.writeFlatMask(rules, into: &mask)
      copy.restore(test)
      for (number, action) in flat.enumerated() {
        let effect: Bool
        switch action.verb {
        case .move: continue
        case .attack:
          copy.tick(1, action.controls)
          effect =
            copy.player.breakingX >= 0 && copy.player.breakingProgress > 0 || copy.hasOtherBlocks(than: test)
        case .use:
          copy.tick(1, action.controls)
          effect = copy.player.eatingTicks > 0 || copy.player.useTicks > 0
        case .equip, .place, .drop, .craft, .smelt:
          copy.world.perform(copy.world.flatAction(number, rules), rules)
          effect = copy.hasOtherItems(than: test) || copy.hasOtherBlocks(than: test)
        }
        #expect((mask[number] == 1) == effect, "\(action.name)")
        if effect || action.verb == .attack || action.verb == .use { copy.restore(test) }
        if effect { allowed.insert("\(action.verb)") }
      }
    }
    #expect(allowed.count == 7)
  }

  @Test func theFactorsMasksSayTheSame() {
    var random = SystemStream(seed: 9)
    let rules = FlatWorld().rules
    let layout = FactoredMaskLayout(rules.actions)
    var mask = [UInt8](repeating: 0, count: layout.count)
    for _ in 0..<25 {
      let test = workshop(&random)
      let copy = FlatWorld()
      test.world.writeFactoredMask(rules, layout, into: &mask)
      func check(_ function: FactoredAction.Function, _ range: Range<Int>) {
        var any = false
        copy.restore(test)
        for (value, byte) in range.enumerated() {
          var action = FactoredAction()
          action.function = function
          if function == .craft { action.product = value } else { action.slot = value }
          copy.world.perform(action.action(rules.actions), rules)
          let effect = copy.hasOtherItems(than: test) || copy.hasOtherBlocks(than: test)
          #expect((mask[byte] == 1) == effect, "\(function) \(value)")
          any = any || effect
          if effect { copy.restore(test) }
        }
        #expect((mask[layout.function.lowerBound + Int(function.rawValue)] == 1) == any)
      }
      check(.craft, layout.product)
      check(.equip, layout.equip)
      check(.place, layout.place)
      check(.destroy, layout.destroy)
    }
  }

  @Test func factorsAreDigitsOfOneNumber() {
    let actions = OverworldActions.standard
    let count = FactoredAction.count(actions)
    #expect(count == FactoredAction.sizes(actions).reduce(1, *))
    #expect(FactoredAction(0, actions).code(actions) == 0)
    var random = SystemStream(seed: 1)
    for _ in 0..<1000 {
      let code = random.below(count)
      let action = FactoredAction(code, actions)
      #expect(action.code(actions) == code)
    }
    var action = FactoredAction(count - 1, actions)
    #expect(action.forward == 2 && action.slot == 35 && action.function == .destroy && action.pitch == 24)
    action = FactoredAction()
    action.forward = 1
    action.gait = 1
    action.yaw = 13
    action.pitch = 11
    action.function = .attack
    #expect(
      action.action(actions)
        == OverworldAction(Controls(forward: 1, jump: true, attack: true, turn: 1, tilt: -1)))
  }

  @Test func lookingEndsAtTheNeckAndADeadPlayerDoesNothing() {
    let test = FlatWorld()
    var mask = [UInt8](repeating: 0, count: test.rules.actions.flat.count)
    for _ in 0..<8 { test.world.perform(OverworldAction(Controls(turn: -1, tilt: -1)), test.rules) }
    #expect(test.player.pitch == -6 && test.player.yaw == 16)
    test.world.writeFlatMask(test.rules, into: &mask)
    #expect(mask[OverworldActions.lookUp] == 0 && mask[OverworldActions.lookDown] == 1)
    test.world.hurtPlayer(20, test.rules)
    test.world.writeFlatMask(test.rules, into: &mask)
    #expect(mask[0] == 1 && mask.reduce(0) { $0 + Int($1) } == 1)
    let x = test.player.x
    test.tick(10, Controls(forward: 1))
    #expect(test.player.x == x)
  }

  @Test func equippingSwapsThrowingLandsAheadDestroyingIsForGood() {
    let test = FlatWorld()
    test.give("dirt", 10)
    test.give("iron_pickaxe")
    test.player.inventory[1].wear = 7
    test.world.perform(OverworldAction(Controls(), .equip(slot: 1)), test.rules)
    #expect(test.player.inventory[0] == ItemStack(test.item("iron_pickaxe"), 1, wear: 7))
    #expect(test.player.inventory[1] == ItemStack(test.item("dirt"), 10))
    test.world.perform(OverworldAction(Controls(), .drop(slot: 0, all: false)), test.rules)
    #expect(test.world.drops[0].stack == ItemStack(test.item("iron_pickaxe"), 1, wear: 7))
    test.tick(60)
    #expect(test.world.drops[0].z == 66.5 && test.player.held.isEmpty)
    test.tick(20, Controls(forward: 1))
    #expect(test.player.held == ItemStack(test.item("iron_pickaxe"), 1, wear: 7))
    test.world.perform(OverworldAction(Controls(), .destroy(slot: 1)), test.rules)
    #expect(test.count("dirt") == 0 && test.world.dropCount == 0)
  }
}

/// A stream of random numbers for a test.
struct SystemStream {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// Uniform in `0 ..< count` (Steele, Lea and Flood 2014, SplitMix64).
  mutating func below(_ count: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return Int((word ^ word >> 31) % UInt64(count))
  }
}
