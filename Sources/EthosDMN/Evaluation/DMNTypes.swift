package import EthosFEEL
import EthosText

/// A type of a model: its shape, which FEEL knows, and what its values satisfy besides.
package struct DMNType: Sendable {
  package var shape: FEELType
  let check: DMNCheck?

  /// The value as one of this type (DMN 1.5, 10.3.2.9.4): a list of one for its item, an item for a list of it, a date
  /// for its midnight.
  ///
  /// Nil where it is none.
  package func coerced(_ value: FEELValue, in scope: FEELScope, _ evaluator: FEELEvaluator) -> FEELValue? {
    if value.isNull { return .null }
    guard let coerced = shape.coerced(value) else { return nil }
    guard let check, !check.holds(coerced, scope, evaluator) else { return coerced }
    return nil
  }
}

extension DMNType {
  /// The type of what a decision service answers, whose variable holds a function; tools also write the type of the
  /// answer there.
  var ofResult: DMNType { DMNProgram.result(shape).map { DMNType(shape: $0, check: nil) } ?? self }
}

/// The allowed values and constraints of an item definition and of what it is made of.
final class DMNCheck: Sendable {
  let base: DMNCheck?
  let components: [(name: String, check: DMNCheck)]
  let isCollection: Bool
  let allowed: FEELUnaryTests?
  let constraint: FEELUnaryTests?

  init(
    base: DMNCheck?, components: [(name: String, check: DMNCheck)], isCollection: Bool, allowed: FEELUnaryTests?,
    constraint: FEELUnaryTests?
  ) {
    self.base = base
    self.components = components
    self.isCollection = isCollection
    self.allowed = allowed
    self.constraint = constraint
  }

  func holds(_ value: FEELValue, _ scope: FEELScope, _ evaluator: FEELEvaluator) -> Bool {
    if value.isNull { return true }
    if let constraint, evaluator.satisfies(constraint, input: value, in: scope).result != true { return false }
    if isCollection, case .list(let items) = value {
      return items.allSatisfy { itemHolds($0, scope, evaluator) }
    }
    return itemHolds(value, scope, evaluator)
  }

  private func itemHolds(_ value: FEELValue, _ scope: FEELScope, _ evaluator: FEELEvaluator) -> Bool {
    if value.isNull { return true }
    if let allowed, evaluator.satisfies(allowed, input: value, in: scope).result != true { return false }
    if let base, !base.holds(value, scope, evaluator) { return false }
    guard case .context(let context) = value else { return true }
    return components.allSatisfy { component in
      context[component.name].map { component.check.holds($0, scope, evaluator) } ?? true
    }
  }
}

/// The types that a model defines, and those of the models that it imports.
struct DMNTypes: Sendable {
  private let items: [String: DMNItemDefinition]
  private var known: [String: DMNType] = [:]
  private var sizes: [String: Int] = [:]
  private(set) var problems: [(message: String, span: Span?)] = []

  /// The parts that a type may have in all; beyond it counts as `Any`, so that types that double each other cost nothing.
  private static let limit = 5_000

  /// Resolves the definitions of a model; the types of imported models come by the name that these are imported under.
  init(_ items: [DMNItemDefinition], imports: [(name: String, types: DMNTypes)]) {
    self.items = Dictionary(items.map { ($0.name, $0) }) { first, _ in first }
    for (name, types) in imports {
      for (inner, type) in types.known { known[name.isEmpty ? inner : "\(name).\(inner)"] = type }
    }
    for item in items { _ = resolve(item.name, within: []) }
  }

  /// The shapes by their names, for FEEL's own use of them.
  var shapes: [String: FEELType] { known.mapValues(\.shape) }

  /// The type of a name; nil where nothing is named, or it says nothing.
  func type(_ name: String?) -> DMNType? {
    guard let name else { return nil }
    if let type = known[name] { return type }
    return Self.builtIn(name).flatMap { Self.says($0) ? DMNType(shape: $0, check: nil) : nil }
  }

  /// A type of FEEL by its name, or by the names that tools have for it (Camunda 7 and Flowable: `integer`, `long`,
  /// `double` and what else Java calls a number).
  private static func builtIn(_ name: String) -> FEELType? {
    if let type = FEELType(parsing: name), says(type) { return type }
    return toolNames[name.lowercased()] ?? FEELType(parsing: name)
  }

