package import EthosModel

/// What a person says that a change of free text means: `Class: value/prudence.statement: clarified`.
package struct Classification: Hashable, Sendable {
  package var reference: Reference
  /// The word for it, one of the actions of changes.
  package var action: String

  package init(reference: Reference, action: String) {
    self.reference = reference
    self.action = action
  }

  init?(trailer value: String) {
    guard let (reference, action) = TrailerReference.split(value), !action.isEmpty else { return nil }
    self.init(reference: reference, action: action)
  }

  var trailer: Trailer { Trailer(.classification, "\(TrailerReference.text(reference)): \(action)") }
}
