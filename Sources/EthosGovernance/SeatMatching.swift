/// Gives seats to people so that as many seats as possible are filled and nobody sits twice.
///
/// This is bipartite matching by augmenting paths: seats × people × seats steps at worst.
package enum SeatMatching {
  /// For each seat the person in it, or nil.
  ///
  /// `eligible` says for each seat which people may fill it.
  ///
  /// Seats are filled in the given order, by default from the first, and what is filled stays so. Of equal answers the
  /// same one is given whatever the order of the people.
  package static func fill(_ eligible: [Set<String>], order: [Int]? = nil) -> [String?] {
    let choices = eligible.map { $0.sorted() }
    var seatOf: [String: Int] = [:]
    for seat in order ?? Array(choices.indices) {
      var visited: Set<String> = []
      _ = seatIn(seat, choices, &seatOf, &visited)
    }
    var result = [String?](repeating: nil, count: choices.count)
    for (person, seat) in seatOf { result[seat] = person }
    return result
  }

  /// Finds somebody for a seat, moving others to other seats where that helps.
  private static func seatIn(
    _ seat: Int, _ choices: [[String]], _ seatOf: inout [String: Int], _ visited: inout Set<String>
  ) -> Bool {
    for person in choices[seat] where visited.insert(person).inserted {
      let isFree: Bool
      if let taken = seatOf[person] {
        isFree = seatIn(taken, choices, &seatOf, &visited)
      } else {
        isFree = true
      }
      guard isFree else { continue }
      seatOf[person] = seat
      return true
    }
    return false
  }
}
