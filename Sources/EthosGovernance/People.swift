package import EthosModel

/// The people of an identity, by id and by e-mail address.
package struct People: Sendable {
  package struct Person: Hashable, Sendable {
    package var id: String
    package var name: String
    package var emails: [String]
  }

  private let byID: [String: Person]
  private let byEmail: [String: [String]]

  package init(snapshot: Snapshot) {
    var byID: [String: Person] = [:]
    var byEmail: [String: [String]] = [:]
    for document in snapshot.all(.person) {
      let emails = document.meaning["emails"]?.texts ?? []
      byID[document.key.id] = Person(id: document.key.id, name: document.title, emails: emails)
      for email in Set(emails.map(People.folded)) { byEmail[email, default: []].append(document.key.id) }
    }
    self.byID = byID
    self.byEmail = byEmail
  }

  package subscript(id id: String) -> Person? { byID[id] }

  /// The ids of all people, sorted.
  package var ids: [String] { byID.keys.sorted() }

  /// The person whose address this is, whatever its case; nil where it is nobody's, or more than one person's: then
  /// nobody can tell who wrote.
  package func person(email: String) -> Person? {
    guard let ids = byEmail[People.folded(email)], ids.count == 1 else { return nil }
    return ids.first.flatMap { byID[$0] }
  }

  /// Everybody who has this address.
  package func ids(email: String) -> [String] { byEmail[People.folded(email)] ?? [] }

  /// The addresses that more than one person has, with those people.
  package var shared: [(email: String, people: [String])] {
    byEmail.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  static func folded(_ email: String) -> String { email.lowercased() }
}
