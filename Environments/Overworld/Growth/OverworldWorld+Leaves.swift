extension OverworldWorld {
  /// Leaves decay that no chain of at most four leaves joins to a log (netherite: `randtick_live.h`).
  mutating func tickLeaves(_ x: Int, _ y: Int, _ z: Int, _ rules: OverworldRules) {
    guard !hangOnLog(x, y, z) else { return }
    let block = blocks[x, y, z]
    setBlock(x, y, z, .air, rules)
    dropYield(of: block, x, y, z, sheared: false, rules)
  }

  /// Whether leaves are joined to a log.
  func hangOnLog(_ x: Int, _ y: Int, _ z: Int) -> Bool {
    // Cells within four steps, 16 apart along x, and 256 along y: a cell's place is 8 more than its distance.
    var seen = InlineArray<64, UInt64>(repeating: 0)
    var queue = InlineArray<256, UInt16>(repeating: 0)
    let start = 8 &<< 8 | 8 &<< 4 | 8
    seen[start &>> 6] |= 1 &<< UInt64(start & 63)
    queue[0] = UInt16(start)
    var first = 0, end = 1
    for _ in 0..<4 {
      let last = end
      while first < last {
        let from = Int(queue[first])
        first &+= 1
        let steps: InlineArray<6, Int> = [1, -1, 16, -16, 256, -256]
        for step in 0..<6 {
          let next = from &+ steps[unchecked: step]
          guard seen[next &>> 6] &>> UInt64(next & 63) & 1 == 0 else { continue }
          seen[next &>> 6] |= 1 &<< UInt64(next & 63)
          switch blocks[x &+ next &>> 4 & 15 &- 8, y &+ next &>> 8 &- 8, z &+ next & 15 &- 8] {
          case .oakLog, .spruceLog, .birchLog: return true
          case .oakLeaves, .spruceLeaves, .birchLeaves:
            queue[end] = UInt16(next)
            end &+= 1
          default: break
          }
        }
      }
    }
    return false
  }
}
