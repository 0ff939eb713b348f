import Glibc

/// Nanoseconds of a clock that never goes back.
@Sendable
public func monotonicNanoseconds() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
}

/// Seconds of a clock that never goes back.
public func monotonicSeconds() -> Double { Double(monotonicNanoseconds()) * 1e-9 }

/// Seconds since 1970.
func wallClockSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_REALTIME, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
