import KnackEnvironment

extension ReportPage {
  /// The operators of each world that states them, with how often the groups brought them about.
  var skillsSection: HTML {
    HTML(
      worlds.compactMap { world -> HTML? in
        guard let specification = world.groups[0].runs[0].world, !specification.operators.isEmpty,
          specification.operators.count <= GraphFile.mostDrawn
        else {
          return nil
        }
        let achievements = Set(specification.achievementNames)
        let rates = world.groups.map(self.rates)
        let graph = SkillGraph(specification.operators, hiding: achievements) { one in
          guard let achievement = one.obtains.first(where: { achievements.contains($0.fact) })?.fact else {
            return ([], [])
          }
          let percentages = rates.map { $0[achievement].map { estimate($0).value } ?? 0 }
          return (
            zip(world.groups, percentages).map { group, percentage in
              (group.name, "\(fixed(percentage, percentage < 10 ? 2 : 1)) % of training episodes")
            }, zip(world.groups, percentages).map { ($0.style.index, $1 / 100) }
          )
        }
        let title = worlds.count > 1 ? "What leads to what in \(world.name)" : "What leads to what"
        return .paragraph(
          "What can be brought about in the world by its own rules. Lines lead from what obtains something to what needs it; "
            + "drawn through where it is used up, dashed where it stays. "
            + (rates.contains { !$0.isEmpty }
              ? "Bars say in what share of a configuration's training episodes it was reached." : ""),
          kind: "note")
          + graph.html(title)
      })
  }
}
