/// The numbers of items on the ground, in blocks and ticks (netherite: `entity_item.h`).
enum ItemPhysics {
  /// Ticks until an item can be picked up that fell, and that was thrown; and until it vanishes.
  static let delay: Int16 = 10, thrownDelay: Int16 = 40
  static let lifetime: Int32 = 6000
  /// How far beyond the player's body it picks up, sideways and up or down; half of an item's width, and its height.
  static let reach = 1.0, reachUp = 0.5, halfWidth = 0.125, height = 0.25
  /// What a tick takes off its speed, and what air leaves of it.
  static let gravity: Float = 0.04, drag: Float = 0.98
  /// Items of one kind that lie nearer than this become one heap: at once, where in Minecraft they fall first.
  static let mergeDistance: Float = 0.75
  /// How far ahead a thrown item comes to lie.
  static let throwDistance = 2.0
}

extension OverworldWorld {
  /// Lets items lie at a place; nothing where the stack is empty.
  ///
  /// Items join a heap of their kind nearby. Where 64 heaps lie about already, they join one of their kind anywhere, or
  /// else take the place of the oldest heap, which is lost, as old items are.
  ///
  /// - Parameter delay: ticks until they can be picked up.
  mutating func dropItem(
    _ stack: ItemStack, _ x: Double, _ y: Double, _ z: Double, delay: Int16 = ItemPhysics.delay,
    _ rules: OverworldRules
  ) {
    guard !stack.isEmpty else { return }
    let stackSize = Int(rules.minecraft.items.stackSize[stack.item.index])
    let x = Float(x), y = Float(y), z = Float(z)
    var free = -1, oldest = 0
    for index in 0..<Int(dropCount) {
      let heap = drops[index]
      guard !heap.stack.isEmpty else {
        if free < 0 { free = index }
        continue
      }
      if drops[oldest].stack.isEmpty || heap.age > drops[oldest].age { oldest = index }
      if heap.stack.item == stack.item, Int(heap.stack.count) + Int(stack.count) <= stackSize, stackSize > 1,
        abs(heap.x - x) < ItemPhysics.mergeDistance, abs(heap.y - y) < ItemPhysics.mergeDistance,
        abs(heap.z - z) < ItemPhysics.mergeDistance
      {
        drops[index].stack.count += stack.count
        drops[index].age = 0
        drops[index].delay = max(heap.delay, delay)
        return
      }
    }
    if free < 0 {
      if Int(dropCount) < drops.count {
        free = Int(dropCount)
        dropCount += 1
      } else if let other = heapWithRoom(stack, stackSize) {
        drops[other].stack.count += stack.count
        return
      } else {
        free = oldest
      }
    }
    drops[free] = DroppedItem(stack: stack, delay: delay, age: 0, x: x, y: y, z: z, vy: 0)
  }

  private func heapWithRoom(_ stack: ItemStack, _ stackSize: Int) -> Int? {
    for index in 0..<Int(dropCount) where drops[index].stack.item == stack.item && stackSize > 1 {
      if Int(drops[index].stack.count) + Int(stack.count) <= stackSize { return index }
    }
    return nil
  }

  /// Lets items lie in the middle of a cell.
  mutating func dropItem(_ stack: ItemStack, inCell x: Int, _ y: Int, _ z: Int, _ rules: OverworldRules) {
    dropItem(stack, Double(x) + 0.5, Double(y) + 0.25, Double(z) + 0.5, rules)
  }

  /// One tick of all items on the ground: they fall, burn in lava, grow old, and go to the player where it is near.
  mutating func tickDrops(_ rules: OverworldRules) {
    guard dropCount > 0 else { return }
    let view = view, traits = rules.traits
    let body = player.box
    let alive = player.health > 0
    for index in 0..<Int(dropCount) where !drops[index].stack.isEmpty {
      drops[index].age += 1
      if drops[index].age >= ItemPhysics.lifetime {
        drops[index].stack = .empty
        continue
      }
      if drops[index].delay > 0 { drops[index].delay -= 1 }
      settle(index, view, traits)
      let item = drops[index]
      guard !item.stack.isEmpty, alive, item.delay == 0 else { continue }
      let x = Double(item.x), y = Double(item.y), z = Double(item.z)
      let side = ItemPhysics.reach + ItemPhysics.halfWidth
      if x > body.minX - side && x < body.maxX + side && z > body.minZ - side && z < body.maxZ + side
        && y < body.maxY + ItemPhysics.reachUp && y + ItemPhysics.height > body.minY - ItemPhysics.reachUp
      {
        drops[index].stack = take(item.stack, rules)
      }
    }
    while dropCount > 0 && drops[Int(dropCount) - 1].stack.isEmpty { dropCount -= 1 }
  }

  /// Lets an item fall to what is below it.
  @inline(__always)
  private mutating func settle(_ index: Int, _ view: BlockView, _ traits: BlockTraitsTable) {
    let item = drops[index]
    let x = cell(Double(item.x)), y = cell(Double(item.y)), z = cell(Double(item.z))
    let here = view[x, y, z]
    if traits[here].isLava {
      drops[index].stack = .empty
      return
    }
    let top = Float(y) + Float(traits[here].height)
    if top > item.y && traits[here].height > 0 {
      // A block came to where it lay.
      drops[index].y = top
      drops[index].vy = 0
      return
    }
    if item.vy == 0 {
      let below = item.y == Float(y) ? view[x, y - 1, z] : here
      let floor = item.y == Float(y) ? Float(y - 1) : Float(y)
      if floor + Float(traits[below].height) >= item.y && traits[below].height > 0 { return }
    }
    let speed = item.vy - ItemPhysics.gravity
    var lowest = item.y + speed
    var level = y
    var landed = false
    while level >= cell(Double(lowest)) {
      let height = Float(traits[view[x, level, z]].height)
      if height > 0 && Float(level) + height >= lowest && Float(level) + height <= item.y + 0.001 {
        lowest = Float(level) + height
        landed = true
        break
      }
      level -= 1
    }
    drops[index].y = lowest
    drops[index].vy = landed ? 0 : speed * ItemPhysics.drag
  }
}
