import KnackEnvironment

/// The 9 × 7 cells about the player, [x][y] with the player at [4][3].
public struct CrafterView: BitwiseCopyable, Sendable {
  /// Codes of ``CrafterMaterial``, and of ``CrafterOccupant`` with 0 for the player.
  public var materials = InlineArray<63, UInt8>(repeating: 0),
    occupants = InlineArray<63, UInt8>(repeating: 0)
}

extension CrafterWorld {
  /// Writes what the rules' observation asks for.
  @inline(__always)
  public mutating func observe(_ rules: CrafterRules, into observation: UnsafeMutablePointer<UInt8>) {
    switch rules.observation {
    case .symbolic: writeSymbolic(rules, into: observation)
    case .pixels: draw(rules, into: observation)
    case .semantic: withWholeMap(rules) { $0.writeSemantic(into: observation) }
    }
  }

  /// Draws the picture. At night its noise is what the step passed over.
  @inline(never)
  private mutating func draw(_ rules: CrafterRules, into picture: UnsafeMutablePointer<UInt8>) {
    let scene = scene(rules)
    guard scene.daylight < 0.5 else { return rules.painter!.draw(scene, noise: nil, into: picture) }
    var noise = InlineArray<3087, Double>(repeating: 0)
    withUnsafeMutablePointer(to: &noise) {
      let noise = UnsafeMutableRawPointer($0).assumingMemoryBound(to: Double.self)
      draws.nightNoise(into: noise)
      rules.painter!.draw(scene, noise: noise, into: picture)
    }
  }

  /// Writes the view, the inventory, where the player faces, how light it is, whether it sleeps and what is in front
  /// of it: 147 bytes.
  @inline(__always)
  private mutating func writeSymbolic(_ rules: CrafterRules, into observation: UnsafeMutablePointer<UInt8>) {
    // Each layer's last byte too many is overwritten by what comes next.
    let corner = corner
    Self.writeView(&map.materials, corner, into: observation)
    Self.writeView(&map.occupants, corner, into: observation + 63)
    observation[63 + 4 * 7 + 3] = 0
    let rest = UnsafeMutableRawPointer(observation + 126)
    rest.storeBytes(of: player.inventory, as: CrafterInventory.self)
    observation[142] = player.facing.rawValue
    observation[143] = rules.days[unchecked: Int(steps % 300)].level
    observation[144] = player.isSleeping ? 1 : 0
    let front = CrafterMap.cell(playerX &+ player.facing.dx, playerY &+ player.facing.dy)
    observation[145] = map.materials[unchecked: front]
    observation[146] = map.occupants[unchecked: front]
  }

  /// The upper left cell of the view.
  @inline(__always)
  private var corner: Int { CrafterMap.cell(playerX &- 4, playerY &- 3) }

  /// Writes nine columns of seven cells of a layer, and one byte beyond them that the caller overwrites.
  @inline(__always)
  private static func writeView(
    _ layer: inout InlineArray<5184, UInt8>, _ corner: Int, into observation: UnsafeMutablePointer<UInt8>
  ) {
    withUnsafePointer(to: &layer) { layer in
      let source = UnsafeRawPointer(layer) + corner, target = UnsafeMutableRawPointer(observation)
      for column in 0..<9 {
        let cells = (source + column &* CrafterMap.stride).loadUnaligned(as: UInt64.self)
        (target + 7 &* column).storeBytes(of: cells, as: UInt64.self)
      }
    }
  }

  /// Writes the package's semantic map: 4,096 bytes, x-major.
  mutating func writeSemantic(into observation: UnsafeMutablePointer<UInt8>) {
    for x in 0..<CrafterMap.side {
      for y in 0..<CrafterMap.side {
        let cell = CrafterMap.cell(x, y)
        let kind = CrafterOccupant(rawValue: map.occupants[cell])?.kind
        observation[64 * x + y] = kind?.rawValue ?? map.materials[cell]
      }
    }
  }

  /// What a picture shows of the map.
  public var view: CrafterView {
    mutating get {
      // Columns of eight bytes, of which the next one overwrites the last.
      var cells = InlineArray<136, UInt8>(repeating: 0)
      var view = CrafterView()
      let corner = corner
      withUnsafeMutablePointer(to: &cells) {
        let cells = UnsafeMutableRawPointer($0).assumingMemoryBound(to: UInt8.self)
        Self.writeView(&map.materials, corner, into: cells)
        for i in 0..<63 { view.materials[i] = cells[i] }
        Self.writeView(&map.occupants, corner, into: cells)
        for i in 0..<63 { view.occupants[i] = cells[i] }
      }
      view.occupants[7 * 4 + 3] = 0
      return view
    }
  }

  /// What a picture shows.
  public mutating func scene(_ rules: CrafterRules) -> CrafterScene {
    var scene = CrafterScene()
    scene.view = view
    for i in 0..<16 { scene.inventory[i] = UInt8(truncatingIfNeeded: player.inventory[i]) }
    scene.facing = player.facing
    scene.isSleeping = player.isSleeping
    scene.daylight = daylight(rules)
    return scene
  }

  /// How light it is, 0 … 1.
  @inline(__always)
  public func daylight(_ rules: CrafterRules) -> Double { rules.days[unchecked: Int(steps % 300)].daylight }

  /// The noise of a picture of this moment, 63 × 49 numbers in 32 ..< 127, [x][y]; meaningful where ``daylight(_:)`` is
  /// below one half. In `Crafter-v1` these are the package's own draws. Leaves the world as it is.
  public func nightNoise(into noise: UnsafeMutablePointer<Double>) { draws.nightNoise(into: noise) }

  /// Where the player stands.
  public var position: (x: Int, y: Int) { (playerX, playerY) }
}
