import Glibc

/// What a measurement was made on.
public enum Machine {
  /// The processors that this process may use.
  public static let cores: Int = {
    let mask = value(after: ":", ofLine: "Cpus_allowed:", in: "/proc/self/status") ?? ""
    let allowed = mask.reduce(0) { $0 + ($1.hexDigitValue ?? 0).nonzeroBitCount }
    return allowed > 0 ? allowed : max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }()

  /// The processor's model, the cores, the operating system.
  public static let description = "\(processor), \(cores) cores, \(system)"

  /// What the processor can do, as Linux names it (`avx2`).
  static var processorFeatures: Set<Substring> {
    Set((value(after: ":", ofLine: "flags", in: "/proc/cpuinfo") ?? "").split(separator: " "))
  }

  private static var processor: String {
    value(after: ":", ofLine: "model name", in: "/proc/cpuinfo") ?? "unknown processor"
  }

  private static var system: String {
    value(after: "=", ofLine: "PRETTY_NAME", in: "/etc/os-release")?.filter { $0 != "\"" } ?? "unknown system"
  }

  private static func value(after separator: Character, ofLine key: String, in file: String) -> String? {
    guard let bytes = try? Files.read(file, what: "file") else { return nil }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard let line = lines.first(where: { $0.hasPrefix(key) }), let place = line.firstIndex(of: separator)
    else {
      return nil
    }
    return String(line[line.index(after: place)...].drop { $0 == " " || $0 == "\t" })
  }
}
