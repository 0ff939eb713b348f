extension OverworldWorld {
  /// One tick of the player, in this order: what is about it, its hands, its way, its body, and the items on the ground.
  ///
  /// Turning is no part of it: ``perform(_:_:)`` sees to that in the first tick of a step. A held jump key makes it jump as
  /// soon as it is on the ground and ten ticks are over. A held attack key goes on to what is behind a broken block after a
  /// pause of five ticks. A dead player does nothing.
  mutating func tickPlayer(_ controls: Controls, _ rules: OverworldRules) {
    if !isPlayerDead {
      sensePlayerSurroundings(rules)
      moveHands(controls, rules)
      movePlayer(controls, rules)
      livePlayer(rules)
    }
    tickDrops(rules)
  }

  /// What the held attack and use keys do.
  @inline(__always)
  private mutating func moveHands(_ controls: Controls, _ rules: OverworldRules) {
    if player.attackTicks > 0 { player.attackTicks -= 1 }
    if player.breakTicks > 0 { player.breakTicks -= 1 }
    if player.useTicks > 0 { player.useTicks -= 1 }
    if controls.use {
      use(rules)
    } else {
      player.eatingTicks = 0
      if !controls.attack { player.useTicks = 0 }
    }
    if controls.attack && player.eatingTicks == 0 {
      attack(rules)
    } else if player.breakingX >= 0 {
      stopBreaking()
    }
  }

  /// Turns the player's head.
  mutating func turnPlayer(_ turn: Int8, _ tilt: Int8) {
    player.yaw = Int8(((Int(player.yaw) + Int(turn)) % 24 + 24) % 24)
    player.pitch = Int8(max(-6, min(6, Int(player.pitch) + Int(tilt))))
  }
}
