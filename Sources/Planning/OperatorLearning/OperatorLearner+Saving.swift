import Foundation
import KnackEnvironment

/// A learner as text: what it knows is what it has seen, so that is what is written, an outcome a line. Anybody can write such
/// lines, and have them learned from.
///
///     {"facts":["log","planks"],"controls":["noop"],"drift":{"steps":0,"rises":{},"falls":{},"presence":{}},"given":[]}
///     {"skill":"craft_planks","steps":1,"before":{"log":1},"after":{"planks":4}}
///
/// Facts that are 0 are left out. Like outcomes stand on one line with their `count`, and `steps` are those of all.
extension OperatorLearner {
  /// The learner, one JSON object a line: first what it was told, then what it saw.
  public var lines: [String] {
    func counts(_ values: [Int]) -> JSON {
      .object(zip(facts, values).filter { $0.1 != 0 }.map { ($0.0, .integer($0.1)) })
    }
    let header = JSON.fields([
      "facts": .array(facts.map(JSON.string)), "controls": .array(controls.sorted().map(JSON.string)),
      "drift": .fields([
        "steps": .integer(drift.steps), "rises": counts(drift.rises), "falls": counts(drift.falls),
        "presence": counts(drift.presence),
      ]),
      "given": .array(givenOperators.map(\.json)),
    ])
    return [header.text]
      + models.keys.sorted().flatMap { skill in
        models[skill]!.trials.map { trial in
          var after = trial.before
          for change in trial.changes { after[change.fact] += change.by }
          return JSON.fields([
            "skill": .string(skill), "steps": .integer(trial.steps), "count": .integer(trial.count),
            "before": counts(trial.before.map(Int.init)), "after": counts(after.map(Int.init)),
          ]).text
        }
      }
  }

  /// The learner of such lines; empty ones are skipped.
  ///
  /// - Throws: ``OutcomeError`` that names the line.
  public init(lines: [String]) throws(OutcomeError) {
    guard let first = lines.first,
      let header = try? JSONDecoder().decode(Header.self, from: Data(first.utf8))
    else {
      throw OutcomeError(
        line: 1, problem: "a learner begins with its facts, controls, drift and given operators.")
    }
    self.init(
      facts: header.facts, controls: Set(header.controls), given: header.given.map(\.word),
      drift: Drift(
        steps: header.drift.steps, rises: header.facts.map { header.drift.rises[$0] ?? 0 },
        falls: header.facts.map { header.drift.falls[$0] ?? 0 },
        presence: header.facts.map { header.drift.presence[$0] ?? 0 }))
    try record(lines: lines.dropFirst(), from: 2)
  }

  /// Takes note of outcomes that are written as above.
  ///
  /// - Parameter number: the first line's number, for errors.
  /// - Throws: ``OutcomeError`` that names the line; those before it have been taken note of.
  public mutating func record(lines: some Sequence<String>, from number: Int = 1) throws(OutcomeError) {
    let decoder = JSONDecoder(), places = Dictionary(zip(facts, facts.indices)) { first, _ in first }
    for (offset, line) in lines.enumerated() where !line.allSatisfy(\.isWhitespace) {
      guard let outcome = try? decoder.decode(OutcomeLine.self, from: Data(line.utf8)) else {
        throw OutcomeError(
          line: number + offset,
          problem: "an outcome is a JSON object with skill, steps, before and after, as in "
            + "{\"skill\":\"craft_planks\",\"steps\":1,\"before\":{\"log\":1},\"after\":{\"planks\":4}}.")
      }
      func state(_ counts: [String: Int32]) throws(OutcomeError) -> [Int32] {
        var state = [Int32](repeating: 0, count: facts.count)
        for (name, count) in counts {
          guard let place = places[name] else {
            let mend = nearest(to: name, among: facts).map { "; did you mean '\($0)'?" } ?? "."
            throw OutcomeError(line: number + offset, problem: "the world has no fact '\(name)'\(mend)")
          }
          state[place] = count
        }
        return state
      }
      var trial = Trial(
        SkillOutcome(
          outcome.skill, before: try state(outcome.before), after: try state(outcome.after),
          steps: outcome.steps))
      trial.count = max(1, outcome.count ?? 1)
      add(trial, of: outcome.skill)
    }
  }

  private struct Header: Decodable {
    struct Drift: Decodable {
      var steps: Int, rises: [String: Int], falls: [String: Int], presence: [String: Int]
    }
    struct Given: Decodable {
      var name: String, skill: String
      var consumes: [[String: Int]], requires: [[String: Int]], obtains: [[String: Int]]

      var word: Operator {
        func amounts(_ counts: [[String: Int]]) -> [Operator.Amount] {
          counts.joined().map { .init($0.key, $0.value) }
        }
        return Operator(
          name, skill: skill, consumes: amounts(consumes), requires: amounts(requires),
          obtains: amounts(obtains))
      }
    }
    var facts: [String], controls: [String], drift: Drift, given: [Given]
  }

  private struct OutcomeLine: Decodable {
    var skill: String, steps: Int, count: Int?, before: [String: Int32], after: [String: Int32]
  }
}

/// What is wrong with a line of outcomes.
public struct OutcomeError: Error, Equatable, CustomStringConvertible {
  /// The line's number, from 1.
  public var line: Int
  /// What is wrong: a sentence.
  public var problem: String

  /// Where, and what.
  public var description: String { "Line \(line): \(problem)" }
}

extension Operator {
  /// Its parts by name.
  fileprivate var json: JSON {
    func counts(_ amounts: [Amount]) -> JSON {
      .array(amounts.map { .object([($0.fact, .integer($0.count))]) })
    }
    return .fields([
      "name": .string(name), "skill": .string(skill), "consumes": counts(consumes),
      "requires": counts(requires), "obtains": counts(obtains),
    ])
  }
}
