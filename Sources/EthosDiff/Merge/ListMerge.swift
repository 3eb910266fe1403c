import EthosModel

/// The items of three lists, brought together: which is which, and in what order they stand.
struct ListMerge {
  /// One item in all its states; where it is missing it is gone, or not there yet.
  struct Slot {
    var key: String
    var base: Node?
    var ours: Node?
    var theirs: Node?
    /// Whether it is known by a key of its own rather than by its content or likeness.
    var isKeyed: Bool
    /// What becomes of it; nil where it goes.
    var node: Node?
  }

  /// Whether the order of each state says something, and that of the result.
  struct Order {
    var base: Bool
    var ours: Bool
    var theirs: Bool
    var merged: Bool
  }

  var slots: [Slot] = []
  /// The slots in the order of each list.
  private var base: [Int] = []
  private var ours: [Int] = []
  private var theirs: [Int] = []

  /// Fails where a key names two items, or two things; and, of lists whose items take each other's place, where both
  /// sides took the same item out and put in different ones.
  init?(_ before: [Node], _ left: [Node], _ right: [Node], _ type: FieldType, replacing: Bool) {
    guard let mine = ItemMatch(before, left, type: type), let other = ItemMatch(before, right, type: type),
      let new = ItemMatch(left, right, type: type)
    else { return nil }
    for (index, item) in before.enumerated() {
      let (ourIndex, theirIndex) = (mine.afterIndex[index], other.afterIndex[index])
      let isKeyed =
        ourIndex.map { mine.isKeyed(before: index, after: $0) } ?? true
        && theirIndex.map { other.isKeyed(before: index, after: $0) } ?? true
      slots.append(
        Slot(
          key: mine.beforeKeys[index], base: item, ours: ourIndex.map { left[$0] },
          theirs: theirIndex.map { right[$0] },
          isKeyed: isKeyed))
    }
    base = Array(before.indices)
    var added: [ExactText: Int] = [:]
    var counts = (ours: 0, theirs: 0)
    for (index, item) in left.enumerated() {
      if let known = mine.beforeIndex[index] {
        ours.append(known)
        continue
      }
      added[ExactText(new.beforeKeys[index])] = slots.count
      ours.append(slots.count)
      counts.ours += 1
      slots.append(Slot(key: new.beforeKeys[index], base: nil, ours: item, theirs: nil, isKeyed: true))
    }
    for (index, item) in right.enumerated() {
      if let known = other.beforeIndex[index] {
        theirs.append(known)
      } else if let same = added[ExactText(new.afterKeys[index])] {
        slots[same].theirs = item
        theirs.append(same)
        counts.ours -= 1
      } else {
        theirs.append(slots.count)
        counts.theirs += 1
        slots.append(Slot(key: new.afterKeys[index], base: nil, ours: nil, theirs: item, isKeyed: true))
      }
    }
    let isReplaced = slots.contains { $0.base != nil && $0.ours == nil && $0.theirs == nil }
    if replacing, isReplaced, counts.ours > 0, counts.theirs > 0 { return nil }
  }

  /// Whether no two items of the result have one key.
  func hasUniqueKeys(_ type: FieldType) -> Bool {
    var seen: Set<ExactText> = []
    return slots.compactMap(\.node).allSatisfy { seen.insert(ExactText(type.key(of: $0))).inserted }
  }

  // MARK: - Order

  /// The order of the items that are left, and whether it follows from the sides.
  ///
  /// What all three have keeps its order, or takes that of the side which changed it. What is new stands between the
  /// neighbours that its side gave it; where they are no neighbours any more, or both sides put something else between
  /// them, nobody knows.
  func ordered(_ order: Order) -> (items: [Int], isCertain: Bool) {
    func left(_ list: [Int]) -> [Int] { list.filter { slots[$0].node != nil } }
    let common = Set(left(base)).intersection(ours).intersection(theirs)
    let orders = [base, ours, theirs].map { $0.filter(common.contains) }
    var isCertain = true
    var spine = orders[0]
    let isOursMoved = order.ours && (!order.base || orders[1] != orders[0])
    let isTheirsMoved = order.theirs && (!order.base || orders[2] != orders[0])
    switch (isOursMoved, isTheirsMoved) {
    case (true, true):
      spine = orders[1]
      isCertain = orders[1] == orders[2]
    case (true, false): spine = orders[1]
    case (false, true): spine = orders[2]
    case (false, false): break
    }
    var gaps: [Int: (ours: [Int], theirs: [Int])] = [:]
    let positions = Dictionary(spine.enumerated().map { ($1, $0) }) { first, _ in first }
    for (list, isOurs, hasOrder) in [(left(ours), true, order.ours), (left(theirs), false, order.theirs)] {
      var (gap, items): (Int, [Int]) = (0, [])
      func close(before next: Int?) {
        guard !items.isEmpty else { return }
        // The neighbours must still be neighbours; one that both sides lack was nobody's.
        if (next.flatMap { positions[$0] } ?? spine.count) != gap || !hasOrder { isCertain = false }
        if isOurs { gaps[gap, default: ([], [])].ours += items } else { gaps[gap, default: ([], [])].theirs += items }
        items = []
      }
      for item in list {
        guard let position = positions[item] else {
          items.append(item)
          continue
        }
        close(before: item)
        gap = position + 1
      }
      close(before: nil)
    }
    var result: [Int] = []
    for index in 0...spine.count {
      if let gap = gaps[index] {
        if !gap.ours.isEmpty, !gap.theirs.isEmpty, gap.ours != gap.theirs { isCertain = false }
        let known = Set(gap.ours)
        result += gap.ours + gap.theirs.filter { !known.contains($0) }
      }
      if index < spine.count { result.append(spine[index]) }
    }
    if Set(result).count != result.count { isCertain = false }
    return (result, isCertain)
  }

  /// An order for a list of which the sides have none in common: that of one side, then what it does not have.
  func preferred(_ side: MergeSide, _ all: [Int]) -> [Int] {
    let first = side.choose(base: base, ours: ours, theirs: theirs).filter { slots[$0].node != nil }
    var seen = Set(first)
    let rest = all.filter { seen.insert($0).inserted }
    return first + rest.sorted { utf8Precedes(slots[$0].key, slots[$1].key) }
  }
}
