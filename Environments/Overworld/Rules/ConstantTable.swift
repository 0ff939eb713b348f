/// A column of the rules: values by index, read without counting references or checking bounds in optimised builds.
///
/// The memory is made once and never freed: rules are made at the start of a program and last as long as it.
public struct ConstantTable<Element: BitwiseCopyable & Sendable>: @unchecked Sendable, BitwiseCopyable {
  /// The values.
  @usableFromInline let base: UnsafeMutablePointer<Element>
  /// The number of values.
  public let count: Int

  /// A table of these values.
  init(_ values: [Element]) {
    base = .allocate(capacity: max(1, values.count))
    base.initialize(from: values, count: values.count)
    count = values.count
  }

  /// The value at an index below ``count``.
  @inlinable public subscript(index: Int) -> Element {
    assert(index >= 0 && index < count)
    return base[index]
  }
}
