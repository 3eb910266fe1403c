package import EthosModel
package import EthosText

/// What a model is as decisions of an identity. Nothing is written here.
package struct DMNImportPlan: Sendable {
  package struct Decision: Sendable {
    package var id: String
    /// The mark of where it comes from: the namespace of the model and the id of its element.
    package var source: String
    /// The fields that the model says, in the order in which they are printed.
    package var fields: Record
  }

  package var decisions: [Decision]
  /// What the model says and an identity cannot: by name, with its place.
  package var leftOut: [Diagnostic]

  /// The fields that the model says; others of a file that is there are people's own, and stay.
  package static let ownFields = [
    "title", "question", "uses", "inputs", "outputs", "hitPolicy", "rules", "default",
  ]

  /// The field that holds the mark.
  package static let sourceField = "x-dmn"
}

/// Carries the decisions of a DMN model over to an identity.
package enum DMNImport {
  package struct Options: Sendable {
    package var owner: String?
    /// The decisions that are there: the id by its mark, and the ids that are taken by others.
    package var known: [String: String]
    package var taken: Set<String>

    package init(owner: String? = nil, known: [String: String] = [:], taken: Set<String> = []) {
      self.owner = owner
      self.known = known
      self.taken = taken
    }
  }

  /// Every decision of the model that can be carried over exactly, and by name whatever cannot.
  ///
  /// A table becomes a table, a literal expression the answer of a rule without conditions, a function the expression in
  /// place of its call. Costs the parsing of the model.
  package static func plan(_ model: DMNModel, options: Options = Options()) -> DMNImportPlan {
    DMNImporter(model, options).plan()
  }
}
