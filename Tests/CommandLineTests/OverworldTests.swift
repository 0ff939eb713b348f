import Foundation
import Testing

@Suite struct OverworldTests {
  @Test func rulesArePrintedForProgramsAndForPeople() throws {
    let folder = try Folder()
    let rules = try lastObject(try folder.knack("environments", "rules", "Overworld-v1", "--json").output)
    for (section, fewest) in [
      ("recipes", 355), ("blocks", 236), ("items", 390), ("breaking", 3000), ("smelting", 20), ("fuels", 10),
    ] {
      #expect((rules[section] as? [[String: Any]] ?? []).count >= fewest, "\(section)")
    }
    let breaking = try #require(rules["breaking"] as? [[String: Any]])
    let stone = try #require(
      breaking.first { $0["block"] as? String == "stone" && $0["tool"] as? String == "hand" })
    #expect(stone["seconds"] as? Double == 7.5 && stone["harvests"] as? Bool == false)
    let text = try folder.knack("environments", "rules", "Overworld-v1").output
    #expect(text.contains("RECIPES") && text.contains("crafting_table") && text.contains("unbreakable"))
  }
}
