package import EthosDecision
import EthosFEEL
package import EthosModel
import EthosRecord
import EthosStore
import EthosSyntax
import EthosText

/// A case as it was put to a decision.
package struct DecideRequest: Sendable {
  /// The decision: its id, or a reference with a revision.
  package var decision: String
  /// Facts as they were typed: `name=value`.
  package var facts: [String]
  /// A file of facts, JSON or YAML, with its name.
  package var input: (name: String, bytes: [UInt8])?
  package var at: String?

  package init(decision: String, facts: [String], input: (name: String, bytes: [UInt8])? = nil, at: String? = nil) {
    self.decision = decision
    self.facts = facts
    self.input = input
    self.at = at
  }
}

/// What was decided, with everything that a report says of it.
package struct DecideResult: Sendable {
  package var decision: Decision
  package var decided: Decided
  /// The decisions that were taken on the way.
  package var used: [(decision: Decision, decided: Decided)]
  package var facts: [BehaviourRegion.Term]
  /// The release that was asked, where it was one: `release/renewal-2026/1`.
  package var release: String?
  /// The state that was asked, as it was typed; nil for the work tree.
  package var revision: String?
}

extension Workspace {
  /// Decides one case under the rules of a revision, or those of the work tree.
  package func decide(_ request: DecideRequest) throws -> DecideResult {
    let reference = try decisionReference(request.decision)
    let name = reference.revision ?? request.at
    let snapshot = try snapshot(at: name)
    let document = try document(reference.key, in: snapshot)
    guard !document.isRetired else {
      throw Failure.no(
        "`\(reference.key)` is retired",
        help: "ask how it was decided before: `ethos decide \(shellWord(request.decision)) --at REV`")
    }
    var graph = DecisionGraph(snapshot)
    guard let decision = graph.decision(reference.key) else {
      throw Failure.cannot("`\(reference.key)` cannot be read")
    }
    if let obstacle = graph.obstacle(to: reference.key) { throw Failure(obstacle) }
    let asked = graph.facts(of: reference.key)
    let facts = try self.facts(request, asked)
    guard let decided = graph.decide(reference.key, facts: facts) else {
      throw Failure.cannot("`\(reference.key)` cannot be decided")
    }
    // A case that lacks a fact, or has one that is not allowed, was not put as it can be decided.
    if case .failed = decided.outcome, let problem = (decided.used + [decided]).compactMap(\.inputProblem).first {
      throw Failure.cannot(problem, help: "it asks for \(DecideRequest.described(asked))")
    }
    return DecideResult(
      decision: decision, decided: decided,
      used: decided.used.compactMap { step in graph.decision(step.decision).map { ($0, step) } },
      facts: facts.map { BehaviourRegion.Term($0.name, Decision.plain($0.value)) },
      release: try name.flatMap { try releaseName($0) }, revision: name)
  }

  /// A decision by its id or as a reference.
  func decisionReference(_ text: String) throws -> Reference {
    let reference = try self.reference(text.utf8.contains(0x2F) ? text : "decision/\(text)")
    guard reference.key.kind == .decision, reference.path.isEmpty else {
      throw Failure.usage("`\(text)` names no decision", help: "write its id, as in `ethos decide onboarding`")
    }
    return reference
  }

  /// The release that a revision is, where it is one or a day on which one was in force.
  private func releaseName(_ name: String) throws -> String? {
    let commit = try revision(name).commit.id
    return try store.releases().releases.last { $0.commit == commit }?.reference
  }

  // MARK: facts

