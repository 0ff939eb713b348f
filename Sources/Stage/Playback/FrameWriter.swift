import KnackEnvironment

/// Takes the frames of a recording, one after another.
public protocol FrameWriter: AnyObject {
  /// Adds a frame, all being of one size.
  func write(_ frame: Canvas) throws
  /// Completes the recording and says where it is.
  func finish() throws -> String
}
