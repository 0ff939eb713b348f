// What was needed: skills are tried without some of what was there when they worked.

extension Laboratory {
  /// A bench on which skills are tried without some of what was there when they worked, or with what they are said to need.
  func contrast(_ learner: OperatorLearner, atLeast count: Int) -> Bench? {
    var wishes: [Wish] = []
    for skill in skills {
      if let inquiry = inquiries[skill] {
        // What only took away may give what stood about already.
        for uses in inquiry.losses where uses.allSatisfy({ supplies.canSetUp($0.fact) }) {
          wishes.append(Wish(skill, uses, with: [], without: [], supplies))
        }
        for way in inquiry.ways where (way.uses + way.claims).allSatisfy({ supplies.canSetUp($0.fact) }) {
          func wish(_ present: Set<Int>) -> Wish {
            Wish(skill, way.uses, with: present, without: way.doubts, supplies)
          }
          if let present = inquiry.contrast(of: way, standing, where: { isOpen(wish($0)) }) {
            wishes.append(wish(present))
          } else if !inquiry.isRepeated && way.doubts.isSubset(of: way.settled) {
            wishes.append(Wish(skill, way.uses + way.claims, with: [], without: [], supplies))
          }
        }
      }
      for one in learner.believed(of: skill) where one.needs.allSatisfy({ supplies.canSetUp($0.fact) }) {
        wishes.append(Wish(skill, one.needs, with: [], without: [], supplies, isHearsay: true))
      }
    }
    wishes.removeAll { !isOpen($0) }
    // The one that serves most skills, and of these the one of which the first wish is.
    var groups: [[Wish]] = [], places: [Set<Int>: Int] = [:]
    for wish in wishes {
      if let place = places[wish.standing] {
        groups[place].append(wish)
      } else {
        places[wish.standing] = groups.count
        groups.append([wish])
      }
    }
    var best: (bench: Bench, wishes: [Wish])?
    for group in groups {
      let one = packed(group)
      if one.wishes.count > max(count - 1, best?.wishes.count ?? 0) { best = one }
    }
    guard let best else { return nil }
    var bench = best.bench
    bench.questions = best.wishes.map(\.question)
    return bench
  }

  /// Whether something may still be wished.
  private func isOpen(_ wish: Wish) -> Bool {
    asked[wish.question, default: 0] < (wish.isHearsay ? GivenOperator.patience : Self.mostAsked)
  }

  /// A bench for as many wishes as go together, and these.
  private func packed(_ all: [Wish]) -> (bench: Bench, wishes: [Wish]) {
    var bench = Bench(.contrast, standing: all[0].standing), absent: Set<Int> = [], wishes: [Wish] = []
    for wish in all where !bench.skills.contains(wish.skill) {
      let things = Set(bench.given.keys).union(wish.given.keys)
      // What was there when a skill first worked may be more than is given elsewhere.
      guard things.count <= (wishes.isEmpty ? supplies.slots - 2 : supplies.kinds),
        absent.union(wish.absent).isDisjoint(with: things)
      else {
        continue
      }
      var wider = bench
      wider.given.merge(wish.given) { min($0 + $1, 64) }
      // Nothing that is given for one skill may let another one work in another way.
      let state = state(of: wider)
      let isClear = (wishes + [wish]).allSatisfy { one in
        inquiries[one.skill]?.ways.allSatisfy { way in
          way.uses.allSatisfy { one.given[$0.fact] != nil } || !way.uses.allSatisfy { $0.holds(in: state) }
        } ?? true
      }
      guard isClear || wishes.isEmpty else { continue }
      wider.skills.append(wish.skill)
      absent.formUnion(wish.absent)
      wishes.append(wish)
      bench = wider
    }
    return (bench, wishes)
  }
}
