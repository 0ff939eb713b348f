// What has not been tried: skills are tried where there is much at once that has not been there together.

extension Laboratory {
  /// A bench with much that has not been there together: for skills that have never worked, or for those that have, whichever
  /// took fewer steps for what it showed; nil where all skills have worked and all things have been together.
  mutating func survey() -> Bench? {
    let unknown = skills.filter { inquiries[$0].map { $0.ways.isEmpty && $0.losses.isEmpty } ?? true }
    let known = skills.filter { !(inquiries[$0]?.ways.isEmpty ?? true) }
    let isForUnknown = !unknown.isEmpty && yields.unknown.price <= yields.known.price
    if isForUnknown { return survey(unknown, isForUnknown: true) }
    // Several things that were not there together may do what none of them does alone.
    return survey(known: known) ?? survey(known, isForUnknown: false) ?? survey(unknown, isForUnknown: true)
  }

  /// A bench with as much as possible that has not been there together, on which some skills are tried; nil where there are none,
  /// and where skills that have worked were tried with any two things.
  private mutating func survey(_ skills: [String], isForUnknown: Bool) -> Bench? {
    guard !skills.isEmpty else { return nil }
    let things = supplies.most.indices.filter { supplies.most[$0] > 0 }
    var bench = Bench(.survey, standing: Set(supplies.standing), isForUnknown: isForUnknown, skills: skills)
    bench.isOpen = true
    var counts = isForUnknown ? together.unknown : together.known
    func place(_ one: Int, _ other: Int) -> Int { one * supplies.most.count + other }
    // Room is left for as much as was made the last time.
    var room = isForUnknown ? max(supplies.kinds, supplies.slots - 4 - 2 * lastNews) : supplies.kinds
    var novelty = things.map { 4 / Double(1 + counts[place($0, $0)]) }
    while true {
      let left = things.indices.filter { bench.given[things[$0]] == nil && supplies.room[things[$0]] <= room }
      guard
        let best = left.max(by: { novelty[$0] * promise(things[$0]) < novelty[$1] * promise(things[$1]) })
      else { break }
      bench.given[things[best]] = supplies.most[things[best]]
      room -= supplies.room[things[best]]
      for index in things.indices {
        let times = Double(1 + counts[place(things[index], things[best])])
        novelty[index] += promise(things[best]) / (times * times)
      }
    }
    var isNews = isForUnknown
    for one in bench.given.keys {
      for other in bench.given.keys {
        isNews = isNews || counts[place(one, other)] == 0
        counts[place(one, other)] += 1
      }
    }
    if isForUnknown { together.unknown = counts } else { together.known = counts }
    return isNews ? bench : nil
  }

  /// A bench on which skills that have worked are tried with other things.
  private func survey(known: [String]) -> Bench? {
    let things = supplies.most.indices.filter { supplies.most[$0] > 0 }
    var bench = Bench(.survey, standing: Set(supplies.standing))
    // First what lacks most tests, up to a third of what can be had at once.
    let lacking = known.flatMap { skill in
      inquiries[skill]!.rests.filter { !$0.needs.isEmpty }.map { rest in
        (skill, rest, things.count { !rest.isTested[$0] })
      }
    }.filter { $0.2 > 0 }.sorted { $0.2 > $1.2 }
    for (skill, rest, _) in lacking where 3 * (bench.given.count + rest.needs.count) <= supplies.kinds {
      add(rest, of: skill, to: &bench, isSparing: false)
    }
    var tests = [Int](repeating: 0, count: supplies.most.count)
    while bench.given.count < supplies.kinds {
      let state = state(of: bench)
      // By thing, what its presence would tell about skills that do not work here by what is known.
      for thing in things { tests[thing] = 0 }
      for inquiry in known.map({ inquiries[$0]! }) where !inquiry.isEnabled(in: state) {
        for rest in inquiry.rests where rest.needs.allSatisfy({ $0.holds(in: state) }) {
          for thing in things where !rest.isTested[thing] { tests[thing] += 1 }
        }
        // What would make it work by what is known takes away what it could tell.
        for way in inquiry.ways {
          let missing = way.uses.filter { !$0.holds(in: state) }
          if missing.count == 1 { tests[missing[0].fact] -= 3 }
        }
      }
      guard let best = things.filter({ bench.given[$0] == nil }).max(by: { tests[$0] < tests[$1] }),
        tests[best] > 0
      else { break }
      bench.given[best] = supplies.most[best]
    }
    let state = state(of: bench)
    bench.skills = known.filter {
      !inquiries[$0]!.isEnabled(in: state) && inquiries[$0]!.isNews(state, supplies)
    }
    return bench.skills.isEmpty || bench.given.isEmpty ? nil : bench
  }

  /// How likely a thing is to be used up by a skill that has never worked: above all what many others use up.
  private func promise(_ thing: Int) -> Double {
    if uses[thing] > 0 { return 1 + min(8, uses[thing]) / 4 }
    return isFree[thing] ? promiseOfUnused.given : promiseOfUnused.made
  }

  /// What no skill is known to use up, given from the beginning or made, beside what one is: by Good and Turing's estimate ("The
  /// population frequencies of species", Biometrika 1953) there are as many uses of such things to come as things are used once.
  func promiseOfUnused(given isGiven: Bool) -> Double {
    let things = supplies.most.indices.filter { supplies.most[$0] > 0 && isFree[$0] == isGiven }
    let once = things.count { uses[$0] > 0 && uses[$0] <= 1 }, never = things.count { uses[$0] == 0 }
    return min(3, Double(once + 1) / Double(never + 1))
  }
}
