/// Where the nodes of a directed graph stand when it is drawn in layers, edges leading from left to right (Sugiyama,
/// Tagawa and Toda 1981): each node a layer after the last of those that lead to it, and within their layers in an order
/// in which few edges cross.
///
/// - Complexity: a few passes over the edges, each taken once for every layer that it passes.
struct LayeredLayout {
  /// A place: the layer, and how far down, the height of a node with its gap being 1.
  struct Place: Equatable {
    var layer: Int
    var height: Double
  }

  /// The place of each node.
  private(set) var nodes: [Place]
  /// For each edge the places that it passes, those of its ends included, from left to right unless it closes a circle.
  private(set) var routes: [[Place]]
  /// The layers, and the height of all.
  private(set) var layers = 0, height = 0.0

  /// How much room an edge takes that passes a layer, compared to a node.
  private static let passing = 0.3

  /// Lays out `count` nodes with edges between them. Nodes without any edge stand in rows below the others.
  init(count: Int, edges: [(from: Int, to: Int)]) {
    nodes = Array(repeating: Place(layer: 0, height: 0), count: count)
    routes = Array(repeating: [], count: edges.count)
    let forward = Self.withoutCircles(count, edges)
    let layer = Self.longestPaths(count, forward)
    let isConnected = (0..<count).map { node in edges.contains { $0.from == node || $0.to == node } }

    // Edges over several layers get a stop in each of them, so that from here on edges join neighbouring layers.
    var layerOf = layer, stops = forward.map { [$0.from] }
    for (i, edge) in forward.enumerated() where layer[edge.from] < layer[edge.to] {
      for between in (layer[edge.from] + 1)..<layer[edge.to] {
        stops[i].append(layerOf.count)
        layerOf.append(between)
      }
      stops[i].append(edge.to)
    }
    var rows = [[Int]](repeating: [], count: (layerOf.max() ?? 0) + 1)
    for (stop, layer) in layerOf.enumerated() where stop >= count || isConnected[stop] {
      rows[layer].append(stop)
    }
    var before = [[Int]](repeating: [], count: layerOf.count), after = before
    for chain in stops {
      for (a, b) in zip(chain, chain.dropFirst()) {
        after[a].append(b)
        before[b].append(a)
      }
    }
    Self.order(&rows, before, after)
    var heights = Self.heights(
      rows, before, after, room: layerOf.indices.map { $0 < count ? 1 : Self.passing })

    let used = rows.flatMap { $0 }
    let least = used.map { heights[$0] }.min() ?? 0
    for stop in used { heights[stop] -= least }
    height = used.map { heights[$0] + 1 }.max() ?? 0
    layers = used.isEmpty ? 0 : rows.count
    for node in 0..<count where isConnected[node] {
      nodes[node] = Place(layer: layer[node], height: heights[node])
    }
    for (i, chain) in stops.enumerated() {
      let route = chain.map { Place(layer: layerOf[$0], height: heights[$0]) }
      routes[i] = forward[i].from == edges[i].from ? route : route.reversed()
    }
    placeAlone((0..<count).filter { !isConnected[$0] })
  }

  private mutating func placeAlone(_ alone: [Int]) {
    guard !alone.isEmpty else { return }
    let columns = max(layers, min(alone.count, 6))
    let top = height + (height > 0 ? 0.4 : 0)
    for (i, node) in alone.enumerated() {
      nodes[node] = Place(layer: i % columns, height: top + Double(i / columns))
    }
    layers = columns
    height = top + Double((alone.count - 1) / columns + 1)
  }

