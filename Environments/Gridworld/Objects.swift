/// An object that a generator has drawn.
struct DrawnObject: BitwiseCopyable {
  var kind: ObjectKind
  var color: Color
  var position = Position.nowhere

  var cell: Cell { .object(kind, color) }

  /// Stands for no object.
  static let none = DrawnObject(kind: .key, color: .red)
}

extension GridWorld {
  /// One of the first `kinds` kinds, then a color.
  mutating func drawObject(kinds: Int) -> DrawnObject {
    let kind = ObjectKind(rawValue: UInt8(draw(0, kinds)))!
    return DrawnObject(kind: kind, color: drawColor())
  }

  /// Draws and places up to three objects, no two alike; where `apart`, none touches another, even at a corner.
  mutating func placeDistinctObjects(_ count: Int, apart: Bool, _ rules: GridRules) -> InlineArray<
    3, DrawnObject
  > {
    var objects = InlineArray<3, DrawnObject>(repeating: .none), placed = 0
    while placed < count {
      var object = drawObject(kinds: 3)
      if (0..<placed).contains(where: { objects[$0].cell == object.cell }) { continue }
      object.position = place(object.cell, rules) { position in
        apart && (0..<placed).contains { objects[$0].position.chebyshevDistance(to: position) <= 1 }
      }
      objects[placed] = object
      placed += 1
    }
    return objects
  }
}
