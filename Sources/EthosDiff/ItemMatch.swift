import EthosModel

/// Which items of two lists are the same item: those with one key, then those without a key that are most alike.
///
/// The match of exchanged lists is the exchanged match.
struct ItemMatch {
  let beforeKeys: [String]
  let afterKeys: [String]
  /// For each item before, its index after; nil where it is gone.
  private(set) var afterIndex: [Int?]
  /// For each item after, its index before; nil where it is new.
  private(set) var beforeIndex: [Int?]
  private var paired: Set<Int> = []

  /// Fails where a key names two items of a list, or different things on the two sides.
  init?(_ before: [Node], _ after: [Node], type: FieldType) {
    beforeKeys = before.map { type.key(of: $0) }
    afterKeys = after.map { type.key(of: $0) }
    afterIndex = Array(repeating: nil, count: before.count)
    beforeIndex = Array(repeating: nil, count: after.count)
    guard let left = ItemMatch.index(beforeKeys), ItemMatch.index(afterKeys) != nil else { return nil }
    for (index, key) in afterKeys.enumerated() {
      guard let old = left[ExactText(key)] else { continue }
      guard before[old] == after[index] || type.hasSameKey(before[old], after[index]) else { return nil }
      afterIndex[old] = index
      beforeIndex[index] = old
    }
    let pairs = ItemPairing.pairs(
      before.enumerated().filter { afterIndex[$0.offset] == nil }.map { ($0.offset, $0.element) },
      after.enumerated().filter { beforeIndex[$0.offset] == nil }.map { ($0.offset, $0.element) }, type: type)
    for pair in pairs {
      afterIndex[pair.before] = pair.after
      beforeIndex[pair.after] = pair.before
      paired.insert(pair.after)
    }
  }

  /// Whether a matched item goes by its key rather than by likeness.
  func isKeyed(before: Int, after: Int) -> Bool { !paired.contains(after) }

  /// The keys of the items on both sides from the first to the last that stands otherwise, in both orders;
  /// nil where none does.
  var movedKeys: (before: [String], after: [String])? {
    let left = afterIndex.indices.filter { afterIndex[$0] != nil }
    let right = beforeIndex.compactMap { $0 }
    guard let first = zip(left, right).enumerated().first(where: { $1.0 != $1.1 })?.offset,
      let last = zip(left, right).enumerated().reversed().first(where: { $1.0 != $1.1 })?.offset
    else { return nil }
    return (
      left[first...last].map { beforeKeys[$0] },
      // INVARIANT: `right` holds only items that have an index after.
      right[first...last].compactMap { afterIndex[$0] }.map { afterKeys[$0] }
    )
  }

  private static func index(_ keys: [String]) -> [ExactText: Int]? {
    var result: [ExactText: Int] = [:]
    for (index, key) in keys.enumerated() {
      guard result.updateValue(index, forKey: ExactText(key)) == nil else { return nil }
    }
    return result
  }
}

extension FieldType {
  /// Whether two items name themselves, and by the same name.
  fileprivate func hasSameKey(_ left: Node, _ right: Node) -> Bool {
    let name: String
    switch self {
    case .items(let key, _, _, _): name = key
    case .rules: name = "id"
    default: return false
    }
    guard let left = left.record?[name], let right = right.record?[name] else { return false }
    return left == right
  }
}
