import EthosDiff
import EthosGovernance
import EthosModel
import EthosRecord
import EthosSyntax
import EthosText
import Testing

/// An identity from its files, which must be without errors unless said otherwise.
func identity(_ files: [String: String], allowingErrors: Bool = false) throws -> Snapshot {
  var documents: [Document] = []
  var diagnostics: [Diagnostic] = []
  for (path, text) in files {
    let result = DocumentReader.read(SourceText(path: path, text: text))
    if let document = result.document { documents.append(document) }
    diagnostics += result.diagnostics
  }
  let snapshot = Snapshot(documents: documents, diagnostics: diagnostics)
  if !allowingErrors { try #require(!snapshot.hasErrors, "\(snapshot.diagnostics)") }
  return snapshot
}

func person(_ id: String, emails: String...) -> (String, String) {
  let addresses = emails.isEmpty ? ["\(id)@northgate.example"] : emails
  return ("people/\(id).yaml", "id: \(id)\nname: \(id.uppercased())\nemails: [\(addresses.joined(separator: ", "))]\n")
}

/// The bank that most tests are about: three directors of whom one leads, a risk officer, an outsider.
enum Bank {
  static let day = Day(daysSinceEpoch: 20_500)
  static let risk = EntryKey(.limit, "client-risk")
  static let prudence = EntryKey(.value, "prudence")

  static let authority = """
      - {change: [value, limit, exception], level: critical, quorum: {chief-executive: 1, board: 2}}
      - {change: [decision], level: critical, quorum: {owner: 1, chief-executive: 1}}
      - {change: [value, limit], level: major, quorum: {owner: 1, board: 1}}
      - {change: [decision, limit], level: minor, quorum: {owner: 1}}
      - {change: [charter, cycle, person], level: critical, quorum: {chief-executive: 1, board: 2}}
      - {change: [release], level: critical, quorum: {chief-executive: 1}}
      - {change: [system], level: critical, quorum: {owner: 1}}
      - {change: ["*"], level: editorial, quorum: {anyone: 1}}
    """

  static func files(authority: String = Bank.authority, charter: String = "") -> [String: String] {
    var files = [
      "ethos.yaml": """
      ethos: 1
      organisation: Northgate
      defaultOwner: chief-executive
      \(authority.isEmpty ? "" : "authority:\n\(authority)")
      \(charter)
      """,
      "cycles/renewal.yaml": """
      id: renewal
      title: Renewal
      from: 2026-01-01
      offices:
        chief-executive: jane
        chief-risk-officer: omar
        board: [jane, ada, ruth]
      """,
      "values/prudence.yaml": """
      id: prudence
      title: Prudence
      statement: We must know every client.
      owner: chief-risk-officer
      """,
      "limits/client-risk.yaml": """
      id: client-risk
      title: Client risk
      atMost: 60
      owner: chief-risk-officer
      """,
    ]
    for id in ["jane", "omar", "ada", "ruth", "mei"] {
      let (path, text) = person(id)
      files[path] = text
    }
    return files
  }

  /// What is in force, and a proposal that edits some of its files.
  static func proposal(
    authority: String = Bank.authority, edits: [String: String] = ["limits/client-risk.yaml": lowered]
  ) throws -> Proposal {
    let before = files(authority: authority)
    return try Proposal(before: identity(before), after: identity(before.merging(edits) { $1 }))
  }

  static let lowered = "id: client-risk\ntitle: Client risk\natMost: 55\nowner: chief-risk-officer\n"
  static let reworded = """
    id: prudence
    title: Prudence
    statement: We should know every client well.
    owner: chief-risk-officer
    """
}

/// A proposal under test, with its reviews.
struct Proposal {
  let before: Snapshot
  let after: Snapshot
  let changes: ChangeSet
  var authors: [EntryKey: Set<String>] = [:]
  var classes: [Classification] = []
  var reviews: [SubmittedReview] = []

  init(before: Snapshot, after: Snapshot) {
    self.before = before
    self.after = after
    changes = Comparison.changes(from: before, to: after, severity: Severity(charter: before.charter))
  }

  var standing: Standing { standing(on: Bank.day) }

  func standing(on day: Day) -> Standing {
    Standing(
      changes: changes, before: before, after: after, authors: authors, classes: classes, reviews: reviews, on: day)
  }

  /// Adds a review of all that changed, as it stands or as it stood in another proposal.
  @discardableResult
  mutating func review(
    _ who: String, _ verdict: ReviewRecord.Verdict = .approve, after earlier: [Int]? = nil, of other: Proposal? = nil,
    classes: [Classification] = [], email: String? = nil, on behalf: String? = nil, conditions: [String] = [],
    source: RecordedSource? = RecordedSource(name: "minutes.pdf", sha256: String(repeating: "a", count: 64))
  ) -> Int {
    let read = other ?? self
    var record = ReviewRecord(
      proposal: "lower", verdict: verdict,
      reviewed: read.changes.entries.map {
        .init(key: $0, before: Fingerprint.of($0, in: read.before), after: Fingerprint.of($0, in: read.after))
      }, classes: classes, words: "\(who) says \(verdict)")
    record.conditions = conditions
    record.onBehalfOf = behalf
    if behalf != nil { record.sources = [source].compactMap { $0 } }
    let index = reviews.count
    // Unless said otherwise a review follows all that came before it.
    let follows = Set((earlier ?? Array(reviews.indices)).map { reviews[$0].id })
    reviews.append(
      SubmittedReview(
        id: ObjectID(bytes: repeatElement(UInt8(index + 1), count: 20)),
        author: Signature(
          name: who, email: email ?? "\(who)@northgate.example", when: Instant(seconds: 1_000_000 + Int64(index))),
        record: record, follows: follows))
    return index
  }

  mutating func approve(_ people: String...) { for person in people { review(person) } }

  mutating func wrote(_ email: String) { for key in changes.entries { authors[key, default: []].insert(email) } }
}
