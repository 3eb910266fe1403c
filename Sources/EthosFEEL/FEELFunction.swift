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
  /// What it answers, where it was given for a function that answers so.
  ///
  /// FEEL writes no type of a result, so that this is seen when it is called, and not before. Resolved.
  let result: FEELType?

  init(
    parameters: [FEELParameter], body: FEELExpression, scope: FEELScope, name: String? = nil, result: FEELType? = nil
  ) {
    self.parameters = parameters
    self.body = body
    self.scope = scope
    self.name = name
    self.result = result
  }

  func named(_ name: String) -> FEELLambda {
    FEELLambda(parameters: parameters, body: body, scope: scope, name: name, result: result)
  }

  func answering(_ result: FEELType) -> FEELLambda {
    FEELLambda(parameters: parameters, body: body, scope: scope, name: name, result: result)
  }

  /// Whether it takes arguments of these types: as many, and each of a type that its own parameter takes.
  func takes(_ types: [FEELType]) -> Bool {
    types.count == parameters.count
      && zip(types, parameters).allSatisfy { type, parameter in
        guard let own = parameter.type else { return true }
        return own.resolved(scope).map { type.conforms(to: $0) } ?? false
      }
  }
}

extension FEELFunction: Hashable {
  /// Two functions that were written are equal where they are written and used alike, whatever scope they see.
  package static func == (left: FEELFunction, right: FEELFunction) -> Bool {
    switch (left, right) {
    case (.builtin(let left), .builtin(let right)): left == right
    case (.lambda(let left), .lambda(let right)):
      left === right
        || (left.parameters == right.parameters && left.result == right.result && left.body == right.body)
    default: false
    }
  }

  package func hash(into hasher: inout Hasher) {
    switch self {
    case .builtin(let builtin): hasher.combine(builtin)
    case .lambda(let lambda):
      hasher.combine(lambda.parameters)
      hasher.combine(lambda.result)
      hasher.combine(lambda.body)
    }
  }
}
