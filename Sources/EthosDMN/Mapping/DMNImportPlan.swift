package import EthosModel
package import EthosText

/// What a model is as decisions of an identity.
///
/// Nothing is written here.
package struct DMNImportPlan: Sendable {
  package struct Decision: Sendable {
    package var id: String
    /// The mark of where it comes from: the namespace of the model and the id of its element.
    package var source: String
    /// The fields that the model says, in the order in which they are printed.
    package var fields: Record
    /// Whether the model has no question, so that the one in the fields is made from the name.
    package var isQuestionMade = false
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
    /// The limits that an export wrote as decisions, by the mark of these: they are used where they stand.
    package var limits: [String: Limit] = [:]
    /// The names that decisions have for what they use: by decision, then by what is used.
    package var useNames: [String: [String: String]] = [:]

    package struct Limit: Sendable {
      package var id: String
      /// The bound as FEEL writes it.
      package var bound: String

      package init(id: String, bound: String) {
        self.id = id
        self.bound = bound
      }
    }

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
    DMNImporter.plan(model, options)
  }
}
