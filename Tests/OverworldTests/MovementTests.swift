import KnackOverworld
import Testing

@testable import KnackOverworld

/// Movement, falls, breath and hunger against Minecraft's numbers.
@Suite struct MovementTests {
  /// Blocks a second once the speed has settled.
  private func speed(_ controls: Controls, floor: Block = .stone) -> Double {
    let test = FlatWorld(floor: floor)
    test.tick(40, controls)
    let (x, z) = (test.player.x, test.player.z)
    test.tick(20, controls)
    let (dx, dz) = (test.player.x - x, test.player.z - z)
    return (dx * dx + dz * dz).squareRoot()
  }

  @Test func walksSprintsAndSneaksAsFastAsMinecraft() {
    #expect(abs(speed(Controls(forward: 1)) - 4.317) < 0.001)
    #expect(abs(speed(Controls(forward: -1)) - 4.317) < 0.001)
    #expect(abs(speed(Controls(strafe: 1)) - 4.317) < 0.001)
    #expect(abs(speed(Controls(forward: 1, sprint: true)) - 5.612) < 0.001)
    #expect(abs(speed(Controls(forward: 1, sneak: true)) - 1.295) < 0.001)
  }

  @Test func jumpsOneAndAQuarterBlocks() {
    let test = FlatWorld()
    var highest = 0.0
    test.tick(1, Controls(jump: true))
    for _ in 0..<20 {
      highest = max(highest, test.player.y - 64)
      test.tick()
    }
    #expect(abs(highest - 1.252) < 0.001)
    #expect(test.player.y == 64 && test.player.isOnGround)
  }

  @Test func facesAsMinecraftsYawSays() {
    for (yaw, dx, dz) in [(0, 0.0, 1.0), (6, -1, 0), (12, 0, -1), (18, 1, 0)] {
      let test = FlatWorld()
      test.player.yaw = Int8(yaw)
      test.tick(30, Controls(forward: 1))
      let x = test.player.x - 64.5, z = test.player.z - 64.5
      #expect(abs(x - dx * abs(x)) < 1e-6 && abs(z - dz * abs(z)) < 1e-6 && abs(x) + abs(z) > 4)
      let right = FlatWorld()
      right.player.yaw = Int8(yaw)
      right.tick(30, Controls(strafe: 1))
      // To the right of south is west.
      #expect((right.player.x - 64.5) * -dz + (right.player.z - 64.5) * dx > 4)
    }
  }

  @Test func wallsStopSlabsDoNotAndJumpsClearOneBlockButNoFence() {
    for (block, passes, jumps) in [
      (Block.stone, false, true), (.stoneSlab, true, true), (.oakStairs, true, true),
      (.oakFence, false, false),
      (.torch, true, true), (.whiteCarpet, true, true), (.chest, false, true),
    ] {
      for jump in [false, true] {
        let test = FlatWorld()
        for x in 0..<128 { test.set(x, 64, 68, block) }
        test.tick(60, Controls(forward: 1, jump: jump))
        #expect((test.player.z > 69) == (jump ? jumps : passes), "\(block) \(jump)")
        if test.player.z < 69 { #expect(abs(test.player.z - 67.7) < 0.01) }
      }
    }
  }

  @Test func fallsHurtByWhatIsBeyondThreeBlocks() {
    for height in [2, 3, 4, 5, 10, 22] {
      let test = FlatWorld(isFed: false)
      test.stand(64.5, 64 + Double(height), 64.5)
      test.tick(80)
      #expect(test.player.health == Float(20 - max(0, height - 3)), "\(height)")
      #expect(test.player.exhaustion == 0, "falls do not make hungry")
    }
    let deadly = FlatWorld()
    deadly.stand(64.5, 64 + 23, 64.5)
    deadly.tick(80)
    #expect(deadly.world.isPlayerDead)
  }

  @Test func terminalSpeedIsThatOfAir() {
    let test = FlatWorld()
    for y in 1..<64 { test.set(64, y, 64, .air) }
    test.stand(64.5, 87, 64.5)
    test.player.vy = -3.9
    test.tick(10)
    #expect(test.player.vy < -3.9 && test.player.vy > -3.92)
  }

  @Test func waterBreaksFallsAndLetsSwim() {
    let test = FlatWorld()
    for x in 60..<70 { for z in 60..<70 { for y in 61..<64 { test.world.blocks.set(x, y, z, .water) } } }
    test.stand(64.5, 84, 64.5)
    test.tick(60)
    #expect(test.player.health == 20 && test.player.isInWater)
    test.tick(60, Controls(jump: true))
    #expect(test.player.y > 62.5 && test.player.y < 64.5)
    // It climbs out at the bank.
    test.tick(100, Controls(forward: 1, jump: true))
    test.tick(20)
    #expect(
      test.player.isOnGround && test.player.y == 64 && test.player.z > 70, "\(test.player.y) \(test.player.z)"
    )
  }

