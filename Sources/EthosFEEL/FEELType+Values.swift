extension FEELType {
  /// Whether a value is of this type.
  ///
  /// Null is of the type `Null` alone, not of `Any`, as the TCK has it.
  package func contains(_ value: FEELValue) -> Bool {
    switch (self, value) {
    case (.null, .null): return true
    case (_, .null): return false
    case (.any, _): return true
    case (.boolean, .boolean), (.number, .number), (.string, .string), (.date, .date), (.time, .time),
      (.dateAndTime, .dateTime), (.daysAndTimeDuration, .daysDuration), (.yearsAndMonthsDuration, .monthsDuration):
      return true
    case (.list(let item), .list(let items)): return items.allSatisfy { item.admits($0) }
    case (.range(let item), .range(let range)):
      let ends = [range.low, range.high].compactMap(\.self).filter { !$0.isNull }
      return ends.allSatisfy { item.admits($0) }
    case (.context(let fields), .context(let context)):
      return fields.allSatisfy { field in context[field.name].map { field.type.admits($0) } ?? false }
    case (.function(let parameters, let result), .function(.lambda(let lambda))):
      return lambda.takes(parameters) && (lambda.result ?? .any).conforms(to: result)
    case (.function, .function(.builtin)): return true
    default: return false
    }
  }

  /// Whether every value of this type is one of the other, both resolved (DMN 1.5, 10.3.2.9.2): what a function takes
  /// may be more than is asked for, and what it answers less.
  func conforms(to other: FEELType) -> Bool {
    switch (self, other) {
    case (_, .any), (.null, _): return true
    case (.list(let own), .list(let other)), (.range(let own), .range(let other)): return own.conforms(to: other)
    case (.context(let own), .context(let others)):
      let types = Dictionary(own.map { (FEELText($0.name), $0.type) }) { first, _ in first }
      return others.allSatisfy { wanted in types[FEELText(wanted.name)]?.conforms(to: wanted.type) ?? false }
    case (.function(let own, let result), .function(let others, let otherResult)):
      return own.count == others.count && zip(others, own).allSatisfy { $0.conforms(to: $1) }
        && result.conforms(to: otherResult)
    default: return self == other
    }
  }

  /// Whether a value is of this type or null, which every place of a structure may hold.
  func admits(_ value: FEELValue) -> Bool { value.isNull || contains(value) }

  /// A value as one of this type, after the implicit conversions of FEEL (DMN 1.5, 10.3.2.9.4): a list of one item is
  /// its item, once, an item is a list of one, and a date is midnight UTC.
  ///
  /// A function that takes what is asked for is one whose answers are converted when it is called. Null is of every
  /// type. Nil where it is of another.
  package func coerced(_ value: FEELValue) -> FEELValue? {
    if admits(value) { return value }
    if case .list(let items) = value, !isList {
      guard items.count == 1, let item = items.first, !item.isList else { return nil }
      return coerced(item)
    }
    switch (self, value) {
    case (.dateAndTime, .date(let date)): return .dateTime(FEELDateTime(midnightOf: date))
    case (.list(let item), .list(let items)):
      let coerced = items.compactMap { item.coerced($0) }
      return coerced.count == items.count ? .list(coerced) : nil
    case (.list(let item), _): return item.coerced(value).map { .list([$0]) }
    case (.context(let fields), .context(var context)):
      for field in fields {
        guard let entry = context[field.name], let coerced = field.type.coerced(entry) else { return nil }
        context[field.name] = coerced
      }
      return .context(context)
    case (.function(let parameters, let result), .function(.lambda(let lambda))):
      // One that is to answer something else already is another function.
      guard lambda.result == nil, lambda.takes(parameters) else { return nil }
      return .function(.lambda(lambda.answering(result)))
    default: return nil
    }
  }

  private var isList: Bool { if case .list = self { true } else { false } }

  /// This type with the types of the model in place of their names; nil where one is not known, or is defined by
  /// itself.
  package func resolved(_ scope: FEELScope, depth: Int = 0) -> FEELType? {
    guard depth < 20 else { return nil }
    switch self {
    case .list(let item): return item.resolved(scope, depth: depth + 1).map { .list($0) }
    case .range(let item): return item.resolved(scope, depth: depth + 1).map { .range($0) }
    case .context(let fields):
      let resolved = fields.compactMap { field in
        field.type.resolved(scope, depth: depth + 1).map { FEELTypedName(field.name, $0) }
      }
      return resolved.count == fields.count ? .context(resolved) : nil
    case .function(let parameters, let result):
      let resolved = parameters.compactMap { $0.resolved(scope, depth: depth + 1) }
      guard resolved.count == parameters.count, let result = result.resolved(scope, depth: depth + 1) else {
        return nil
      }
      return .function(resolved, result)
    case .named(let name): return scope.type(of: name)?.resolved(scope, depth: depth + 1)
    default: return self
    }
  }
}
