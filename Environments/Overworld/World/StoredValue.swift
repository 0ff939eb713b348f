/// Bytes that should be a value's, read without trust: as numbers, whose every pattern of bits is one.
struct StoredValue<Value> {
  let start: UnsafeRawPointer

  private func offset(_ path: PartialKeyPath<Value>) -> Int {
    guard let offset = MemoryLayout<Value>.offset(of: path) else {
      preconditionFailure("a stored property has a place")
    }
    return offset
  }

  /// A number, or a struct of numbers.
  func number<Number: BitwiseCopyable>(_ path: KeyPath<Value, Number>) -> Number {
    (start + offset(path)).load(as: Number.self)
  }

  /// The byte of a flag or of a case.
  func byte<Field: BitwiseCopyable>(_ path: KeyPath<Value, Field>) -> UInt8 {
    (start + offset(path)).load(as: UInt8.self)
  }

  /// All bytes of a property.
  func bytes<Field>(_ path: KeyPath<Value, Field>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: start + offset(path), count: MemoryLayout<Field>.size)
  }

  /// A property that is to be looked into.
  func part<Part>(_ path: KeyPath<Value, Part>) -> StoredValue<Part> {
    StoredValue<Part>(start: start + offset(path))
  }

  /// The elements of a property.
  func elements<Elements, Element>(
    _ path: KeyPath<Value, Elements>, of type: Element.Type, count: Int
  ) -> [StoredValue<Element>] {
    (0..<count).map { StoredValue<Element>(start: start + offset(path) + $0 * MemoryLayout<Element>.stride) }
  }
}
