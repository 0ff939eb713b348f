/// Draws what the player sees, in colours.
///
/// Every point is a line of sight, which is followed until something opaque ends it: a block's tile, a creature, the sky.
/// Light comes from the sky and from lamps, sides are shaded as Minecraft shades them, and what is far away fades into the
/// horizon.
struct OverworldPainter {
  private let view: BlockView
  private let camera: Camera
  private let eye: SIMD3<Double>
  private let outlook: Outlook
  /// Points are drawn in tiles, whose lines begin together and mostly show the same sides.
  private static let tileWidth = 8, tileHeight = 4
  private let looks = Appearance.standard
  private let sky: SkyLook
  /// Light and bodies, which are too large to be handed on for every point.
  private let light: UnsafeMutablePointer<LightLook>, bodies: UnsafeMutablePointer<PaintedBodies>
  /// The light before the side that was seen last: points beside each other mostly show the same one.
  private let before: UnsafeMutablePointer<SideLight>
  /// Whether light changes smoothly across sides, with darker corners.
  private let isSmooth: Bool

  /// Draws what the player of a world sees through a camera: three bytes a point, row by row.
  ///
  /// - Parameters:
  ///   - samples: each point is the mean of so many lines of sight across, and down.
  ///   - rows: the rows to draw; nil for all. The others' bytes stay as they are.
  ///   - found: memory for the light that is found, see ``LightLook``; nil for quick pictures.
  static func draw(
    _ world: UnsafeMutablePointer<OverworldWorld>, _ camera: Camera, samples: Int = 1,
    rows: Range<Int>? = nil,
    found: UnsafeMutablePointer<UInt16>? = nil, into bytes: UnsafeMutablePointer<UInt8>
  ) {
    let sky = SkyLook(world.pointee.timeOfDay)
    var light = LightLook(world, sky: sky, found: found)
    var before = SideLight()
    withUnsafeMutablePointer(to: &light) { light in
      var bodies = PaintedBodies(world, range: Double(camera.range), light)
      withUnsafeMutablePointer(to: &bodies) { bodies in
        withUnsafeMutablePointer(to: &before) { before in
          let painter = OverworldPainter(world, camera, sky, light, bodies, before, isSmooth: found != nil)
          painter.draw(Gaze(world.pointee.player), samples, rows ?? 0..<camera.height, into: bytes)
        }
      }
    }
  }

  private init(
    _ world: UnsafeMutablePointer<OverworldWorld>, _ camera: Camera, _ sky: SkyLook,
    _ light: UnsafeMutablePointer<LightLook>, _ bodies: UnsafeMutablePointer<PaintedBodies>,
    _ before: UnsafeMutablePointer<SideLight>, isSmooth: Bool
  ) {
    view = world.pointee.view
    self.camera = camera
    eye = world.pointee.player.eye
    outlook = Outlook(&world.pointee, maximum: Double(camera.range))
    self.sky = sky
    self.light = light
    self.bodies = bodies
    self.before = before
    self.isSmooth = isSmooth
  }

