/// The names that an expression may use, for names with spaces and with `. / - ' + *` in them: the longest name that is
/// known wins (DMN 1.5, 10.3.1.2, grammar rules 25 to 30).
///
/// The names of the built-in functions are always known. A name may carry its type, so that the fields of a context are
/// known in a path. Adding names costs only their own count.
package struct FEELNames: Sendable {
  private let scope: Scope
  /// Whether a name that is not known is read as a variable all the same.
  package var allowsUnknown: Bool
  /// Keywords that are texts where one of them is a whole test of a cell, or a whole answer: `null`, `some`.
  package var texts: [String] = []

  private final class Scope: Sendable {
    let names: [FEELText: FEELType?]
    /// The longest name in words and signs.
    let longest: Int
    /// The first letters of the names, so that most places of a text are not looked up at all.
    let parent: Scope?

    init(_ names: [(String, FEELType?)], parent: Scope?) {
      var table: [FEELText: FEELType?] = [:]
      var longest = parent?.longest ?? 1
      for (name, type) in names {
        let pieces = FEELNames.pieces(name)
        guard !pieces.isEmpty else { continue }
        longest = max(longest, pieces.count)
        table.updateValue(type, forKey: FEELText(FEELNames.normalized(name)))
      }
      self.names = table
      self.longest = longest
      self.parent = parent
    }
  }

  package init(_ names: some Sequence<String>, allowsUnknown: Bool = true) {
    self.init(typed: names.map { ($0, nil) }, allowsUnknown: allowsUnknown)
  }

  /// Names with their types, as far as they are known.
  package init(typed names: some Sequence<(String, FEELType?)>, allowsUnknown: Bool = true) {
    scope = Scope(Array(names), parent: FEELNames.builtins)
    self.allowsUnknown = allowsUnknown
  }

  private init(scope: Scope, allowsUnknown: Bool) {
    self.scope = scope
    self.allowsUnknown = allowsUnknown
  }

  /// No names but those of the built-in functions; any other is read as a variable.
  package static let none = FEELNames([String]())

  private static let builtins = Scope(FEELBuiltin.allCases.map { ($0.rawValue, nil) }, parent: nil)

  /// These names with some more, which hide them.
  package func adding(_ names: some Sequence<(String, FEELType?)>) -> FEELNames {
    FEELNames(scope: Scope(Array(names), parent: scope), allowsUnknown: allowsUnknown)
  }

  package func adding(_ names: some Sequence<String>) -> FEELNames { adding(names.map { ($0, nil) }) }

  func allowingUnknown() -> FEELNames { FEELNames(scope: scope, allowsUnknown: true) }

  /// Whether a name, with its white space normalised, is known.
  package func contains(_ name: String) -> Bool { find(name) != nil }

  /// The type of a known name; nil where the name or its type is not known.
  package func type(of name: String) -> FEELType? { find(name) ?? nil }

  private func find(_ name: String) -> FEELType?? {
    let key = FEELText(name)
    var current: Scope? = scope
    while let scope = current {
      if let found = scope.names[key] { return found }
      current = scope.parent
    }
    return nil
  }

  /// How many words and signs the longest name has.
  var longest: Int { scope.longest }

  /// All names that the caller gave.
  package var all: [String] {
    var result: [String] = []
    var current: Scope? = scope
    while let scope = current {
      result += scope.names.keys.map(\.string)
      current = scope.parent
    }
    return result
  }

  /// The words and signs of a name.
  static func pieces(_ name: String) -> [String] {
    var pieces: [String] = []
    var word = String.UnicodeScalarView()
    func end() {
      if !word.isEmpty { pieces.append(String(word)) }
      word = String.UnicodeScalarView()
    }
    for scalar in name.unicodeScalars {
      if FEELScalar.isWhiteSpace(scalar) {
        end()
      } else if FEELScalar.isNamePart(scalar) {
        word.append(scalar)
      } else {
        end()
        pieces.append(String(scalar))
      }
    }
    end()
    return pieces
  }

  /// The name with every run of white space as one space, and none at the ends.
  package static func normalized(_ name: String) -> String {
    var result = String.UnicodeScalarView()
    var isPending = false
    for scalar in name.unicodeScalars {
      if FEELScalar.isWhiteSpace(scalar) {
        isPending = !result.isEmpty
      } else {
        if isPending { result.append(" ") }
        isPending = false
        result.append(scalar)
      }
    }
    return String(result)
  }
}
