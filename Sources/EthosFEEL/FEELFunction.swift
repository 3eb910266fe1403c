/// A function as a value: built in, or written as `function(…) …` with the scope that it was written in.
package enum FEELFunction: Sendable {
  case builtin(FEELBuiltin)
  case lambda(FEELLambda)
}

/// A function that was written in FEEL, with the variables that it sees.
package final class FEELLambda: Sendable {
  package let parameters: [FEELParameter]
  package let body: FEELExpression
  let scope: FEELScope
  /// The key of the context entry or the variable that holds it, by which it may call itself.
  let name: String?

  init(parameters: [FEELParameter], body: FEELExpression, scope: FEELScope, name: String? = nil) {
    self.parameters = parameters
    self.body = body
    self.scope = scope
    self.name = name
  }

  func named(_ name: String) -> FEELLambda {
    FEELLambda(parameters: parameters, body: body, scope: scope, name: name)
  }
}

extension FEELFunction: Hashable {
  /// Two functions that were written are equal where they are written alike, whatever scope they see.
  package static func == (left: FEELFunction, right: FEELFunction) -> Bool {
    switch (left, right) {
    case (.builtin(let left), .builtin(let right)): left == right
    case (.lambda(let left), .lambda(let right)):
      left === right || (left.parameters == right.parameters && left.body == right.body)
    default: false
    }
  }

  package func hash(into hasher: inout Hasher) {
    switch self {
    case .builtin(let builtin): hasher.combine(builtin)
    case .lambda(let lambda):
      hasher.combine(lambda.parameters)
      hasher.combine(lambda.body)
    }
  }
}
