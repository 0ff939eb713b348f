import Glibc

/// Eight colours side by side, each channel a whole number from 0 to 255.
struct CrafterColours {
  var red, green, blue: SIMD8<Double>
}

/// What daylight, night and sleep do to colours: the arithmetic of the Python package, to the last bit.
///
/// The package mixes the picture with a night version of itself, which is noisy in the dark, three fifths drained of
/// colour, and half covered in dark blue; a sleeper sees it without any colour. It rounds towards zero whenever it stores
/// bytes. In between, all numbers are doubles here. Where a sum is a multiple of a known fraction, rounding to the nearest
/// whole number after a shift does the same as rounding down, and is cheaper.
struct CrafterLight {
  let daylight: Double
  let sleeping: Bool

  /// How strong the noise is where it is strongest; zero by day.
  var noise: Double { daylight < 0.5 ? 2 * (0.5 - daylight) : 0 }

  /// Colours in this light, with noise if there is any.
  ///
  /// - Parameters:
  ///   - noise: numbers from 32 to 127.
  ///   - share: the share of the noise in each colour.
  @inline(__always)
  func mix(
    _ day: CrafterColours, noise: SIMD8<Double>, share: SIMD8<Double>
  ) -> CrafterColours {
    let kept = 1 - share, added = share * noise
    return light(
      day,
      CrafterColours(
        red: floor(kept * day.red + added), green: floor(kept * day.green + added),
        blue: floor(kept * day.blue + added)))
  }

  /// Colours in this light, without noise.
  @inline(__always)
  func mix(_ day: CrafterColours) -> CrafterColours { light(day, day) }

  @inline(__always)
  private func light(_ day: CrafterColours, _ dark: CrafterColours) -> CrafterColours {
    // Two fifths of the colour, three fifths of its grey, rounded down: a multiple of 1/5.
    let grey = 0.6 * luma(dark) - 0.4
    let result = CrafterColours(
      red: mix(day.red, nearest(0.4 * dark.red + grey), tint: 0),
      green: mix(day.green, nearest(0.4 * dark.green + grey), tint: 16),
      blue: mix(day.blue, nearest(0.4 * dark.blue + grey), tint: 64))
    guard sleeping else { return result }
    let half = nearest(0.5 * luma(result) - 0.25)
    return CrafterColours(red: half, green: half, blue: half + 8)
  }

  @inline(__always)
  private func mix(_ day: SIMD8<Double>, _ faded: SIMD8<Double>, tint: Double) -> SIMD8<Double> {
    let night = 0.5 * faded + 0.5 * tint
    return floor(daylight * day + (1 - daylight) * night)
  }

  /// Grey of the same brightness (ITU-R 601-2), as Pillow rounds it: a multiple of 2⁻¹⁶.
  @inline(__always)
  private func luma(_ c: CrafterColours) -> SIMD8<Double> {
    nearest((19595 * c.red + 38470 * c.green + 7471 * c.blue) * 0x1p-16 + 0x1p-17)
  }
}

/// The nearest whole numbers to numbers between 0 and 2⁵¹ none of which lies halfway.
@inline(__always)
private func nearest(_ x: SIMD8<Double>) -> SIMD8<Double> { (x + 0x1p52) - 0x1p52 }

/// Numbers between 0 and 2⁵¹, rounded down.
@inline(__always)
private func floor(_ x: SIMD8<Double>) -> SIMD8<Double> {
  let rounded = nearest(x)
  return rounded.replacing(with: rounded - 1, where: rounded .> x)
}

/// How much of the night's noise each point of a picture gets: none at the centre, most at the edges.
///
/// `1 - exp(-(x² + y²) / 2σ²)` with σ = 1/2, x and y from -1 to 1; column by column, each padded to a multiple of 8.
func vignette(width: Int, height: Int) -> [Double] {
  func coordinate(_ i: Int, of count: Int) -> Double {
    i == count - 1 ? 1 : Double(i) * (2 / Double(count - 1)) - 1
  }
  return (0..<width).flatMap { column in
    (0..<(height + 7) / 8 * 8).map { row in
      let x = coordinate(column, of: width), y = coordinate(min(row, height - 1), of: height)
      return 1 - exp(-0.5 * (x * x + y * y) / 0.25)
    }
  }
}
