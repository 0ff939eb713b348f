/// What both of NumPy's generators do alike: they shuffle by the same draws.
public protocol NumPyShuffling {
  /// Uniform in `0 ... last`: masked bits, rejected until they fit.
  mutating func interval(_ last: Int) -> Int
}

extension NumPyShuffling {
  /// `shuffle`: a uniform permutation in place, by Fisher and Yates from the end.
  @inlinable
  public mutating func shuffle<T>(_ elements: UnsafeMutableBufferPointer<T>) {
    var i = elements.count &- 1
    while i > 0 {
      elements.swapAt(i, interval(i))
      i &-= 1
    }
  }

  /// `permutation(count)`.
  public mutating func permutation(_ count: Int) -> [Int] {
    var result = Array(0..<count)
    result.withUnsafeMutableBufferPointer { shuffle($0) }
    return result
  }
}
