import KnackEnvironment

extension ReportPage {
  /// Success in each world that is a task with an end.
  var tasksSection: HTML {
    let groups = groups.filter(\.achievements.isEmpty)
    let rows = groups.compactMap { group -> [HTML]? in
      guard let (success, source) = success(group) else { return nil }
      return [
        "\(group.world)", name(group), Bar.svg(success, most: 1, style: group.style), words(success, 3),
        "\(source)",
      ]
    }
    guard !rows.isEmpty else { return "" }
    return .table(
      "Success by task", isTitled: false,
      [.text("task"), .text("configuration"), .text("success"), .number("95 % interval"), .text("over")], rows
    )
      + .paragraph(
        "Intervals are over seeds by the bootstrap, and over episodes (Wilson 1927) where there is one seed.",
        kind: "note")
  }

  /// The success of a group, by its evaluations if every run has one, and over what that is.
  private func success(_ group: RunGroup) -> (Statistics.Estimate, source: String)? {
    let evaluations = group.runs.compactMap(\.evaluation)
    if evaluations.count == group.runs.count {
      let episodes = evaluations.map(\.episodes).reduce(0, +)
      let actions = evaluations.allSatisfy(\.greedy) ? ", greedy" : ""
      let source = "\(grouped(episodes)) evaluation episodes\(actions)"
      if evaluations.count > 1 { return (estimate(evaluations.map(\.successRate)), source) }
      let one = evaluations[0]
      return (
        Statistics.Estimate(
          value: one.successRate, low: one.successRateInterval[0], high: one.successRateInterval[1]), source
      )
    }
    let latest = group.runs.map(\.progress.recent).filter { $0.count > 0 }
    let rates = latest.compactMap(\.successRate)
    guard !rates.isEmpty else { return nil }
    let source = "the latest \(grouped(latest.map(\.count).reduce(0, +))) training episodes"
    if rates.count > 1 { return (estimate(rates), source) }
    let successes = Int((rates[0] * Double(latest[0].count)).rounded())
    return (Statistics.proportion(successes: successes, of: latest[0].count), source)
  }

  /// How often each achievement was reached.
  var achievementsSection: HTML {
    let tables = worlds.map { world -> HTML in
      let groups = world.groups.filter { !$0.achievements.isEmpty && !rates($0).isEmpty }
      guard let names = groups.first?.achievements else { return "" }
      let rows = names.map { achievement -> [HTML] in
        let estimates = groups.map { group in estimate(rates(group)[achievement] ?? []) }
        let bars = zip(groups, estimates).map { Bar.svg($1, most: 100, style: $0.style) }
        return ["\(SkillGraph.readable(achievement))", "<div class=\"bars\">\(bars)</div>"]
          + estimates.map { words($0, $0.value < 10 ? 2 : 1) }
      }
      return .table(
        worlds.count > 1 ? "Achievements in \(world.name)" : "Achievements", isTitled: worlds.count > 1,
        [.text("achievement"), .text("% of training episodes")] + groups.map { .number(name($0)) }, rows)
    }
    return HTML(tables)
  }

  /// For each achievement of a group's world, the percentages of its runs' training episodes in which it was reached.
  func rates(_ group: RunGroup) -> [String: [Double]] {
    var rates: [String: [Double]] = [:]
    for score in group.runs.compactMap(\.progress.score) {
      for (name, percentage) in zip(score.names, score.percentages) {
        rates[name, default: []].append(percentage)
      }
    }
    return rates
  }

  /// Scores beside those that others published for the same world.
  var publishedSection: HTML {
    let own = groups.filter { !PublishedScore.rows($0.configuration).isEmpty && !rates($0).isEmpty }
    guard let first = own.first else { return "" }
    typealias Row = (score: Double, cells: [HTML])
    let most = 60.0
    let ours = own.map { group -> Row in
      let scores = group.runs.compactMap { $0.progress.score?.score }
      let returns = group.runs.compactMap(\.progress.total.episodeReturn)
      let spread = PublishedScore.Spread(Statistics.mean(scores), Statistics.standardDeviation(scores))
      let budget = min(group.configuration.training.steps, group.runs.map(\.steps).max() ?? 0)
      return (
        spread.mean,
        [
          "<b>\(name(group))</b>", Bar.svg(spread.estimate, most: most, style: group.style),
          "\(scores.count > 1 ? spread.text : fixed(spread.mean, 1))",
          "\(fixed(Statistics.mean(returns), 1))",
          "\(grouped(budget))", "\(group.configuration.environment.shown)",
          "\(scores.count == 1 ? "1 seed" : "\(scores.count) seeds")",
        ]
      )
    }
    let published = PublishedScore.rows(first.configuration).map { row -> Row in
      (
        row.score.mean,
        [
          "\(row.method)", Bar.svg(row.score.estimate, most: most, style: nil), "\(row.score.text)",
          "\(row.episodeReturn?.text ?? "–")", "\(row.steps.map(grouped) ?? "–")", "\(row.observations)",
          "\(row.source)",
        ]
      )
    }
    let rows = (ours + published).sorted { $0.score > $1.score }
    return .table(
      "Scores, with standard deviations over seeds", isTitled: false,
      [
        .text("method"), .text("score"), .number("mean ± s.d."), .number("return"), .number("steps"),
        .text("observations"), .text("source"),
      ], rows.map(\.cells))
      + .paragraph(
        PublishedScore.caution(Set(own.map(\.configuration.environment.shown)).sorted()) + " "
          + PublishedScore.protocolNote, kind: "note")
  }
}

extension PublishedScore.Spread {
  /// The mean with a standard deviation to either side.
  fileprivate var estimate: Statistics.Estimate {
    Statistics.Estimate(value: mean, low: max(0, mean - deviation), high: mean + deviation)
  }
}
