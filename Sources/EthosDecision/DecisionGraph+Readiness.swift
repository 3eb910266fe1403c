import EthosFEEL
package import EthosModel
package import EthosText

/// Why a decision decides nothing, whatever the case.
package struct DecisionObstacle: Error, Sendable {
  /// Where it lies: the decision itself, or one that it uses.
  package var decision: EntryKey
  package var code: Diagnostic.Code
  /// One sentence that stands alone.
  package var message: String
  /// What is wrong, at its place; never empty.
  package var diagnostics: [Diagnostic]
}

extension DecisionGraph {
  /// Why a decision decides nothing; nil where it decides.
  ///
  /// Every command that evaluates, compares, translates or hands out a decision asks this, and does none of it where there
  /// is an answer: a table of which a part could not be read is not the table that somebody wrote.
  package mutating func obstacle(to key: EntryKey) -> DecisionObstacle? {
    if case .failure(let obstacle) = readiness(of: key) { obstacle } else { nil }
  }

  /// The decisions to decide in turn for a decision, itself last, or why nothing can be decided.
  ///
  /// It is found out once. Costs the reading of the decision and of those that it uses.
  package mutating func readiness(of key: EntryKey) -> Result<[EntryKey], DecisionObstacle> {
    if let known = knownReadiness[key] { return known }
    let found = findReadiness(of: key)
    knownReadiness[key] = found
    return found
  }

  private mutating func findReadiness(of key: EntryKey) -> Result<[EntryKey], DecisionObstacle> {
    guard let order = order(of: key) else {
      return .failure(
        obstacle(key, "decision-cycle", "`\(key)` uses itself, through what it uses, and decides nothing"))
    }
    for step in order { if let found = ownObstacle(step, key) { return .failure(found) } }
    return .success(order)
  }

  /// What is in the way in one decision, whatever those that it uses are like.
  private mutating func ownObstacle(_ key: EntryKey, _ asked: EntryKey) -> DecisionObstacle? {
    guard let decision = decision(key) else {
      if let unread = unread(key, asked) { return unread }
      return obstacle(asked, "missing-decision", "there is no `\(key)` in force")
    }
    guard !snapshot.doubled.contains(key) else {
      return obstacle(key, "invalid-decision", "`\(key)` is in several files and decides nothing")
    }
    guard decision.isUsable else {
      var found = obstacle(key, "invalid-decision", "`\(key)` has errors and decides nothing")
      let errors = errors(inFileOf: key) + decision.diagnostics.filter { $0.severity == .error }
      if !errors.isEmpty { found.diagnostics = errors.sorted(by: Diagnostic.precedes) }
      return found
    }
    for use in decision.uses {
      switch use.source {
      case .limit(let limit):
        if self.limit(limit) != nil {
          // One bound in the place of the other would turn the condition round.
          guard let bound = use.bound, snapshot[limit]?.meaning[bound] == nil else { continue }
          return obstacle(
            key, "missing-limit", "`\(limit)` has no `\(bound)`, which `\(key)` uses: nothing is decided")
        }
        if let unread = unread(limit, key) { return unread }
        let isThere = snapshot[limit].map { !$0.isRetired } ?? false
        var found = obstacle(
          key, isThere ? "invalid-limit" : "missing-limit",
          isThere
            ? "`\(limit)`, which `\(key)` uses, has errors: nothing is decided"
            : "there is no `\(limit)` in force, which `\(key)` uses: nothing is decided")
        let errors = errors(inFileOf: limit)
        if !errors.isEmpty { found.diagnostics = errors }
        return found
      case .output(let used, let output):
        guard let other = self.decision(used), !other.table.outputs.contains(where: { $0.name == output }) else {
          continue
        }
        return obstacle(key, "missing-output", "`\(used)` has no output `\(output)`, which `\(key)` uses")
      }
    }
    return nil
  }

  private func errors(inFileOf key: EntryKey) -> [Diagnostic] {
    snapshot[key].map { snapshot.errors(inFile: $0.path) } ?? []
  }

  /// That the file of something that is used cannot be read: nobody can say that it is not there.
  private func unread(_ key: EntryKey, _ asked: EntryKey) -> DecisionObstacle? {
    guard snapshot[key] == nil, let file = snapshot.unreadableFile(of: key) else { return nil }
    var found = obstacle(
      asked, key.kind == .limit ? "missing-limit" : "missing-decision",
      "\(file.message): `\(asked)` uses it, and decides nothing")
    found.diagnostics = snapshot.errors(inFile: file.path)
    return found
  }

  private func obstacle(_ key: EntryKey, _ code: Diagnostic.Code, _ message: String) -> DecisionObstacle {
    DecisionObstacle(
      decision: key, code: code, message: message,
      diagnostics: [
        Diagnostic(code, .error, message, at: snapshot[key]?.place("uses"), help: "see what is wrong: `ethos check`")
      ])
  }
}
