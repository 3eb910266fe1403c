import EthosGit
import EthosGovernance
package import EthosModel
package import EthosRecord
import EthosStore
import EthosText

extension Workspace {
  /// Records that commitments were looked at again and stand: a commit on the branch in force that changes no file.
  package func reaffirm(_ keys: [EntryKey], because: String, isDryRun: Bool) throws -> ObjectID? {
    guard !saysNothing(because) else {
      throw Failure.usage("a reaffirmation needs a reason", help: "add `--because \"why\"`")
    }
    guard !keys.isEmpty else {
      throw Failure.usage("nothing is named to reaffirm", help: "name commitments: `value/prudence`")
    }
    try requireNewest("nothing is reaffirmed on a state that is known to be old")
    let main = try mainCommit()
    let snapshot = try store.snapshot(ofTree: main.tree)
    let who = try author()
    let person = People(snapshot: snapshot).person(email: who.email)
    let offices = Offices(snapshot: snapshot)
    var reaffirmed: [ReaffirmationRecord.Entry] = []
    for key in keys {
      let document = try document(key, in: snapshot)
      guard !document.isRetired else { throw Failure.no("`\(key)` is retired: there is nothing to reaffirm") }
      guard let print = Fingerprint.of(key, in: snapshot) else { continue }
      let owner = Charter(snapshot: snapshot).owner(of: document)
      if let owner, Charter(snapshot: snapshot).hasAuthority {
        let holders = offices.holders(of: owner, on: try today())
        guard let person, holders.contains(person.id) else {
          throw Failure.no(
            "`\(key)` is owned by the office `\(owner)`, which \(who.name) <\(who.email)> does not hold",
            help: holders.isEmpty ? "nobody holds it today" : "ask \(holders.joined(separator: " or "))")
        }
      }
      reaffirmed.append(ReaffirmationRecord.Entry(key: key, fingerprint: print))
    }
    guard !isDryRun else { return nil }
    let record = ReaffirmationRecord(entries: reaffirmed, because: because)
    let commit = try recordCommit(
      tree: main.tree, parents: [main.id], author: who, committer: try committer(), message: record.message)
    var transaction = Transaction(by: try committer())
    transaction.updates = [
      ReferenceUpdate(
        name: RecordReference.branch(try mainBranch()), before: main.id, after: commit, reflogMessage: "ethos reaffirm")
    ]
    try perform(transaction)
    return commit
  }
}
