extension DiscreteSAC {
  /// Adds its networks to a collection: `policy`, `critic.1`, `critic.2` and their slow copies `target.1`, `target.2`.
  public func addNetworks(to collection: inout NetworkCollection, prefix: String = "") {
    collection.add(policy, prefix: prefix)
    for critic in critics { collection.add(critic, prefix: prefix) }
    for (target, critic) in zip(targets, critics) {
      collection.add(target, like: critic.network.layout, prefix: prefix + "target.", owner: self)
    }
  }

  /// What else it needs to go on, but for its reference: temperature, its moments, and how many steps each network has taken.
  public func save() -> [UInt8] {
    let floats = [logTemperature, temperatureMoments.first, temperatureMoments.second].map {
      UInt64($0.bitPattern)
    }
    let words = floats + ([updates, policy.steps] + critics.map(\.steps)).map(UInt64.init)
    return words.withUnsafeBytes(Array.init)
  }

  /// Takes on what ``save()`` gave; false, with nothing changed, where the bytes are not that.
  public func restore(_ bytes: [UInt8]) -> Bool {
    guard bytes.count == 7 * 8 else { return false }
    let words = bytes.withUnsafeBytes { bytes in
      (0..<7).map { bytes.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self) }
    }
    let floats = words[..<3].map { Float(bitPattern: UInt32(truncatingIfNeeded: $0)) }
    guard floats.allSatisfy(\.isFinite), words[3...].allSatisfy({ $0 < UInt64(Int32.max) }) else {
      return false
    }
    logTemperature = floats[0]
    temperatureMoments = (floats[1], floats[2])
    updates = Int(words[3])
    policy.steps = Int(words[4])
    for (critic, steps) in zip(critics, words[5...]) { critic.steps = Int(steps) }
    return true
  }
}
