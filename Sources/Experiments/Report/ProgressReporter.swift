import Glibc

/// The live line of a training run on standard error: redrawn in place on a terminal, a plain line every few seconds
/// elsewhere.
public final class ProgressReporter {
  private let isTerminal: Bool
  private let interval: Double
  private let start = monotonicSeconds()
  private var last = -Double.infinity
  private var hasLine = false

  /// A reporter; on standard error unless said otherwise.
  public init() {
    isTerminal = isatty(STDERR_FILENO) == 1
    interval = isTerminal ? 0.1 : 5
  }

  /// Shows where a run stands, if it is time to.
  public func show(_ run: TrainingRun) {
    let now = monotonicSeconds()
    guard now - last >= interval else { return }
    last = now
    let text = line(run, now)
    if isTerminal {
      var size = winsize()
      let width =
        ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
      printError("\r" + text.prefix(width - 1) + "\u{1B}[K", terminator: "")
      hasLine = true
    } else {
      printError(text)
    }
  }

  /// Leaves the line and says where the time went.
  public func finish(_ run: TrainingRun) {
    last = -.infinity
    show(run)
    if hasLine { printError("") }
    hasLine = false
    let shares = run.progress.timeShares.map { "\($0.activity) \(percent($0.share))" }
    printError("time: " + shares.joined(separator: ", "))
  }

  private func line(_ run: TrainingRun, _ now: Double) -> String {
    let progress = run.progress
    let done = progress.environmentSteps, budget = run.configuration.training.steps
    let rate = Double(done - run.stepsAtStart) / max(now - start, 1e-9)
    let left = rate > 0 ? Double(max(0, budget - done)) / rate : .infinity
    return [
      "\(percent(min(1, Double(done) / Double(budget)))) of \(short(Double(budget))) steps",
      "\(short(rate)) steps/s",
      "return \(progress.recent.episodeReturn.map { fixed($0, 3) } ?? "-")",
      progress.achievements.isEmpty
        ? "success \(progress.recent.successRate.map(percent) ?? "-")"
        : "score \(progress.score.map { fixed($0.score, 2) } ?? "-")",
      "left \(progress.isComplete ? "0:00" : duration(left))",
    ].joined(separator: "   ")
  }
}

/// Writes a line to standard error.
public func printError(_ text: some StringProtocol, terminator: String = "\n") {
  let bytes = Array((text + terminator).utf8)
  _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
}

// MARK: - Numbers for people

/// A share as a whole number of percent.
public func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

/// A number with `digits` digits after the point.
public func fixed(_ value: Double, _ digits: Int) -> String {
  guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
  let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
  let scaled = Int((abs(value) * scale).rounded())
  let fraction = String(scaled % Int(scale))
  let sign = value < 0 && scaled > 0 ? "-" : ""
  return sign + "\(scaled / Int(scale))"
    + (digits > 0 ? "." + String(repeating: "0", count: digits - fraction.count) + fraction : "")
}

/// A large number with three digits that matter: 183k, 4.10M.
public func short(_ value: Double) -> String {
  for (size, suffix) in [(1e9, "G"), (1e6, "M"), (1e3, "k")] where value >= size {
    let scaled = value / size
    return fixed(scaled, scaled >= 100 ? 0 : scaled >= 10 ? 1 : 2) + suffix
  }
  return fixed(value, 0)
}

/// A whole number with its digits in groups of three: 1,000,000.
public func grouped(_ value: Int) -> String {
  let digits = String(value.magnitude)
  let groups = digits.enumerated().map { i, digit in
    i > 0 && (digits.count - i) % 3 == 0 ? ",\(digit)" : "\(digit)"
  }
  return (value < 0 ? "-" : "") + groups.joined()
}

/// Seconds as minutes and seconds, or hours too.
public func duration(_ seconds: Double) -> String {
  guard seconds.isFinite, seconds < 1e9 else { return "-" }
  let whole = Int(seconds.rounded())
  func padded(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
  return whole >= 3600
    ? "\(whole / 3600):\(padded(whole / 60 % 60)):\(padded(whole % 60))"
    : "\(whole / 60):\(padded(whole % 60))"
}
