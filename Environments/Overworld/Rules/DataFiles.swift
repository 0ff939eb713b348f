import KnackDocuments

/// The texts of the files in `Data/`, by name without `.yaml`.
///
/// The program brings them along; a test replaces one to see what is said of a mistake in it.
struct DataFiles {
  /// The texts.
  var texts: [String: String]

  /// The files that the program brings along.
  static let standard = DataFiles(
    texts: [
      "palette": PackageResources.palette_yaml, "blocks": PackageResources.blocks_yaml,
      "items": PackageResources.items_yaml, "recipes": PackageResources.recipes_yaml,
      "materials": PackageResources.materials_yaml, "foods": PackageResources.foods_yaml,
      "corrections": PackageResources.corrections_yaml, "variants": PackageResources.variants_yaml,
      "drops": PackageResources.drops_yaml, "smelting": PackageResources.smelting_yaml,
      "attack": PackageResources.attack_yaml,
    ].mapValues { String(decoding: $0, as: UTF8.self) })

  /// The root of a file.
  func root(_ name: String) throws(DocumentError) -> YAMLValue {
    try YAMLValue(yaml: texts[name] ?? "", file: name + ".yaml")
  }
}

/// What is read from the program's own files, whose mistakes are the program's.
func builtIn<Value>(_ read: () throws(DocumentError) -> Value) -> Value {
  do {
    return try read()
  } catch {
    preconditionFailure("a built-in file is wrong: \(error)")
  }
}
