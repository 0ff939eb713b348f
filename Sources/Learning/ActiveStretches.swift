/// The parameters that a step must see to, where gather layers have rows that nothing names: consecutive stretches, in order, joined
/// where they meet. A row that nobody has named, and whose moments are zero, has a zero gradient, and Adam leaves it as it is.
enum ActiveStretches {
  /// Appends all parameters but the rows that are not active.
  ///
  /// - Parameters:
  ///   - count: parameters in all.
  ///   - tables: where the rows of each gather layer lie, in order, and their width; each has `rows` of them.
  ///   - isActive: by the row's number and where it lies.
  /// - Complexity: O(rows) for each table.
  static func append(
    count: Int, tables: [(offset: Int, width: Int)], rows: Int, to stretches: inout [Range<Int>],
    isActive: (_ row: Int, _ place: Range<Int>) -> Bool
  ) {
    var end = 0  // of what is covered
    for table in tables {
      append(end..<table.offset, to: &stretches)
      for row in 0..<rows {
        let start = table.offset + row * table.width, place = start..<start + table.width
        if isActive(row, place) { append(place, to: &stretches) }
      }
      end = table.offset + rows * table.width
    }
    append(end..<count, to: &stretches)
  }

  /// Whether there is anything but zeros at a place in either of Adam's moments.
  static func hasMoments(
    _ place: Range<Int>, _ first: UnsafePointer<Float>, _ second: UnsafePointer<Float>
  ) -> Bool {
    for i in place where first[i] != 0 || second[i] != 0 { return true }
    return false
  }

  /// Appends a stretch, joined to the last one if it follows on it.
  private static func append(_ range: Range<Int>, to stretches: inout [Range<Int>]) {
    if range.isEmpty { return }
    if let last = stretches.last, last.upperBound == range.lowerBound {
      stretches[stretches.count - 1] = last.lowerBound..<range.upperBound
    } else {
      stretches.append(range)
    }
  }
}
