import KnackEnvironment

extension Operator {
  /// The operator as JSON.
  var json: JSON {
    .fields([
      "name": .string(name), "kind": .string(kind.rawValue), "skill": .string(skill),
      "consumes": Self.json(consumes), "requires": Self.json(requires),
      "equips": .array(equips.map(JSON.string)), "obtains": Self.json(obtains),
      // Only what is uncertain.
      "chances": .object(obtains.filter { $0.chance < 1 }.map { ($0.fact, .number($0.chance)) }),
    ])
  }

  /// Counts by their facts' names.
  static func json(_ amounts: [Amount]) -> JSON {
    .object(amounts.map { ($0.fact, .integer($0.count)) })
  }

  /// Amounts in words: `3 planks, 2 stick, leather (67 %)`.
  static func words(_ amounts: [Amount]) -> String {
    amounts.map { amount in
      (amount.count == 1 ? amount.fact : "\(amount.count) \(amount.fact)")
        + (amount.chance == 1 ? "" : " (\(Int((amount.chance * 100).rounded())) %)")
    }.joined(separator: ", ")
  }
}
