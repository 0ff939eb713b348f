extension ReportPage {
  /// Where the time of training went.
  var timeSection: HTML {
    let timed = runs.filter { $0.progress.seconds > 0 }
    guard let first = timed.first else { return "" }
    let activities = first.progress.timeShares.map(\.activity)
    let heads = activities.enumerated().map { i, activity -> HTML.Column in
      .number(
        "<svg class=\"key\" width=\"12\" height=\"12\" aria-hidden=\"true\"><g class=\"shade\(i)\"><rect width=\"12\" height=\"12\"/></g></svg> \(activity)"
      )
    }
    let rows = groups.flatMap { group in
      group.runs.filter { $0.progress.seconds > 0 }.map { run -> [HTML] in
        let shares = run.progress.timeShares.map(\.share)
        return ["\(group.name)", "\(String(run.seed))", Bar.divided(shares)] + shares.map { "\(percent($0))" }
          + ["\(duration(run.progress.seconds))", "\(short(run.progress.stepsPerSecond))"]
      }
    }
    return .table(
      "Shares of the workers' time up to the latest checkpoint", isTitled: false,
      [.text("configuration"), .number("seed"), .text("share")] + heads + [
        .number("wall clock"), .number("steps/s"),
      ],
      rows)
      + .paragraph(
        "Shares of the workers' time up to the latest checkpoint. Stepping is the worlds', inference the networks' while collecting, update the learning; other is waiting, and what "
          + "is done between.", kind: "note")
  }
}
