import KnackEnvironment
import KnackNumerics

/// The grid in which LOVE learns options (Jiang et al. 2022, arXiv:2212.04590, after the one of CompILE, Kipf et al. 2019,
/// arXiv:1812.01483): ten by ten cells with walls around, up to four pieces of wall within, six things of ten kinds, some of
/// which are to be picked up in a given order, within 50 steps.
///
/// Draw for draw as the published `ComPILEEnv(seed)`: its seed decides on walls, things and what is wanted, which are the same in
/// every episode; where the player starts is drawn anew. What lies where the episode before ended decides where one may start.
struct PickUp: Sendable {
  static let side = 10, kinds = 10, things = 6
  /// How many things are wanted.
  let visits: Int
  /// Whether each of them is rewarded, or the last one alone.
  let rewardsEach: Bool
  /// The seed of the map in every episode; nil for a new map each.
  let instance: Int?

  /// What stays the same from episode to episode.
  struct Layout: BitwiseCopyable, Sendable {
    /// Whether a cell within is a wall: a bit a column, by row.
    var walls = InlineArray<10, UInt16>(repeating: 0)
    /// The kinds of the things and their places, x then y.
    var kinds = InlineArray<6, UInt8>(repeating: 0), places = InlineArray<12, UInt8>(repeating: 1)

    func isWall(_ x: Int, _ y: Int) -> Bool { walls[y] >> UInt16(x) & 1 == 1 }

    func isThing(_ x: Int, _ y: Int) -> Bool {
      (0..<PickUp.things).contains { Int(places[2 * $0]) == x && Int(places[2 * $0 + 1]) == y }
    }

    func isValid(_ rules: ErrandRules) -> Bool {
      kinds.indices.allSatisfy { Int(kinds[$0]) < PickUp.kinds }
        && places.indices.allSatisfy { (1..<UInt8(PickUp.side - 1)).contains(places[$0]) }
    }
  }

  /// Draws what a world is like, as the published constructor does.
  func lay(_ world: inout ErrandWorld) {
    let episodes = world.random
    if let instance { world.random = NumPyRandomState(seed: UInt32(instance)) }
    draw(&world)
    // Worlds side by side share a map, not where their players start.
    if instance != nil { world.random = episodes }
  }

  private func draw(_ world: inout ErrandWorld) {
    let side = Self.side
    var layout = Layout(), random = world.random
    // The published program draws kinds without replacement first, and does not use them.
    _ = random.permutation(Self.kinds)
    for i in 0..<Self.things { layout.kinds[i] = UInt8(random.choice(Self.kinds)) }
    for i in 0..<Self.things {
      while true {
        let x = random.randint(1, side - 1), y = random.randint(1, side - 1)
        if (0..<i).contains(where: { Int(layout.places[2 * $0]) == x && Int(layout.places[2 * $0 + 1]) == y })
        {
          continue
        }
        (layout.places[2 * i], layout.places[2 * i + 1]) = (UInt8(x), UInt8(y))
        break
      }
    }
    let pieces = random.randint(0, 5)
    repeat {
      layout.walls = InlineArray(repeating: 0)
      for _ in 0..<pieces {
        let x = random.randint(1, side - 1), y = random.randint(1, side - 1), length = random.randint(1, 4)
        // Right, up, left, down.
        let (across, up) = ErrandWorld.move([2, 1, 0, 3][random.randint(0, 4)])
        for i in 0..<length {
          let (column, row) = (x + i * Int(across), y + i * Int(up))
          guard (1..<side - 1).contains(column), (1..<side - 1).contains(row), !layout.isThing(column, row)
          else {
            continue
          }
          layout.walls[row] |= 1 << UInt16(column)
        }
      }
    } while !Self.isConnected(layout)
    let order = random.permutation(Self.things)
    for i in 0..<visits { world.wanted[i] = ErrandWorld.firstThing + layout.kinds[order[i]] }
    world.layout = layout
    world.random = random
  }

  /// Whether all that is no wall can be reached from the first thing.
  private static func isConnected(_ layout: Layout) -> Bool {
    var reached = InlineArray<10, UInt16>(repeating: 0)
    reached[Int(layout.places[1])] = 1 << UInt16(layout.places[0])
    var isGrowing = true
    while isGrowing {
      isGrowing = false
      for row in 1..<side - 1 {
        let free = 0b01_1111_1110 & ~layout.walls[row]
        let here = reached[row]
        let grown = (here | here << 1 | here >> 1 | reached[row - 1] | reached[row + 1]) & free
        if grown != here {
          reached[row] = grown
          isGrowing = true
        }
      }
    }
    return (1..<side - 1).allSatisfy { reached[$0] == 0b01_1111_1110 & ~layout.walls[$0] }
  }

  /// Starts an episode: where, as the published `reset` draws it, then with what.
  func begin(_ world: inout ErrandWorld) {
    let side = Self.side
    if instance == nil && world.episodes > 0 { draw(&world) }
    world.episodes &+= 1
    while true {
      let x = world.random.randint(1, side - 1), y = world.random.randint(1, side - 1)
      if world[x, y] >= ErrandWorld.firstThing || world.layout.isWall(x, y) { continue }
      (world.x, world.y) = (Int32(x), Int32(y))
      break
    }
    world.cells = InlineArray(repeating: ErrandWorld.wall)
    for row in 1..<side - 1 {
      for column in 1..<side - 1 where !world.layout.isWall(column, row) {
        world[column, row] = ErrandWorld.floor
      }
    }
    for i in 0..<Self.things {
      world[Int(world.layout.places[2 * i]), Int(world.layout.places[2 * i + 1])] =
        ErrandWorld.firstThing + world.layout.kinds[i]
    }
  }
}
