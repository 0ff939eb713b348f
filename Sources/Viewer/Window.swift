#if Viewer
  import CSDL2
  import Glibc
  import KnackEnvironment

  /// A window of SDL's, drawn by software. All that is SDL's is in this file. Belongs to the main thread.
  final class Window {
    /// What happens to a window.
    enum Event: Equatable {
      /// A key went down, or was held; its name in small letters.
      case key(String)
      /// The left button went down, or was moved while it was down.
      case press(x: Int, y: Int)
      /// It has another size now.
      case resize
      /// It is to be drawn again.
      case expose
      /// Somebody closes it.
      case close
    }

    private let window: OpaquePointer
    private var bitmap: Canvas
    private var isPressed = false

    /// Opens a window.
    ///
    /// - Throws: ``ViewerError/noDisplay(_:)`` where there is no display, or it takes no window.
    init(title: String, width: Int, height: Int) throws(ViewerError) {
      // A window must not take the program's signals, or the way of its errors, into its hands.
      SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1")
      SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0")
      SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0")
      guard SDL_InitSubSystem(UInt32(SDL_INIT_VIDEO)) == 0 else { throw .noDisplay(Self.error) }
      // Without a display SDL falls back on drivers that show nothing, which is of use only to those who ask for it.
      let driver = SDL_GetCurrentVideoDriver().map { String(cString: $0) } ?? ""
      guard !["offscreen", "dummy"].contains(driver) || getenv("SDL_VIDEODRIVER") != nil else {
        SDL_QuitSubSystem(UInt32(SDL_INIT_VIDEO))
        throw .noDisplay("there is no display")
      }
      let centered = Int32(bitPattern: 0x2FFF_0000)
      guard
        let window = SDL_CreateWindow(
          title, centered, centered, Int32(width), Int32(height), SDL_WINDOW_RESIZABLE.rawValue)
      else {
        let error = Self.error
        SDL_QuitSubSystem(UInt32(SDL_INIT_VIDEO))
        throw .noDisplay(error)
      }
      SDL_SetWindowMinimumSize(window, 320, 240)
      self.window = window
      bitmap = Canvas(width: 1, height: 1)
      fitBitmap()
    }

    deinit {
      SDL_DestroyWindow(window)
      SDL_QuitSubSystem(UInt32(SDL_INIT_VIDEO))
    }

    /// What to draw on: as large as the window.
    var canvas: Canvas {
      fitBitmap()
      return bitmap
    }

    /// Shows what has been drawn.
    ///
    /// - Throws: ``ViewerError/noDisplay(_:)`` where the window cannot be drawn on any more.
    func present() throws(ViewerError) {
      let canvas = bitmap
      // SDL's own copy brings the points into whatever format the display has.
      guard
        let points = SDL_CreateRGBSurfaceWithFormatFrom(
          canvas.base, Int32(canvas.width), Int32(canvas.height), 32, Int32(4 * canvas.stride),
          SDL_PIXELFORMAT_RGB888.rawValue)
      else { throw .noDisplay(Self.error) }
      defer { SDL_FreeSurface(points) }
      guard let surface = SDL_GetWindowSurface(window),
        SDL_UpperBlit(points, nil, surface, nil) == 0, SDL_UpdateWindowSurface(window) == 0
      else { throw .noDisplay(Self.error) }
    }

    /// The next event that means something here; waits for one as long as `milliseconds`.
    func event(waiting milliseconds: Int) -> Event? {
      var event = SDL_Event()
      var remaining = Int32(max(0, milliseconds))
      while (remaining > 0 ? SDL_WaitEventTimeout(&event, remaining) : SDL_PollEvent(&event)) != 0 {
        if let meaning = meaning(of: event) { return meaning }
        remaining = 0
      }
      return nil
    }

    private func meaning(of event: SDL_Event) -> Event? {
      switch SDL_EventType(event.type) {
      case SDL_QUIT: return .close
      case SDL_KEYDOWN: return .key(Self.name(of: event.key.keysym.sym))
      case SDL_MOUSEBUTTONDOWN:
        guard event.button.button == 1 else { return nil }
        isPressed = true
        return .press(x: Int(event.button.x), y: Int(event.button.y))
      case SDL_MOUSEBUTTONUP:
        isPressed = false
        return nil
      case SDL_MOUSEMOTION:
        return isPressed ? .press(x: Int(event.motion.x), y: Int(event.motion.y)) : nil
      case SDL_WINDOWEVENT:
        switch SDL_WindowEventID(UInt32(event.window.event)) {
        case SDL_WINDOWEVENT_SIZE_CHANGED: return .resize
        case SDL_WINDOWEVENT_EXPOSED: return .expose
        default: return nil
        }
      default: return nil
      }
    }

    /// The name of a key, as worlds spell it.
    private static func name(of key: SDL_Keycode) -> String {
      switch String(cString: SDL_GetKeyName(key)).lowercased() {
      case "pageup": "page up"
      case "pagedown": "page down"
      case "keypad +", "=": "+"
      case "keypad -": "-"
      case "keypad enter": "return"
      case let name: name
      }
    }

    private func fitBitmap() {
      var width: Int32 = 0, height: Int32 = 0
      SDL_GetWindowSize(window, &width, &height)
      guard bitmap.width != Int(width) || bitmap.height != Int(height) else { return }
      bitmap = Canvas(width: max(1, Int(width)), height: max(1, Int(height)))
    }

    private static var error: String { String(cString: SDL_GetError()) }

    // MARK: For tests, which have no hands

    /// Lets a key go down, as if somebody had pressed it.
    func pretend(key: String) {
      let name =
        switch key {
        case "page up": "PageUp"
        case "page down": "PageDown"
        default: key
        }
      var event = SDL_Event()
      event.type = SDL_KEYDOWN.rawValue
      event.key.keysym.sym = SDL_GetKeyFromName(name)
      SDL_PushEvent(&event)
    }

    /// Presses the left button at a place.
    func pretend(pressAt x: Int, _ y: Int) {
      var event = SDL_Event()
      event.type = SDL_MOUSEBUTTONDOWN.rawValue
      event.button.button = 1
      event.button.x = Int32(x)
      event.button.y = Int32(y)
      SDL_PushEvent(&event)
      event = SDL_Event()
      event.type = SDL_MOUSEBUTTONUP.rawValue
      event.button.button = 1
      SDL_PushEvent(&event)
    }

    /// Gives the window another size, as a window manager would.
    func pretend(width: Int, height: Int) { SDL_SetWindowSize(window, Int32(width), Int32(height)) }

    /// Closes the window, as a window manager would.
    func pretendClose() {
      var event = SDL_Event()
      event.type = SDL_QUIT.rawValue
      SDL_PushEvent(&event)
    }
  }
#endif
