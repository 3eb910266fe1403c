package import EthosModel
package import EthosText

/// The levels of changes under one charter: the defaults of the table, with what the charter's `severity` says instead.
package struct Severity: Sendable {
  private let stated: [String: Level]

  /// The levels under a charter, or the defaults where there is none.
  ///
  /// What `diagnostics(charter:)` rejects has no effect.
  package init(charter: Document?) {
    var stated: [String: Level] = [:]
    for entry in charter?.meaning["severity"]?.record?.entries ?? [] {
      guard let kind = ChangeKind.named(entry.name), !kind.isFixed,
        let level = entry.value.text.flatMap(Level.init(rawValue:))
      else { continue }
      stated[kind.id] = level
    }
    self.stated = stated
  }

  /// The levels of the table.
  package static let standard = Severity(charter: nil)

  package func level(of kind: ChangeKind) -> Level { stated[kind.id] ?? kind.level }

  /// What is wrong with a charter's `severity`: ids that the table lacks, and levels that may not be lowered.
  package static func diagnostics(charter: Document) -> [Diagnostic] {
    var found: [Diagnostic] = []
    for entry in charter.fields["severity"]?.record?.entries ?? [] {
      guard let kind = ChangeKind.named(entry.name) else {
        let near = nearestName(to: entry.name, among: ChangeKind.all.map(\.id))
        found.append(
          Diagnostic(
            "unknown-change", .error, "`\(entry.name)` is no change that severity can be given to",
            at: charter.location(entry.nameSpan ?? entry.value.span),
            help: near.map { "did you mean `\($0)`?" } ?? "`ethos help changes` lists them"))
        continue
      }
      guard kind.isFixed, let level = entry.value.text.flatMap(Level.init(rawValue:)), level < kind.level else {
        continue
      }
      found.append(
        Diagnostic(
          "fixed-severity", .error, "`\(kind.id)` is always \(kind.level) and cannot be lowered to `\(level)`",
          at: charter.location(entry.value.span),
          help: "remove the line: who may agree to what is not for a severity to lighten"))
    }
    return found
  }
}
