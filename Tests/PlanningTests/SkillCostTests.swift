import KnackPlanning
import Testing

@Suite struct SkillCostTests {
  @Test func failuresAreCountedUntilTheFirstSuccess() {
    #expect(SkillCost(steps: 30).expectedSteps == 30)
    #expect(SkillCost(probability: 0.25, steps: 30, failureSteps: 100).expectedSteps == 330)
    #expect(SkillCost(probability: 0).expectedSteps == .infinity)
  }
}
