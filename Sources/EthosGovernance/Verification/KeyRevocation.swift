package import EthosModel
package import EthosRecord
package import EthosText

/// A key of a person whose last day was set to one that had passed: it was stolen, or is feared to be.
package struct KeyRevocation: Hashable, Sendable {
  package var person: String
  package var key: SigningKey
  package var lastDay: Day

  package init(person: String, key: SigningKey, lastDay: Day) {
    self.person = person
    self.key = key
    self.lastDay = lastDay
  }

  /// The keys that a change of `people/` revokes so, given the day on which it was made.
  ///
  /// What had its last day before, or has a later one, is replaced and not revoked.
  package static func revocations(from before: Snapshot, to after: Snapshot, on day: Day) -> [KeyRevocation] {
    after.all(.person).flatMap { person -> [KeyRevocation] in
      let past = terms(before[person.key])
      return terms(person).compactMap { key, until in
        guard let until, until < day, let was = past.first(where: { $0.key == key }),
          was.until.map({ $0 > until }) ?? true
        else { return nil }
        return KeyRevocation(person: person.key.id, key: key, lastDay: until)
      }
    }
  }

  private static func terms(_ person: Document?) -> [(key: SigningKey, until: Day?)] {
    (person?.meaning["keys"]?.list ?? []).compactMap { node in
      Signers.key(of: node).map { ($0, node.record?["until"]?.day) }
    }
  }

  /// What is said of the records that the key signed after that day, and that counted: each in words, with the commit
  /// that revoked it and the person's name.
  ///
  /// Nil where there are none.
  package func finding(_ records: [String], commit: ObjectID, by name: String) -> Finding? {
    guard !records.isEmpty else { return nil }
    return Finding(
      "signed-after-revocation", .note,
      "a key of \(name) was revoked after \(lastDay), and \(records.count == 1 ? "what" : "\(records.count) records that") "
        + "it had signed since then counted",
      commit: commit, entries: [EntryKey(.person, person)],
      rule: "what was ratified before a key was revoked stays so: it is for people to say what of it holds",
      signed: records,
      help: [
        "look at each, commit by commit, and let the owner of what is wanted say so: `ethos reaffirm REF --because …`",
        "reverse what is not: `ethos help signatures` has the steps",
      ])
  }
}
