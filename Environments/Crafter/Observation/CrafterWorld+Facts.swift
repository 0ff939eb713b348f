import KnackEnvironment

/// The facts of a Crafter world.
enum CrafterFacts {
  /// Their names, in the order in which they are written.
  ///
  /// `facing_…` say what the player would act on: an object, or else the material. `…_nearby` say what is in the 9 × 7 view;
  /// but `table_nearby` and `furnace_nearby` mean near enough for crafting, as the package's recipes do. `daylight` is in
  /// percent, `day` says that hardly a zombie is about and none will be for a while, `evening` that it is about to end; `tired`
  /// that one can fall asleep, `dug_in` that one stands in rock and has but to close the way in, `sheltered` that nothing that walks
  /// can come to where one is, `zombie_close` that one is within two cells along either axis and can come nearer. The last 22 count
  /// achievements.
  static let names: [String] =
    CrafterItem.allCases.map(\.name)
    + ["steps", "daylight", "sleeping"]
    + CrafterMaterial.allCases.dropFirst().map { "facing_\($0)" }
    + CrafterKind.allCases.dropFirst().map { "facing_\($0)" } + ["facing_ripe_plant"]
    + CrafterMaterial.allCases.dropFirst().map { "\($0)_nearby" }
    + CrafterKind.allCases.dropFirst().map { "\($0)_nearby" } + [
      "ripe_plant_nearby", "tired", "evening", "day", "dug_in", "sheltered", "zombie_close",
    ]
    + CrafterAchievement.allCases.map(\.name)

  /// Which says that a zombie is close.
  static let zombieClose = achievements.lowerBound - 1

  /// Which say that it is day, and that the player is dug in and sheltered.
  static let day = zombieClose - 3, dugIn = zombieClose - 2, sheltered = zombieClose - 1

  /// Which of them count achievements.
  static let achievements = names.count - CrafterAchievement.allCases.count..<names.count
}

extension CrafterWorld {
  /// Writes one count for each name in ``CrafterFacts``.
  public mutating func writeFacts(_ rules: CrafterRules, into facts: UnsafeMutablePointer<Int32>) {
    var next = facts
    func write(_ value: Int32) {
      next.pointee = value
      next += 1
    }
    for item in 0..<16 { write(Int32(player.inventory[item])) }
    write(steps)
    write(Int32(100 * daylight(rules)))
    write(player.isSleeping ? 1 : 0)

    let ahead = CrafterMap.cell(playerX + player.facing.dx, playerY + player.facing.dy)
    let material = map.materials[ahead], occupant = CrafterOccupant(rawValue: map.occupants[ahead])!
    for code in 1...12 { write(occupant == .nothing && material == code ? 1 : 0) }
    for kind in CrafterKind.cow.rawValue...CrafterKind.plant.rawValue {
      write(occupant.kind?.rawValue == kind ? 1 : 0)
    }
    write(occupant == .ripePlant ? 1 : 0)

    var materials: UInt32 = 0, occupants: UInt32 = 0
    for x in -4...4 {
      for y in -3...3 {
        let cell = CrafterMap.cell(playerX + x, playerY + y)
        materials |= 1 << UInt32(map.materials[cell])
        occupants |= 1 << UInt32(map.occupants[cell])
      }
    }
    // What tables and furnaces are for needs them closer than a view is wide.
    let tools = UInt32(1 << CrafterMaterial.table.rawValue | 1 << CrafterMaterial.furnace.rawValue)
    materials = materials & ~tools | UInt32(nearby()) & tools
    for code in 1...12 { write(Int32(materials >> UInt32(code) & 1)) }
    func sees(_ kinds: ClosedRange<CrafterOccupant.RawValue>) -> Int32 {
      kinds.contains { occupants >> UInt32($0) & 1 != 0 } ? 1 : 0
    }
    for code in 1...3 as ClosedRange<UInt8> { write(sees(code...code)) }
    write(sees(CrafterOccupant.arrowLeft.rawValue...CrafterOccupant.arrowDown.rawValue))
    write(sees(CrafterOccupant.sapling.rawValue...CrafterOccupant.ripePlant.rawValue))
    write(sees(CrafterOccupant.ripePlant.rawValue...CrafterOccupant.ripePlant.rawValue))

    write(player.inventory[CrafterItem.energy.rawValue] < CrafterPlayer.most ? 1 : 0)
    write(isEvening ? 1 : 0)
    write(isDay ? 1 : 0)
    write(isDugIn(rules) ? 1 : 0)
    write(isSheltered(rules) ? 1 : 0)
    write(zombieIsClose(rules) ? 1 : 0)

    for achievement in 0..<22 { write(player.achievements[achievement]) }
  }

  /// Which achievements were reached.
  @inline(__always)
  public func reachedAchievements(_ rules: CrafterRules) -> UInt64 { UInt64(player.reached) }
}
