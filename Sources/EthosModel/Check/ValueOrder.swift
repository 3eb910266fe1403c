/// The relation `outranks` among values, as a graph.
package struct ValueOrder {
  private let ids: [String]
  private let places: [String: Int]
  /// For each value those that it outranks.
  private let below: [[Int]]

  /// Collects the relation; names of values that are not given are left out.
  package init(_ values: [Document]) {
    let ids = values.map(\.key.id)
    let places = Dictionary(ids.enumerated().map { ($1, $0) }) { first, _ in first }
    self.ids = ids
    self.places = places
    below = values.map { value in value.meaning["outranks"]?.texts.compactMap { places[$0] } ?? [] }
  }

  /// A shortest circle through the first value of each set of values that outrank one another: `[a, b, a]`.
  func loops() -> [[String]] {
    StronglyConnectedComponents.find(below).compactMap { component in
      guard let first = component.min() else { return nil }
      guard component.count > 1 || below[first].contains(first) else { return nil }
      let members = Set(component)
      let tree = tree(from: first) { members.contains($0) }
      // The last step of a shortest circle comes from the nearest member that outranks the first.
      let last = tree.order.first { below[$0].contains(first) }
      return last.map { (path(to: $0, tree.parents) + [first]).map { ids[$0] } }
    }
    .sorted { utf8Precedes($0.first ?? "", $1.first ?? "") }
  }

  /// The values reached from one, nearest first, each with the one before it.
  private func tree(from root: Int, within isMember: (Int) -> Bool = { _ in true }) -> (
    order: [Int], parents: [Int: Int]
  ) {
    var order = [root]
    var parents = [root: root]
    var next = 0
    while next < order.count {
      let value = order[next]
      next += 1
      for lower in below[value] where parents[lower] == nil && isMember(lower) {
        parents[lower] = value
        order.append(lower)
      }
    }
    return (order, parents)
  }

  private func path(to end: Int, _ parents: [Int: Int]) -> [Int] {
    var path = [end]
    while let last = path.last, let parent = parents[last], parent != last { path.append(parent) }
    return path.reversed()
  }

  /// Answers how one value outranks another; what a value reaches is found once.
  package struct Chains {
    private let order: ValueOrder
    private var trees: [Int: [Int: Int]] = [:]

    package init(_ order: ValueOrder) { self.order = order }

    /// A shortest chain by which one value outranks another, both included; nil where it does not.
    package mutating func chain(from higher: String, to lower: String) -> [String]? {
      guard higher != lower, let from = order.places[higher], let end = order.places[lower],
        !order.below[from].isEmpty
      else { return nil }
      let parents = trees[from] ?? order.tree(from: from).parents
      trees[from] = parents
      guard parents[end] != nil else { return nil }
      return order.path(to: end, parents).map { order.ids[$0] }
    }
  }
}
