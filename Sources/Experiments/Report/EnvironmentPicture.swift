import KnackEnvironment

extension EnvironmentRegistry {
  /// A picture of how the first episode of a seed begins.
  ///
  /// - Parameter view: one of the world's views, or one of its observations that is a picture; nil for the first there is.
  /// - Throws: ``EnvironmentError`` where there is no such world or its settings are wrong; ``ExperimentError/mistake(_:)``
  ///   where it has no such view.
  public func picture(
    _ id: String, view: String?, seed: UInt64, width: Int, height: Int,
    settings: WorldSettings = WorldSettings()
  ) throws -> Picture {
    let kind = try kind(id, settings: settings)
    var views = kind.views
    for name in try entry(id).observations {
      let kind = try self.kind(id, observation: name, settings: settings)
      if let field = kind.specification.observation.fields.first(where: \.isPicture) {
        views.append(kind.view(of: field, named: name))
      }
    }
    guard let first = views.first else {
      throw ExperimentError.mistake(
        "\(id) cannot be drawn: it has neither a view nor an observation that is a picture.")
    }
    guard let chosen = view.map({ name in views.first { $0.name == name } }) ?? first else {
      throw ExperimentError.mistake(
        "\(id) has no view '\(view ?? "")'; choose one of: \(views.map(\.name).joined(separator: ", ")).")
    }
    return chosen.draw(seed, width, height)
  }
}

extension ObservationField {
  /// Whether it is rows of points of red, green and blue.
  fileprivate var isPicture: Bool { kind == .intensity && shape.count == 3 && shape[2] == 3 }
}

extension WorldKind {
  /// A view that shows what an agent sees in a field of its observation.
  fileprivate func view(of field: ObservationField, named name: String) -> WorldView {
    WorldView(name: name, summary: field.summary) { seed, width, height in
      let environment = VectorEnvironment(self, count: 1)
      environment.reset(seed: seed)
      let fields = specification.observation.fields
      let start = fields.prefix { $0.name != field.name }.reduce(0) { $0 + $1.count }
      let bytes = UnsafeBufferPointer(start: environment.observations + start, count: field.count)
      return Picture(width: field.shape[1], height: field.shape[0], bytes: Array(bytes))
        .scaled(width: width, height: height)
    }
  }
}
