import EthosRecord
import EthosStore

extension ReceivedPush {
  /// Refuses names under which a record would not be found, and names that somebody could take for another.
  mutating func checkName(_ reference: PushedReference, _ line: String) throws {
    guard ["refs/heads/", "refs/tags/", "refs/notes/"].contains(where: reference.lies) else {
      return checkForeign(reference)
    }
    guard reference.before == nil, reference.after != nil else { return }
    if let problem = problem(reference) {
      refuse(
        reference, "reference-misnamed", problem, rule: "a record is found by its name",
        help: "push it under a name of this form, or a draft under another one")
    } else if let other = reference.ambiguity(with: line) ?? lookalike(reference, line) {
      refuse(
        reference, "reference-ambiguous", "`\(reference.shortName)` could be taken for `\(shortName(of: other))`",
        rule: "a name means one thing, on every file system and to every command of git",
        help: "push it under another name")
    }
  }

  private mutating func checkForeign(_ reference: PushedReference) {
    if reference.lies(in: "refs/replace/") {
      // To take one away shows the history again as it is.
      guard reference.after != nil else { return }
      refuse(
        reference, "object-replaced", "a push may not replace objects",
        rule: "a history is what its ids vouch for", help: "push without `refs/replace/`")
    } else {
      refuse(
        reference, "reference-foreign", "a push moves branches, tags and notes alone",
        rule: "what the server or another clone keeps for itself is not written by a push",
        help: "push to `refs/heads/` or `refs/tags/`")
    }
  }

  /// What is wrong with the name of a record; nil where nothing is, or it is none.
  private func problem(_ reference: PushedReference) -> String? {
    if ["refs/heads/proposals", "refs/heads/reviews", "refs/tags/closed", "refs/tags/release"].contains(
      where: reference.isNamed)
    {
      return "the name stands where the records of this identity are kept"
    }
    if let name = reference.name(in: "refs/heads/proposals/"), !ProposalName.isValid(name) {
      return "a proposal is the branch `proposals/NAME`"
    }
    if reference.lies(in: "refs/heads/reviews/"), ReviewBranch(reference.name) == nil {
      return "a review is on the branch `reviews/NAME/PERSON`"
    }
    if let name = reference.name(in: "refs/tags/closed/"), !ProposalName.isValid(name) {
      return "the tag of a withdrawal is `closed/NAME`"
    }
    return nil
  }

  /// Another reference of the same letters, where one of the two is a record or the branch in force: on a file system that
  /// does not tell capitals apart, or spellings of an accent, one would take the other's place.
  private func lookalike(_ reference: PushedReference, _ line: String) -> String? {
    let folded = reference.name.lowercased()
    let folders = ["refs/heads/proposals/", "refs/heads/reviews/", "refs/tags/closed/", "refs/tags/release/"]
    // A folder that differs in capitals alone is a record's to such a file system.
    if let folder = folders.first(where: { folded.utf8.starts(with: $0.utf8) && !reference.lies(in: $0) }) {
      return folder
    }
    let isRecord = folders.contains(where: reference.lies)
    let others = remaining.keys.map { String(decoding: $0, as: UTF8.self) } + [line]
    return others.filter { other in
      !reference.isNamed(other) && (isRecord || other.utf8.elementsEqual(line.utf8)) && other.lowercased() == folded
    }.min()
  }
}

extension PushedReference {
  /// The reference that git would show or merge instead of this one, or this one instead of, when its short name is typed.
  fileprivate func ambiguity(with line: String) -> String? {
    let short = Array(shortName.utf8)
    if short.elementsEqual("HEAD".utf8) { return "HEAD" }
    // Git looks for `NAME` below `refs/`, `refs/heads/`, …: such a branch makes every short name two things. And what a
    // clone fetches of the server's log stands where a branch `ethos/…` would.
    if lies(in: "refs/heads/") || lies(in: "refs/tags/") {
      for folder in ["refs/", "heads/", "tags/", "remotes/", "ethos/"] where short.starts(with: folder.utf8) {
        return folder == "ethos/" ? "refs/ethos/" : line
      }
    }
    guard lies(in: "refs/tags/") else { return nil }
    let branch = Array(EthosApp.shortName(of: line).utf8)
    // A tag goes before a branch, and `origin/main` is a branch in every clone.
    if short == branch || short.ends(with: [UInt8(ascii: "/")] + branch) { return line }
    let folders = short.split(separator: UInt8(ascii: "/")).dropLast()
    for name in ["proposals", "reviews"] where folders.contains(where: { $0.elementsEqual(name.utf8) }) {
      return "refs/heads/\(name)/"
    }
    return nil
  }
}

extension Array where Element == UInt8 {
  fileprivate func ends(with other: [UInt8]) -> Bool { suffix(other.count).elementsEqual(other) }
}
