/// Memory for columns of plain values, freed all at once: what a search reads and writes without counting references or
/// checking bounds in optimised builds.
final class Arena {
  private var blocks: [UnsafeMutableRawPointer] = []

  deinit { for block in blocks { block.deallocate() } }

  /// A column of so many equal values, which lasts as long as the arena.
  func column<Element: BitwiseCopyable>(_ count: Int, _ value: Element) -> Column<Element> {
    let base = UnsafeMutablePointer<Element>.allocate(capacity: max(1, count))
    base.initialize(repeating: value, count: max(1, count))
    blocks.append(UnsafeMutableRawPointer(base))
    return Column(base: base, count: count)
  }

  /// A column of these values, which lasts as long as the arena.
  func column<Element: BitwiseCopyable>(_ values: [Element]) -> Column<Element> {
    guard let first = values.first else {
      return Column(base: UnsafeMutablePointer(bitPattern: MemoryLayout<Element>.alignment)!, count: 0)
    }
    let column = column(values.count, first)
    column.base.update(from: values, count: values.count)
    return column
  }
}

/// Values in a row, in memory of an ``Arena``.
struct Column<Element: BitwiseCopyable> {
  let base: UnsafeMutablePointer<Element>
  let count: Int

  @inline(__always)
  subscript(index: Int) -> Element {
    get {
      assert(index >= 0 && index < count)
      return base[index]
    }
    nonmutating set {
      assert(index >= 0 && index < count)
      base[index] = newValue
    }
  }

  func fill(_ value: Element) { base.update(repeating: value, count: count) }

  func copy(from other: Column) { base.update(from: other.base, count: count) }
}
