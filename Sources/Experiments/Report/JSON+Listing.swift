import KnackEnvironment

extension JSON {
  /// An object's fields, one a line with the names aligned; texts stand without quotes.
  public var listing: String {
    guard case .object(let fields) = self else { return text + "\n" }
    return table(
      fields.map { field in
        if case .string(let text) = field.value { return [field.name, text] }
        return [field.name, field.value.text]
      })
  }
}
