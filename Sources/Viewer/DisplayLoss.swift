#if Viewer
  import Glibc

  /// What is done when the display goes away under an open window.
  ///
  /// Xlib then ends the process by `exit`, and gives nobody a choice; but `exit` lets the program say its last words.
  /// Belongs to the main thread, which is the one that Xlib is called on.
  enum DisplayLoss {
    nonisolated(unsafe) private static var lastWords: (() -> Void)?
    nonisolated(unsafe) private static var isInstalled = false

    /// Lets something be done if the process ends before ``forget()``.
    static func expect(_ action: @escaping () -> Void) {
      lastWords = action
      guard !isInstalled else { return }
      isInstalled = true
      atexit {
        let action = DisplayLoss.lastWords
        DisplayLoss.lastWords = nil
        action?()
      }
    }

    /// The window is closed in an orderly way.
    static func forget() { lastWords = nil }
  }
#endif
