package import EthosModel
package import EthosText

/// Decisions of an identity as a model of DMN.
package enum DMNExport {
  /// What the namespaces of exported models begin with: the ids in them are those of the identity.
  package static let namespacePrefix = "urn:ethos:"

  /// The namespace of the models of an organisation.
  package static func namespace(_ organisation: String) -> String { namespacePrefix + DMNImporter.kebab(organisation) }

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
