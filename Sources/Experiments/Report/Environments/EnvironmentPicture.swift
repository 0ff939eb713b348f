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
    typealias Drawing = (name: String, draw: () -> Picture)
    var drawings: [Drawing] = (kind.views + [kind.agentView].compactMap(\.self)).map { view in
      (view.name, { kind.picture(view, seed: seed, width: width, height: height) })
    }
    for name in try entry(id).observations {
      let kind = try self.kind(id, observation: name, settings: settings)
      if let field = kind.specification.observation.fields.first(where: \.isPicture) {
        drawings.append((name, { kind.picture(field, seed: seed).scaled(width: width, height: height) }))
      }
    }
    guard let first = drawings.first else {
      throw ExperimentError.mistake(
        "\(id) cannot be drawn: it has neither a view nor an observation that is a picture.")
    }
    guard let chosen = view.map({ name in drawings.first { $0.name == name } }) ?? first else {
      throw ExperimentError.mistake(
        "\(id) has no view '\(view ?? "")'; choose one of: \(drawings.map(\.name).joined(separator: ", ")).")
    }
    return chosen.draw()
  }
}

extension ObservationField {
  /// Whether it is rows of points of red, green and blue.
  fileprivate var isPicture: Bool { kind == .intensity && shape.count == 3 && shape[2] == 3 }
}

extension WorldKind {
  /// A view of how the first episode of a seed begins.
  fileprivate func picture(_ view: WorldView, seed: UInt64, width: Int, height: Int) -> Picture {
    let environment = VectorEnvironment(self, count: 1)
    environment.reset(seed: seed)
    environment.makeWhole(in: 0..<1)
    let canvas = Canvas(width: width, height: height)
    environment.draw(
      world: 0, with: view.painter(width: width, height: height, for: .still), on: canvas)
    return canvas.picture
  }

  /// What an agent sees there in a field of its observation.
  fileprivate func picture(_ field: ObservationField, seed: UInt64) -> Picture {
    let environment = VectorEnvironment(self, count: 1)
    environment.reset(seed: seed)
    let fields = specification.observation.fields
    let start = fields.prefix { $0.name != field.name }.reduce(0) { $0 + $1.count }
    let bytes = UnsafeBufferPointer(start: environment.observations + start, count: field.count)
    return Picture(width: field.shape[1], height: field.shape[0], bytes: Array(bytes))
  }
}
