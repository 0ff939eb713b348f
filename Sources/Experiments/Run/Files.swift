import Glibc

/// The file operations of a run, whose one promise is that what has a final name is complete.
///
/// Every error is a sentence with the path and the system's reason.
enum Files {
  /// What follows when an operation of the system fails: which file, and why.
  static func failed(_ action: String, _ path: String) -> ExperimentError {
    let code = errno
    let mend =
      switch code {
      case ENOSPC, EDQUOT, EFBIG: "; free some space and run the command again"
      case EACCES, EPERM, EROFS: "; choose a folder that may be written"
      default: ""
      }
    return .failure("Could not \(action) \(path): \(String(cString: strerror(code)))\(mend).")
  }

  // MARK: - Looking

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The names in a folder, sorted; none if it cannot be read.
  static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Where a symbolic link points; nil if there is no such link.
  static func target(ofLink path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    guard readlink(path, &buffer, buffer.count - 1) > 0 else { return nil }
    return buffer.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  static func size(of path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  /// All bytes of a file, or somewhat more than `limit` of a longer one; `what` says in errors what the file is.
  static func read(_ path: String, what: String, limit: Int = .max) throws(ExperimentError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { throw .mistake("There is no \(what) '\(path)'; check the path.") }
      throw .mistake("The \(what) '\(path)' cannot be read: \(String(cString: strerror(errno))).")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failed("read", path) }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw .mistake("'\(path)' is a folder where a \(what) is needed; check the path.")
    }
    var bytes = [UInt8](repeating: 0, count: max(Int(status.st_size), 4096))
    var count = 0
    while count <= limit {
      if count == bytes.count { bytes.append(contentsOf: repeatElement(0, count: bytes.count)) }
      let free = bytes.count - count
      let got = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress! + count, free) }
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { throw failed("read", path) }
      if got == 0 { break }
      count += got
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  // MARK: - Writing

  /// Writes all bytes to an open file.
  static func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(ExperimentError) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress! + done, bytes.count - done)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw failed("write", path) }
      done += count
    }
  }

  /// Writes a new file and waits until it is on the disk.
  static func create(_ path: String, _ bytes: [UInt8]) throws(ExperimentError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failed("create", path) }
    defer { close(descriptor) }
    try write(bytes, to: descriptor, path: path)
    guard fsync(descriptor) == 0 else { throw failed("write", path) }
  }

  /// Writes a file under a temporary name and moves it into place: it is there whole, or the old one still is.
  static func replace(_ path: String, _ bytes: [UInt8]) throws(ExperimentError) {
    let temporary = path + temporarySuffix
    do {
      try create(temporary, bytes)
    } catch {
      unlink(temporary)
      throw error
    }
    try move(temporary, to: path)
  }

  /// Renames, and waits until the name is on the disk.
  static func move(_ source: String, to target: String) throws(ExperimentError) {
    guard rename(source, target) == 0 else { throw failed("create", target) }
    try sync(folder(of: target))
  }

  /// Waits until a folder's names are on the disk.
  static func sync(_ folder: String) throws(ExperimentError) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failed("open", folder) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failed("write", folder) }
  }

  /// Makes a folder and the ones above it.
  static func makeFolder(_ path: String) throws(ExperimentError) {
    if isFolder(path) { return }
    let parent = folder(of: path)
    if parent != path { try makeFolder(parent) }
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw failed("create", path) }
  }

  /// Points a symbolic link at a target, replacing an old one in one step.
  static func link(_ path: String, to target: String) throws(ExperimentError) {
    let temporary = path + temporarySuffix
    unlink(temporary)
    guard symlink(target, temporary) == 0 else { throw failed("create", temporary) }
    try move(temporary, to: path)
  }

  /// Removes a file, a link or a folder with all it holds; what cannot be removed stays.
  static func remove(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      unlink(path)
      return
    }
    for name in names(in: path) { remove(join(path, name)) }
    rmdir(path)
  }

  /// The ending of names that are not final yet.
  static let temporarySuffix = ".partial"

  // MARK: - Paths

  static func join(_ folder: String, _ name: String) -> String {
    folder == "." ? name : folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// The folder that a path lies in; `.` for a bare name.
  static func folder(of path: String) -> String {
    let path = trimmed(path)
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last part of a path.
  static func name(of path: String) -> String {
    let path = trimmed(path)
    return path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// The absolute path without links and dots, or the path itself where there is nothing.
  static func canonical(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The path without slashes at its end.
  static func trimmed(_ path: String) -> String {
    var path = Substring(path)
    while path.count > 1 && path.hasSuffix("/") { path.removeLast() }
    return String(path)
  }
}
