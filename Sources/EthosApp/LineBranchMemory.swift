import EthosGit
import EthosRecord
import EthosStore
import EthosText

/// What was read of the line in force before, kept between two commands: what its charters say up to its tip, and by which
/// commits changes of the branch came into force with their authority.
///
/// It is about commits, which never change, so that it stays true when the line goes on, or is put back; which tip it is
/// about lies under the code of the user's own key (`TrustedMemory`). That a change is not ratified is never kept: the
/// line may still adopt it.
struct LineBranchMemory: Hashable {
  var tip: ObjectID
  var branches: LineBranches
  /// The commits by which changes came into force, by those of the changes.
  var ratified: [ObjectID: ObjectID] = [:]

  /// What is found changes with these; what was remembered under others is left aside.
  private static var conditions: String { "1.\(LineVerification.conditions)" }

  /// What was remembered; nil where nothing was that can be believed.
  static func recall(_ store: IdentityStore) -> LineBranchMemory? {
    store.memory.recall(name: "branch", conditions: conditions).flatMap { LineBranchMemory(text: $0) }
  }

  func remember(_ store: IdentityStore) {
    store.memory.remember(name: "branch", conditions: LineBranchMemory.conditions, text)
  }

  // MARK: - as a text

  var text: String {
    var lines = ["tip \(tip) \(ratified.count)"]
    lines += ratified.map { "ratified \($0.key) \($0.value)" }.sorted()
    return (lines + branches.text).joined(separator: "\n")
  }

  /// Reads what `text` wrote; nil for anything else.
  init?(text: String) {
    let lines = text.parts(at: "\n")
    let words = lines[0].parts(at: " ")
    guard words.count == 3, words[0] == "tip", let tip = ObjectID(hex: words[1]), let count = Int(words[2]),
      count >= 0
    else { return nil }
    var ratified: [ObjectID: ObjectID] = [:]
    for line in lines.dropFirst().prefix(count) {
      let words = line.parts(at: " ")
      guard words.count == 3, words[0] == "ratified", let change = ObjectID(hex: words[1]),
        let commit = ObjectID(hex: words[2])
      else { return nil }
      ratified[change] = commit
    }
    guard let branches = LineBranches(text: lines.dropFirst(count + 1)) else { return nil }
    (self.tip, self.branches, self.ratified) = (tip, branches, ratified)
  }

  init(tip: ObjectID, branches: LineBranches, ratified: [ObjectID: ObjectID]) {
    (self.tip, self.branches, self.ratified) = (tip, branches, ratified)
  }
}
