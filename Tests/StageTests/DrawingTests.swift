import KnackEnvironment
import KnackStage
import Testing

/// Frames and what they are made of.
@Suite struct DrawingTests {
  @Test func nothingIsDrawnBeyondTheEdges() throws {
    // A canvas in the middle of other points, which must stay as they are.
    let whole = Canvas(width: 60, height: 40)
    whole.fill(with: 0x123456)
    let inner = PixelArea(x: 20, y: 10, width: 20, height: 20)
    let part = whole.part(inner)
    part.fill(PixelArea(x: -5, y: -5, width: 100, height: 100), with: 0xFFFFFF)
    part.tint(PixelArea(x: 10, y: -30, width: 100, height: 100), with: 0, part: 128)
    let text = try Typeface()
    text.draw("Words that are longer than the canvas", x: -15, y: 12, size: 20, color: 0xFF0000, on: part)
    for y in 0..<40 {
      for x in 0..<60 where !inner.contains(x: x, y: y) {
        #expect(whole.row(y)[x] == 0x123456, "\(x), \(y)")
      }
    }
    #expect(part.row(0)[0] == 0xFFFFFF)
  }

  @Test func textIsAsWideAsItSays() throws {
    let text = try Typeface()
    let canvas = Canvas(width: 400, height: 60)
    let drawn = text.draw("Knack, ä → ✓", x: 5, y: 40, size: 30, color: 0xFFFFFF, on: canvas)
    #expect(drawn == text.width(of: "Knack, ä → ✓", size: 30))
    #expect(text.width(of: text.fitted("a very long line", size: 20, width: 70), size: 20) <= 70)
    let lines = text.lines("a line that is to be broken between its words", size: 20, width: 150)
    #expect(lines.count > 2 && lines.allSatisfy { text.width(of: $0, size: 20) <= 150 })
  }

  @Test func scaledCopiesShowTheSame() {
    let small = Canvas(width: 2, height: 2)
    small.row(0)[0] = 1
    small.row(0)[1] = 2
    small.row(1)[0] = 3
    small.row(1)[1] = 4
    let large = Canvas(width: 5, height: 4)
    large.copyScaled(small)
    #expect((0..<4).map { large.row($0)[0] } == [1, 1, 3, 3])
    #expect((0..<5).map { large.row(0)[$0] } == [1, 1, 2, 2, 2])
  }

  /// From smaller than a window can be to 4K: nothing is drawn outside, and something inside.
  @Test(arguments: [(64, 48), (320, 240), (800, 600), (1280, 720), (900, 1600), (3840, 2160)])
  func framesFitTheirSize(_ width: Int, _ height: Int) throws {
    let kind = try registry.kind("MiniGrid-DoorKey-8x8-v0")
    let playback = Playback(kind, agent: TalkativeAgent(), seed: 1)
    for _ in 0..<30 { playback.advance() }
    let painter = try FramePainter(kind, text: try Typeface(), width: width, height: height)
    let layout = painter.layout
    for area in [layout.world, layout.panel, layout.timeline, layout.bar] {
      #expect(area.intersection(PixelArea(x: 0, y: 0, width: width, height: height)) == area)
    }
    #expect(layout.world.intersection(layout.panel).width == 0)
    let bitmap = Canvas(width: width, height: height)
    var scene = playback.scene
    scene.help = [("h", "help")]
    scene.menu = scene.actions
    scene.notice = "A notice."
    painter.draw(scene, playback.environment, on: bitmap)
    #expect(Set(bitmap.picture.bytes).count > 20)
  }

  @Test func clicksMeanSteps() {
    let layout = FrameLayout(width: 1280, height: 720)
    let y = layout.bar.y + layout.bar.height / 2
    #expect(layout.step(x: layout.bar.x, y: y, of: 200) == 0)
    #expect(layout.step(x: layout.bar.x + layout.bar.width - 1, y: y, of: 200) == 200)
    #expect(layout.step(x: layout.bar.x + layout.bar.width / 2, y: y, of: 200) == 100)
    #expect(layout.step(x: 640, y: 100, of: 200) == nil)
    #expect(layout.step(x: 640, y: y, of: 0) == nil)
  }

  /// What is beyond the live world's edge is drawn and stays out of it, and what is drawn follows the world.
  @Test func lookingChangesNoWorld() throws {
    for id in ["Overworld-v1", "Crafter-v1", "CrafterFast-v1", "MiniGrid-LockedRoom-v0"] {
      let playback = try play(id)
      let painters = playback.environment.kind.views.map { $0.painter(width: 96, height: 64) }
      let canvas = Canvas(width: 96, height: 64)
      for _ in 0..<20 {
        playback.advance()
        let before = playback.state
        for painter in painters { playback.environment.draw(world: 0, with: painter, on: canvas) }
        #expect(playback.state == before, "\(id)")
      }
      // A painter that has seen the episode draws what a fresh one does.
      let view = playback.environment.kind.views[0]
      let first = canvas.picture
      playback.environment.draw(world: 0, with: painters[0], on: canvas)
      let known = canvas.picture
      playback.environment.draw(world: 0, with: view.painter(width: 96, height: 64), on: canvas)
      if id != "Overworld-v1" { #expect(canvas.picture == known, "\(id)") }
      #expect(first.width == 96)
    }
  }
}
