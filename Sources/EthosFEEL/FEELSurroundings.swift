/// What is bound around a part of a tree: the names that are not the variables of the same text, and `?`.
///
/// `FEELExpression.Kind.parts(in:)` alone makes them: no other walk decides what a name means.
package struct FEELSurroundings: Sendable {
  /// One bound name before the others.
  ///
  /// A chain, so that a context of many entries costs one link for each.
  private final class Link: Sendable {
    let name: FEELText
    let next: Link?

    init(_ name: FEELText, _ next: Link?) {
      self.name = name
      self.next = next
    }
  }

  private var bound: Link?
  /// Whether the condition of a filter is around it: there any name may be a field of the item, which only the
  /// evaluation knows.
  package private(set) var isInFilter = false
  /// Whether `?` is the operand of an `in` around it, and not the value that the whole test is about.
  package private(set) var hasOwnInput = false

  /// Whether the part is what is called: there the name of a built-in function is that function.
  package private(set) var isCalled = false

  /// Nothing is bound.
  package static let none = FEELSurroundings()

  /// Whether a name is certainly bound here.
  package func binds(_ name: String) -> Bool {
    let key = FEELText(name)
    var link = bound
    while let current = link {
      if current.name == key { return true }
      link = current.next
    }
    return false
  }

  /// Whether what an expression names may mean something else here than where nothing is bound.
  package func mayCapture(_ expression: FEELExpression) -> Bool {
    if hasOwnInput, expression.usesInput { return true }
    guard bound != nil || isInFilter else { return false }
    let names = expression.names
    return isInFilter && !names.isEmpty || names.contains(where: binds)
  }

  func binding(_ name: String) -> FEELSurroundings {
    var inner = self
    inner.bound = Link(FEELText(name), bound)
    return inner
  }

  func binding(_ names: [String]) -> FEELSurroundings { names.reduce(self) { $0.binding($1) } }

  var withOwnInput: FEELSurroundings {
    var inner = self
    inner.hasOwnInput = true
    return inner
  }

  var called: FEELSurroundings {
    var inner = self
    inner.isCalled = true
    return inner
  }

  var notCalled: FEELSurroundings {
    var inner = self
    inner.isCalled = false
    return inner
  }

  /// The surroundings of a filter's condition.
  var inFilter: FEELSurroundings {
    var inner = binding("item")
    inner.isInFilter = true
    return inner
  }
}