  private func facts(
    _ request: DecideRequest, _ asked: [DecisionTable.Input]
  ) throws -> [(name: String, value: FEELValue)] {
    var texts: [(name: String, text: String, isQuoted: Bool?)] = []
    if let input = request.input { texts += try Workspace.facts(input) }
    for fact in request.facts {
      guard let sign = fact.unicodeScalars.firstIndex(of: "=") else {
        throw Failure.usage("`\(fact)` is no fact", help: "write `NAME=VALUE`, as in `'risk score=20'`")
      }
      texts.append((String(fact[..<sign]), String(fact[fact.unicodeScalars.index(after: sign)...]), nil))
    }
    var facts: [(name: String, value: FEELValue)] = []
    for (name, text, isQuoted) in texts {
      let name = Prose.collapsed(name)
      guard let input = asked.first(where: { $0.name == name }) else {
        throw Failure.usage(
          "`\(name)` is no fact that `\(request.decision)` asks for",
          help: nearestName(to: name, among: asked.map(\.name)).map { "did you mean `\($0)`?" }
            ?? "it asks for \(DecideRequest.described(asked))")
      }
      guard !facts.contains(where: { $0.name == name }) else {
        throw Failure.usage("`\(name)` is given twice", help: "give each fact once")
      }
      // A file tells the text `null` from a fact that is missing by its quotes; an argument, by what is allowed.
      guard
        let value = text == "null" && isQuoted != nil
          ? isQuoted == true && input.type == .string ? .string(text) : .null
          : FactText.value(text, input.type, allowed: input.allowed)
      else {
        throw Failure.usage("`\(text)` is no \(input.type) for `\(name)`", help: DecideRequest.help(input))
      }
      facts.append((name, value))
    }
    return facts
  }

  /// The facts of a file: one map of names to values.
  private static func facts(_ input: (name: String, bytes: [UInt8])) throws -> [(
    name: String, text: String, isQuoted: Bool?
  )] {
    let result = PlainDocument.read(SourceText(path: input.name, bytes: input.bytes))
    let errors = result.diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty else { throw Failure(.cannot, "`\(input.name)` cannot be read", diagnostics: errors) }
    guard let record = result.node?.record else {
      throw Failure.cannot(
        "`\(input.name)` is no case: a case is one map of facts",
        help: "write `{\"risk score\": 20, …}`, or a fact a line")
    }
    return try record.entries.map { entry -> (name: String, text: String, isQuoted: Bool?) in
      switch entry.value.content {
      case .list, .record:
        throw Failure.cannot("the fact `\(entry.name)` in `\(input.name)` is no single value")
      default:
        let first = entry.value.span.flatMap { input.bytes.indices.contains($0.start) ? input.bytes[$0.start] : nil }
        return (entry.name, entry.value.summaryText, first == 0x22 || first == 0x27)
      }
    }
  }
}

extension DecideRequest {
  /// The facts that are asked for, with what they may be: `risk score (number, [0..100])`.
  fileprivate static func described(_ asked: [DecisionTable.Input]) -> String {
    asked.map { input in
      "`\(input.name)` (\(input.type)\(input.allowed.map { ", \($0)" } ?? "")\(input.isNullable ? ", may be missing" : ""))"
    }.joined(separator: ", ")
  }

  fileprivate static func help(_ input: DecisionTable.Input) -> String {
    if let allowed = input.allowed { return "allowed is \(allowed)" }
    switch input.type {
    case .boolean: return "say `true` or `false`"
    case .number: return "say a number such as `60` or `2.5`"
    case .date: return "say a day such as `2026-02-01`"
    case .dateAndTime: return "say a moment such as `2026-02-01T09:00:00`"
    case .time: return "say a time such as `09:00:00`"
    case .daysAndTimeDuration: return "say a duration such as `P3DT4H`"
    case .yearsAndMonthsDuration: return "say a duration such as `P1Y6M`"
    default: return "give a \(input.type)"
    }
  }
}

extension Decided {
  /// What is wrong with a fact, where that is why nothing was decided.
  fileprivate var inputProblem: String? {
    let codes: Set<String> = ["missing-input", "wrong-type", "not-allowed", "not-a-step"]
    return problems.first { codes.contains($0.code) }?.message
  }
}