  private func draw(
    _ gaze: Gaze, _ samples: Int, _ rows: Range<Int>, into bytes: UnsafeMutablePointer<UInt8>
  ) {
    let fine = Camera(
      width: camera.width * samples, height: camera.height * samples, fieldOfView: camera.fieldOfView,
      range: camera.range)
    let lines = fine.lines(gaze)
    // Distances then differ in their last digits, which is left to live pictures: others are to stay what they are.
    let beginsLate = isSmooth && samples == 1
    for top in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.tileHeight) {
      for left in stride(from: 0, to: camera.width, by: Self.tileWidth) {
        let clear = beginsLate ? clearWay(lines, top, left) : .none
        let columns = left..<min(left &+ Self.tileWidth, camera.width)
        for row in top..<min(top &+ Self.tileHeight, rows.upperBound) {
          let place = bytes + 3 &* (row &* camera.width &+ left)
          if beginsLate {
            drawLate(lines, row, columns, clear, into: place)
          } else {
            draw(lines, row, columns, samples, into: place)
          }
        }
      }
    }
  }

  /// Draws points of a row, each the mean of several lines.
  @inline(__always)
  private func draw(
    _ lines: Camera.Lines, _ row: Int, _ columns: Range<Int>, _ samples: Int,
    into bytes: UnsafeMutablePointer<UInt8>
  ) {
    let share = 255 / Float(samples * samples)
    for column in columns {
      var sum = SIMD3<Float>.zero
      for fineRow in row &* samples..<(row &+ 1) &* samples {
        for fineColumn in column &* samples..<(column &+ 1) &* samples {
          let color = color(lines[fineRow, fineColumn], .none)
          sum += SIMD3(min(1, color.x), min(1, color.y), min(1, color.z))
        }
      }
      Self.store(sum * share, into: bytes + 3 &* (column &- columns.lowerBound))
    }
  }

  /// Draws a tile's points of a row, whose lines meet nothing for a while; their directions are found together.
  @inline(__always)
  private func drawLate(
    _ lines: Camera.Lines, _ row: Int, _ columns: Range<Int>, _ clear: ClearWay,
    into bytes: UnsafeMutablePointer<UInt8>
  ) {
    let directions = lines.eight(row, columns.lowerBound)
    for lane in 0..<columns.count {
      let color = color(SIMD3(directions.x[lane], directions.y[lane], directions.z[lane]), clear)
      Self.store(
        SIMD3(min(1, color.x), min(1, color.y), min(1, color.z)) * 255, into: bytes + 3 &* lane)
    }
  }

  /// Writes a point whose parts are from 0 to 255.
  @inline(__always)
  private static func store(_ color: SIMD3<Float>, into place: UnsafeMutablePointer<UInt8>) {
    let point = color + 0.5
    place[0] = UInt8(max(0, min(255, point.x)))
    place[1] = UInt8(max(0, min(255, point.y)))
    place[2] = UInt8(max(0, min(255, point.z)))
  }

  /// Up to where no line of a tile meets a block.
  private func clearWay(_ lines: Camera.Lines, _ top: Int, _ left: Int) -> ClearWay {
    let bottom = top &+ Self.tileHeight &- 1, right = left &+ Self.tileWidth &- 1
    let beam = SightBeam(
      lines.point(top, left), lines.point(top, right), lines.point(bottom, left), lines.point(bottom, right))
    return beam?.clearWay(outlook) ?? .none
  }

  /// What has been seen along a line so far.
  private struct Trail {
    let direction: SIMD3<Float>
    /// The colour gathered, and how much of what comes is still seen.
    var color = SIMD3<Float>.zero, rest: Float = 1
    /// The last block that was seen through, and where the line left it.
    var code: UInt8 = 0
    var end: Float = -1

    mutating func add(_ more: SIMD3<Float>, _ part: Float = 1) {
      color += more * (rest * part)
      rest *= 1 - part
    }
  }

  /// The colour along a line of sight of length 1, which is known to meet no block for a while.
  private func color(_ direction: SIMD3<Float>, _ clear: ClearWay) -> SIMD3<Float> {
    var trail = Trail(direction: direction)
    let body = bodies.pointee.nearest(direction, looks)
    let reach = min(Float(camera.range), body.distance)
    let isEnded =
      !clear.isEndless
      && view.look(
        x: eye.x, y: eye.y, z: eye.z, dx: Double(direction.x), dy: Double(direction.y),
        dz: Double(direction.z), maximum: Double(reach), ceiling: outlook.ceiling, from: clear
      ) { see($0, &trail) }
    if !isEnded {
      if body.distance <= Float(camera.range) {
        trail.add(faded(body.color, body.distance, direction))
      } else {
        trail.add(sky(direction))
      }
    }
    return trail.color
  }

  /// A colour at a distance, faded into the horizon.
  private func faded(_ color: SIMD3<Float>, _ distance: Float, _ direction: SIMD3<Float>) -> SIMD3<Float> {
    let part = max(0, distance / Float(camera.range) - 0.55) / 0.45
    return part > 0 ? SkyLook.mixed(color, sky.horizon, part * part) : color
  }

  /// Sees a block; returns whether it ends the line.
  private func see(_ hit: SightHit, _ trail: inout Trail) -> Bool {
    let direction = trail.direction
    guard BlockGrid.hasColumn(hit.x, hit.z), hit.y >= 0 else {
      trail.add(sky(direction))
      return true
    }
    let look = looks.blocks[Int(hit.code)]
    let distance = Float(hit.distance)
    // Where the line comes into the cell, counted from the cell's corner, and how far on it leaves it.
    let entry = SIMD3<Float>(
      eye + SIMD3(Double(direction.x), Double(direction.y), Double(direction.z)) * hit.distance
        - SIMD3(Double(hit.x), Double(hit.y), Double(hit.z)))
    switch look.form {
    case .none: return false
    case .cube:
      trail.add(face(hit, look, entry, distance, direction).color)
      return true
    case .pierced:
      // Panes beside each other are one.
      let isFirst = trail.code != hit.code || abs(trail.end - distance) > 1e-3
      trail.code = hit.code
      trail.end = distance + Self.way(entry, direction)
      guard isFirst else { return false }
      let face = face(hit, look, entry, distance, direction)
      trail.add(face.color, face.opacity)
      return face.opacity >= 1
    case .box: return seeBox(hit, look, entry, distance, &trail)
    case .cross: return seeCross(hit, look, entry, distance, &trail)
    case .liquid: return seeLiquid(hit, look, entry, distance, &trail)
    }
  }

  /// How far a line is in a cell after it came in.
  private static func way(_ entry: SIMD3<Float>, _ direction: SIMD3<Float>) -> Float {
    func leaves(_ place: Float, _ direction: Float) -> Float {
      direction > 0 ? (1 - place) / direction : direction < 0 ? place / -direction : .infinity
    }
    return max(
      0,
      min(leaves(entry.x, direction.x), leaves(entry.y, direction.y), leaves(entry.z, direction.z)))
  }
}

