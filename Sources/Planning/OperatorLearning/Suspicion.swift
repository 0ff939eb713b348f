/// How much each fact is to be suspected of being needed: by how many other skills need it.
///
/// The prior of a skill's preconditions is what the others' are (Laplace's rule of succession, up to a factor that is the same for
/// all facts). Where a table was missing, which a hundred skills need, and the sight of a flower, which none does, it was
/// the table.
struct Suspicion: Sendable, Equatable {
  /// By fact, how many skills need it, and one, as a power of two, so that it seldom changes; facts that none needs are left out.
  private var weights: [Int: Int] = [:]
  /// So many skills make a usual suspect.
  private static let usual = 3
  private var suspects: Set<Int> = []

  /// By the facts that each skill was found to need.
  init(_ needed: some Sequence<Set<Int>> = []) {
    var counts: [Int: Int] = [:]
    for facts in needed { for fact in facts { counts[fact, default: 0] += 1 } }
    suspects = Set(counts.filter { $0.value >= Self.usual }.keys)
    weights = counts.mapValues { count in 1 << (Int.bitWidth - count.leadingZeroBitCount) }
  }

  /// Whether a fact is suspected first.
  func isUsual(_ fact: Int) -> Bool { suspects.contains(fact) }

  /// How much a fact is suspected beside others.
  func weight(of fact: Int) -> Int { weights[fact] ?? 1 }
}
