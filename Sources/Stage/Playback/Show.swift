import Foundation
import KnackEnvironment

/// A playback on a thread of its own, which windows steer and look at.
///
/// The window's thread sends commands and takes copies of what is shown; neither waits for the other longer than a copy
/// takes, so a slow world never holds up the window, nor a slow window the world.
public final class Show: @unchecked Sendable {  // what both threads touch is guarded
  /// What a window can ask for.
  public enum Command: Sendable {
    /// Stand still, or go on.
    case togglePause
    /// One step on or back, standing still then; or any step.
    case stepForward, stepBack, seek(Int)
    /// Steps a second, by a factor.
    case changeSpeed(by: Double)
    /// The next or an earlier episode.
    case moveEpisode(by: Int)
    /// A person takes over, or the agent again.
    case takeOver(Bool)
    /// The person's action: one step.
    case act(Int)
    /// Let the policy take its most probable action, or draw again.
    case toggleGreedy
  }

  /// News from outside, such as of a run that trains on.
  public enum Update {
    /// Somebody else plays from now on.
    case agent(any ReportingAgent)
    /// A sentence for whoever watches.
    case notice(String)
  }

  /// Slowest and fastest speed in steps a second; the fastest means as fast as the world goes.
  public static let slowest = 0.25, fastest = 4096.0
  /// For how long an ended episode is shown, and a sentence, in seconds.
  private static let pause = 1.2, noticeTime = 6.0

  private let condition = NSCondition()
  // Guarded by the condition.
  private var commands: [Command] = []
  private var scene = Scene()
  private let shown: VectorEnvironment
  private var version = 0, taken = -1
  private var isClosing = false, isClosed = false

  // The thread's own.
  private let playback: Playback
  private let news: (() -> Update?)?
  private let episodeEnded: ((Playback) -> Void)?
  private var isPaused: Bool, isByHand: Bool
  private var speed: Double
  private var notice: (words: String, until: Date)?
  private var due = Date(), newsDue = Date()

  /// A show that begins at once.
  ///
  /// - Parameters:
  ///   - speed: steps a second.
  ///   - byHand: whether a person plays from the beginning.
  ///   - news: asked about once a second, on the show's thread.
  ///   - episodeEnded: told of every episode that has just ended, and of the one that is left unfinished at the close, on
  ///     the show's thread.
  public init(
    _ playback: Playback, speed: Double = 8, paused: Bool = false, byHand: Bool = false,
    news: (() -> Update?)? = nil, episodeEnded: ((Playback) -> Void)? = nil
  ) {
    self.playback = playback
    self.news = news
    self.episodeEnded = episodeEnded
    self.speed = max(Self.slowest, min(Self.fastest, speed))
    isPaused = paused
    isByHand = byHand
    shown = VectorEnvironment(playback.environment.kind, count: 1, autoreset: .nextStep, facts: true)
    publish()
    let thread = Thread { [self] in run() }
    // As much as the main thread has: worlds were written for that.
    thread.stackSize = 8 << 20
    thread.name = "show"
    thread.start()
  }

  // MARK: The window's side

  /// Asks for something; it is done after the step that is being taken.
  public func send(_ command: Command) {
    condition.withLock {
      commands.append(command)
      condition.signal()
    }
  }

  /// What is shown now, with the world copied into a batch of one; nil where that has not changed since it was taken last.
  public func take(_ environment: VectorEnvironment) -> Scene? {
    condition.withLock {
      guard version != taken else { return nil }
      taken = version
      environment.copy(shown)
      // The thread shows something new only once this was taken.
      condition.signal()
      return scene
    }
  }

  /// Ends the show and waits for its thread.
  public func close() {
    condition.withLock {
      isClosing = true
      condition.signal()
      while !isClosed { condition.wait() }
    }
  }

  // MARK: The thread's side

