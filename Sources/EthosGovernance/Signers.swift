package import EthosModel
package import EthosRecord
package import EthosText

/// Whether a signature is that of the person who is named, on the day of the record.
package enum SignatureJudgement: Hashable, Sendable {
  case signed(person: String)
  case unsigned
  /// The signature is not one of this object, with the reason.
  case invalid(String)
  /// It could not be checked here, with the reason.
  case unchecked(String)
  /// The key is nobody's.
  case unknownKey(SigningKey)
  /// The key is another person's than the address's, or also another's: then nobody can tell who of them signed.
  case ofAnother(person: String)
  /// The key was the person's, but not on that day.
  case outsideTerm(person: String, from: Day?, until: Day?)
  /// The address is nobody's, or more than one person's; the key is somebody's.
  case unknownPerson
}

/// Who may sign with which key, by the people of one identity.
package struct Signers: Sendable {
  /// A key of a person for a period; both days belong to it.
  package struct Term: Hashable, Sendable {
    package var person: String
    package var key: SigningKey
    package var from: Day?
    package var until: Day?

    func covers(_ day: Day) -> Bool { from.map { $0 <= day } ?? true && until.map { day <= $0 } ?? true }
  }

  private let people: People
  /// In the order of people and of their files.
  private let terms: [Term]
  private let byKey: [SigningKey: [Term]]

  /// Reads the people of an identity; what is no key is nobody's, and `check` reports it.
  package init(snapshot: Snapshot) {
    people = People(snapshot: snapshot)
    terms = snapshot.all(.person).flatMap { document in
      (document.meaning["keys"]?.list ?? []).compactMap { node -> Term? in
        guard let key = Signers.key(of: node) else { return nil }
        return Term(
          person: document.key.id, key: key, from: node.record?["from"]?.day, until: node.record?["until"]?.day)
      }
    }
    byKey = Dictionary(grouping: terms, by: \.key)
  }

  /// The key of an item of `keys`; nil where it is none.
  static func key(of node: Node) -> SigningKey? {
    (node.record?["key"]?.text ?? node.text).flatMap { SigningKey($0) }
  }

  /// Whether anybody has a key.
  package var isEmpty: Bool { terms.isEmpty }

  /// The keys that more than one person has, with those people.
  var shared: [(key: SigningKey, people: [String])] {
    byKey.compactMap { key, terms in
      let people = Set(terms.map(\.person)).sorted()
      return people.count > 1 ? (key, people) : nil
    }.sorted { $0.key.text < $1.key.text }
  }

  /// What a verdict of cryptography means for a record that names this address, made on this day.
  package func judgement(of verdict: SignatureVerdict, by email: String, on day: Day) -> SignatureJudgement {
    switch verdict {
    case .unsigned: return .unsigned
    case .invalid(let reason): return .invalid(reason)
    case .unchecked(let reason): return .unchecked(reason)
    case .valid(let key):
      guard let terms = byKey[key], let first = terms.first else { return .unknownKey(key) }
      guard let person = people.person(email: email) else { return .unknownPerson }
      if let other = terms.first(where: { $0.person != person.id }) { return .ofAnother(person: other.person) }
      guard terms.contains(where: { $0.covers(day) }) else {
        return .outsideTerm(person: person.id, from: first.from, until: first.until)
      }
      return .signed(person: person.id)
    }
  }
}

extension Signers {
  /// The text of an OpenSSH file of allowed signers (`ssh-keygen(1)`), with which plain git checks the same signatures.
  ///
  /// Principals are a person's addresses. Days become moments in UTC, as OpenSSH reads them since 9.1; the last second of
  /// a key's last day is still its own. OpenPGP keys have no place in it: `gpg` has a keyring. `start` says at which
  /// moment a day begins.
  package func allowedSigners(start: (Day) -> Instant) -> String {
    var text = ""
    for term in terms where term.key.kind == .ssh {
      let principals = (people[id: term.person]?.emails ?? []).filter(Signers.isPrincipal)
      guard !principals.isEmpty else { continue }
      var options = ["namespaces=\"git\""]
      // Before 1970 there was no SSH.
      if let from = term.from, start(from).seconds > 0 { options.append("valid-after=\"\(start(from).compactUTC)\"") }
      if let until = term.until {
        // A period that ended before 1970 never was: OpenSSH has no word for that.
        var end = start(until.adding(days: 1))
        guard end.seconds > 1 else { continue }
        end.seconds -= 1
        options.append("valid-before=\"\(end.compactUTC)\"")
      }
      text += "\(principals.joined(separator: ",")) \(options.joined(separator: ",")) \(term.key)\n"
    }
    return text
  }

  /// Whether an address stands for itself alone in a list of patterns.
  private static func isPrincipal(_ email: String) -> Bool {
    !email.isEmpty && !email.begins(with: "#")
      && email.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && !"*?!,\"\\".utf8.contains($0) }
  }
}

extension Instant {
  /// `20260110000000Z`.
  fileprivate var compactUTC: String {
    let utc = Instant(seconds: seconds).iso8601
    return String(utc.prefix(19)).filter { $0.isNumber } + "Z"
  }
}
