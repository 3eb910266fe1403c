/// Puts new ranks among those of a charter.
enum RankOrder {
  /// The ranks in their order with the added ones: each stands after the nearest rank above it in `order` that is
  /// there, else before the nearest one below it, else at the end.
  ///
  /// Ranks that were there are not moved.
  static func inserting(_ added: [String], into ranks: [String], by order: [String]) -> [String] {
    var result = ranks
    let ordered = order.filter { added.contains($0) } + added.filter { !order.contains($0) }
    for rank in ordered where !result.contains(rank) {
      guard let place = order.firstIndex(of: rank) else {
        result.append(rank)
        continue
      }
      let above = order[..<place].last { result.contains($0) }
      let below = order[(place + 1)...].first { result.contains($0) }
      let index =
        above.flatMap { result.firstIndex(of: $0).map { $0 + 1 } } ?? below.flatMap { result.firstIndex(of: $0) }
      result.insert(rank, at: index ?? result.count)
    }
    return result
  }
}