  @Test func drowningTakesFifteenSecondsThenOneHeartASecond() {
    let test = FlatWorld(isFed: false)
    for y in 64..<70 { for x in 60..<70 { for z in 60..<70 { test.world.blocks.set(x, y, z, .water) } } }
    test.stand(64.5, 64, 64.5)
    test.tick(300)
    #expect(test.player.health == 20 && test.player.air == 0)
    test.tick(20)
    #expect(test.player.health == 18)
    test.tick(20)
    #expect(test.player.health == 16)
    for x in 60..<70 { for z in 60..<70 { for y in 64..<70 { test.world.blocks.set(x, y, z, .air) } } }
    test.tick(1)
    #expect(test.player.air == 300)
  }

  @Test func hungerStarvesToHalfAHeartAndAFullStomachHeals() {
    let test = FlatWorld()
    test.player.food = 0
    test.player.saturation = 0
    test.tick(80)
    #expect(test.player.health == 19)
    test.tick(80 * 30)
    #expect(test.player.health == 1)
    test.player.food = 19
    test.tick(80)
    #expect(test.player.health == 2)
    test.player.food = 20
    test.player.saturation = 20
    test.tick(10)
    #expect(test.player.health == 3)
  }

  @Test func sprintingMakesHungryWalkingDoesNot() {
    let test = FlatWorld()
    test.player.saturation = 0
    for _ in 0..<40 {
      test.tick(30, Controls(forward: 1))
      test.stand(64.5, 64, 64.5)
    }
    #expect(test.player.food == 20)
    for _ in 0..<40 {
      test.tick(30, Controls(forward: 1, sprint: true))
      test.stand(64.5, 64, 64.5)
    }
    // About 40 × 7.5 blocks, a tenth each, four a point.
    #expect(test.player.food >= 11 && test.player.food <= 14)
  }

  @Test func laddersAreClimbedAndSneakingKeepsToTheEdge() {
    let test = FlatWorld()
    for y in 64..<72 {
      for z in 68..<74 { test.set(64, y, z, .stone) }
      test.set(64, y, 67, .ladder)
    }
    test.tick(110, Controls(forward: 1))
    #expect(test.player.y == 72 && test.player.z > 68)
    let edge = FlatWorld()
    for z in 66..<80 { for x in 50..<80 { for y in 60..<64 { edge.world.blocks.set(x, y, z, .air) } } }
    edge.tick(100, Controls(forward: 1, sneak: true))
    #expect(edge.player.y == 64 && edge.player.z > 66 && edge.player.z <= 66.3 + 1e-9)
    edge.tick(20, Controls(forward: 1))
    #expect(edge.player.y < 64)
  }

  @Test func lavaCactusAndStoneHurt() {
    let lava = FlatWorld(isFed: false)
    lava.world.blocks.set(64, 64, 64, .lava)
    lava.tick(11)
    #expect(lava.player.health == 12 && lava.player.fireTicks > 0)
    let cactus = FlatWorld(floor: .sand, isFed: false)
    cactus.set(64, 64, 66, .cactus)
    cactus.tick(40, Controls(forward: 1))
    #expect(cactus.player.health < 20 && cactus.player.health > 14)
    let buried = FlatWorld(isFed: false)
    buried.world.blocks.set(64, 65, 64, .stone)
    buried.tick(1)
    #expect(buried.player.health == 19)
    buried.tick(10)
    #expect(buried.player.health == 18)
  }

  @Test func blowsThrowBackAndOnlyAWorseOneCountsAtOnce() {
    let test = FlatWorld(isFed: false)
    test.world.hurtPlayer(3, knockFromX: 64.5, z: 60, test.rules)
    #expect(test.player.health == 17 && test.player.vz > 0.39 && test.player.vy > 0.39)
    #expect(test.player.exhaustion == Exhaustion.wound)
    test.world.hurtPlayer(2, knockFromX: 64.5, z: 60, test.rules)
    #expect(test.player.health == 17)
    test.world.hurtPlayer(5, knockFromX: 64.5, z: 60, test.rules)
    #expect(test.player.health == 15)
    test.tick(11)
    #expect(test.player.z > 65)
    test.world.hurtPlayer(2, knockFromX: 64.5, z: 60, test.rules)
    #expect(test.player.health == 13)
  }
}
