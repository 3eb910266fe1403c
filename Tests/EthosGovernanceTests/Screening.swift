import EthosGovernance
import EthosModel
import EthosRecord
import EthosText

/// A bank whose people have keys, and reviews of one proposal of it, to be screened as a merge of a moment would.
struct Screening {
  static let merged = Instant(seconds: 20_500 * 86_400 + 36_000)
  static let proposal = "lower"
  static let first = ObjectID(bytes: repeatElement(0xF1, count: 20))

  /// Keys of the right form; nobody has their private halves.
  static func key(_ person: String) -> SigningKey {
    let letter = ["jane": "B", "omar": "C", "ada": "D", "ruth": "E", "mei": "F"][person] ?? "G"
    return SigningKey(.ssh, "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\(letter)")
  }

  static func day(_ when: Instant) -> Day { Day(daysSinceEpoch: Int(when.seconds / 86_400)) }

  static func before(_ days: Int) -> Instant { Instant(seconds: merged.seconds - Int64(days) * 86_400) }

  let rules: Snapshot
  var reviews: [SubmittedReview] = []
  var verdicts: [ObjectID: SignatureVerdict] = [:]
  var name: String? = Screening.proposal

  /// `terms` are the days of somebody's key, as its file says them; `withoutKey` have none.
  init(charter: String = "signatures: required", terms: [String: String] = [:], withoutKey: Set<String> = []) throws {
    var files = Bank.files(charter: charter)
    for id in ["jane", "omar", "ada", "ruth", "mei"] where !withoutKey.contains(id) {
      let term = terms[id].map { ", \($0)" } ?? ""
      files["people/\(id).yaml", default: ""] += "keys: [{key: \(Screening.key(id).description)\(term)}]\n"
    }
    rules = try identity(files)
  }

  /// Adds a review, signed by its author's key unless said otherwise; nil for `of` names no proposal.
  @discardableResult
  mutating func review(
    _ who: String, _ verdict: ReviewRecord.Verdict = .approve, of proposal: String? = Screening.proposal,
    lineage: SubmittedReview.Lineage = .ofTip, written: Instant = Screening.before(1), committed: Instant? = nil,
    builtOn: Instant? = nil, email: String? = nil, signed: SignatureVerdict? = nil
  ) -> ObjectID {
    var record = ReviewRecord(proposal: proposal ?? "lower", verdict: verdict, reviewed: [])
    record.of = proposal.map { ReviewRecord.Subject(proposal: $0, first: Screening.first) }
    let id = ObjectID(bytes: repeatElement(UInt8(reviews.count + 1), count: 20))
    var review = SubmittedReview(
      id: id, author: Signature(name: who, email: email ?? "\(who)@northgate.example", when: written), record: record,
      follows: [])
    review.lineage = lineage
    review.committed = committed ?? written
    review.builtOn = builtOn
    reviews.append(review)
    verdicts[id] = signed ?? .valid(Screening.key(who))
    return id
  }

  var screen: ReviewScreen {
    ReviewScreen(
      reviews, rules: rules, verdicts: verdicts, proposal: name, merged: Screening.merged, day: Screening.day)
  }

  /// The codes of those that are set aside.
  var codes: [String] { screen.aside.map(\.code) }
}
