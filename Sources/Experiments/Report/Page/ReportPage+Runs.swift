import KnackEnvironment

extension ReportPage {
  /// What was run, and what it came to.
  var runsSection: HTML {
    var names: [String] = []
    let measures = groups.map { SeedMeasure.all(of: $0.runs.map(\.progress)).filter { $0.key != "seconds" } }
    for measure in measures.joined() where !names.contains(measure.name) { names.append(measure.name) }
    // What is the same in all is said once, above the table.
    let isOneWorld = worlds.count == 1
    let observations = Set(groups.map(\.configuration.environment.shown)).sorted()
    let rows = zip(groups, measures).map { group, measures -> [HTML] in
      let runs = group.runs
      let unfinished = runs.count { !$0.progress.isComplete }
      let seconds = Statistics.mean(runs.map(\.seconds))
      return [
        name(group),
        "\(Self.ranges(runs.map(\.seed)))\(unfinished == 0 ? "" : " (\(unfinished) unfinished)")",
      ]
        + (isOneWorld ? [] : ["\(group.world)"])
        + (observations.count == 1 ? [] : ["\(group.configuration.environment.shown)"])
        + names.map { name -> HTML in
          guard let measure = measures.first(where: { $0.name == name }) else { return "–" }
          return words(estimate(measure.values), measure.digits)
        }
        + [
          "\(short(Statistics.mean(runs.map { Double($0.steps) })))",
          "\(short(Statistics.mean(runs.map { Double($0.progress.gradientSteps) })))", "\(duration(seconds))",
        ]
    }
    let seeds = groups.map(\.runs.count)
    let note =
      "Results are those of each run's latest checkpoint: in a world with achievements of all training episodes, "
      + "elsewhere of the latest \(RunProgress.recentCapacity)."
      + (seeds.max() ?? 0 > 1
        ? " They are interquartile means over the seeds with bootstrap 95 % intervals (Agarwal et al. 2021); steps and time "
          + "are means." : "")
      + (seeds.contains { $0 > 1 && $0 < 5 }
        ? " Intervals of fewer than five seeds say little." : "")
    return .paragraph(observations.count == 1 ? "Observations: \(observations[0])." : "")
      + .table(
        "Configurations and their results", isTitled: false,
        [.text("configuration"), .text("seeds")] + (isOneWorld ? [] : [.text("world")])
          + (observations.count == 1 ? [] : [.text("observations")]) + names.map { .number("\($0)") }
          + [.number("environment steps"), .number("gradient steps"), .number("wall clock")], rows)
      + .paragraph(note, kind: "note") + .paragraph(damage, kind: "note")
      + .details("Every run", everyRun)
  }

  /// Numbers in ascending order, three and more that follow on one another as a range: `1–5, 7`.
  static func ranges(_ numbers: [UInt64]) -> String {
    var ranges: [ClosedRange<UInt64>] = []
    for number in numbers {
      if let last = ranges.last, last.upperBound &+ 1 == number {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    return ranges.map { range in
      switch range.count {
      case 1: "\(range.lowerBound)"
      case 2: "\(range.lowerBound), \(range.upperBound)"
      default: "\(range.lowerBound)–\(range.upperBound)"
      }
    }.joined(separator: ", ")
  }

  /// What could not be read.
  private var damage: String {
    runs.filter { $0.history.damaged > 0 }.map { run in
      "\(run.history.damaged) of the records in \(run.directory.path)/metrics.jsonl cannot be read and are left out."
    }.joined(separator: " ")
  }

  private var everyRun: HTML {
    .table(
      "Every run", isTitled: false,
      [
        .text("folder"), .text("configuration"), .number("seed"), .text("state"),
        .number("environment steps"),
        .number("gradient steps"), .number("wall clock"), .text("machine"),
      ],
      groups.flatMap { group in
        group.runs.map { run in
          [
            "\(run.directory.path)", "\(group.name)", "\(String(run.seed))", "\(run.state)",
            "\(grouped(run.steps))",
            "\(grouped(run.progress.gradientSteps))", "\(duration(run.seconds))", "\(run.progress.machine)",
          ]
        }
      })
  }

  /// Which settings tell the groups apart, and which are not the defaults.
  var configurationSection: HTML {
    let defaults = ExperimentConfiguration()
    let keys = ConfigurationKey.all.filter { $0.changesResult && $0.path != "training.seed" }
    let (different, same) = (
      keys.filter { key in groups.contains { key.differs($0.configuration, groups[0].configuration) } },
      keys.filter { key in !groups.contains { key.differs($0.configuration, groups[0].configuration) } }
    )
    func words(_ value: ConfigurationValue) -> HTML { value == .text("") ? "" : "\(value.yaml)" }
    func title(_ key: ConfigurationKey) -> HTML { "<span title=\"\(key.meaning)\">\(key.path)</span>" }
    var result: HTML = ""
    if !different.isEmpty {
      // Whatever there is more of runs downwards.
      result =
        groups.count <= different.count
        ? .table(
          "Settings that differ", [.text("key")] + groups.map { .text(name($0)) } + [.text("default")],
          different.map { key in
            [title(key)] + groups.map { words(key.value(in: $0.configuration)) } + [
              words(key.value(in: defaults))
            ]
          })
        : .table(
          "Settings that differ", [.text("configuration")] + different.map { .text(title($0)) },
          groups.map { group in
            [name(group)] + different.map { words($0.value(in: group.configuration)) }
          } + [["default"] + different.map { words($0.value(in: defaults)) }])
    }
    let changed = same.filter { $0.differs(groups[0].configuration, defaults) }
    guard !changed.isEmpty else { return result }
    return result
      + .table(
        groups.count > 1
          ? "Settings that are the same in all, and not the defaults" : "Settings that are not the defaults",
        [.text("key"), .text("value"), .text("default")],
        changed.map { key in
          [title(key), words(key.value(in: groups[0].configuration)), words(key.value(in: defaults))]
        })
  }
}