  private func run() {
    due = Date(timeIntervalSinceNow: 1 / speed)
    while let commands = wait() {
      for command in commands { obey(command) }
      if !commands.isEmpty { publish() }
      followNews()
      if let notice, notice.until < Date() {
        self.notice = nil
        publish()
      }
      goOn()
    }
    if playback.position > 0 && !playback.isOver { episodeEnded?(playback) }
    condition.withLock {
      isClosed = true
      condition.broadcast()
    }
  }

  /// Waits until a step is due, a command comes or a while has passed; nil at the close.
  private func wait() -> [Command]? {
    condition.withLock {
      let isMoving = !isPaused && !isByHand
      let until = isMoving ? min(due, newsDue) : Date(timeIntervalSinceNow: 0.25)
      if commands.isEmpty && !isClosing && until > Date() { _ = condition.wait(until: until) }
      guard !isClosing else { return nil }
      defer { commands.removeAll() }
      return commands
    }
  }

  private func goOn() {
    guard !isPaused, !isByHand, due <= Date() else { return }
    if playback.isOver {
      playback.begin(playback.episode + 1)
    } else {
      step(by: nil)
    }
    let interval = speed >= Self.fastest ? 0 : 1 / speed
    due = max(due.addingTimeInterval(interval), Date(timeIntervalSinceNow: -0.1))
    if playback.isOver { due = Date(timeIntervalSinceNow: Self.pause) }
    let isWanted = condition.withLock { taken == version }
    // At high speeds most steps are over before anybody could see them.
    if isWanted || interval > 0.02 || playback.isOver { publish() }
  }

  private func step(by action: Int?) {
    let known = playback.ended.count
    playback.advance(by: action)
    if playback.ended.count > known { episodeEnded?(playback) }
  }

  private func obey(_ command: Command) {
    switch command {
    case .togglePause:
      isPaused.toggle()
      due = Date()
    case .stepForward:
      isPaused = true
      step(by: nil)
    case .stepBack:
      isPaused = true
      playback.seek(to: playback.position - 1)
    case .seek(let step):
      isPaused = true
      playback.seek(to: step)
    case .changeSpeed(let factor):
      speed = max(Self.slowest, min(Self.fastest, speed * factor))
      due = Date()
    case .moveEpisode(let by):
      leave()
      playback.begin(playback.episode + by)
      due = Date(timeIntervalSinceNow: 1 / speed)
    case .takeOver(let value):
      isByHand = value
      due = Date(timeIntervalSinceNow: 1 / speed)
    case .act(let action):
      // Whoever acts once while the agent plays wants to see what comes of it.
      if !isByHand { isPaused = true }
      if playback.isOver {
        playback.begin(playback.episode + 1)
      } else {
        step(by: action)
      }
    case .toggleGreedy:
      guard let greedy = playback.agent.isGreedy else {
        say("This player has no policy whose actions could be drawn or not.")
        return
      }
      playback.agent.isGreedy = !greedy
      playback.seek(to: playback.position)
      say(greedy ? "Actions are drawn." : "The most probable action is taken.")
    }
  }

  /// An episode that is left before its end is told of as well.
  private func leave() {
    if playback.position > 0 && !playback.isOver { episodeEnded?(playback) }
  }

  private func followNews() {
    guard let news, newsDue <= Date() else { return }
    newsDue = Date(timeIntervalSinceNow: 1)
    switch news() {
    case .agent(let agent):
      playback.agent = agent
      say("Now playing: \(agent.title).")
      publish()
    case .notice(let words):
      say(words)
      publish()
    case nil: break
    }
  }

  private func say(_ words: String) {
    notice = (words, Date(timeIntervalSinceNow: Self.noticeTime))
  }

  private func publish() {
    var scene = playback.scene
    scene.isPaused = isPaused
    scene.speed = speed
    scene.isByHand = isByHand
    scene.notice = notice?.words
    condition.withLock {
      self.scene = scene
      shown.copy(playback.environment)
      version += 1
    }
  }
}
