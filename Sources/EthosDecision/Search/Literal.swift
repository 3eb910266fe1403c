/// A variable of the search, or its negation: twice the number of the variable, one more where it is negated.
struct Literal: Hashable, BitwiseCopyable, Sendable {
  var code: Int32

  @inline(__always) var variable: Int { Int(code >> 1) }
  @inline(__always) var place: Int { Int(code) }
  @inline(__always) var isNegated: Bool { code & 1 == 1 }

  @inline(__always) static prefix func ! (literal: Literal) -> Literal { Literal(code: literal.code ^ 1) }
}
