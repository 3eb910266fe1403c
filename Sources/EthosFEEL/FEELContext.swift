/// A context: entries in the order in which they were written, with keys that differ (DMN 1.5, 10.3.2.7).
///
/// Equality and hashing ignore the order. Looking up costs a scan of the keys up to eight entries, and a hash beyond.
package struct FEELContext: Sendable {
  package struct Entry: Sendable, Hashable {
    package let key: String
    package var value: FEELValue

    package init(_ key: String, _ value: FEELValue) {
      self.key = key
      self.value = value
    }
  }

  package private(set) var entries: [Entry] = []
  private var places: [FEELText: Int] = [:]

  package init() {}

  /// Of two entries with one key, the later value stays, at the place of the earlier.
  package init(_ entries: some Sequence<(String, FEELValue)>) {
    for (key, value) in entries { self[key] = value }
  }

  package var count: Int { entries.count }
  package var keys: [String] { entries.map(\.key) }

  private func place(of key: String) -> Int? {
    if entries.count > 8 { return places[FEELText(key)] }
    return entries.firstIndex { FEELText.areEqual($0.key, key) }
  }

  /// The value of a key; nil where there is no such entry.
  ///
  /// Setting nil removes the entry.
  package subscript(key: String) -> FEELValue? {
    get { place(of: key).map { entries[$0].value } }
    set {
      let place = place(of: key)
      switch (place, newValue) {
      case (let place?, let value?): entries[place].value = value
      case (nil, let value?):
        entries.append(Entry(key, value))
        if entries.count == 9 {
          indexEntries()
        } else if entries.count > 9 {
          places[FEELText(key)] = entries.count - 1
        }
      case (let place?, nil):
        entries.remove(at: place)
        indexEntries()
      case (nil, nil): break
      }
    }
  }

  private mutating func indexEntries() {
    places = [:]
    guard entries.count > 8 else { return }
    for (index, entry) in entries.enumerated() { places[FEELText(entry.key)] = index }
  }
}

extension FEELContext: Hashable {
  package static func == (left: FEELContext, right: FEELContext) -> Bool {
    left.count == right.count && left.entries.allSatisfy { right[$0.key] == $0.value }
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    var sum = 0
    for entry in entries {
      var inner = Hasher()
      inner.combine(FEELText(entry.key))
      inner.combine(entry.value)
      sum ^= inner.finalize()
    }
    hasher.combine(sum)
  }
}
