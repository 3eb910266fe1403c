/// The variables that an expression sees, with what a model gives to it: the types that it defines, the moment that
/// `now()` answers, and the zones of the world.
///
/// Scopes form a chain; the inner ones hide the outer ones. A scope never changes, so a function that captured one may
/// outlive the evaluation.
package final class FEELScope: Sendable {
  private let variables: [FEELText: FEELValue]
  let parent: FEELScope?
  package let now: FEELDateTime?
  private let types: [FEELText: FEELType]
  package let zones: FEELZones?

  /// - Parameters:
  ///   - variables: The variables by their names; `?` is the value that a unary test is about.
  ///   - parent: The scope around this one.
  ///   - now: The moment for `now()` and `today()`; nil takes that of the parent.
  ///   - types: The types that the model defines.
  ///   - zones: The offsets of named time zones; nil takes those of the parent.
  package init(
    variables: [String: FEELValue] = [:], parent: FEELScope? = nil, now: FEELDateTime? = nil,
    types: [String: FEELType] = [:], zones: FEELZones? = nil
  ) {
    self.variables = Dictionary(variables.map { (FEELText($0.key), $0.value) }) { first, _ in first }
    self.parent = parent
    self.now = now ?? parent?.now
    self.types = Dictionary(types.map { (FEELText($0.key), $0.value) }) { first, _ in first }
    self.zones = zones ?? parent?.zones
  }

  /// The scope with a few more variables in front.
  init(_ variables: [(String, FEELValue)], parent: FEELScope) {
    self.variables = Dictionary(variables.map { (FEELText($0.0), $0.1) }) { _, last in last }
    self.parent = parent
    now = parent.now
    types = [:]
    zones = parent.zones
  }

  package static let empty = FEELScope()

  /// The value of a variable, or nil where none has this name.
  package func value(of name: String) -> FEELValue? { value(of: FEELText(name)) }

  private func value(of name: FEELText) -> FEELValue? {
    var scope: FEELScope? = self
    while let current = scope {
      if let value = current.variables[name] { return value }
      scope = current.parent
    }
    return nil
  }

  /// A type that the model defines.
  package func type(of name: String) -> FEELType? {
    var scope: FEELScope? = self
    let key = FEELText(name)
    while let current = scope {
      if let type = current.types[key] { return type }
      scope = current.parent
    }
    return nil
  }

  /// The names of all variables in sight.
  package var names: [String] {
    var result: [String] = []
    var scope: FEELScope? = self
    while let current = scope {
      result += current.variables.keys.map(\.string)
      scope = current.parent
    }
    return result
  }
}

/// The offsets of named time zones, which the core has no database of.
package struct FEELZones: Sendable {
  /// The seconds east of UTC that a zone has at a local date and time, or nil where it does not know the zone.
  package var offset: @Sendable (_ zone: String, _ local: FEELDateTime) -> Int?

  package init(_ offset: @escaping @Sendable (_ zone: String, _ local: FEELDateTime) -> Int?) {
    self.offset = offset
  }
}
