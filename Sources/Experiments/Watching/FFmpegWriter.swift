import Foundation
import KnackEnvironment
import KnackStage

/// A film, made by the program `ffmpeg`: a GIF or an MP4 after its name.
///
/// It grows under a temporary name and gets its own when it is complete.
public final class FFmpegWriter: FrameWriter {
  private let path: String, draft: String
  private let width: Int, height: Int
  private let process = Process()
  private let input = Pipe()
  private let complaints: URL
  private var isFinished = false

  /// - Parameter rate: frames a second.
  /// - Throws: ``ExperimentError`` where there is no ffmpeg or the file cannot be made.
  init(_ path: String, width: Int, height: Int, rate: Double) throws(ExperimentError) {
    guard let program = Self.program else {
      throw .mistake(
        "\(path) is made by ffmpeg, which is not installed; install it (Debian's package ffmpeg), or give a name that ends "
          + "in .png or /.")
    }
    try Files.makeFolder(Files.folder(of: path))
    self.path = path
    self.width = width
    self.height = height
    let isGIF = path.lowercased().hasSuffix(".gif")
    draft = Files.join(
      Files.folder(of: path), ".\(getpid())-\(Files.name(of: path))\(Files.temporarySuffix)")
    complaints = URL(fileURLWithPath: draft + ".log")
    process.executableURL = URL(fileURLWithPath: program)
    // A GIF's 256 colors are those that this film needs. An MP4's sides are even, since its colors are stored two by two.
    let way =
      isGIF
      ? [
        "-filter_complex", "split[a][b];[a]palettegen=stats_mode=diff[p];[b][p]paletteuse=dither=none", "-f",
        "gif",
      ]
      : [
        "-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2", "-c:v", "libx264", "-crf", "18", "-preset", "veryfast",
        "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-f", "mp4",
      ]
    process.arguments =
      [
        "-loglevel", "error", "-y", "-f", "rawvideo", "-pix_fmt", "bgr0", "-s", "\(width)x\(height)",
        "-framerate", "\(rate)", "-i", "-",
      ] + way + [draft]
    process.standardInput = input
    process.standardOutput = FileHandle.nullDevice
    _ = FileManager.default.createFile(atPath: complaints.path, contents: nil)
    process.standardError = FileHandle(forWritingAtPath: complaints.path) ?? FileHandle.nullDevice
    // A film that ends early is an error of a write, not the end of this program.
    signal(SIGPIPE, SIG_IGN)
    do {
      try process.run()
    } catch {
      Files.remove(complaints.path)
      throw .failure("\(program) could not be started: \(error.localizedDescription).")
    }
  }

  deinit {
    guard !isFinished else { return }
    try? input.fileHandleForWriting.close()
    process.terminate()
    wait()
    Files.remove(draft)
    Files.remove(complaints.path)
  }

  /// Hands a frame to ffmpeg.
  ///
  /// - Throws: ``ExperimentError/failure(_:)`` with what ffmpeg complains of.
  public func write(_ frame: Canvas) throws {
    precondition(frame.width == width && frame.height == height, "all frames are of one size")
    let descriptor = input.fileHandleForWriting.fileDescriptor
    for y in 0..<height {
      var start = UnsafeRawPointer(frame.row(y)), left = 4 * width
      while left > 0 {
        let count = Glibc.write(descriptor, start, left)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { throw failed() }
        start += count
        left -= count
      }
    }
  }

  /// Waits for ffmpeg and gives the film its name.
  ///
  /// - Throws: ``ExperimentError/failure(_:)`` with what ffmpeg complains of.
  public func finish() throws -> String {
    try? input.fileHandleForWriting.close()
    wait()
    guard process.terminationStatus == 0 else { throw failed() }
    isFinished = true
    Files.remove(complaints.path)
    try Files.move(draft, to: path)
    return path
  }

  /// Waits for ffmpeg's end. Foundation's own waiting needs the thread that began the process.
  private func wait() {
    while process.isRunning { usleep(2000) }
  }

  private func failed() -> ExperimentError {
    try? input.fileHandleForWriting.close()
    wait()
    let words = (try? String(contentsOf: complaints, encoding: .utf8)) ?? ""
    let first = words.split(separator: "\n").first.map(String.init) ?? "it says nothing"
    return .failure("ffmpeg could not make \(path) (\(first)).")
  }

  /// Where ffmpeg is.
  private static var program: String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
    return folders.map { Files.join(String($0), "ffmpeg") }.first { access($0, X_OK) == 0 }
  }
}

/// Pictures in a folder, one a frame, `frame-000000.png` and on.
public final class PictureFolderWriter: FrameWriter {
  private let folder: String
  private var count = 0

  /// - Throws: ``ExperimentError`` where the folder cannot be made.
  init(_ folder: String) throws(ExperimentError) {
    self.folder = Files.trimmed(folder)
    try Files.makeFolder(self.folder)
    guard !Files.names(in: self.folder).contains(where: { $0.hasPrefix("frame-") }) else {
      throw .mistake(
        "'\(folder)' holds the frames of another recording; choose another folder or remove them.")
    }
  }

  /// Writes a frame's picture.
  ///
  /// - Throws: ``ExperimentError`` where the file cannot be written.
  public func write(_ frame: Canvas) throws {
    let number = String(count)
    let name = "frame-" + String(repeating: "0", count: max(0, 6 - number.count)) + number + ".png"
    try frame.picture.writePNG(to: Files.join(folder, name))
    count += 1
  }

  /// Says where the pictures are.
  public func finish() throws -> String { folder }
}
