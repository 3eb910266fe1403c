/// Values by key, of which those that nobody asked for lately are let go of: at most twice the limit are kept.
struct RecentValues<Key: Hashable, Value> {
  private let limit: Int
  private var recent: [Key: Value] = [:]
  private var older: [Key: Value] = [:]

  init(limit: Int) { self.limit = limit }

  subscript(key: Key) -> Value? {
    mutating get {
      if let value = recent[key] { return value }
      guard let value = older[key] else { return nil }
      self[key] = value
      return value
    }
    set {
      if recent.count >= limit {
        older = recent
        recent = [:]
      }
      recent[key] = newValue
    }
  }
}
