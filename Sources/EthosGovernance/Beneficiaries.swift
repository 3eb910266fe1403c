import EthosDiff
package import EthosModel
package import EthosText

/// Who gains by an exception, and so cannot agree to it: the people that its `benefits` names, and the holders of the
/// offices.
package enum Beneficiaries {
  /// The ids of those who gain by an entry before or after a change.
  static func ids(_ documents: [Document?], people: People, offices: Offices, day: Day) -> Set<String> {
    var found: Set<String> = []
    for name in documents.compactMap(\.self).flatMap({ $0.meaning["benefits"]?.texts ?? [] }) {
      if people[id: name] != nil { found.insert(name) }
      found.formUnion(offices.holders(of: name, on: day))
    }
    return found
  }

  /// Names in `benefits` that are neither a person nor an office.
  package static func diagnostics(_ snapshot: Snapshot) -> [Diagnostic] {
    let people = Set(People(snapshot: snapshot).ids)
    let known = people.union(Offices(snapshot: snapshot).names)
    return snapshot.all(.exception).flatMap { exception in
      (exception.meaning["benefits"]?.list ?? []).compactMap { node -> Diagnostic? in
        guard let name = node.text, !known.contains(name) else { return nil }
        return Diagnostic(
          "unknown-beneficiary", .error, "`\(name)` is no person and no office",
          at: exception.location(node.span ?? exception.fields["benefits"]?.span),
          help: nearestName(to: name, among: known.sorted()).map { "did you mean `\($0)`?" }
            ?? "name people of people/ or offices of cycles/")
      }
    }
  }
}
