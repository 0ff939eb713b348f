import Glibc

/// A file that only grows, with a buffer before it.
final class AppendFile {
  private let path: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var written: Int

  /// The bytes appended so far, those in the buffer included.
  var count: Int { written + buffer.count }

  /// Opens a file and cuts off what follows its first `count` bytes.
  ///
  /// - Throws: ``ExperimentError/failure(_:)`` if the file cannot be written or is shorter than that.
  init(_ path: String, keeping count: Int) throws(ExperimentError) {
    self.path = path
    written = count
    descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Files.failed("open", path) }
    guard let size = Files.size(of: path), size >= count else {
      throw .failure(
        "\(path) is shorter than its checkpoint says, so the run cannot go on; restore the file or begin a new run."
      )
    }
    guard ftruncate(descriptor, off_t(count)) == 0, lseek(descriptor, off_t(count), SEEK_SET) == count else {
      throw Files.failed("write", path)
    }
  }

  deinit { close(descriptor) }

  func append(_ bytes: some Sequence<UInt8>) { buffer.append(contentsOf: bytes) }

  /// Hands the buffer to the system, so that readers see it.
  func flush() throws(ExperimentError) {
    guard !buffer.isEmpty else { return }
    try Files.write(buffer, to: descriptor, path: path)
    written += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }

  /// Waits until everything is on the disk.
  func sync() throws(ExperimentError) {
    try flush()
    guard fsync(descriptor) == 0 else { throw Files.failed("write", path) }
  }
}
