import EthosFEEL
import Testing

/// The value of a text, with the problems that were met.
func evaluate(_ text: String, _ variables: [String: FEELValue] = [:], now: String? = nil) throws -> FEELEvaluation {
  let scope = FEELScope(variables: variables, now: now.flatMap { FEELDateTime($0) }, zones: zones)
  let tree = try FEELParser.expression(text, names: FEELNames(variables.keys)).get()
  return FEELEvaluator().value(of: tree, in: scope)
}

/// The value of a text, as FEEL.
func value(_ text: String, _ variables: [String: FEELValue] = [:]) throws -> String {
  try evaluate(text, variables).value.description
}

/// The codes of the problems that the evaluation of a text meets.
func codes(_ text: String, _ variables: [String: FEELValue] = [:]) throws -> [String] {
  try evaluate(text, variables).problems.map(\.code)
}

/// Two zones, without summer time.
let zones = FEELZones { name, _ in
  switch name {
  case "Europe/Paris": 3_600
  case "Etc/UTC": 0
  default: nil
  }
}
