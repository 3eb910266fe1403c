package import EthosModel
package import EthosText

/// Decisions of an identity as a model of DMN.
package enum DMNExport {
  /// What the namespaces of exported models begin with: the ids in them are those of the identity.
  package static let namespacePrefix = "urn:ethos:"

  /// The namespace of the models of an organisation.
  package static func namespace(_ organisation: String) -> String { namespacePrefix + DMNImporter.kebab(organisation) }

  /// The mark of an entry in the models of an organisation, as an import finds it.
  package static func mark(_ key: EntryKey, _ organisation: String) -> String {
    "\(namespace(organisation))#\(DMNExporter.elementID(key))"
  }

  /// The bound of a limit as FEEL writes it; nil for one that is not in force.
  package static func bound(_ limit: Document) -> String? {
    guard limit.kind == .limit, !limit.isRetired,
      let bound = limit.meaning["atMost"] ?? limit.meaning["atLeast"]
    else { return nil }
    return bound.number?.description ?? bound.day.map { "@\"\($0)\"" }
  }

  /// Some decisions, and all that they use.
  ///
  /// A limit becomes a decision with a literal expression, whose answer is the limit. What DMN has no place for, and a
  /// decision that cannot be written exactly, is named. Costs the parsing of the cells.
  package static func model(
    of keys: [EntryKey], in snapshot: Snapshot, organisation: String
  ) -> (model: DMNModel, leftOut: [Diagnostic]) {
    let exporter = DMNExporter(snapshot, organisation)
    return exporter.model(keys)
  }
}
