/// The names that a mapping has given so far, each with its place.
///
/// Mappings are short: the first names are compared one by one, and only many are hashed.
struct SeenNames {
  private var few: [(name: String, place: Int)] = []
  private var many: [String: Int] = [:]

  subscript(name: String) -> Int? {
    for seen in few where seen.name == name { return seen.place }
    return many.isEmpty ? nil : many[name]
  }

  /// Takes a name; gives the place of the same name where it was taken before.
  mutating func insert(_ name: String, at place: Int) -> Int? {
    if let first = self[name] { return first }
    if few.count < 16 { few.append((name, place)) } else { many[name] = place }
    return nil
  }
}
