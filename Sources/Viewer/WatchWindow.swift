#if Viewer
  import Glibc
  import KnackEnvironment
  import KnackStage

  /// A window on a show: turns keys and clicks into the show's commands, and what it shows into frames.
  final class WatchWindow {
    /// Frames a second at most.
    private static let rate = 60.0

    let window: Window
    private let show: Show
    private let kind: WorldKind
    private let options: ViewerOptions
    private let text: Typeface
    private let environment: VectorEnvironment
    private(set) var painter: FramePainter
    /// What was shown last.
    private(set) var scene = Scene()
    /// Frames drawn so far.
    private(set) var framesDrawn = 0

    // What belongs to the window alone.
    private var view: Int
    private var helpIsShown = false
    /// Numbers of the actions in the menu, and the place of the marked one; empty where it is closed.
    private var menu: [Int] = [], marked = 0
    private var recording: (writer: any FrameWriter, width: Int, height: Int, due: Double)?
    private var notice: (words: String, until: Double)?
    private var needsDrawing = true
    private var lastFrame = 0.0

    init(_ show: Show, _ kind: WorldKind, _ options: ViewerOptions) throws {
      self.show = show
      self.kind = kind
      self.options = options
      text = try Typeface()
      environment = VectorEnvironment(kind, count: 1, autoreset: .nextStep, facts: true)
      painter = try FramePainter(kind, text: text, width: options.width, height: options.height)
      view = kind.views.firstIndex { $0.name == options.view } ?? 0
      window = try Window(
        title: "Knack: \(kind.specification.id)", width: options.width, height: options.height)
    }

    /// Handles what has happened, then draws if there is something new; waits for that no longer than a frame takes. False
    /// once the window is to be closed.
    func turn() throws -> Bool {
      let left = lastFrame + 1 / Self.rate - Self.now
      var event = window.event(waiting: max(1, Int(left * 1000)))
      while let happened = event {
        guard handle(happened) else { return false }
        event = window.event(waiting: 0)
      }
      if let new = show.take(environment) {
        if let words = new.notice, words != scene.notice { options.log(words) }
        scene = new
        needsDrawing = true
      }
      if let notice, notice.until < Self.now {
        self.notice = nil
        needsDrawing = true
      }
      let isRecordingDue = recording.map { $0.due <= Self.now } ?? false
      if (needsDrawing || isRecordingDue) && Self.now >= lastFrame + 0.9 / Self.rate { try draw() }
      return true
    }

    /// Completes what has been begun.
    func finish() { stopRecording() }

    // MARK: Drawing

    private func draw() throws {
      let canvas = window.canvas
      if painter.layout.width != canvas.width || painter.layout.height != canvas.height {
        painter = try FramePainter(kind, text: text, width: canvas.width, height: canvas.height)
      }
      lastFrame = Self.now
      scene.view = view
      scene.isRecording = recording != nil
      scene.help = helpIsShown ? help : []
      scene.menu = menu.map { scene.actions[$0] }
      scene.marked = marked
      var shown = scene
      shown.notice = shownNotice
      painter.draw(shown, environment, on: canvas)
      record(canvas)
      try window.present()
      framesDrawn += 1
      needsDrawing = false
    }

    /// The sentence that is shown now.
    var shownNotice: String? { notice?.words ?? scene.notice }

    // MARK: Recording

    private func record(_ canvas: Canvas) {
      guard let recording, recording.due <= Self.now else { return }
      guard canvas.width == recording.width && canvas.height == recording.height else {
        say("The recording ends, since its frames cannot change their size.")
        return stopRecording()
      }
      do {
        try recording.writer.write(canvas)
        self.recording?.due = max(recording.due + 1 / 30, Self.now)
      } catch {
        self.recording = nil
        say("\(error)")
      }
    }

    private func toggleRecording() {
      guard recording == nil else { return stopRecording() }
      guard let begin = options.record else { return say("Nothing can be recorded here.") }
      let canvas = window.canvas
      do {
        recording = (try begin(canvas.width, canvas.height), canvas.width, canvas.height, Self.now)
      } catch {
        say("\(error)")
      }
    }

    private func stopRecording() {
      guard let writer = recording?.writer else { return }
      recording = nil
      do {
        say("The recording is in \(try writer.finish()).")
      } catch {
        say("\(error)")
      }
    }

    private func say(_ words: String) {
      notice = (words, Self.now + 6)
      needsDrawing = true
      options.log(words)
    }

    // MARK: Input

    /// Obeys an event; false where the window is to be closed.
    private func handle(_ event: Window.Event) -> Bool {
      needsDrawing = true
      switch event {
      case .close: return false
      case .resize, .expose: break
      case .press(let x, let y):
        if let step = painter.layout.step(x: x, y: y, of: scene.count) { show.send(.seek(step)) }
      case .key(let key): return handle(key)
      }
      return true
    }

    private func handle(_ key: String) -> Bool {
      if !menu.isEmpty {
        choose(key)
        return true
      }
      if scene.isByHand, let action = kind.keys.first(where: { $0.key == key })?.action {
        show.send(.act(action))
        return true
      }
      if let command = Self.commands[key] {
        show.send(command)
        return true
      }
      switch key {
      case "h", "f1": helpIsShown.toggle()
      case "v", "f2": view = (view + 1) % kind.views.count
      case "r", "f3": toggleRecording()
      case "t", "f4": show.send(.takeOver(!scene.isByHand))
      case "e": openMenu()
      case "q": return false
      case "escape":
        guard helpIsShown || scene.isByHand else { return false }
        if helpIsShown { helpIsShown = false } else { show.send(.takeOver(false)) }
      default: break
      }
      return true
    }

    private static let commands: [String: Show.Command] = [
      "space": .togglePause, "right": .stepForward, ".": .stepForward, "left": .stepBack, ",": .stepBack,
      "up": .changeSpeed(by: 2), "+": .changeSpeed(by: 2), "down": .changeSpeed(by: 0.5),
      "-": .changeSpeed(by: 0.5), "n": .moveEpisode(by: 1), "p": .moveEpisode(by: -1),
      "home": .seek(0), "end": .seek(.max), "g": .toggleGreedy,
    ]

    /// What the keys do, for people: those of the window, then the world's.
    private var help: [(key: String, meaning: String)] {
      let own = [
        ("space", "pause, go on"), ("→ .", "one step"), ("← ,", "one step back"),
        ("home, end", "first and last step"), ("click below", "go to a step"), ("↑ +", "faster"),
        ("↓ -", "slower"), ("N, P", "next, previous episode"), ("V F2", "another view"),
        ("G", "take the likeliest action, or draw"), ("R F3", "record, stop recording"),
        ("T F4", "take over, or give back"), ("E", "choose an action from a list"),
        ("H F1", "these keys"), ("Q Esc", "close"),
      ]
      let world = kind.keys.compactMap { key in
        scene.actions.indices.contains(key.action)
          ? (key.key.uppercased(), scene.actions[key.action].replacing("_", with: " ")) : nil
      }
      return own + (scene.isByHand ? [("", ""), ("by hand", "")] + world : [])
    }

    // MARK: Menu of actions

    /// Lists the actions that may be taken; those without a key first, since the others are quicker by theirs.
    private func openMenu() {
      guard !scene.isOver else { return }
      let mask = environment.actionMasks
      let allowed = scene.actions.indices.filter { mask == nil || mask?[$0] != 0 }
      let keyed = Set(kind.keys.map(\.action))
      menu = allowed.filter { !keyed.contains($0) } + allowed.filter(keyed.contains)
      marked = 0
    }

    private func choose(_ key: String) {
      switch key {
      case "up", "w": marked = (marked + menu.count - 1) % menu.count
      case "down", "s": marked = (marked + 1) % menu.count
      case "page up": marked = max(0, marked - 10)
      case "page down": marked = min(menu.count - 1, marked + 10)
      case "return", "space":
        show.send(.act(menu[marked]))
        menu = []
      case "escape", "e", "q": menu = []
      default:
        // A letter goes to the next action that has a word beginning with it.
        guard key.count == 1 else { return }
        let order = (1...menu.count).map { (marked + $0) % menu.count }
        if let found = order.first(where: { index in
          scene.actions[menu[index]].split(separator: "_").contains { $0.hasPrefix(key) }
        }) {
          marked = found
        }
      }
    }

    /// Seconds since some moment.
    private static var now: Double {
      var time = timespec()
      clock_gettime(CLOCK_MONOTONIC, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
  }
#endif
