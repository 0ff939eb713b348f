#if Viewer
  import Foundation
  import KnackCrafter
  import KnackEnvironment
  import KnackGridworld
  import KnackLearning
  import KnackOverworld
  import KnackStage
  import Testing

  @testable import KnackViewer

  /// The window on a display without a screen. SDL belongs to one thread, so these tests come one after another on the main
  /// one.
  @MainActor
  @Suite(.serialized, .enabled(if: VirtualDisplay.isInstalled, "these tests need Xvfb"))
  struct WindowTests {
    private let registry = EnvironmentRegistry(Gridworld.entries + Crafter.entries + Overworld.entries)
    private let display: VirtualDisplay

    init() throws {
      display = try VirtualDisplay()
      setenv("DISPLAY", display.name, 1)
    }

    /// A window on an episode of random actions that stands still after some steps.
    private func open(
      _ id: String, steps: Int = 0, byHand: Bool = false, _ options: ViewerOptions = ViewerOptions()
    ) throws -> (WatchWindow, Show) {
      let kind = try registry.kind(id)
      let agent = PlayingAgent(.random, kind.specification, seed: 5, title: "random actions")
      let playback = Playback(kind, agent: agent, seed: 5)
      for _ in 0..<steps { playback.advance() }
      let show = Show(playback, paused: true, byHand: byHand)
      var options = options
      if options.width == 1280 { (options.width, options.height) = (800, 600) }
      return (try WatchWindow(show, kind, options), show)
    }

    /// Turns until something is so, a few seconds at most.
    private func turn(_ window: WatchWindow, until condition: () -> Bool) throws -> Bool {
      for _ in 0..<400 {
        guard try window.turn() else { return false }
        if condition() { return true }
      }
      return false
    }

    /// What is on the screen is what was drawn, and that is what the stored picture shows.
    @Test(arguments: ["MiniGrid-KeyCorridorS3R3-v0", "Crafter-v1", "Overworld-v1"])
    func everyWorldIsDrawn(_ id: String) throws {
      let (window, show) = try open(id, steps: 12)
      defer { show.close() }
      #expect(try turn(window) { window.framesDrawn > 0 && window.scene.position == 12 })
      let drawn = window.window.canvas.picture
      let place = try display.screenshot().place(of: drawn)
      #expect(place != nil, "the screen shows the frame")

      let path = #filePath.replacing("WindowTests.swift", with: "Golden/\(id).png")
      if ProcessInfo.processInfo.environment["KNACK_UPDATE_GOLDEN"] != nil { drawn.writePNG(to: path) }
      let difference = drawn.difference(from: try Picture(pngAt: path))
      #expect(difference < 0.02, "\(difference) of the picture differ")
    }

    @Test func everyKeyDoesWhatTheHelpSays() throws {
      let (window, show) = try open("MiniGrid-DoorKey-8x8-v0", steps: 3)
      defer { show.close() }
      func press(_ key: String, _ condition: @escaping (Scene) -> Bool) throws {
        window.window.pretend(key: key)
        #expect(try turn(window) { condition(window.scene) }, "\(key): \(window.scene)")
      }
      _ = try turn(window) { window.scene.position == 3 }
      try press("Right") { $0.position == 4 }
      try press(".") { $0.position == 5 }
      try press("Left") { $0.position == 4 }
      try press(",") { $0.position == 3 }
      try press("Home") { $0.position == 0 }
      try press("End") { $0.position == 5 }
      try press("Up") { $0.speed == 16 }
      try press("+") { $0.speed == 32 }
      try press("Down") { $0.speed == 16 }
      try press("-") { $0.speed == 8 }
      try press("Space") { !$0.isPaused }
      try press("Space") { $0.isPaused }
      try press("N") { $0.episode == 1 && $0.position == 0 }
      try press("P") { $0.episode == 0 }
      try press("G") { $0.notice?.contains("no policy") ?? false }
      try press("H") { !$0.help.isEmpty }
      try press("F1") { $0.help.isEmpty }
      try press("T") { $0.isByHand }
      try press("Left") { $0.position == 1 && $0.timeline.last?.byHand == true }
      try press("Escape") { !$0.isByHand }
      try press("F4") { $0.isByHand }
      try press("E") { $0.menu.count == 7 }
      try press("Down") { $0.marked == 1 }
      try press("Up") { $0.marked == 0 }
      try press("p") { $0.menu[$0.marked] == "pickup" }
      try press("Return") { $0.menu.isEmpty && $0.position == 2 }
      try press("R") { _ in window.shownNotice == "Nothing can be recorded here." }
    }

    @Test func viewsAreSwitched() throws {
      let (window, show) = try open("Crafter-v1")
      defer { show.close() }
      _ = try turn(window) { window.framesDrawn > 0 }
      let first = window.window.canvas.picture
      window.window.pretend(key: "V")
      #expect(try turn(window) { window.scene.view == 1 })
      #expect(window.window.canvas.picture != first)
      window.window.pretend(key: "F2")
      #expect(try turn(window) { window.scene.view == 0 })
    }

    @Test func clicksOnTheLineOfTimeGoThere() throws {
      let (window, show) = try open("MiniGrid-DoorKey-8x8-v0", steps: 40)
      defer { show.close() }
      _ = try turn(window) { window.scene.position == 40 }
      let bar = FrameLayout(width: 800, height: 600).bar
      window.window.pretend(pressAt: bar.x + bar.width / 2, bar.y + 3)
      #expect(try turn(window) { window.scene.position == 20 })
    }

    @Test func anotherSizeIsAnotherFrame() throws {
      let (window, show) = try open("MiniGrid-DoorKey-8x8-v0")
      defer { show.close() }
      _ = try turn(window) { window.framesDrawn > 0 }
      window.window.pretend(width: 640, height: 400)
      #expect(try turn(window) { window.painter.layout == FrameLayout(width: 640, height: 400) })
      #expect(try display.screenshot().place(of: window.window.canvas.picture) != nil)
    }

    @Test func recordingsTakeTheFramesThatAreShown() throws {
      final class Film: FrameWriter {
        var frames: [Picture] = [], isComplete = false
        func write(_ frame: Canvas) { frames.append(frame.picture) }
        func finish() -> String {
          isComplete = true
          return "film"
        }
      }
      let film = Film()
      var options = ViewerOptions()
      options.record = { _, _ in film }
      let (window, show) = try open("MiniGrid-DoorKey-8x8-v0", options)
      defer { show.close() }
      window.window.pretend(key: "R")
      #expect(try turn(window) { film.frames.count >= 3 })
      window.window.pretend(key: "R")
      #expect(try turn(window) { film.isComplete })
      #expect(film.frames.allSatisfy { $0.width == 800 && $0.height == 600 })
      #expect(window.shownNotice == "The recording is in film.")
    }

    @Test func itCloses() throws {
      let (window, show) = try open("MiniGrid-DoorKey-8x8-v0")
      defer { show.close() }
      for close in [{ $0.pretendClose() }, { $0.pretend(key: "Q") }, { $0.pretend(key: "Escape") }]
        as [(Window) -> Void]
      {
        #expect(try turn(window) { window.framesDrawn > 0 })
        close(window.window)
        var isOpen = true
        for _ in 0..<100 where isOpen { isOpen = try window.turn() }
        #expect(!isOpen)
      }
    }

    @Test func withoutADisplayThereIsASentence() throws {
      setenv("DISPLAY", ":9876", 1)
      #expect {
        _ = try open("MiniGrid-DoorKey-8x8-v0")
      } throws: { error in
        "\(error)".contains("No window can be shown") && "\(error)".contains("knack record")
      }
    }
  }
#endif
