/// Which biome the cells of 4 × 4 columns have in a world with all of them.
///
/// Nine sites, one in each ninth of the world, own what is nearest to them (Worley 1996, "A cellular texture basis
/// function"), with borders bent by noise. The first six sites of a shuffled order have different biomes, so that every
/// world has each.
struct BiomeMap {
  private var siteX = SIMD16<Float>(repeating: 1e6), siteZ = SIMD16<Float>(repeating: 1e6)
  private var biomes = SIMD16<Int32>()
  private let bendX: GradientNoise, bendZ: GradientNoise

  /// The map of a seed.
  init(_ seed: UInt64) {
    var random = PlaceRandom(seed, .biomeSites)
    let count = Biome.allCases.count
    for site in 0..<9 { biomes[site] = Int32(site < count ? site : random.below(count)) }
    for site in stride(from: 8, to: 0, by: -1) {
      let other = random.below(site + 1)
      (biomes[site], biomes[other]) = (biomes[other], biomes[site])
    }
    let third = Float(BlockGrid.side) / 3
    for site in 0..<9 {
      siteX[site] = (Float(site / 3) + 0.2 + 0.6 * random.uniform()) * third
      siteZ[site] = (Float(site % 3) + 0.2 + 0.6 * random.uniform()) * third
    }
    bendX = GradientNoise(seed, .border, octave: 0, wavelength: 28)
    bendZ = GradientNoise(seed, .border, octave: 1, wavelength: 28)
  }

  /// The biomes of eight cells in a row along z, as codes; `cellX` and `cellZ` count cells.
  @inline(__always)
  func codes(_ cellX: Int, _ cellZ: Int) -> SIMD8<UInt8> {
    let x = Float(4 &* cellX &+ 2)
    let z = Float(4 &* cellZ &+ 2) + SIMD8(0, 4, 8, 12, 16, 20, 24, 28)
    let bentX = x + 12 * bendX(x, z), bentZ = z + 12 * bendZ(x, z)
    var nearest = SIMD8<Float>(repeating: .infinity), codes = SIMD8<Int32>()
    for site in 0..<9 {
      let dx = bentX - siteX[site], dz = bentZ - siteZ[site]
      let distance = dx * dx + dz * dz
      let isNearer = distance .< nearest
      nearest.replace(with: distance, where: isNearer)
      codes.replace(with: biomes[site], where: isNearer)
    }
    return SIMD8(truncatingIfNeeded: codes)
  }
}
