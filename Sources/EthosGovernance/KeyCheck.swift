package import EthosModel
import EthosRecord
package import EthosText

/// What is wrong with the keys of people: those that cannot be read (`key-invalid`), and those that several people have
/// (`shared-key`).
package enum KeyCheck {
  package static func diagnostics(_ snapshot: Snapshot) -> [Diagnostic] {
    let documents = snapshot.all(.person)
    var found: [Diagnostic] = []
    for document in documents {
      for node in document.meaning["keys"]?.list ?? [] where Signers.key(of: node) == nil {
        found.append(
          Diagnostic(
            "key-invalid", .error, "`\((node.record?["key"] ?? node).summaryText)` is no key that can sign",
            at: document.location((node.record?["key"] ?? node).span ?? document.fields["keys"]?.span),
            help: "write the line of a `.pub` file, as in `ssh-ed25519 AAAA…`, or `openpgp:` and a fingerprint"))
      }
    }
    for (key, people) in Signers(snapshot: snapshot).shared {
      let place = people.last.flatMap { snapshot[EntryKey(.person, $0)] }
      let node = place?.meaning["keys"]?.list?.first { Signers.key(of: $0) == key }
      found.append(
        Diagnostic(
          "shared-key", .error,
          "the key `\(key.abbreviated)` belongs to several people: \(people.map { "`\($0)`" }.joined(separator: ", "))",
          at: place.flatMap { $0.location(node?.span ?? $0.fields["keys"]?.span) },
          help: "give each a key of their own: what a shared one signs counts for nobody"))
    }
    return found
  }
}
