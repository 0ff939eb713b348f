/// Where tools can be made: cells from which things that are needed nearby are at hand, several at once or some of them.
struct ExpertWorkplaces {
  /// A cell, what is needed and at hand there, and the cost of going there.
  struct Place {
    var cell: Int
    var mask: MaterialMask
    var cost: Int
  }

  /// For every set of things that is at hand somewhere, the nearest such cell.
  private var nearest: [Place] = []
  private let scene: ExpertScene
  private static let around = (-1...1).flatMap { dx in (-1...1).map { dy in dx * CrafterMap.stride + dy } }

  /// Looks about for all that is needed for anything.
  init(_ search: ExpertSearch, _ scene: ExpertScene, _ needed: MaterialMask) {
    self.scene = scene
    var masks: [Int: MaterialMask] = [:]
    for station in ExpertScene.cells where needed.contains(scene.materials[station]) {
      for offset in Self.around {
        masks[station + offset, default: 0] |= 1 << MaterialMask(scene.materials[station])
      }
    }
    for cell in masks.keys.sorted()
    where search.distance[cell] < ExpertSearch.never && Self.isWithinReach(cell) {
      // What digging or bridging would change about a cell's own material does not matter: it is never needed nearby.
      let place = Place(cell: cell, mask: masks[cell]!, cost: search.distance[cell])
      if let index = nearest.firstIndex(where: { $0.mask == place.mask }) {
        if place.cost < nearest[index].cost { nearest[index] = place }
      } else {
        nearest.append(place)
      }
    }
  }

  /// The nearest places with each part of what is needed, the player's own with none included.
  func places(with needed: MaterialMask) -> [Place] {
    [Place(cell: scene.cell, mask: 0, cost: 0)]
      + nearest.filter { $0.mask & needed != 0 }.map {
        Place(cell: $0.cell, mask: $0.mask & needed, cost: $0.cost)
      }
  }

  /// Whether each of some things is at most two cells away along both axes, so that there is a cell between.
  func isNear(_ cell: Int, _ stations: MaterialMask) -> Bool {
    var mask: MaterialMask = 0
    for dx in -2...2 {
      for dy in -2...2 { mask |= 1 << MaterialMask(scene.materials[cell + dx * CrafterMap.stride + dy]) }
    }
    return mask & stations == stations
  }

  /// Whether anything is at hand of who stands on a cell; see ``CrafterWorld/nearby()``.
  private static func isWithinReach(_ cell: Int) -> Bool {
    cell / CrafterMap.stride > CrafterMap.margin && cell % CrafterMap.stride > CrafterMap.margin
  }
}