// MARK: - Sides

extension OverworldPainter {
  /// The tile of a block's side at a point of the cell, lit and faded; and how opaque it is.
  private func face(
    _ hit: SightHit, _ look: BlockLook, _ point: SIMD3<Float>, _ distance: Float, _ direction: SIMD3<Float>
  ) -> (color: SIMD3<Float>, opacity: Float) {
    let texel = texel(look, hit.side, point, distance, direction)
    guard texel.w > 0 else { return (.zero, 0) }
    var x = hit.x, y = hit.y, z = hit.z
    switch hit.side {
    case 1: x &+= direction.x > 0 ? -1 : 1
    case 2: y &+= direction.y > 0 ? -1 : 1
    case 3: z &+= direction.z > 0 ? -1 : 1
    default: break
    }
    let light = isSmooth ? smoothLight(x, y, z, hit.side, point) : light.pointee(x, y, z)
    let color = SIMD3(texel.x, texel.y, texel.z) * light * Self.shade(hit.side, direction)
    return (faded(color, distance, direction), texel.w)
  }

  /// The point of the tile of a side, at a point of the cell.
  private func texel(
    _ look: BlockLook, _ side: UInt8, _ point: SIMD3<Float>, _ distance: Float, _ direction: SIMD3<Float>
  ) -> SIMD4<Float> {
    let slant = side == 1 ? direction.x : side == 2 ? direction.y : direction.z
    let level = camera.level(distance / max(0.2, abs(slant)))
    switch side {
    case 2: return looks.tiles(Int(direction.y < 0 ? look.top : look.bottom), point.x, point.z, level: level)
    case 1:
      return looks.tiles(Int(look.side), direction.x > 0 ? 1 - point.z : point.z, 1 - point.y, level: level)
    default:
      return looks.tiles(Int(look.side), direction.z > 0 ? point.x : 1 - point.x, 1 - point.y, level: level)
    }
  }

