import Testing

@testable import KnackOverworld

@Suite struct PaletteTests {
  @Test func airIsZeroAndNamesAreThoseOfThePalette() {
    #expect(Block.air.rawValue == 0 && Block.allCases.count == Block.count)
    #expect(Block.oakLog.name == "oak_log" && Block.wheat7.name == "wheat_7")
    #expect(Block.allCases.allSatisfy { Block(stored: $0.rawValue) == $0 })
  }
}
