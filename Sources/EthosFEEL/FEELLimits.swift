/// How much reading and evaluating may cost.
///
/// Whatever goes beyond is a problem, never a hang or a crash.
///
/// The depths are such that a debug build stays within a stack of 512 KB.
package struct FEELLimits: Sendable, Hashable {
  /// The bytes of one text.
  package var textLength = 200_000
  /// Names, literals and operators of one text.
  package var tokens = 50_000
  /// Brackets and the like within each other.
  package var nesting = 32
  /// The height of the tree; a chain such as `a + b + c` has one level for each operator.
  package var height = 100
  /// Evaluations within each other, including calls of functions.
  package var depth = 100
  /// Steps of one evaluation: nodes, rounds of loops, items and characters that built-in functions touch.
  package var steps = 2_000_000
  /// The items of one list, and the Unicode scalars of one string, that an evaluation makes.
  package var size = 200_000
  /// Lists, contexts and ranges within each other in one value.
  ///
  /// Values that a caller puts into a scope should be no deeper either.
  package var valueNesting = 24
  /// The problems that an evaluation keeps.
  package var problems = 50

  package static let standard = FEELLimits()

  package init() {}
}
