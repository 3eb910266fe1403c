package import EthosModel

/// Which limits a decision uses, and which of them a cell of its table names.
struct LimitUse {
  /// The limits by the names that cells may use.
  private let limits: [ExactText: EntryKey]
  /// All names that cells may use, longest first: FEEL reads the longest name that fits.
  private let names: [[Unicode.Scalar]]

  init(_ decision: Record) {
    var limits: [ExactText: EntryKey] = [:]
    var names = Set((decision["inputs"]?.list ?? []).compactMap { $0.record?["name"]?.text }.map(ExactText.init))
    for entry in decision["uses"]?.record?.entries ?? [] {
      names.insert(ExactText(entry.name))
      if let key = LimitUse.limit(entry.value) { limits[ExactText(entry.name)] = key }
    }
    self.limits = limits
    self.names = names.map { Array($0.text.unicodeScalars) }.filter { !$0.isEmpty }.sorted {
      $0.count == $1.count ? $0.lexicographicallyPrecedes($1) : $0.count > $1.count
    }
  }

  /// The limits that have a name.
  var all: Set<EntryKey> { Set(limits.values) }

  /// The limits that a cell, or the cells of a whole rule or answer, name.
  func limits(in node: Node?) -> Set<EntryKey> {
    guard let node, !limits.isEmpty else { return [] }
    switch node.content {
    case .text(let text): return limits(in: text)
    case .record(let record):
      let annotations = Set(RuleColumn.annotations.map(\.name))
      return record.entries.filter { !annotations.contains($0.name) }.reduce(into: []) { found, entry in
        found.formUnion(limits(in: entry.value))
      }
    case .list(let items): return items.reduce(into: []) { $0.formUnion(limits(in: $1)) }
    case .number, .boolean, .day: return []
    }
  }

  /// The limit that a reference names, or nil where it names something else.
  static func limit(_ node: Node?) -> EntryKey? {
    guard let text = node?.text, let key = (try? Reference(parsing: text))?.key, key.kind == .limit else { return nil }
    return key
  }

  private func limits(in text: String) -> Set<EntryKey> {
    let scalars = Array(text.unicodeScalars)
    var found: Set<EntryKey> = []
    var index = 0
    while index < scalars.count {
      if scalars[index] == "\"" {
        index = LimitUse.endOfString(scalars, from: index)
      } else if !LimitUse.isNamePart(scalars[index]) {
        index += 1
      } else if let name = names.first(where: { LimitUse.stands($0, in: scalars, at: index) }) {
        if let limit = limits[ExactText(String(String.UnicodeScalarView(name)))] { found.insert(limit) }
        index += name.count
      } else {
        while index < scalars.count, LimitUse.isNamePart(scalars[index]) { index += 1 }
      }
    }
    return found
  }

  private static func stands(_ name: [Unicode.Scalar], in scalars: [Unicode.Scalar], at index: Int) -> Bool {
    let end = index + name.count
    guard end <= scalars.count, scalars[index..<end].elementsEqual(name) else { return false }
    return end == scalars.count || !isNamePart(scalars[end])
  }

  private static func endOfString(_ scalars: [Unicode.Scalar], from start: Int) -> Int {
    var index = start + 1
    while index < scalars.count, scalars[index] != "\"" { index += scalars[index] == "\\" ? 2 : 1 }
    return min(index + 1, scalars.count)
  }

  private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }
}

/// The limits that a decision uses before and after, and which of them its rules name.
struct LimitUseOnBothSides {
  let before: LimitUse
  let after: LimitUse
  let namedBefore: Set<EntryKey>
  let namedAfter: Set<EntryKey>

  init(before: Record, after: Record) {
    self.before = LimitUse(before)
    self.after = LimitUse(after)
    namedBefore = self.before.limits(in: before["rules"])
    namedAfter = self.after.limits(in: after["rules"])
  }
}

extension Change {
  /// The limits that a `limit-bypassed` change takes out of use: their quorum is needed too.
  package func bypassedLimits(in before: Snapshot) -> [EntryKey] {
    guard kind == .limitBypassed, let decision = before[entry]?.meaning else { return [] }
    if field.field == "uses" { return LimitUse.limit(self.before).map { [$0] } ?? [] }
    return LimitUse(decision).limits(in: self.before).sorted()
  }
}
