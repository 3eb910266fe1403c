package import EthosRecord
import EthosText

/// A tag under `trust/` as it stands in a repository, with what cryptography says of it.
package struct TrustTag: Hashable, Sendable {
  /// The name of the reference without `refs/tags/`: `trust/jane`.
  package var reference: String
  /// The tag object; nil where the reference stands at something else.
  package var tag: AnnotatedTag?
  package var verdict: SignatureVerdict

  package init(reference: String, tag: AnnotatedTag?, verdict: SignatureVerdict) {
    self.reference = reference
    self.tag = tag
    self.verdict = verdict
  }
}

/// Says whether those whom somebody trusts vouch for the first commit, on which everything rests.
///
/// A key vouches by the signature of the first commit, or by that of an annotated tag `trust/NAME` that stands at it. Such
/// a tag may also hand the trust over to other keys (`TrustRecord`). As in TUF, that counts when as many of the keys that
/// are trusted so far have signed the same record as have to vouch, and as many of the new ones as it asks for: the old
/// keys alone could name anybody, and the new ones alone could name themselves.
package struct RootTrust: Sendable {
  /// By what a key vouches.
  package struct Vouch: Hashable, Sendable {
    package var seat: TrustedSeat
    package var key: SigningKey
    /// The tag; nil for the signature of the first commit itself.
    package var tag: String?
    /// The number of the record that the tag signs.
    package var rotation: Int?
  }

  /// How many of whom have to vouch.
  package struct Demand: Hashable, Sendable {
    package var seats: [TrustedSeat]
    package var threshold: Int

    package init(seats: [TrustedSeat], threshold: Int) {
      self.seats = seats
      self.threshold = threshold
    }
  }

  /// What was asked for.
  package let asked: Demand
  /// What it came to by the records that hand the trust over.
  package private(set) var demand: Demand
  package private(set) var followed: [TrustRecord] = []
  /// One for each of the seats that vouch, in the order of the seats.
  package private(set) var vouched: [Vouch] = []
  package private(set) var findings: [Finding] = []

  private let root: ObjectID
  private let rootVerdict: SignatureVerdict
  private let tags: [TrustTag]
  /// The tags that count, with the key that signed each, and what it hands over.
  private var counting: [(tag: String, key: SigningKey, record: TrustRecord?)] = []
  private static let rule =
    "everything rests on the first commit: as many of the trusted keys vouch for it as are asked for"

  /// The tags are all those under `trust/`, in the order of their names.
  package init(_ asked: Demand, root: ObjectID, rootVerdict: SignatureVerdict, tags: [TrustTag]) {
    (self.asked, demand) = (asked, asked)
    (self.root, self.rootVerdict, self.tags) = (root, rootVerdict, tags)
    for tag in tags { read(tag) }
    follow()
    vouched = demand.seats.compactMap(vouch)
    if vouched.count < demand.threshold { findings.insert(untrusted, at: 0) }
  }

  package var isTrusted: Bool { !findings.contains { $0.severity == .breach } }

  // MARK: - who vouches

  private mutating func read(_ tag: TrustTag) {
    let reason: String
    switch (tag.tag, tag.verdict) {
    case (nil, _): reason = "it is no annotated tag"
    case (let found?, _) where found.target != root:
      reason = "it stands at \(found.target.short), not at the first commit"
    case (let found?, _) where !found.name.utf8.elementsEqual(tag.reference.utf8):
      reason = "it was made under another name, `\(found.name)`"
    case (_, .unsigned): reason = "it is not signed"
    case (_, .invalid(let why)): reason = "its signature does not vouch for it: \(why)"
    case (_, .unchecked(let why)): reason = "its signature could not be checked here: \(why)"
    case (let found?, .valid(let key)):
      switch TrustRecord.reading(of: found.message) {
      case .none:
        counting.append((tag.reference, key, nil))
        return
      case .record(let record):
        counting.append((tag.reference, key, record))
        return
      case .malformed(let why): reason = "it names keys in another form: \(why)"
      }
    }
    findings.append(
      Finding(
        "trust-tag-void", .note, "`\(tag.reference)` counts for nothing: \(reason)", tag: tag.reference,
        rule: "a tag under trust/ is annotated, signed, and stands at the first commit",
        help: ["make one under another name: `\(command(name: "NAME"))`"]))
  }

  private func vouch(_ seat: TrustedSeat) -> Vouch? {
    if case .valid(let key) = rootVerdict, seat.keys.contains(key) { return Vouch(seat: seat, key: key) }
    return counting.first { seat.keys.contains($0.key) }.map {
      Vouch(seat: seat, key: $0.key, tag: $0.tag, rotation: $0.record?.rotation)
    }
  }

  // MARK: - handed over

  /// Follows the records, each after the one before.
  private mutating func follow() {
    for number in Set(counting.compactMap { $0.record?.rotation }).sorted() {
      let records = counting.compactMap(\.record).filter { $0.rotation == number }
        .reduce(into: [TrustRecord]()) { if !$0.contains($1) { $0.append($1) } }.filter(isSigned)
      guard let record = records.first else { continue }
      guard records.count == 1 else {
        findings.append(
          Finding(
            "root-untrusted", .breach,
            "rotation \(number) of the trusted keys was signed in two ways, and nobody can tell which counts",
            commit: root, rule: "the keys that are trusted hand over once, and to the same keys",
            signed: counting.filter { $0.record?.rotation == number }.map { "\($0.key.abbreviated), in `\($0.tag)`" },
            help: [
              "ask those who hold the keys which one they meant: a key that signed both may be stolen. The others are removed "
                + "in the repository that everybody fetches from: `git tag -d trust/NAME`"
            ]))
        return
      }
      followed.append(record)
      demand = Demand(seats: record.keys.map { TrustedSeat(keys: [$0]) }, threshold: record.threshold)
    }
    guard !followed.isEmpty, demand.seats.flatMap(\.keys) != asked.seats.flatMap(\.keys) else { return }
    let quotedKeys = demand.seats.flatMap(\.keys).map { " --trust \(shellWord("\($0)"))" }.joined()
    findings.append(
      Finding(
        "trust-rotated", .note,
        "the keys that were asked for have handed over to others, by rotation "
          + followed.map { "\($0.rotation)" }.joined(separator: ", "),
        commit: root, rule: "who is trusted may hand over, with as many signatures as have to vouch",
        help: ["ask for those from now on: `ethos verify\(quotedKeys) --threshold \(demand.threshold)`"]))
  }

  /// Whether enough of those trusted so far, and of those to come, have signed a record.
  private func isSigned(_ record: TrustRecord) -> Bool {
    let keys = Set(counting.filter { $0.record == record }.map(\.key))
    let before = demand.seats.count { !keys.isDisjoint(with: $0.keys) }
    return before >= demand.threshold && record.keys.count { keys.contains($0) } >= record.threshold
  }

  // MARK: - who is missing

  private var untrusted: Finding {
    let missing = demand.seats.filter { seat in !vouched.contains { $0.seat == seat } }
    let count = "\(vouched.count) of \(demand.threshold) that have to vouch for the first commit do"
    return Finding(
      "root-untrusted", .breach, "\(count); \(signature)", commit: root, rule: RootTrust.rule,
      needed: ["\(demand.threshold) of " + demand.seats.map(\.name).joined(separator: ", ")],
      signed: vouched.map(RootTrust.words),
      missing: missing.map(\.name),
      help: missing.map { seat in
        let who = seat.person.map { "`\($0)`" } ?? "who holds \(seat.name)"
        return "\(who) looks at the first commit and vouches for it: `\(command(name: freeName(seat.person)))`"
      } + ["was another identity meant? then this is not it: the first commit is `\(root)`"])
  }

  /// In words by what a key vouches.
  package static func words(_ vouch: Vouch) -> String {
    let by = vouch.tag.map { "in `\($0)`" } ?? "by the signature of the first commit"
    let key = vouch.seat.person.map { "\($0), \(vouch.key.abbreviated)" } ?? vouch.key.abbreviated
    return "\(key), \(by)" + (vouch.rotation.map { ", rotation \($0)" } ?? "")
  }

  private var signature: String {
    switch rootVerdict {
    case .valid(let key):
      demand.seats.contains { $0.keys.contains(key) }
        ? "it is signed with a key that is trusted" : "it is signed with another key: \(key)"
    case .unsigned: "it is not signed"
    case .invalid(let reason): "its signature does not vouch for it: \(reason)"
    case .unchecked(let reason): "its signature could not be checked here: \(reason)"
    }
  }

  private func command(name: String) -> String {
    "git tag -s \(shellWord("trust/\(name)")) \(root) -m 'Vouch for the first commit'"
  }

  /// A name that no tag has.
  private func freeName(_ person: String?) -> String {
    let base = person ?? "key"
    let names = [base] + (2...(tags.count + 2)).map { "\(base)-\($0)" }
    return names.first { name in !tags.contains { $0.reference == "trust/\(name)" } } ?? base
  }
}
