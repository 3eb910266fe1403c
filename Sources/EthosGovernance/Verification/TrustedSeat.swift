package import EthosModel
package import EthosRecord
package import EthosText

/// One of those that somebody trusts to vouch for the first commit: a key, or a person with the keys that they have there.
package struct TrustedSeat: Hashable, Sendable {
  /// The person's id; nil for a key.
  package var person: String?
  /// Any of them signs for this seat.
  package var keys: [SigningKey]

  package init(person: String? = nil, keys: [SigningKey]) {
    self.person = person
    self.keys = keys
  }

  /// As it is shown.
  package var name: String { person ?? keys.first?.abbreviated ?? "" }

  /// Why words cannot be taken for seats.
  package struct Problem: Error, Hashable, Sendable {
    package var message: String
    package var help: String
  }

  /// Reads what somebody trusts: public keys, and ids of people of the first commit.
  ///
  /// Two seats have no key in common: who holds it would count twice. A key that had ended when the first commit was made
  /// is left out.
  package static func read(_ words: [String], people snapshot: Snapshot, on day: Day) throws(Problem) -> [TrustedSeat] {
    var seats: [TrustedSeat] = []
    for word in words {
      let seat: TrustedSeat
      if let key = SigningKey(word) { seat = TrustedSeat(keys: [key]) } else { seat = try person(word, snapshot, day) }
      if let other = seats.first(where: { !Set($0.keys).isDisjoint(with: seat.keys) }) {
        throw Problem(
          message: other == seat
            ? "`\(seat.name)` is given twice" : "`\(other.name)` and `\(seat.name)` have a key in common",
          help: "give each key and each person once: who holds the key would count twice")
      }
      seats.append(seat)
    }
    return seats
  }

  private static func person(_ id: String, _ snapshot: Snapshot, _ day: Day) throws(Problem) -> TrustedSeat {
    guard let document = snapshot[EntryKey(.person, id)] else {
      let looksLikeKey = id.utf8.contains(UInt8(ascii: " ")) || id.utf8.count > 60
      throw Problem(
        message: looksLikeKey
          ? "`\(id)` is no public key" : "`\(id)` is no public key, and nobody of the first commit's `people/`",
        help: "write a key as in `ssh-ed25519 AAAA…`, in quotes")
    }
    let keys = (document.meaning["keys"]?.list ?? []).compactMap { node -> SigningKey? in
      if let until = node.record?["until"]?.day, until < day { return nil }
      return Signers.key(of: node)
    }
    guard !keys.isEmpty else {
      throw Problem(
        message: "`\(id)` has no key in the first commit's `people/`",
        help: "give the key itself, as in `ssh-ed25519 AAAA…`, in quotes")
    }
    return TrustedSeat(person: id, keys: keys)
  }
}
