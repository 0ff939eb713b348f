import Foundation

extension ReportPage {
  /// One episode of each configuration's first run.
  var episodesSection: HTML {
    HTML(
      groups.compactMap { group -> HTML? in
        guard let told = episodes[group.style.index] else { return nil }
        let heading: HTML = groups.count > 1 ? "<h3>\(name(group))</h3>\n" : ""
        switch told {
        case .success(let episode): return heading + tell(episode, of: group)
        case .failure(let error): return heading + .paragraph("It cannot be played: \(error)", kind: "note")
        }
      })
  }

  private func tell(_ episode: EpisodeRecord, of group: RunGroup) -> HTML {
    let total = episode.steps.reduce(0) { $0 + Double($1.reward) }
    let end =
      !episode.isOver
      ? "the first \(grouped(episode.steps.count)) steps"
      : "\(grouped(episode.steps.count)) steps"
        + (group.achievements.isEmpty ? episode.isSuccess ? ", a success" : ", no success" : "")
    let timeline = Timeline(
      title: "An episode of \(group.name), step by step", style: group.style, count: episode.steps.count,
      values: episode.steps.map { $0.report.value ?? .nan },
      rewards: episode.steps.enumerated().compactMap { step, one in
        one.reward == 0 ? nil : (step, Double(one.reward))
      },
      stretches: Timeline.stretches(episode.doings),
      events: episode.achievements)
    let events = episode.achievements.map { event -> HTML in
      "<li>\(SkillGraph.readable(event.name)), step \(event.step)</li>\n"
    }
    return .paragraph(
      "The first episode that knack evaluate plays with the latest policy of seed \(group.runs[0].seed), not chosen for how "
        + "it went (\(episode.player); world's seed \(episode.seed)): \(end), return \(fixed(total, 2)).",
      kind: "note")
      + film(episode, of: group) + timeline.svg
      + (events.isEmpty ? "" : "<ol class=\"events\" aria-label=\"Achievements\">\(events)</ol>\n")
      + .details("The same as a table", table(episode))
  }

  private func film(_ episode: EpisodeRecord, of group: RunGroup) -> HTML {
    guard !episode.frames.isEmpty else { return "" }
    let frames = episode.frames.map { frame -> HTML in
      let data = Data(frame.png).base64EncodedString()
      return """
        <li><img src="data:image/png;base64,\(data)" alt="\(group.world) after \(frame.step) steps">step \(frame.step)</li>

        """
    }
    return "<ol class=\"film\" tabindex=\"0\" aria-label=\"Pictures of the episode\">\(frames)</ol>\n"
  }

  private func table(_ episode: EpisodeRecord) -> HTML {
    let hasValues = episode.steps.contains { $0.report.value != nil }
    let every = max(1, episode.steps.count / 20)
    let rows = episode.steps.indices.filter { $0 % every == 0 || episode.steps[$0].reward != 0 }.prefix(60)
      .map {
        step -> [HTML] in
        let one = episode.steps[step]
        return ["\(step)", "\(SkillGraph.readable(episode.doings[step]))"]
          + (hasValues ? ["\(one.report.value.map { fixed($0, 2) } ?? "–")"] : [])
          + ["\(one.reward == 0 ? "" : fixed(Double(one.reward), 2))"]
      }
    return .table(
      "Steps of the episode", isTitled: false,
      [.number("step"), .text("what was done")] + (hasValues ? [.number("value")] : []) + [.number("reward")],
      rows)
  }
}
