/// The seed of an episode's random stream: Python's `hash((seed, episode)) % (2**31 - 1)`.
///
/// CPython 3.8 and later, on 64-bit machines, hash tuples by a variant of xxHash, and integers as their residue modulo
/// 2⁶¹ − 1. Neither depends on `PYTHONHASHSEED`.
func episodeSeed(seed: UInt64, episode: UInt64) -> UInt32 {
  let primes: (UInt64, UInt64, UInt64) = (
    11_400_714_785_074_694_791, 14_029_467_366_897_019_727, 2_870_177_450_012_600_261
  )
  func integerHash(_ value: UInt64) -> UInt64 { value % ((1 << 61) - 1) }
  var hash = primes.2
  func add(_ value: UInt64) {
    hash = hash &+ integerHash(value) &* primes.1
    hash = (hash << 31 | hash >> 33) &* primes.0
  }
  add(seed)
  add(episode)
  hash = hash &+ (2 ^ (primes.2 ^ 3_527_539))
  if hash == .max { hash = 1_546_275_796 }
  let modulus: Int64 = (1 << 31) - 1, residue = Int64(bitPattern: hash) % modulus
  return UInt32(residue < 0 ? residue + modulus : residue)
}
