import EthosModel
import EthosRecord

/// The branch of somebody's reviews of a proposal: `refs/heads/reviews/NAME/PERSON`, or `…/PERSON.by.RECORDER`.
struct ReviewBranch {
  let proposal: String
  let person: String
  /// Who records what the person decided elsewhere.
  let recorder: String?
  /// Who writes on it: the person, or who records for them.
  var speaker: String { recorder ?? person }

  /// Reads the whole name of a reference; nil for any other.
  init?(_ reference: String) {
    let parts = reference.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard parts.count == 5, parts[..<3].elementsEqual(["refs", "heads", "reviews"]), ProposalName.isValid(parts[3])
    else { return nil }
    let people = parts[4].utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard people.allSatisfy(EntryKey.isID), people.count == 1 || (people.count == 3 && people[1] == "by") else {
      return nil
    }
    proposal = parts[3]
    person = people[0]
    recorder = people.count == 3 ? people[2] : nil
  }
}
