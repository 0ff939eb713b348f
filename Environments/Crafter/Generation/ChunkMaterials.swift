/// What the cells of a chunk are made of: a bit board for each of the four bits of a material's code.
struct ChunkMaterials: BitwiseCopyable {
  private var planes = InlineArray<4, ChunkBits>(repeating: ChunkBits())

  /// Makes cells of a material.
  @inline(__always)
  mutating func paint(_ cells: ChunkBits, _ material: UInt8) {
    for bit in 0..<4 {
      let others = planes[unchecked: bit] & ~cells
      planes[unchecked: bit] = material &>> UInt8(truncatingIfNeeded: bit) & 1 != 0 ? others | cells : others
    }
  }

  /// The cells of a material; those that the chunk does not have are of ``CrafterMaterial/nothing``.
  @inline(__always)
  func cells(of material: UInt8) -> ChunkBits {
    var cells = ~ChunkBits()
    for bit in 0..<4 {
      let plane = planes[unchecked: bit]
      cells = cells & (material &>> UInt8(truncatingIfNeeded: bit) & 1 != 0 ? plane : ~plane)
    }
    return cells
  }

  /// The cells of several materials.
  @inline(__always)
  func cells(of materials: MaterialMask) -> ChunkBits {
    var cells = ChunkBits()
    forEachBit(UInt64(materials)) { cells = cells | self.cells(of: UInt8(truncatingIfNeeded: $0)) }
    return cells
  }

  /// Writes a column's twelve codes, or its first four.
  @inline(__always)
  func write(column x: Int, isShort: Bool, to codes: UnsafeMutableRawPointer) {
    var low: UInt64 = 0, high: UInt64 = 0
    for bit in 0..<4 {
      let cells = planes[unchecked: bit].column(x), code = 0x0101_0101_0101_0101 &<< UInt64(bit) as UInt64
      low |= spread(cells) & code
      high |= spread(cells &>> 8) & code
    }
    if isShort {
      codes.storeBytes(of: UInt32(truncatingIfNeeded: low), as: UInt32.self)
    } else {
      codes.storeBytes(of: low, as: UInt64.self)
      (codes + 8).storeBytes(of: UInt32(truncatingIfNeeded: high), as: UInt32.self)
    }
  }
}