  /// How bright a side is for where it faces, as Minecraft shades it.
  static func shade(_ side: UInt8, _ direction: SIMD3<Float>) -> Float {
    switch side {
    case 1: 0.62
    case 2: direction.y < 0 ? 1 : 0.5
    case 3: 0.8
    default: 0.4
    }
  }

  /// Light on a side, interpolated between its corners. A corner's light is the mean of that of the four cells which meet
  /// there in front of the side; what is solid gives little, so that corners are darker.
  private func smoothLight(_ x: Int, _ y: Int, _ z: Int, _ side: UInt8, _ point: SIMD3<Float>) -> SIMD3<Float>
  {
    let u = side == 1 ? point.z : point.x, v = side == 2 ? point.z : point.y
    if !before.pointee.isBefore(x, y, z, side) { findSideLight(x, y, z, side) }
    let here = before.pointee[0, 0]
    @inline(__always)
    func around(_ i: Int, _ j: Int) -> SIMD3<Float> { before.pointee[i, j] }
    // The quarter of the side that the point is in: its corner's four cells, and those of the corners beside it.
    let right = u > 0.5 ? 1 : -1, up = v > 0.5 ? 1 : -1
    let beside = around(right, 0), above = around(0, up), corner = around(right, up)
    let otherSide = around(-right, 0), below = around(0, -up)
    let far = around(-right, up), near = around(right, -up), opposite = around(-right, -up)
    let cornerLight = here + beside + above + corner, sideLight = here + beside + below + near
    let aboveLight = here + above + otherSide + far, oppositeLight = here + otherSide + below + opposite
    let alongU = right == 1 ? u : 1 - u, alongV = up == 1 ? v : 1 - v
    let upper = SkyLook.mixed(aboveLight, cornerLight, alongU),
      lower = SkyLook.mixed(oppositeLight, sideLight, alongU)
    return SkyLook.mixed(lower, upper, alongV) * 0.25
  }

  /// Finds the light of the nine cells before a side.
  private func findSideLight(_ x: Int, _ y: Int, _ z: Int, _ side: UInt8) {
    let here = light.pointee(x, y, z)
    before.pointee.begin(x, y, z, side)
    for i in -1...1 {
      for j in -1...1 {
        let nearX = side == 1 ? x : x &+ i, nearZ = side == 1 ? z &+ i : side == 2 ? z &+ j : z
        let nearY = side == 2 ? y : y &+ j
        let isSolid =
          (i != 0 || j != 0) && looks.blocks[Int(view[nearX, nearY, nearZ].rawValue)].form == .cube
        before.pointee[i, j] = isSolid ? here * 0.35 : light.pointee(nearX, nearY, nearZ)
      }
    }
  }
}

// MARK: - Forms

extension OverworldPainter {
  /// A box on the ground of the cell.
  private func seeBox(
    _ hit: SightHit, _ look: BlockLook, _ entry: SIMD3<Float>, _ distance: Float, _ trail: inout Trail
  ) -> Bool {
    let low = SIMD3<Float>(look.inset, 0, look.inset)
    let high = SIMD3<Float>(1 - look.inset, look.height, 1 - look.inset)
    guard let (way, side) = Self.meet(entry, trail.direction, low, high) else { return false }
    let texel = texel(
      look, side == 0 ? hit.side : side, entry + trail.direction * way, distance + way, trail.direction)
    guard texel.w > 0.5 else { return false }
    let light = light.pointee(hit.x, hit.y, hit.z)
    let color =
      SIMD3(texel.x, texel.y, texel.z) * light * Self.shade(side == 0 ? hit.side : side, trail.direction)
    trail.add(faded(color, distance + way, trail.direction))
    return true
  }

