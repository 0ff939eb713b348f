import Glibc

/// What daylight, night and sleep do to colours: the arithmetic of the Python package, to the last bit.
///
/// The package mixes the picture with a night version of itself, which is noisy in the dark, three fifths drained of
/// colour, and half covered in dark blue; a sleeper sees it without any colour. It rounds towards zero whenever it stores
/// bytes. In between, all numbers are doubles here. Where a sum is a multiple of a known fraction, rounding to the nearest
/// whole number after a shift does the same as rounding down, and is cheaper.
///
/// Colours are words: red in the lowest byte, then green, then blue. The loops are over branch-free scalar functions,
/// which the compiler turns into vector code.
struct CrafterLight {
  let daylight: Double
  let sleeping: Bool

  /// How strong the noise is where it is strongest; zero by day.
  var noise: Double { daylight < 0.5 ? 2 * (0.5 - daylight) : 0 }

  /// Puts colours into this light, without noise.
  func fall(on colours: UnsafeMutablePointer<UInt32>, count: Int) {
    if sleeping {
      for i in 0..<count {
        let colour = Colour(colours[i])
        colours[i] = mix(colour, colour).drained.word
      }
    } else {
      for i in 0..<count {
        let colour = Colour(colours[i])
        colours[i] = mix(colour, colour).word
      }
    }
  }

  /// Puts colours into this light, with noise.
  ///
  /// - Parameters:
  ///   - values: for each colour, a number from 32 to 127.
  ///   - shares: for each colour, the share of the noise in it where the noise is strongest.
  func fall(
    on colours: UnsafeMutablePointer<UInt32>, noise values: UnsafePointer<Double>,
    shares: UnsafePointer<Double>, count: Int
  ) {
    let noise = noise
    if sleeping {
      for i in 0..<count {
        let colour = Colour(colours[i])
        colours[i] = mix(colour, colour.mixed(with: values[i], share: noise * shares[i])).drained.word
      }
    } else {
      for i in 0..<count {
        let colour = Colour(colours[i])
        colours[i] = mix(colour, colour.mixed(with: values[i], share: noise * shares[i])).word
      }
    }
  }

  /// A colour by day mixed with the night version of what it is in the dark.
  @inline(__always)
  private func mix(_ day: Colour, _ dark: Colour) -> Colour {
    // Two fifths of the colour and three fifths of its grey: a multiple of 1/5.
    let grey = 0.6 * dark.luma - 0.4
    return Colour(
      red: mix(day.red, nearest(0.4 * dark.red + grey), tint: 0),
      green: mix(day.green, nearest(0.4 * dark.green + grey), tint: 16),
      blue: mix(day.blue, nearest(0.4 * dark.blue + grey), tint: 64))
  }

  @inline(__always)
  private func mix(_ day: Double, _ faded: Double, tint: Double) -> Double {
    let night = 0.5 * faded + 0.5 * tint
    return floor(daylight * day + (1 - daylight) * night)
  }
}

/// A colour whose channels are whole numbers from 0 to 255.
private struct Colour {
  var red, green, blue: Double

  @inline(__always)
  init(red: Double, green: Double, blue: Double) {
    (self.red, self.green, self.blue) = (red, green, blue)
  }

  @inline(__always)
  init(_ word: UInt32) {
    func channel(_ shift: UInt32) -> Double { Double(Int32(truncatingIfNeeded: word >> shift & 255)) }
    self.init(red: channel(0), green: channel(8), blue: channel(16))
  }

  /// The sum is exact, and its lowest bits are the three bytes.
  @inline(__always)
  var word: UInt32 {
    UInt32(truncatingIfNeeded: (red + 256 * green + 65536 * blue + 0x1p52).bitPattern)
  }

  /// Grey of the same brightness (ITU-R 601-2), as Pillow rounds it: a multiple of 2⁻¹⁶.
  @inline(__always)
  var luma: Double { nearest((19595 * red + 38470 * green + 7471 * blue) * 0x1p-16 + 0x1p-17) }

  /// What a sleeper sees of it.
  @inline(__always)
  var drained: Colour {
    let half = nearest(0.5 * luma - 0.25)
    return Colour(red: half, green: half, blue: half + 8)
  }

  @inline(__always)
  func mixed(with noise: Double, share: Double) -> Colour {
    let kept = 1 - share, added = share * noise
    return Colour(
      red: floor(kept * red + added), green: floor(kept * green + added), blue: floor(kept * blue + added))
  }
}

/// The nearest whole number to a number between 0 and 2⁵¹ that does not lie halfway.
@inline(__always)
private func nearest(_ x: Double) -> Double { (x + 0x1p52) - 0x1p52 }

/// A number between 0 and 2⁵¹, rounded down.
@inline(__always)
private func floor(_ x: Double) -> Double {
  let rounded = nearest(x)
  return rounded - (rounded > x ? 1 : 0)
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
