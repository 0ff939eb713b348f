import KnackEnvironment
import KnackStage

/// How a window is to be.
public struct ViewerOptions {
  /// Points across and down at the beginning.
  public var width = 1280, height = 720
  /// The name of the view to begin with; nil for the world's first.
  public var view: String?
  /// Begins a recording of frames of a size; nil where none can be made.
  public var record: ((_ width: Int, _ height: Int) throws -> any FrameWriter)?
  /// Asked now and then whether the window is to be closed.
  public var shouldClose: () -> Bool = { false }
  /// Told of sentences that are for the terminal.
  public var log: (String) -> Void = { _ in }

  /// The usual window.
  public init() {}
}

/// Why there is no window.
public enum ViewerError: Error, Equatable, CustomStringConvertible {
  /// There is no display, or it is gone.
  case noDisplay(String)
  /// The program was built without SDL.
  case notBuilt

  /// One sentence that names the thing and the mend.
  public var description: String {
    switch self {
    case .noDisplay(let reason):
      "No window can be shown (\(reason)); run this where there is a display, or write pictures with `knack record`."
    case .notBuilt:
      "This program was built without its window; build it with the package trait Viewer, or write pictures with "
        + "`knack record`."
    }
  }
}

extension Show {
  /// Shows this in a window until that is closed, and then closes the show as well. Call it on the main thread.
  ///
  /// - Throws: ``ViewerError``, or a `StageError` where the world cannot be drawn.
  public func watch(_ kind: WorldKind, _ options: ViewerOptions = ViewerOptions()) throws {
    defer { close() }
    #if Viewer
      let viewer = try WatchWindow(self, kind, options)
      DisplayLoss.expect { [self] in
        options.log("The display is gone, so the window is closed; what was played and recorded is kept.")
        viewer.finish()
        close()
      }
      defer { DisplayLoss.forget() }
      while try viewer.turn(), !options.shouldClose() {}
      viewer.finish()
    #else
      throw ViewerError.notBuilt
    #endif
  }
}
