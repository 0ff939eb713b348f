import KnackEnvironment
import Testing

@testable import KnackExperiments

@Suite struct SkillGraphTests {
  @Test func edgesLeadFromWhatObtainsToWhatNeeds() {
    let graph = SkillGraph(
      [
        Operator("chop_tree", obtains: [.init("log"), .init("chopped")]),
        Operator("make_table", consumes: [.init("log", 2)], obtains: [.init("table_nearby")]),
        Operator(
          "make_pick", consumes: [.init("log")], requires: [.init("table_nearby")], obtains: [.init("pick")]),
        Operator("sleep", obtains: [.init("rest")]),
      ], hiding: ["chopped"])
    #expect(graph.nodes.map(\.title) == ["chop tree", "make table", "make pick", "sleep"])
    #expect(
      graph.edges == [
        .init(from: 0, to: 1, isConsumed: true), .init(from: 0, to: 2, isConsumed: true),
        .init(from: 1, to: 2),
      ])
    #expect(graph.nodes[0].lines.map(\.value) == ["log"])
    #expect(graph.nodes[1].lines.map(\.value) == ["2 log", "table nearby"])
  }

  @Test func aPageCannotBeBrokenByWhatSkillsAreCalled() {
    let graph = SkillGraph(nodes: [.init("<script>\"&", lines: [("a<b", "</dl>")])], edges: [])
    let text = graph.html("<i>").text
    #expect(!text.contains("<script") && !text.contains("<i>") && !text.contains("a<b"))
    #expect(text.contains("&lt;script&gt;&quot;&amp;"))
    #expect(SkillGraph(nodes: [], edges: []).html("nothing").text.contains("<svg"))
  }

  private func layout(_ count: Int, _ edges: [(Int, Int)]) -> LayeredLayout {
    LayeredLayout(count: count, edges: edges.map { (from: $0.0, to: $0.1) })
  }

  @Test func layersFollowTheLongestPath() {
    let layout = layout(5, [(0, 1), (1, 2), (0, 2), (2, 3)])
    #expect(layout.nodes[0..<4].map(\.layer) == [0, 1, 2, 3] && layout.layers == 4)
    #expect(layout.routes[2].map(\.layer) == [0, 1, 2], "the long edge passes the layer between")
    #expect(
      layout.nodes[4].height >= layout.nodes[..<4].map(\.height).max()! + 1, "what is alone stands below")
  }

  @Test func neighboursInALayerDoNotOverlap() {
    var edges: [(Int, Int)] = []
    for node in 0..<30 {
      edges.append((node, (7 * node + 5) % 40 + 31))
      edges.append((node, (3 * node + 1) % 20 + 51))
    }
    let layout = layout(71, edges)
    for layer in 0..<layout.layers {
      let heights = layout.nodes.filter { $0.layer == layer }.map(\.height).sorted()
      #expect(zip(heights, heights.dropFirst()).allSatisfy { $1 - $0 > 0.999 })
      #expect(heights.allSatisfy { $0 >= -0.001 && $0 + 1 <= layout.height + 0.001 })
    }
  }

  @Test func edgesThatNeedNotCrossDoNot() {
    // Two chains whose nodes are named crosswise.
    let layout = layout(6, [(0, 3), (1, 2), (3, 4), (2, 5)])
    let (a, b) = ([0, 3, 4].map { layout.nodes[$0].height }, [1, 2, 5].map { layout.nodes[$0].height })
    #expect(zip(a, b).allSatisfy { $0 < $1 } || zip(a, b).allSatisfy { $0 > $1 })
  }

  @Test func circlesAreDrawnToo() {
    let layout = layout(3, [(0, 1), (1, 2), (2, 0), (1, 0)])
    #expect(layout.nodes.map(\.layer) == [0, 1, 2])
    #expect(layout.routes[2].first?.layer == 2 && layout.routes[2].last?.layer == 0)
    #expect(layout.routes[3].map(\.layer) == [1, 0])
  }
}
