import EthosFEEL
import EthosModel
import EthosText

/// The facts that the inputs of a model come down to: scalars by name.
///
/// An identity's decisions know facts of the eight scalar types of FEEL alone. A structured input becomes one fact for
/// each scalar inside it: `Loan.amount` the fact `Loan amount`. That is exact where only its parts are used.
struct DMNFacts {
  struct Fact: Hashable {
    var name: String
    var type: FEELType
    /// Unary tests that its values satisfy.
    var allowed: String?
  }

  enum Lookup {
    /// The fact, and how many steps of the path lead to it.
    case fact(Fact, steps: Int)
    /// Why there is none.
    case none(String)
  }

  private let types: DMNTypes
  /// The types that columns give to what they test, where nothing else does.
  private var columnTypes: [String: String] = [:]
  private var taken: Set<String>
  private var names: [[String]: String] = [:]

  init(_ model: DMNModel, _ types: DMNTypes, renamed: Set<String> = []) {
    self.types = types
    taken = Set(model.inputs.map(\.name) + model.decisions.map(\.variableName) + model.knowledge.map(\.name))
    for decision in model.decisions {
      guard case .table(let table)? = decision.logic?.kind else { continue }
      for input in table.inputs {
        let name = DMNNames.normalized(input.expression.string)
        if columnTypes[name] == nil, let type = input.type { columnTypes[name] = type }
      }
    }
    let inputs = Set(model.inputs.map(\.name)).union(columnTypes.keys)
    for name in inputs.filter({ Self.reserved.contains($0) }).union(renamed).sorted(by: utf8Precedes) {
      names[[name]] = unique(name + " value")
    }
  }

  /// The columns of a table that say something about a rule, and the words that are no names.
  static let reserved: Set<String> = ["id", "enacts", "over", "because", "true", "false", "null", "-"]

  /// What a fact of a name is called.
  func name(of input: String) -> String { names[[input]] ?? input }

  /// A name that nothing in the model has.
  mutating func unique(_ wanted: String) -> String {
    var name = wanted
    var number = 2
    while taken.contains(name) || Self.reserved.contains(name) {
      name = "\(wanted) \(number)"
      number += 1
    }
    taken.insert(name)
    return name
  }

  /// The fact that an input, or a path into it, is.
  mutating func lookup(_ input: String, type: String?, path: [String]) -> Lookup {
    let name = type ?? columnTypes[input]
    guard var shape = types.type(name)?.shape else { return .none("`\(visibleText(input))` has no type") }
    var item = types.item(name)
    var steps = 0
    while !shape.isScalar {
      let place = ([input] + path.prefix(steps)).joined(separator: ".")
      guard case .context(let fields) = shape else {
        return .none("`\(visibleText(place))` is a \(visibleText(shape.description)), and facts are scalars")
      }
      guard steps < path.count else {
        return .none("`\(visibleText(place))` is used as a whole, and facts are scalars")
      }
      guard let field = fields.first(where: { $0.name == path[steps] }) else {
        return .none("`\(visibleText(place))` has no `\(visibleText(path[steps]))`")
      }
      while let known = item, known.components.isEmpty, let base = types.item(known.type) { item = base }
      item = item?.components.first { $0.name == field.name }
      shape = field.type
      steps += 1
    }
    let key = [input] + path.prefix(steps)
    let own = steps == 0 ? names[key] ?? input : names[key] ?? unique(key.joined(separator: " "))
    names[key] = own
    let allowed = item.flatMap { $0.allowed ?? $0.constraint } ?? types.allowed(item?.type ?? name)
    return .fact(Fact(name: own, type: shape, allowed: allowed.map { DMNNames.normalized($0.string) }), steps: steps)
  }
}

extension FEELType {
  /// Whether it is one of the eight types that an identity's decisions know.
  var isScalar: Bool {
    switch self {
    case .boolean, .number, .string, .date, .time, .dateAndTime, .daysAndTimeDuration, .yearsAndMonthsDuration: true
    default: false
    }
  }
}
