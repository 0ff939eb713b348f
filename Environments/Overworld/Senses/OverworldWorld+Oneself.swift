/// What an agent is shown of itself: small fields, each a few bytes. Every function returns where the next field begins.
extension OverworldWorld {
  /// Writes how many there are of each item of the list.
  @inline(__always)
  func writeInventory(_ items: SensedItems, into observation: UnsafeMutablePointer<UInt8>) {
    observation.update(repeating: 0, count: items.count)
    for slot in 0..<36 where player.inventory[unchecked: slot].count > 0 {
      let stack = player.inventory[unchecked: slot]
      let place = Int(items.place[stack.item.index])
      guard place < items.count else { continue }
      observation[place] = min(SensedItems.most, observation[place] &+ min(SensedItems.most, stack.count))
    }
  }

  /// Writes what lies in each slot, and how many.
  @inline(__always)
  func writeSlots(
    _ items: SensedItems, into observation: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    for slot in 0..<36 {
      let stack = player.inventory[unchecked: slot]
      observation[2 &* slot] = stack.isEmpty ? 0 : items.code(stack.item)
      observation[2 &* slot &+ 1] = min(64, stack.count)
    }
    return observation + 72
  }

  /// Writes what the player holds, and how much of it is worn off.
  @inline(__always)
  func writeEquipped(
    _ items: SensedItems, into observation: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    let held = player.inventory[unchecked: 0]
    observation[0] = held.isEmpty ? 0 : items.code(held.item)
    let durability = Int(items.durability[held.item.index])
    let worn = durability == 0 ? 0 : (16 &* Int(held.wear) &+ durability &- 1) / durability
    observation[1] = UInt8(truncatingIfNeeded: min(16, worn))
    return observation + 2
  }

  /// Writes health, food and breath, each 0 … 20, a little of something being something.
  @inline(__always)
  func writeLife(into observation: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
    @inline(__always)
    func level(_ value: Int32) -> UInt8 { UInt8(truncatingIfNeeded: max(0, min(20, value))) }
    observation[0] = level(Int32(max(0, min(20, player.health)).rounded(.up)))
    observation[1] = level(player.food)
    observation[2] = level((max(0, player.air) &+ 14) / 15)
    return observation + 3
  }

  /// Writes what the body feels.
  @inline(__always)
  func writeBody(into observation: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
    observation[0] = player.isOnGround ? 1 : 0
    observation[1] = player.isInWater ? 1 : 0
    observation[2] = player.isUnderWater ? 1 : 0
    observation[3] = player.isSneaking ? 1 : 0
    observation[4] = player.isSprinting ? 1 : 0
    observation[5] = player.fireTicks > 0 ? 1 : 0
    return observation + 6
  }

  /// Writes where the player looks.
  @inline(__always)
  func writeCompass(into observation: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
    observation[0] = UInt8(bitPattern: player.yaw)
    observation[1] = UInt8(bitPattern: player.pitch &+ 6)
    return observation + 2
  }

  /// Writes the cell of the player's feet, the nearest one inside the grid.
  @inline(__always)
  func writePosition(into observation: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
    @inline(__always)
    func clamped(_ coordinate: Double, _ count: Int) -> UInt8 {
      UInt8(truncatingIfNeeded: max(0, min(count &- 1, cell(coordinate))))
    }
    observation[0] = clamped(player.x, BlockGrid.side)
    observation[1] = clamped(player.y, BlockGrid.height)
    observation[2] = clamped(player.z, BlockGrid.side)
    return observation + 3
  }

  /// Writes the biome.
  @inline(__always)
  func writeBiome(into observation: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
    let x = cell(player.x), z = cell(player.z)
    observation[0] =
      BlockGrid.hasColumn(x, z) ? biomes[unchecked: (x &>> 2) &* 32 &+ z &>> 2] &+ 1 : 0
    return observation + 1
  }

  /// Writes the light of the sky, the hour, and whether the sky is open above the player's eyes.
  @inline(__always)
  func writeDaylight(into observation: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
    observation[0] = Daylight.levels[Int(timeOfDay)]
    observation[1] = UInt8(truncatingIfNeeded: timeOfDay / 1000)
    observation[2] = isOpenToSky(cell(player.x), cell(player.y + player.eyes), cell(player.z)) ? 1 : 0
    return observation + 3
  }

  /// Writes what the player looks at within its reach, and the tenths of its breaking that are done.
  @inline(__always)
  mutating func writeAim(into observation: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
    observation[0] = 0
    observation[1] = 0
    switch aim() {
    case .nothing: break
    case .creature(let index): observation[0] = SightCode.creature(creatures[index].kind)
    case .block(let hit):
      observation[0] = hit.block.rawValue
      if hit.x == Int(player.breakingX) && hit.y == Int(player.breakingY) && hit.z == Int(player.breakingZ) {
        observation[1] = UInt8(max(0, min(10, 10 * player.breakingProgress)))
      }
    }
    return observation + 2
  }

  /// Writes whether a table and a furnace are near enough.
  @inline(__always)
  mutating func writeStations(
    into observation: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    let stations = nearbyStations()
    observation[0] = stations.table ? 1 : 0
    observation[1] = stations.furnace ? 1 : 0
    return observation + 2
  }
}
