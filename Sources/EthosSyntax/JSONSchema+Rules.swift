import EthosModel
import EthosText

/// What single fields ask beyond their types, as `KindRules` and the checks of a decision ask it.
extension JSONSchema {
  /// The rules at a path: the kind, then names of fields.
  ///
  /// `*` stands for each record there, or each value of a mapping.
  static func rules(at path: [String]) -> Members {
    switch path {
    case ["charter", "ethos"]: [.init("const", .number(1))]
    case ["charter", "branch"]: [.init("pattern", .string(branch)), .init("minimum", .number(0))]
    case ["charter", "authority", "quorum"], ["cycle", "offices"]:
      [.init("propertyNames", ["pattern": .string("^\(id)$")])]
    case ["charter", "authority", "quorum", "*"]:
      [.init("minimum", .number(1)), .init("maximum", .number(100)), .init("multipleOf", .number(1))]
    case ["decision", "assert", "*"]:
      [.init("oneOf", [["required": ["never"]], ["required": ["always"]]])]
    case ["decision", "inputs", "step"]: [.init("exclusiveMinimum", .number(0))]
    // A use of a limit is its quantity; a use of a decision is one of its outputs.
    case ["decision", "uses", "*"]:
      [
        .init(
          "anyOf",
          [
            ["pattern": .string("^limit/\(id)(\\.('(atMost|atLeast)'|atMost|atLeast))?$")],
            ["pattern": .string("^decision/\(id)\\.('([^']|'')+'|[^'.@\\[][^.@\\[]*)$")],
          ])
      ]
    default: []
    }
  }

  /// A limit has one direction; a tombstone may have none.
  static func direction(_ kind: Kind) -> (tombstone: Members, living: Members) {
    guard kind == .limit else { return ([], []) }
    return (
      [.init("not", ["required": ["atMost", "atLeast"]])],
      [.init("oneOf", [["required": ["atMost"]], ["required": ["atLeast"]]])]
    )
  }

  /// The names that a branch in force can have: see `KindRules`.
  private static let branch =
    "^(?!HEAD$)(?!-)(?!(proposals|reviews|refs)(/|$))(?!/)(?!.*//)(?!.*/$)(?!\\.)(?!.*/\\.)(?!.*\\.(/|$))(?!.*\\.\\.)"
    + "(?!.*\\.lock(/|$))(?!.*@\\{)[^\\x00-\\x20\\x7F~^:?*\\[\\\\]+$"
}
