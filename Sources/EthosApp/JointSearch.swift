import EthosDecision
import EthosModel

/// Asks whether two sides together decide a case as neither does alone, and tells it in words.
///
/// What is found was decided by the reference evaluation under every state; what is not found is proved not to be there,
/// or said to be open.
struct JointSearch {
  /// What one search came to; both nil where it is proved that there is no such case.
  struct Result {
    var witness: Collision.JointCase?
    /// Why neither a case nor a proof was found.
    var reason: String?
  }

  private var bases: [DecisionGraph]
  private var ours: DecisionGraph
  private var theirs: DecisionGraph
  private var together: DecisionGraph
  /// What is left of the work, for all decisions that are asked about.
  private var work: Int

  init(bases: [Snapshot], ours: Snapshot, theirs: Snapshot, together: Snapshot, decisions: Int) {
    self.bases = bases.map { DecisionGraph($0) }
    self.ours = DecisionGraph(ours)
    self.theirs = DecisionGraph(theirs)
    self.together = DecisionGraph(together)
    work = decisions * JointBehaviour.standardWork
  }

  mutating func result(_ key: EntryKey) -> Result {
    // Whoever asks for decisions one by one has them read once.
    for index in bases.indices { _ = bases[index].decision(key) }
    guard let decision = together.decision(key) else { return Result() }
    let outcome = JointBehaviour.of(
      bases: bases.map { DecisionSide($0, key) }, ours: DecisionSide(ours, key), theirs: DecisionSide(theirs, key),
      merged: DecisionSide(together, key), work: &work)
    switch outcome {
    case .kept: return Result()
    case .open(let reason): return Result(reason: reason)
    case .broken(let found):
      return Result(
        witness: Collision.JointCase(
          facts: found.facts, inForce: found.base.map { decision.described($0).text } ?? "nothing",
          mine: decision.described(found.ours).text, theirs: decision.described(found.theirs).text,
          together: decision.described(found.merged).text))
    }
  }
}