  /// Where a line meets a box, and on which side; nil where it misses it.
  static func meet(
    _ origin: SIMD3<Float>, _ direction: SIMD3<Float>, _ low: SIMD3<Float>, _ high: SIMD3<Float>
  ) -> (way: Float, side: UInt8)? {
    var near: Float = 0, far = Float.infinity, side: UInt8 = 0
    for axis in 0..<3 {
      guard direction[axis] != 0 else {
        if origin[axis] < low[axis] || origin[axis] > high[axis] { return nil }
        continue
      }
      let a = (low[axis] - origin[axis]) / direction[axis], b = (high[axis] - origin[axis]) / direction[axis]
      if min(a, b) > near {
        near = min(a, b)
        side = UInt8(axis + 1)
      }
      far = min(far, max(a, b))
    }
    return near <= far ? (near, side) : nil
  }

  /// Two upright planes, one from corner to corner each way.
  private func seeCross(
    _ hit: SightHit, _ look: BlockLook, _ entry: SIMD3<Float>, _ distance: Float, _ trail: inout Trail
  ) -> Bool {
    let direction = trail.direction
    let end = Self.way(entry, direction)
    let rising = (entry.z - entry.x) / (direction.x - direction.z)
    let falling = (1 - entry.x - entry.z) / (direction.x + direction.z)
    for plane in 0..<2 {
      let way = plane == 0 ? min(rising, falling) : max(rising, falling)
      guard way >= 0 && way <= end else { continue }
      let point = entry + direction * way
      let texel = looks.tiles(
        Int(look.side), point.x, 1 - point.y, level: min(2, camera.level(distance + way)))
      guard texel.w > 0.4 else { continue }
      let color = SIMD3(texel.x, texel.y, texel.z) * light.pointee(hit.x, hit.y, hit.z) * 0.95
      trail.add(faded(color, distance + way, direction))
      return true
    }
    return false
  }

  /// Water, through which one sees, and lava, which shines. Where nothing of the kind lies above, the surface is an eighth
  /// lower than the cell.
  private func seeLiquid(
    _ hit: SightHit, _ look: BlockLook, _ entry: SIMD3<Float>, _ distance: Float, _ trail: inout Trail
  ) -> Bool {
    let direction = trail.direction
    let isOpen = looks.blocks[Int(view[hit.x, hit.y + 1, hit.z].rawValue)].form != .liquid
    let isFirst = trail.code != hit.code || abs(trail.end - distance) > 1e-3
    var way: Float = 0, end = Self.way(entry, direction), side = hit.side
    if isOpen {
      let surface: Float = 0.875
      if entry.y > surface {
        guard direction.y < 0 else { return false }
        way = (entry.y - surface) / -direction.y
        guard way < end else { return false }
        side = 2
      } else if direction.y > 0 {
        end = min(end, (surface - entry.y) / direction.y)
      }
    }
    let point = entry + direction * way
    let texel = texel(look, side, point, distance + way, direction)
    let color = SIMD3(texel.x, texel.y, texel.z)
    guard texel.w < 1 else {
      trail.add(faded(color * 1.1, distance + way, direction))
      return true
    }
    let lit = color * light.pointee(hit.x, min(hit.y + 1, BlockGrid.height - 1), hit.z)
    // The surface mirrors some of the sky; the depths take the light away.
    if isFirst && side != 0 {
      let mirrored = side == 2 ? SkyLook.mixed(lit, sky.horizon, 0.25 * (1 - abs(direction.y))) : lit
      trail.add(faded(mirrored, distance + way, direction), 0.5)
    }
    trail.add(faded(lit * 0.8, distance + way, direction), min(0.9, 0.17 * max(0, end - way)))
    trail.code = hit.code
    trail.end = distance + end
    return false
  }
}

extension Camera {
  /// Which size of a tile to take at a distance: 0 for that of 16 points.
  @inline(__always)
  func level(_ distance: Float) -> Int {
    // How many of a tile's 16 points fall on one of the picture's.
    let points = distance * 16 * pointSize
    return points < 1.3 ? 0 : points < 2.6 ? 1 : points < 5.2 ? 2 : points < 10.4 ? 3 : 4
  }
}
