import EthosModel

/// Pairs of items that have no key in common but are two versions of one: an authority row whose quorum changed, a
/// rule without an id of which a cell changed.
///
/// Every rule here treats both sides alike, so that exchanged sides give the exchanged pairs.
enum ItemPairing {
  typealias Item = (index: Int, node: Node)
  typealias Pair = (before: Int, after: Int)

  /// More comparisons of rules by likeness than these are not made; such rules are then gone and new.
  static let maximumComparisons = 250_000

  static func pairs(_ before: [Item], _ after: [Item], type: FieldType) -> [Pair] {
    guard !before.isEmpty, !after.isEmpty else { return [] }
    var left = before
    var right = after
    var pairs: [Pair] = []
    switch type {
    case .rules:
      pairs += takeUnique(&left, &right) { rule in without(["id"], rule) }
      pairs += takeAlike(&left, &right)
    case .set(.record(let fields)):
      let names = Set(fields.map(\.name))
      for ignored in ignoredFields where ignored.isSubset(of: names) {
        pairs += takeUnique(&left, &right) { row in without(ignored, row) }
      }
    default: break
    }
    return pairs
  }

  /// What may differ between two versions of a row, from the least: an assertion's or example's reason, its cases or
  /// answer; an authority row's demands, its level.
  private static let ignoredFields: [Set<String>] = [
    ["because"], ["when", "because"], ["expect", "because"], ["quorum", "selfApproval", "veto", "because"],
    ["level", "quorum", "selfApproval", "veto", "because"],
  ]

  private static func without(_ names: Set<String>, _ node: Node) -> Node {
    guard let record = node.record else { return node }
    return .record(Record(record.entries.filter { !names.contains($0.name) }))
  }

  /// Pairs the items whose rest is the same, where exactly one on each side has that rest.
  private static func takeUnique(_ before: inout [Item], _ after: inout [Item], rest: (Node) -> Node) -> [Pair] {
    let left = Dictionary(grouping: before) { rest($0.node) }
    let right = Dictionary(grouping: after) { rest($0.node) }
    var pairs: [Pair] = []
    for (rest, items) in left {
      guard items.count == 1, let others = right[rest], others.count == 1 else { continue }
      pairs.append((items[0].index, others[0].index))
    }
    remove(pairs, &before, &after)
    return pairs
  }

  /// Pairs rules of which one at least has no id and which have half of their cells in common, the likest first.
  private static func takeAlike(_ before: inout [Item], _ after: inout [Item]) -> [Pair] {
    guard before.count.multipliedReportingOverflow(by: after.count).partialValue <= maximumComparisons else {
      return []
    }
    var candidates: [(pair: Pair, likeness: Int, texts: [String])] = []
    for old in before {
      for new in after where old.node.record?["id"] == nil || new.node.record?["id"] == nil {
        let likeness = likeness(old.node, new.node)
        guard likeness >= 50 else { continue }
        let texts = [old.node.summaryText, new.node.summaryText].sorted(by: utf8Precedes)
        candidates.append(((old.index, new.index), likeness, texts))
      }
    }
    candidates.sort { left, right in
      if left.likeness != right.likeness { return left.likeness > right.likeness }
      let (leftShift, rightShift) = (abs(left.pair.before - left.pair.after), abs(right.pair.before - right.pair.after))
      if leftShift != rightShift { return leftShift < rightShift }
      return left.texts.lexicographicallyPrecedes(right.texts, by: utf8Precedes)
    }
    var pairs: [Pair] = []
    var (usedBefore, usedAfter): (Set<Int>, Set<Int>) = ([], [])
    for candidate in candidates {
      guard !usedBefore.contains(candidate.pair.before), !usedAfter.contains(candidate.pair.after) else { continue }
      usedBefore.insert(candidate.pair.before)
      usedAfter.insert(candidate.pair.after)
      pairs.append(candidate.pair)
    }
    remove(pairs, &before, &after)
    return pairs
  }

  /// The cells in common in percent of all cells of both rules, ids left out.
  private static func likeness(_ left: Node, _ right: Node) -> Int {
    guard let left = left.record, let right = right.record else { return 0 }
    let names = Set((left.names + right.names).map(ExactText.init)).subtracting([ExactText("id")])
    guard !names.isEmpty else { return 0 }
    let common = names.filter { left[$0.text] != nil && left[$0.text] == right[$0.text] }.count
    return common * 100 / names.count
  }

  private static func remove(_ pairs: [Pair], _ before: inout [Item], _ after: inout [Item]) {
    let (left, right) = (Set(pairs.map(\.before)), Set(pairs.map(\.after)))
    before.removeAll { left.contains($0.index) }
    after.removeAll { right.contains($0.index) }
  }
}
