import KnackEnvironment

/// Runs of one or more configurations as one page of HTML, which needs nothing but itself.
public struct ReportPage: Sendable {
  /// The runs by configuration.
  let groups: [RunGroup]
  /// An episode of the first run of a group, or why there is none, by the group's place.
  let episodes: [Int: Result<EpisodeRecord, ExperimentError>]

  /// The page about the runs in the given folders, each that of a run or one that holds runs. They need not be finished.
  ///
  /// - Throws: ``ExperimentError`` where a folder holds no run, a run is damaged or vanishes, or two have the same
  ///   configuration and seed.
  public init(_ folders: [String], registry: EnvironmentRegistry) throws(ExperimentError) {
    var runs: [RunRecord] = []
    for folder in folders {
      for directory in try RunDirectory.all(in: folder) {
        runs.append(try RunRecord(directory, registry: registry))
      }
    }
    guard !runs.isEmpty else { throw .mistake("Name at least one run.") }
    groups = try RunGroup.groups(of: runs)
    var episodes: [Int: Result<EpisodeRecord, ExperimentError>] = [:]
    for group in groups.prefix(Self.episodeLimit) {
      do throws(ExperimentError) {
        episodes[group.style.index] = .success(try EpisodeRecord(group.runs[0].directory, registry: registry))
      } catch {
        episodes[group.style.index] = .failure(error)
      }
    }
    self.episodes = episodes
  }

  /// The configurations of which an episode is told.
  private static let episodeLimit = 4

  /// All runs.
  var runs: [RunRecord] { groups.flatMap(\.runs) }

  /// The worlds that were learned in, each with the groups that did.
  var worlds: [(name: String, groups: [RunGroup])] {
    var worlds: [(name: String, groups: [RunGroup])] = []
    for group in groups {
      if let place = worlds.firstIndex(where: { $0.name == group.world }) {
        worlds[place].groups.append(group)
      } else {
        worlds.append((group.world, [group]))
      }
    }
    return worlds
  }

  /// What the page is about: `5 runs of 2 configurations in Crafter-v1, 1 of them unfinished`.
  public var summary: String {
    func count(_ n: Int, _ thing: String) -> String { "\(n) \(thing)\(n == 1 ? "" : "s")" }
    let names = worlds.map(\.name)
    let place =
      names.count > 3
      ? "\(names.count) worlds"
      : names.dropLast().joined(separator: ", ") + (names.count > 1 ? " and " : "") + names.last!
    let unfinished = runs.count { !$0.progress.isComplete }
    let rest =
      unfinished == 0 ? "" : unfinished == runs.count ? ", unfinished" : ", \(unfinished) of them unfinished"
    return "\(count(runs.count, "run")) of \(count(groups.count, "configuration")) in \(place)\(rest)"
  }

  private var title: String {
    groups.count > 4 ? "\(groups.count) configurations" : groups.map(\.name).joined(separator: ", ")
  }

  /// The page.
  public var html: String {
    let sections: [(id: String, title: String, body: HTML)] = [
      ("runs", "What was run", runsSection), ("curves", "Learning curves", curvesSection),
      ("tasks", "Success by task", tasksSection),
      ("achievements", "Achievements", achievementsSection),
      ("published", "Published scores", publishedSection),
      ("skills", "What leads to what", skillsSection), ("episodes", "An episode", episodesSection),
      ("configuration", "Configuration", configurationSection), ("time", "Where the time went", timeSection),
    ].filter { !$0.body.text.isEmpty }
    let links = sections.map { section -> HTML in "<a href=\"#\(section.id)\">\(section.title)</a>\n" }
    let page: HTML = """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <link rel="icon" href="data:,">
      <title>\(title) – Knack</title>
      <style>
      \(Self.style)</style>
      </head>
      <body>
      <a class="skip" href="#runs">Skip to the report</a>
      <header><p class="mark">Knack report</p><h1>\(title)</h1>
      <p class="lead">\(summary).</p>
      <nav aria-label="Sections">\(links)</nav></header>
      <main>
      \(sections.map { HTML.section($0.id, $0.title, $0.body) })</main>
      <script>
      \(Self.script)</script>
      </body>
      </html>

      """
    return page.text
  }

  private static let style = HTML(stringLiteral: String(decoding: PackageResources.page_css, as: UTF8.self))
  private static let script = HTML(stringLiteral: String(decoding: PackageResources.page_js, as: UTF8.self))

  /// Writes the page to a file, making its folder where there is none.
  ///
  /// - Returns: its bytes.
  @discardableResult
  public func write(to file: String) throws(ExperimentError) -> Int {
    let bytes = Array(html.utf8)
    try Files.makeFolder(Files.folder(of: file))
    try Files.replace(file, bytes)
    return bytes.count
  }
}

// MARK: - What all sections share

extension ReportPage {
  /// A group's name with the key to its lines and bars.
  func name(_ group: RunGroup) -> HTML {
    "<span class=\"series-name\" data-series=\"\(group.style.index)\">\(group.style.key) \(group.name)</span>"
  }

  /// The key to the lines of all groups; nothing where there is only one.
  var legend: HTML {
    guard groups.count > 1 else { return "" }
    let entries = groups.map { group -> HTML in
      "<li tabindex=\"0\" data-series=\"\(group.style.index)\">\(group.style.key) \(group.name)</li>\n"
    }
    return "<ul class=\"legend\" aria-label=\"Key\">\(entries)</ul>\n"
  }

  /// An estimate with its interval, where it has one.
  func words(_ estimate: Statistics.Estimate, _ digits: Int) -> HTML {
    guard estimate.value.isFinite else { return "–" }
    func word(_ value: Double) -> String { abs(value) < 1e5 ? fixed(value, digits) : short(value) }
    guard estimate.low.isFinite else { return "\(word(estimate.value))" }
    return """
      \(word(estimate.value)) <span class="interval">\(word(estimate.low)) to \(word(estimate.high))</span>
      """
  }

  /// The interquartile mean of values with its interval; none of a single value.
  func estimate(_ values: [Double]) -> Statistics.Estimate {
    guard values.count > 1 else {
      return Statistics.Estimate(value: values.first ?? .nan, low: .nan, high: .nan)
    }
    return Statistics.Resampling(values.count).interquartileMean(values)
  }
}
