import Testing

@testable import KnackOverworld

/// What the player's hands do to creatures.
@Suite struct BlowTests {
  /// A world with a creature before the player's eyes.
  private func facing(_ kind: CreatureKind) -> (FlatWorld, Int) {
    let test = FlatWorld()
    test.player.pitch = 1
    return (test, test.world.spawn(kind, x: 64.5, y: 64, z: 66.3)!)
  }

  @Test func aBlowTakesWhatTheWeaponDoesAndItsTimeToRecover() {
    for (weapon, damage, pause) in [("stick", 1, 5), ("diamond_sword", 7, 12), ("iron_axe", 9, 22)] {
      let (test, cow) = facing(.cow)
      test.give(weapon)
      test.tick(1, Controls(attack: true))
      #expect(test.world.creatures[cow].health == Float(10 - damage))
      #expect(test.player.attackTicks == Int32(pause))
      // Nothing more before full strength is back.
      test.tick(pause - 1, Controls(attack: true))
      #expect(test.world.creatures[cow].health == Float(10 - damage))
    }
  }

  @Test func swordsWearOffByBlowsAndTheDeadLeaveWhatTheyLeave() {
    let (test, cow) = facing(.cow)
    test.give("diamond_sword")
    test.world.creatures[cow].health = 5
    test.tick(1, Controls(attack: true))
    #expect(test.player.held.wear == 1 && test.world.creatureCount == 0 && test.world.dropCount >= 1)
  }

  @Test func theReachIsThreeBlocksAndWallsShield() {
    let (far, cow) = facing(.cow)
    far.player.z = 62
    far.tick(1, Controls(attack: true))
    #expect(far.world.creatures[cow].health == 10)
    let (shielded, other) = facing(.cow)
    shielded.set(64, 65, 65, .glass)
    shielded.tick(1, Controls(attack: true))
    #expect(shielded.world.creatures[other].health == 10 && shielded.player.breakingProgress > 0)
  }

  @Test func useMilksAndShears() {
    let (meadow, _) = facing(.cow)
    meadow.give("bucket")
    meadow.tick(1, Controls(use: true))
    #expect(meadow.count("milk_bucket") == 1 && meadow.count("bucket") == 0)
    let (fold, sheep) = facing(.sheep)
    fold.give("shears")
    var mask = [UInt8](repeating: 0, count: fold.rules.actions.flat.count)
    fold.world.writeFlatMask(fold.rules, into: &mask)
    #expect(mask[OverworldActions.attack] == 1 && mask[OverworldActions.use] == 1)
    fold.tick(1, Controls(use: true))
    #expect(fold.world.creatures[sheep].isShorn && fold.player.held.wear == 1 && fold.world.dropCount >= 1)
    fold.world.writeFlatMask(fold.rules, into: &mask)
    #expect(mask[OverworldActions.use] == 0)
  }

  @Test func nothingIsPlacedIntoACreature() {
    let test = FlatWorld()
    test.player.pitch = 3
    test.give("cobblestone")
    test.world.spawn(.cow, x: 65.3, y: 64, z: 66.9)
    test.world.perform(OverworldAction(Controls(), .place(slot: 0)), test.rules)
    #expect(test.block(64, 64, 66) == .air && test.count("cobblestone") == 1)
  }
}
