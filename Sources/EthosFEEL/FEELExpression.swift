package import EthosText

/// A parsed FEEL expression (DMN 1.5, clause 10.3.1) with the place of every part.
///
/// Equality ignores the places.
package struct FEELExpression: Sendable {
  package var kind: Kind
  /// The bytes of the text that it was read from, shifted by the offset that the parser was given.
  package var span: Span

  package init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }

  package indirect enum Kind: Sendable, Hashable {
    case null
    case boolean(Bool)
    case number(FEELNumber)
    case string(String)
    /// A literal `@"…"`, read as the date, time, date and time or duration that it is.
    case temporal(FEELValue)
    /// A variable, or a built-in function where no variable hides it.
    case name(String)
    /// `?`, the value that a unary test is about.
    case input
    case path(FEELExpression, String)
    case filter(FEELExpression, FEELExpression)
    case negation(FEELExpression)
    case arithmetic(FEELArithmetic, FEELExpression, FEELExpression)
    case comparison(FEELComparison, FEELExpression, FEELExpression)
    case and(FEELExpression, FEELExpression)
    case or(FEELExpression, FEELExpression)
    case between(FEELExpression, low: FEELExpression, high: FEELExpression)
    case membership(FEELExpression, FEELUnaryTests)
    case instance(FEELExpression, FEELType)
    case conditional(FEELExpression, then: FEELExpression, otherwise: FEELExpression)
    case iteration([FEELIterator], FEELExpression)
    case quantified(FEELQuantifier, [FEELIterator], FEELExpression)
    case list([FEELExpression])
    case context([FEELContextEntry])
    case range(FEELInterval)
    /// `(= x)`, or `(!= x)` where it is excluded, as a value.
    case pointRange(FEELExpression, isExcluded: Bool)
    case invocation(FEELExpression, [FEELArgument])
    case function([FEELParameter], FEELExpression)
  }
}

extension FEELExpression: Hashable {
  package static func == (left: FEELExpression, right: FEELExpression) -> Bool { left.kind == right.kind }
  package func hash(into hasher: inout Hasher) { kind.hash(into: &hasher) }
}

package enum FEELArithmetic: String, Sendable, Hashable {
  case plus = "+"
  case minus = "-"
  case times = "*"
  case divided = "/"
  case power = "**"
}

package enum FEELComparison: String, Sendable, Hashable {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
}

package enum FEELQuantifier: String, Sendable, Hashable { case some, every }

/// `name in list`, or `name in low..high` where `end` is given.
package struct FEELIterator: Sendable, Hashable {
  package var name: String
  package var start: FEELExpression
  package var end: FEELExpression?

  package init(name: String, start: FEELExpression, end: FEELExpression? = nil) {
    self.name = name
    self.start = start
    self.end = end
  }
}

package struct FEELContextEntry: Sendable, Hashable {
  package var key: String
  package var value: FEELExpression

  package init(_ key: String, _ value: FEELExpression) {
    self.key = key
    self.value = value
  }
}

/// An argument of an invocation: positional, or by name.
package struct FEELArgument: Sendable, Hashable {
  package var name: String?
  package var value: FEELExpression

  package init(_ name: String? = nil, _ value: FEELExpression) {
    self.name = name
    self.value = value
  }
}

package struct FEELParameter: Sendable, Hashable {
  package var name: String
  package var type: FEELType?

  package init(_ name: String, _ type: FEELType? = nil) {
    self.name = name
    self.type = type
  }
}

/// An interval by its two ends; a nil end is unbounded, as in `(< 10)`.
package struct FEELInterval: Sendable, Hashable {
  package var low: FEELExpression?
  package var isLowClosed: Bool
  package var high: FEELExpression?
  package var isHighClosed: Bool

  package init(low: FEELExpression?, isLowClosed: Bool, high: FEELExpression?, isHighClosed: Bool) {
    self.low = low
    self.isLowClosed = isLowClosed
    self.high = high
    self.isHighClosed = isHighClosed
  }
}

/// The unary tests of one cell (DMN 1.5, 7.3.3 and grammar rules 13 to 18).
package indirect enum FEELUnaryTests: Sendable, Hashable {
  /// `-`: anything.
  case any
  case tests([FEELUnaryTest])
  case not([FEELUnaryTest])
}

/// One of the tests of a cell.
package struct FEELUnaryTest: Sendable {
  package enum Kind: Sendable, Hashable {
    /// `< 5`, `>= limit`, `= 5`, `!= 5`.
    case comparison(FEELComparison, FEELExpression)
    case interval(FEELInterval)
    /// Any other expression: a value to be equal to, a list or range to be in, or, where it uses `?`, a condition.
    case expression(FEELExpression)
  }
  package var kind: Kind
  package var span: Span

  package init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }
}

extension FEELUnaryTest: Hashable {
  package static func == (left: FEELUnaryTest, right: FEELUnaryTest) -> Bool { left.kind == right.kind }
  package func hash(into hasher: inout Hasher) { hasher.combine(kind) }
}

/// A type as FEEL names it (DMN 1.5, 10.3.2.13).
package indirect enum FEELType: Sendable, Hashable {
  case any, null, boolean, number, string, date, time, dateAndTime, daysAndTimeDuration, yearsAndMonthsDuration
  case list(FEELType)
  case range(FEELType)
  case context([FEELTypedName])
  case function([FEELType], FEELType)
  /// A type that the model defines.
  case named(String)
}

package struct FEELTypedName: Sendable, Hashable {
  package var name: String
  package var type: FEELType

  package init(_ name: String, _ type: FEELType) {
    self.name = name
    self.type = type
  }
}
