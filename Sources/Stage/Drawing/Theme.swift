/// The colors of everything around a world, `0xRRGGBB`.
enum Theme {
  static let background: UInt32 = 0x101216, panel: UInt32 = 0x191C22, raised: UInt32 = 0x262A32
  static let text: UInt32 = 0xE8EAED, quiet: UInt32 = 0x969DA8, faint: UInt32 = 0x4A505B
  static let accent: UInt32 = 0x56B4E9, good: UInt32 = 0x3FC796, bad: UInt32 = 0xF0803C

  /// Colors that people with any color vision tell apart (Okabe and Ito 2008), for skills and actions.
  static let series: [UInt32] = [
    0x56B4E9, 0xE69F00, 0x009E73, 0xF0E442, 0xCC79A7, 0xD55E00, 0x0072B2, 0xB8BDC6,
  ]

  /// The color of the *n*-th thing of a kind.
  static func color(_ number: Int) -> UInt32 {
    series[((number % series.count) + series.count) % series.count]
  }
}
