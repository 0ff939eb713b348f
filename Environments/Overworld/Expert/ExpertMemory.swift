/// What the expert keeps in mind between two steps: what it is about and the way there. Nothing is all zero.
///
/// It could be found anew in every step, as the worlds are all there is to know; but a search for a way through a hill takes
/// longer than a thousand steps of the world, and a plan that is kept does not waver.
public struct OverworldExpertMemory: BitwiseCopyable, Sendable {
  /// What it is about.
  enum Errand: UInt8, BitwiseCopyable, Sendable {
    case none
    /// Waits for a while.
    case rest
    /// Breaks the block at `target`.
    case mine
    /// Strikes, shears or milks creature `creature`, which is a `kind`.
    case strike, use
    /// Walks over what lies at `target`.
    case pickUp
    /// Comes near the crafting table or furnace at `target`.
    case approach
    /// Walks towards the column of `target`, where nobody has been.
    case explore
  }

  /// The longest way that is remembered; longer ones are found anew on the way.
  static let longest = 192
  /// How many targets it remembers that could not be reached.
  static let failures = 16

  var errand = Errand.none
  var creature: UInt8 = 0
  /// What is used on the creature.
  var item = Item.none
  /// What the creature is. When it has died another may take its place in the table.
  var kind = CreatureKind.none
  var target = Place()
  /// The cells of the way, the first being where it began, and in which one the player is.
  var path = InlineArray<192, Place>(repeating: Place())
  var pathCount: UInt8 = 0, pathStep: UInt8 = 0
  /// How far it has got, and for how many steps it has not got on.
  var lastProgress: Float = 0
  var lastStep: UInt8 = 0
  var idleSteps: Int16 = 0
  /// Targets that could not be reached, the next one to be forgotten, and how many steps the player has been off its way.
  var failed = InlineArray<16, Place>(repeating: Place())
  var nextFailed: UInt8 = 0, strayed: UInt8 = 0

  init() {}

  /// Whether a target was given up.
  func hasFailed(_ place: Place) -> Bool {
    for i in failed.indices where failed[i] == place { return true }
    return false
  }

  /// Gives up the target, and forgets what it was about.
  mutating func giveUp() {
    failed[Int(nextFailed)] = target
    nextFailed = (nextFailed + 1) % UInt8(failed.count)
    stop()
  }

  /// Forgets what it was about.
  mutating func stop() {
    errand = .none
    (pathCount, pathStep, lastStep, strayed, idleSteps) = (0, 0, 0, 0, 0)
  }

  /// Sets out.
  mutating func begin(
    _ errand: Errand, _ target: Place, creature: Int = 0, kind: CreatureKind = .none, item: Item = .none,
    along way: [Place]
  ) {
    stop()
    self.errand = errand
    self.target = target
    self.creature = UInt8(creature)
    self.kind = kind
    self.item = item
    follow(way)
  }

  /// Takes another way to the same target.
  mutating func follow(_ way: [Place]) {
    pathCount = UInt8(min(way.count, Self.longest))
    (pathStep, lastStep, strayed) = (0, 0, 0)
    for i in 0..<Int(pathCount) { path[i] = way[i] }
  }
}
