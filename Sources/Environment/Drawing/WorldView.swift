/// A way to show people a world.
public struct WorldView: Sendable {
  /// What a picture is for.
  public enum Purpose: Sendable {
    /// One of many, drawn as the world goes on: it is to be quick.
    case live
    /// A single one, which may take its time.
    case still
  }

  /// Its name (`first-person`), and in one sentence what it shows.
  public let name: String, summary: String
  /// How much wider than high it is; nil where it fills whatever it is given.
  public let aspect: Double?
  @usableFromInline let makePainter: @Sendable (_ width: Int, _ height: Int, Purpose) -> WorldPainter

  /// A view of worlds of type `W`.
  ///
  /// - Parameter painter: makes what draws such worlds at a size: a function of a world, which it leaves as it is, and of a
  ///   canvas of that size.
  @inlinable
  public init<W: World>(
    name: String, summary: String, aspect: Double? = nil, of world: W.Type,
    painter:
      @escaping @Sendable (_ width: Int, _ height: Int, Purpose) -> (
        (UnsafeMutablePointer<W>, Canvas) -> Void
      )
  ) {
    self.name = name
    self.summary = summary
    self.aspect = aspect
    makePainter = { width, height, purpose in
      let draw = painter(width, height, purpose)
      return WorldPainter(width: width, height: height) { world, canvas in
        draw(world.assumingMemoryBound(to: W.self), canvas)
      }
    }
  }

  /// What draws it at a size: points across and down, each at least 1. Making one may take a while, since it scales tiles;
  /// keep it as long as the size stays.
  public func painter(width: Int, height: Int, for purpose: Purpose = .live) -> WorldPainter {
    makePainter(max(1, width), max(1, height), purpose)
  }
}

/// Draws a view of worlds of one kind at one size; belongs to one thread.
public struct WorldPainter {
  /// Points across and down.
  public let width: Int, height: Int
  @usableFromInline let draw: (UnsafeMutableRawPointer, Canvas) -> Void

  @usableFromInline
  init(width: Int, height: Int, draw: @escaping (UnsafeMutableRawPointer, Canvas) -> Void) {
    self.width = width
    self.height = height
    self.draw = draw
  }
}

extension VectorEnvironment {
  /// Draws world `i` with a painter of one of its kind's views on a canvas of the painter's size.
  public func draw(world i: Int, with painter: WorldPainter, on canvas: Canvas) {
    precondition((0..<count).contains(i), "no such world in this batch")
    precondition(
      canvas.width == painter.width && canvas.height == painter.height, "a painter draws at its own size")
    painter.draw(memory.worlds + i * kind.stride, canvas)
  }

  /// What the episode of world `i` asks for, in words.
  public func mission(world i: Int) -> String {
    precondition((0..<count).contains(i), "no such world in this batch")
    return kind.mission?(memory.worlds + i * kind.stride) ?? specification.summary
  }

  /// Takes on the whole state of a batch of the same kind and count.
  public func copy(_ other: VectorEnvironment) {
    precondition(
      other.specification.id == specification.id && other.memory.byteCount == memory.byteCount,
      "a batch of the same worlds")
    memory.base.copyMemory(from: other.memory.base, byteCount: memory.byteCount)
  }
}

/// A key with which a person takes an action.
public struct WorldKey: Sendable, Equatable {
  /// The key: a letter or digit, or `left`, `right`, `up`, `down`, `space`, `tab`, `return`, `page up`, `page down`.
  public var key: String
  /// The action's number.
  public var action: Int

  /// A key.
  public init(_ key: String, _ action: Int) {
    self.key = key
    self.action = action
  }
}
