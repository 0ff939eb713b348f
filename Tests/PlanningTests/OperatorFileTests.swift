import KnackDocuments
import KnackEnvironment
import KnackOverworld
import KnackPlanning
import Testing

@Suite struct OperatorFileTests {
  @Test func whatIsWrittenIsReadBack() throws {
    let specification = try EnvironmentRegistry(Overworld.entries).kind("Overworld-v1").specification
    let text = OperatorFile.text(specification.operators)
    #expect(
      try OperatorFile.operators(yaml: text, file: "world.yaml", facts: specification.facts)
        == specification.operators)
    let odd = [Operator("true", obtains: [.init("a: b"), .init("say \"no\"", 2, chance: 0.25)])]
    #expect(try OperatorFile.operators(yaml: OperatorFile.text(odd), file: "odd.yaml") == odd)
  }

  @Test func plan4MCsGraphSpeaksOfTheOverworld() throws {
    let specification = try EnvironmentRegistry(Overworld.entries).kind("Overworld-v1").specification
    let file = try #require(OperatorFile.builtIn.first)
    let graph = try OperatorFile.operators(yaml: file.text, file: file.name, facts: specification.facts)
    let skills = Set(specification.operators.map(\.skill))
    #expect(graph.allSatisfy { skills.contains($0.skill) }, "every skill of the graph is one of this world")
  }

  @Test(arguments: [
    ("log: {obtains: {lgo: 1}}", "own.yaml:1:17: there is no fact 'lgo'; did you mean 'log'?"),
    ("log: {obtain: {log: 1}}", "own.yaml:1:7: there is no key 'obtain' in 'log'; did you mean 'obtains'?"),
    ("log: {kind: fnd, obtains: {log: 1}}", "own.yaml:1:13: there is no kind 'fnd'; did you mean 'find'?"),
    (
      "log: {obtains: {log: 0}}",
      "own.yaml:1:22: 'log.obtains.log' takes a whole number from 1 to 1000000, not '0'."
    ),
    ("log: {consumes: {log: 1}}", "own.yaml:1:1: 'log' obtains nothing; say what in 'obtains'."),
    (
      "log: {requires: {wooden_axe: 1}, equips: [wooden_ax], obtains: {log: 1}}",
      "own.yaml:1:43: 'log' equips 'wooden_ax' but neither consumes nor requires it; did you mean 'wooden_axe'?"
    ),
    (
      "log: {obtains: {log: 1}, chances: {log: 2}}",
      "own.yaml:1:41: 'log.chances.log' takes a number from 1e-06 to 1.0, not '2'."
    ),
  ])
  func mistakesAreNamed(_ yaml: String, _ sentence: String) throws {
    let error = #expect(throws: DocumentError.self) {
      try OperatorFile.operators(yaml: yaml, file: "own.yaml", facts: ["log", "wooden_axe"])
    }
    #expect(error?.description == sentence)
  }
}
