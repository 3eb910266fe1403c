import EthosApp
import EthosGit
import EthosGovernance
import EthosRecord
import EthosTestSupport
import EthosText

/// An honest history with one dishonest act in it.
struct DishonestHistory {
  enum Outcome {
    /// The history gives no occasion for the act.
    case impossible
    /// Found by these codes; and what else is wrong about how.
    case found([String], wrong: [String])
    case missed(String)
  }

  let act: DishonestAct
  let world: World

  init(_ act: DishonestAct, seed: UInt64) throws {
    self.act = act
    world = try World(seed: seed, mode: act.needsSignatures ? .required : nil)
  }

  func outcome() throws -> Outcome {
    for _ in 0..<Int.random(in: 0...6, using: &world.random) { try world.honestAct() }
    // What the honest part already broke is no work of the act's.
    let before = Set(try world.workspace(fresh: true).verify(VerifyRequest()).breaches)
    let references = try pushed()
    guard let trace = try world.commit(act) else { return .impossible }
    let workspace = try world.workspace(fresh: true)
    let result = try workspace.verify(VerifyRequest())
    var breaches = result.breaches
    if act.needsReceipt { breaches += try workspace.compareReceipt(at: world.receiptPath, result).findings }
    breaches = breaches.filter { $0.severity == .breach && !before.contains($0) }
    guard breaches.contains(where: { names($0, trace) }) else {
      let said = breaches.map { "\($0.code): \($0.message)" }
      return .missed(
        "seed \(world.seed): \(breaches.isEmpty ? "nothing found" : "found, but not by a name of the act's")\n"
          + (said + world.acts).joined(separator: "\n"))
    }
    return .found(
      Set(breaches.map(\.code)).sorted(), wrong: try growing() + afterWaiting(trace) + refusing(from: references))
  }

  /// Waiting never turns a breach into none.
  private func afterWaiting(_ trace: Trace) throws -> [String] {
    guard !act.needsReceipt else { return [] }
    let later = try world.workspace(at: world.now + 400 * 86_400, fresh: true)
    return try later.verify(VerifyRequest()).breaches.contains { names($0, trace) }
      ? [] : ["400 days later it is clean"]
  }

  private func growing() throws -> [String] { [try world.memoryDisagreement()].compactMap(\.self) }

  /// The references that a server guards.
  private func pushed() throws -> [String: ObjectID] {
    let tags = try ["refs/tags/release/", "refs/tags/closed/"].flatMap { try world.repository.references(under: $0) }
    var found = Dictionary(uniqueKeysWithValues: tags.map { ($0.name, $0.target) })
    found["refs/heads/main"] = try world.head()
    return found
  }

  /// What verification calls a breach, the server refuses: the same push of the line and its tags.
  private func refusing(from before: [String: ObjectID]) throws -> [String] {
    let after = try pushed()
    let push = Set(before.keys).union(after.keys).sorted().filter { before[$0] != after[$0] }
      .map { PushedReference($0, from: before[$0], to: after[$0]) }
    // What is done in one clone alone is never pushed.
    guard !push.isEmpty, ![.replaced, .grafted].contains(act), !act.needsReceipt else { return [] }
    for reference in push { try world.move(reference.name, to: before[reference.name]) }
    let refused = try world.workspace(fresh: true).refusals(of: push)
    for reference in push { try world.move(reference.name, to: after[reference.name]) }
    return refused.isEmpty ? ["the server refuses nothing of it"] : []
  }

  /// Whether a finding names a commit, a tag or a branch of the act.
  private func names(_ finding: Finding, _ trace: Trace) -> Bool {
    guard finding.severity == .breach else { return false }
    if let commit = finding.commit, trace.commits.contains(commit) { return true }
    if let tag = finding.tag, trace.names.contains(tag) { return true }
    return trace.names.contains { finding.message.contains($0) }
      || trace.commits.contains { finding.message.contains($0.short) }
  }
}
