extension DiscreteSAC {
  /// Adds its networks to a collection: `policy`, `critic.1`, `critic.2` and their slow copies `target.1`, `target.2`.
  public func addNetworks(to collection: inout NetworkCollection, prefix: String = "") {
    add(policy, critics, targets, to: &collection, prefix: prefix, owner: self)
  }

  /// What else it needs to go on, but for its reference: temperature, its moments, and how many steps each network has taken.
  public func save() -> [UInt8] { saved(temperature, updates, [policy] + critics) }

  /// Takes on what ``save()`` gave; false, with nothing changed, where the bytes are not that.
  public func restore(_ bytes: [UInt8]) -> Bool {
    restoreSaved(bytes, &temperature, &updates, [policy] + critics)
  }
}

extension GaussianSAC {
  /// Adds its networks to a collection, see ``DiscreteSAC/addNetworks(to:prefix:)``.
  public func addNetworks(to collection: inout NetworkCollection, prefix: String = "") {
    add(policy, critics, targets, to: &collection, prefix: prefix, owner: self)
  }

  /// What else it needs to go on, but for its reference.
  public func save() -> [UInt8] { saved(temperature, updates, [policy] + critics) }

  /// Takes on what ``save()`` gave; false, with nothing changed, where the bytes are not that.
  public func restore(_ bytes: [UInt8]) -> Bool {
    restoreSaved(bytes, &temperature, &updates, [policy] + critics)
  }
}

// What both keep alike.

private func add(
  _ policy: TrainedNetwork, _ critics: [TrainedNetwork], _ targets: [UnsafeMutablePointer<Float>],
  to collection: inout NetworkCollection, prefix: String, owner: AnyObject
) {
  for network in [policy] + critics { collection.add(network, prefix: prefix) }
  for (target, critic) in zip(targets, critics) {
    collection.add(target, like: critic.network.layout, prefix: prefix + "target.", owner: owner)
  }
}

private func saved(_ temperature: Temperature, _ updates: Int, _ networks: [TrainedNetwork]) -> [UInt8] {
  (temperature.bits + ([updates] + networks.map(\.steps)).map(UInt64.init)).withUnsafeBytes(Array.init)
}

private func restoreSaved(
  _ bytes: [UInt8], _ temperature: inout Temperature, _ updates: inout Int, _ networks: [TrainedNetwork]
) -> Bool {
  let count = 4 + networks.count
  guard bytes.count == 8 * count else { return false }
  let words = bytes.withUnsafeBytes { bytes in
    (0..<count).map { bytes.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self) }
  }
  guard words[3...].allSatisfy({ $0 < UInt64(Int32.max) }), temperature.restore(words[..<3]) else {
    return false
  }
  updates = Int(words[3])
  for (network, steps) in zip(networks, words[4...]) { network.steps = Int(steps) }
  return true
}