  /// The edges, those turned round that lead back to a node from which a walk in the order of the nodes came.
  private static func withoutCircles(_ count: Int, _ edges: [(from: Int, to: Int)]) -> [(from: Int, to: Int)]
  {
    var result = edges
    var leaving = [[Int]](repeating: [], count: count)
    for (i, edge) in edges.enumerated() { leaving[edge.from].append(i) }
    var isOnWay = [Bool](repeating: false, count: count), isDone = isOnWay
    func walk(_ node: Int) {
      isOnWay[node] = true
      for i in leaving[node] {
        let next = edges[i].to
        if isOnWay[next] { result[i] = (from: next, to: node) } else if !isDone[next] { walk(next) }
      }
      isOnWay[node] = false
      isDone[node] = true
    }
    for node in 0..<count where !isDone[node] { walk(node) }
    return result
  }

  /// For each node the number of edges of the longest path to it.
  private static func longestPaths(_ count: Int, _ edges: [(from: Int, to: Int)]) -> [Int] {
    var layer = [Int](repeating: 0, count: count)
    for _ in 0..<count {
      var isChanged = false
      for edge in edges where layer[edge.to] <= layer[edge.from] && edge.from != edge.to {
        layer[edge.to] = layer[edge.from] + 1
        isChanged = true
      }
      if !isChanged { break }
    }
    return layer
  }

  /// Orders each layer by the means of its neighbours' places, sweeping to and fro, and keeps the order with the fewest
  /// crossings.
  private static func order(_ rows: inout [[Int]], _ before: [[Int]], _ after: [[Int]]) {
    var place = [Int](repeating: 0, count: before.count)
    func note(_ row: [Int]) { for (i, stop) in row.enumerated() { place[stop] = i } }
    rows.forEach(note)
    var best = rows, fewest = Int.max
    for sweep in 0..<24 {
      let isForward = sweep % 2 == 0
      for r in isForward ? Array(rows.indices) : rows.indices.reversed() {
        let neighbours = isForward ? before : after
        let means = rows[r].map { stop -> Double in
          let near = neighbours[stop]
          return near.isEmpty
            ? Double(place[stop]) : Double(near.map { place[$0] }.reduce(0, +)) / Double(near.count)
        }
        let order = rows[r].indices.sorted { (means[$0], $0) < (means[$1], $1) }
        rows[r] = order.map { rows[r][$0] }
        note(rows[r])
      }
      let crossings = Self.crossings(rows, after, place)
      if crossings < fewest { (best, fewest) = (rows, crossings) }
    }
    rows = best
  }

  private static func crossings(_ rows: [[Int]], _ after: [[Int]], _ place: [Int]) -> Int {
    rows.reduce(0) { sum, row in
      let ends = row.flatMap { stop in after[stop].map { place[$0] }.sorted() }
      return sum + ends.indices.reduce(0) { sum, i in sum + ends[(i + 1)...].count { $0 < ends[i] } }
    }
  }

  /// Heights that keep the order of each layer and bring each node near the mean of its neighbours.
  private static func heights(
    _ rows: [[Int]], _ before: [[Int]], _ after: [[Int]], room: [Double]
  ) -> [Double] {
    var heights = [Double](repeating: 0, count: before.count)
    func settle(_ row: [Int], at wanted: [Double]) {
      // Pushed down from the top and up from the bottom; the mean of both keeps the distances too.
      var down = wanted, up = wanted
      func gap(_ i: Int) -> Double { (room[row[i]] + room[row[i + 1]]) / 2 }
      for i in row.indices.dropLast() { down[i + 1] = max(down[i + 1], down[i] + gap(i)) }
      for i in row.indices.dropLast().reversed() { up[i] = min(up[i], up[i + 1] - gap(i)) }
      for (i, stop) in row.enumerated() { heights[stop] = (down[i] + up[i]) / 2 }
    }
    for row in rows { settle(row, at: row.indices.map { Double($0) - Double(row.count) / 2 }) }
    for sweep in 0..<16 {
      for row in sweep % 2 == 0 ? rows : rows.reversed() {
        settle(
          row,
          at: row.map { stop in
            let near = before[stop] + after[stop]
            return near.isEmpty ? heights[stop] : near.map { heights[$0] }.reduce(0, +) / Double(near.count)
          })
      }
    }
    return heights
  }
}
