extension ParameterLayout {
  /// Appends all tensors of another layout, their names behind a prefix; returns the offset of the first of them.
  public mutating func append(_ other: ParameterLayout, prefix: String) -> Int {
    let offset = count
    for slice in other.slices { _ = add(prefix + slice.name, slice.shape) }
    return offset
  }
}
