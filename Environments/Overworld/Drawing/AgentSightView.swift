import KnackEnvironment

/// What the agent is shown, as a picture: the first of its senses that is about places. Codes are in the colors of what they
/// stand for.
///
/// | sense | picture |
/// |---|---|
/// | pixels, semantic | as they are |
/// | rays | a point a ray, darker where it goes far |
/// | voxels | the layers of the box side by side, the lowest first, north or ahead at the top |
/// | map | as it is, north at the top |
enum AgentSightView {
  /// The view under rules; nil where none of their senses is about places.
  static func view(_ rules: OverworldRules) -> WorldView? {
    var start = 0
    for field in rules.specification.observation.fields {
      guard let aspect = aspect(field) else {
        start += field.count
        continue
      }
      let offset = start
      return WorldView(
        name: "agent", summary: "what the agent sees: \(field.name)", aspect: aspect, of: OverworldWorld.self
      ) { width, height, _ in
        let size = rules.specification.observation.size
        return { world, canvas in
          withUnsafeTemporaryAllocation(of: UInt8.self, capacity: size) { bytes in
            world.pointee.observe(rules, into: bytes.baseAddress!)
            let picture = Self.picture(field, bytes.baseAddress! + offset)
            canvas.copyScaled(picture)
          }
        }
      }
    }
    return nil
  }

  /// How much wider than high a field's picture is; nil for a field that is none.
  private static func aspect(_ field: ObservationField) -> Double? {
    switch field.name {
    case "pixels", "semantic", "rays", "map": Double(field.shape[1]) / Double(field.shape[0])
    case "voxels": Double(layers(field).width) / Double(layers(field).height)
    default: nil
    }
  }

  /// The points of all layers of a box, and how many layers there are in a row; a line of points lies between two.
  private static func layers(_ field: ObservationField) -> (width: Int, height: Int, columns: Int) {
    let count = field.shape[2]
    let columns = Int(Double(count).squareRoot().rounded(.up)), rows = (count + columns - 1) / columns
    return (columns * (field.shape[0] + 1) - 1, rows * (field.shape[1] + 1) - 1, columns)
  }

  private static func picture(_ field: ObservationField, _ bytes: UnsafePointer<UInt8>) -> Canvas {
    switch field.name {
    case "pixels":
      let canvas = Canvas(width: field.shape[1], height: field.shape[0])
      canvas.copy(rgb: bytes)
      return canvas
    case "voxels":
      let (width, height, columns) = layers(field)
      let canvas = Canvas(width: width, height: height)
      canvas.fill(with: 0x303640)
      let (across, down, up) = (field.shape[0], field.shape[1], field.shape[2])
      for layer in 0..<up {
        let left = layer % columns * (across + 1), top = layer / columns * (down + 1)
        for x in 0..<across {
          for z in 0..<down {
            canvas.row(top + z)[left + x] = colors[Int(bytes[(x * down + z) * up + layer])]
          }
        }
      }
      return canvas
    default:
      let (rows, columns) = (field.shape[0], field.shape[1])
      let canvas = Canvas(width: columns, height: rows)
      for row in 0..<rows {
        for column in 0..<columns {
          // The map is [x][z], pictures and rays are [row][column].
          let place = field.name == "map" ? column * rows + row : row * columns + column
          var color = colors[Int(bytes[place])]
          if field.name == "rays" {
            let distance = UInt32(bytes[rows * columns + place])
            color = mixed(color, 0, part: min(200, distance * 4))
          }
          canvas.row(row)[column] = color
        }
      }
      return canvas
    }
  }

  /// The color of each ``SightCode``.
  private static let colors: [UInt32] = {
    let looks = Appearance.standard
    func word(_ color: SIMD3<Float>) -> UInt32 {
      let bytes = SIMD3<UInt32>(color.clamped(lowerBound: .zero, upperBound: .one) * 255)
      return bytes.x << 16 | bytes.y << 8 | bytes.z
    }
    var colors = (0..<Block.count).map { code -> UInt32 in
      let look = looks.blocks[code]
      guard look.form != .none else { return 0x9CC3E6 }
      let texel = looks.tiles(Int(look.form == .cross ? look.side : look.top), 0.5, 0.5, level: 4)
      return word(SIMD3(texel.x, texel.y, texel.z))
    }
    colors += CreatureKind.allCases.dropFirst().map { word(OverworldMapPainter.color(of: $0)) }
    return colors + [UInt32](repeating: 0xFFFFFF, count: max(0, SightCode.count - colors.count))
  }()
}
