/// Minecraft's small trees.
enum TreeKind {
  case oak, birch
  /// Two kinds of spruce: leaves almost to the ground, and leaves at the top only.
  case spruce, pine

  /// The tree that a sapling becomes; nil for what is no sapling.
  init?(_ sapling: Block) {
    switch sapling {
    case .oakSapling: self = .oak
    case .birchSapling: self = .birch
    case .spruceSapling: self = .spruce
    default: return nil
    }
  }
}

/// The form of a tree: a trunk, and square layers of leaves from the top down, by the rules of Minecraft 1.11's small trees
/// (Glowstone: `GenericTree.java`, `BirchTree.java`, `RedwoodTree.java`, `TallRedwoodTree.java`). Both the trees of new
/// chunks and those that saplings become have it.
struct TreeShape {
  /// What it is made of.
  let log: Block, leaves: Block
  /// The level of the highest leaves above the lowest log, and the number of logs.
  let height: Int, logs: Int
  /// The number of layers of leaves.
  let layers: Int
  /// How far each layer reaches, from the top down, and which of its corners are there: bit 0 is set for the greater x, bit
  /// 1 for the greater z in the number of a corner's bit.
  private var reaches = InlineArray<12, Int8>(repeating: 0), corners = InlineArray<12, UInt8>(repeating: 0)

  /// A tree drawn with `below`, which gives a random number below another.
  @inline(__always)
  init(_ kind: TreeKind, below: (Int) -> Int) {
    switch kind {
    case .oak, .birch:
      (log, leaves) = kind == .birch ? (.birchLog, .birchLeaves) : (.oakLog, .oakLeaves)
      height = (kind == .birch ? 5 : 4) &+ below(3)
      logs = height
      layers = 4
      // Two narrow layers and two wide ones; a corner is there or not, and never at the top.
      for layer in 0..<4 {
        reaches[layer] = layer < 2 ? 1 : 2
        corners[layer] = layer == 0 ? 0 : UInt8(below(16))
      }
    case .spruce:
      (log, leaves) = (.spruceLog, .spruceLeaves)
      height = 6 &+ below(4)
      logs = height &- below(3)
      layers = height &- below(2)
      // From the top down, layers widen, and begin again narrow each time they reach the width allowed, which grows.
      let widest = 2 &+ below(2)
      var reach = below(2), allowed = 1, narrowest = 0
      for layer in 0..<layers {
        reaches[layer] = Int8(reach)
        if reach >= allowed {
          reach = narrowest
          narrowest = 1
          allowed = min(allowed &+ 1, widest)
        } else {
          reach &+= 1
        }
      }
    case .pine:
      (log, leaves) = (.spruceLog, .spruceLeaves)
      height = 7 &+ below(5)
      logs = height &- 1
      layers = 4 &+ below(2)
      let widest = min(1 &+ below(layers), 3)
      var reach = 0
      for layer in 0..<layers {
        reaches[layer] = Int8(reach)
        if layer == layers &- 2 && reach > 0 {
          reach &-= 1
        } else if reach < widest {
          reach &+= 1
        }
      }
    }
  }

  /// How far a layer reaches from the trunk.
  @inline(__always)
  func reach(_ layer: Int) -> Int { Int(reaches[layer]) }

  /// Whether a layer has leaves at a place, which must be within its reach.
  @inline(__always)
  func hasLeaves(_ layer: Int, _ dx: Int, _ dz: Int) -> Bool {
    let reach = reach(layer)
    guard reach > 0 && abs(dx) == reach && abs(dz) == reach else { return true }
    return corners[layer] &>> UInt8((dx > 0 ? 1 : 0) &+ (dz > 0 ? 2 : 0)) & 1 != 0
  }
}