  private static let toolNames: [String: FEELType] = {
    let numbers = ["integer", "int", "long", "short", "byte", "double", "float", "decimal", "bigdecimal", "biginteger"]
    let others: [(String, FEELType)] = [
      ("number", .number), ("string", .string), ("text", .string), ("boolean", .boolean), ("bool", .boolean),
      ("date", .date), ("time", .time), ("datetime", .dateAndTime), ("date and time", .dateAndTime),
      ("daytimeduration", .daysAndTimeDuration), ("yearmonthduration", .yearsAndMonthsDuration),
    ]
    return Dictionary(numbers.map { ($0, .number) } + others) { first, _ in first }
  }()

  /// The definition of a type of the model.
  func item(_ name: String?) -> DMNItemDefinition? { name.flatMap { items[$0] } }

  private static func says(_ type: FEELType) -> Bool {
    switch type {
    case .any, .named: false
    default: true
    }
  }

  private mutating func resolve(_ name: String, within path: [String]) -> DMNType? {
    if let type = known[name] { return type }
    guard let item = items[name] else {
      guard let type = Self.builtIn(name) else { return nil }
      if case .named = type { return nil }
      return DMNType(shape: type, check: nil)
    }
    guard !path.contains(name), path.count < 40 else { return nil }
    var size = 0
    let type = type(of: item, within: path + [name], &size)
    if size > Self.limit {
      problems.append(
        ("the type `\(visibleText(name))` has more than \(Self.limit) parts and is not checked", item.span))
      known[name] = DMNType(shape: .any, check: nil)
    } else {
      known[name] = type
    }
    sizes[name] = size
    return known[name]
  }

  private mutating func type(of item: DMNItemDefinition, within path: [String], _ size: inout Int) -> DMNType {
    size += 1
    guard size <= Self.limit else { return DMNType(shape: .any, check: nil) }
    if item.isFunction {
      let parameters = item.components.map { $0.type.flatMap { resolve($0, within: path)?.shape } ?? .any }
      let result = item.type.flatMap { resolve($0, within: path)?.shape } ?? .any
      return DMNType(shape: .function(parameters, result), check: nil)
    }
    var shape = FEELType.any
    var base: DMNCheck?
    var components: [(name: String, check: DMNCheck)] = []
    if !item.components.isEmpty, path.count < 40 {
      var fields: [FEELTypedName] = []
      for component in item.components {
        let type = type(of: component, within: path + [""], &size)
        fields.append(FEELTypedName(component.name, type.shape))
        if let check = type.check { components.append((component.name, check)) }
      }
      shape = .context(fields)
    } else if let name = item.type {
      if let type = resolve(name, within: path) {
        shape = type.shape
        base = type.check
        size += sizes[name] ?? 0
      } else if FEELType(parsing: name).map({ if case .any = $0 { true } else { false } }) != true {
        problems.append(("the type `\(visibleText(name))` is not defined, or is made of itself", item.span))
      }
    }
    let allowed = tests(item.allowed)
    let constraint = tests(item.constraint)
    if item.isCollection { shape = .list(shape) }
    guard base != nil || !components.isEmpty || allowed != nil || constraint != nil else {
      return DMNType(shape: shape, check: nil)
    }
    return DMNType(
      shape: shape,
      check: DMNCheck(
        base: base, components: components, isCollection: item.isCollection, allowed: allowed, constraint: constraint))
  }

  private mutating func tests(_ text: DMNText?) -> FEELUnaryTests? {
    guard let text else { return nil }
    switch FEELParser.unaryTests(text.string, names: .none) {
    case .success(let tests): return tests
    case .failure(let problem):
      problems.append(("the allowed values cannot be read: \(problem.message)", text.span))
      return nil
    }
  }

  /// What unary tests allow, as they are parsed, where the values of a type are so limited.
  func allowed(_ name: String?) -> DMNText? {
    guard let name, let item = items[name] else { return nil }
    return item.allowed ?? item.constraint ?? (item.components.isEmpty && !item.isFunction ? allowedOfBase(item) : nil)
  }

  private func allowedOfBase(_ item: DMNItemDefinition) -> DMNText? {
    guard let base = item.type, base != item.name, let next = items[base] else { return nil }
    return next.allowed ?? next.constraint
  }
}
