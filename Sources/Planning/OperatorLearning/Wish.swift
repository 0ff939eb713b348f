/// What is to be there, and what not, when a skill is tried.
struct Wish {
  var question: Bench.Question {
    Bench.Question(skill: skill, given: given, standing: standing, isHearsay: isHearsay)
  }
  var isHearsay = false
  var skill: String, given: [Int: Int32] = [:], standing: Set<Int> = [], absent: Set<Int>

  init(
    _ skill: String, _ needs: [Literal], with present: Set<Int>, without doubts: Set<Int>,
    _ supplies: Supplies, isHearsay: Bool = false
  ) {
    self.isHearsay = isHearsay
    self.skill = skill
    absent = doubts.subtracting(present)
    for literal in needs where !supplies.standing.contains(literal.fact) {
      given[literal.fact] = literal.atLeast
    }
    standing = present.union(needs.map(\.fact)).intersection(supplies.standing)
    for fact in present where !supplies.standing.contains(fact) && given[fact] == nil {
      given[fact] = supplies.plenty(of: fact)
    }
  }
}
