import Glibc
import Synchronization

/// Ctrl-C and SIGTERM as a question that a training loop asks between iterations.
public enum Interrupt {
  private static let requested = Atomic<Bool>(false)

  /// Whether the process was asked to stop.
  public static var isRequested: Bool { requested.load(ordering: .relaxed) }

  /// Catches the signals from now on. The second one ends the process at once.
  public static func install() {
    _ = isRequested  // the variable must exist before a handler runs
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        Interrupt.requested.store(true, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
      sigaddset(&signals, number)
    }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)  // a parent's thread may have passed on that it blocks them
  }

  /// Makes a file that grows over the system's limit an error of that write rather than the process's end.
  public static func ignoreFileSizeSignal() { signal(SIGXFSZ, SIG_IGN) }
}
