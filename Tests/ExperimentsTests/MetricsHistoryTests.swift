import Testing

@testable import KnackExperiments

@Suite struct MetricsHistoryTests {
  private func history(_ text: String) -> MetricsHistory { MetricsHistory(Array(text.utf8)) }

  @Test func itReadsWhatARunWrote() throws {
    try withFolder { folder in
      let run = try TrainingRun(tinyConfiguration(), registry: registry, path: folder + "/run")
      _ = try run.train()
      let history = try MetricsHistory(run.directory)
      #expect(history.count == 10 && history.damaged == 0)
      #expect(history[.steps] == (1...10).map { 32 * Double($0) })
      #expect(history[.successRate].last == run.progress.recent.successRate)
      #expect(history[.episodeReturn].last == run.progress.recent.episodeReturn)
      #expect(history[.score].allSatisfy { $0.isNaN }, "a world without achievements has no score")
    }
  }

  @Test func aLineThatIsStillBeingWrittenIsLeftOut() {
    let whole = "{\"environment_steps\":32,\"seconds\":1.5,\"charts/score\":2.25}\n"
    let next = "{\"environment_steps\":64,\"seconds\":2.5,\"charts/score\":3}\n"
    for cut in next.indices {
      let history = history(whole + next[..<cut])
      #expect(history.count == 1 && history.damaged == 0 && history[.score] == [2.25])
    }
    #expect(history(whole + next)[.seconds] == [1.5, 2.5])
    #expect(history("").count == 0)
  }

  @Test(arguments: [
    "{}", "", "{\"environment_steps\":", "{\"environment_steps\":}", "{\"environment_steps}", "null",
    "{\"seconds\":1}", "{\"environment_steps\":1e300}", "{\"environment_steps\":-1}",
    "{\"environment_steps\":\"many\"}", "\"}",
  ])
  func linesThatCannotBeReadAreCounted(_ line: String) {
    let history = history("\(line)\n{\"charts/SPS\":7,\"environment_steps\":1e3,\"more\":null}\n")
    #expect(history.damaged == 1 && history[.steps] == [1000] && history[.seconds][0].isNaN)
  }
}
