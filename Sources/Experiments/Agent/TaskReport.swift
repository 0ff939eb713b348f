import KnackEnvironment
import KnackSkills

/// What the tasks of a suite came to, by task and by set.
public struct TaskReport: Sendable {
  /// The suite, the world's id, the seed of the first world and the worlds a task.
  public var suite: TaskSuite, environment: String, seed: UInt64, worlds: Int
  /// How each task went.
  public var outcomes: [TaskEvaluation.Outcome]
  /// Seconds that it took.
  public var seconds: Double

  /// The success of a set's tasks, each counting the same, with Wilson's interval over their episodes.
  func success(ofSet set: String) -> Statistics.Estimate {
    let all = outcomes.filter { $0.set == set }.flatMap(\.successes)
    return Statistics.proportion(successes: all.count { $0 }, of: all.count)
  }

  /// The report as JSON.
  public var json: JSON {
    func estimate(_ value: Statistics.Estimate) -> JSON {
      .fields(["mean": .number(value.value), "interval": .array([.number(value.low), .number(value.high)])])
    }
    return .fields([
      "suite": .string(suite.name), "environment": .string(environment),
      "seed": .integer(Int(clamping: seed)),
      "worlds": .integer(worlds), "seconds": .number(seconds),
      "sets": .object(
        suite.sets.filter { set in outcomes.contains { $0.set == set.name } }.map {
          ($0.name, estimate(success(ofSet: $0.name)))
        }),
      "tasks": .object(
        outcomes.map { one in
          (
            one.task,
            .fields([
              "success": .number(rate(one)), "worlds": .integer(one.successes.count),
              "steps": .number(meanSteps(one) ?? .nan),
              "failures": .object(failures(one).map { ($0, .integer($1)) }),
            ])
          )
        }),
      "skills": .object(
        skills.map { name, tally in
          (
            name,
            .fields([
              "attempts": .integer(tally.attempts),
              "success": .number(Double(tally.successes) / Double(max(1, tally.attempts))),
              "steps": .number(tally.meanSuccessSteps ?? .nan),
              "failureSteps": .number(tally.meanFailureSteps ?? .nan),
            ])
          )
        }),
    ])
  }

  private func rate(_ one: TaskEvaluation.Outcome) -> Double {
    Double(one.successes.count { $0 }) / Double(one.successes.count)
  }

  /// How the other episodes ended, the most frequent way first.
  private func failures(_ one: TaskEvaluation.Outcome) -> [(String, Int)] {
    one.failures.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
  }

  /// Mean steps of the successful episodes.
  private func meanSteps(_ one: TaskEvaluation.Outcome) -> Double? {
    let steps = one.successes.indices.filter { one.successes[$0] }.map { one.steps[$0] }
    return steps.isEmpty ? nil : Double(steps.reduce(0, +)) / Double(steps.count)
  }

  private var skills: [(String, SkillRecord.Tally)] {
    var all: [String: SkillRecord.Tally] = [:]
    for outcome in outcomes {
      for (name, tally) in outcome.attempts { all[name, default: SkillRecord.Tally()].add(tally) }
    }
    return all.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The report for people.
  public var text: String {
    var lines =
      "\(suite.name) (\(suite.source)) in \(environment): \(worlds) worlds a task, from seed \(seed), \(fixed(seconds, 1)) s\n"
    for set in suite.sets where outcomes.contains(where: { $0.set == set.name }) {
      let all = success(ofSet: set.name)
      lines +=
        "\n\(set.name): success \(fixed(all.value, 3)) (95 % interval \(fixed(all.low, 3)) to \(fixed(all.high, 3)))\n"
      lines += table(
        outcomes.filter { $0.set == set.name }.map { one in
          [
            "  " + one.task, fixed(rate(one), 2), meanSteps(one).map { "\(Int($0)) steps" } ?? "-",
            failures(one).map { "\($1) \($0)" }.joined(separator: ", "),
          ]
        })
    }
    lines += "\nskills\n"
    lines += table(
      skills.map { name, tally in
        [
          "  " + name, "\(tally.attempts) attempts",
          fixed(Double(tally.successes) / Double(max(1, tally.attempts)), 2),
          tally.meanSuccessSteps.map { "\(Int($0)) steps" } ?? "-",
          tally.meanFailureSteps.map { "\(Int($0)) when it failed" } ?? "",
        ]
      })
    return lines
  }
}
