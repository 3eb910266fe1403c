package import EthosModel
import EthosText

/// What a reviewer says of a proposal: a commit that changes no file.
package struct ReviewRecord: Hashable, Sendable {
  package enum Verdict: String, Hashable, Sendable, CaseIterable {
    case approve, object, abstain, comment
  }

  /// An entry as the reviewer read it: its fingerprints before and after; nil where there is none on that side.
  package struct Reviewed: Hashable, Sendable {
    package var key: EntryKey
    package var before: Fingerprint?
    package var after: Fingerprint?

    package init(key: EntryKey, before: Fingerprint?, after: Fingerprint?) {
      self.key = key
      self.before = before
      self.after = after
    }
  }

  /// The proposal that a review is of, and the first commit that it had: an approval is for this one alone.
  package struct Subject: Hashable, Sendable {
    package var proposal: String
    package var first: ObjectID

    package init(proposal: String, first: ObjectID) {
      self.proposal = proposal
      self.first = first
    }

    /// Reads `NAME COMMIT`; nil for anything else.
    init?(trailer value: String) {
      let words = value.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false).map {
        String(decoding: $0, as: UTF8.self)
      }
      guard words.count == 2, ProposalName.isValid(words[0]), let first = ObjectID(hex: words[1]) else { return nil }
      self.init(proposal: words[0], first: first)
    }

    var trailer: Trailer { Trailer(.reviewOf, "\(proposal) \(first.hex)") }
  }

  package var subject: String
  package var verdict: Verdict
  /// What it is a review of; nil where the message does not say so in exactly one way.
  package var of: Subject?
  /// The classification rules under which the reviewer saw the change.
  package var ruleset: Int?
  package var reviewed: [Reviewed]
  /// The classes that the reviewer confirms.
  package var classes: [Classification]
  package var words: String
  /// The id of the person whose decision, taken elsewhere, is recorded here by another.
  package var onBehalfOf: String?
  /// What the record of a decision taken elsewhere rests on.
  package var sources: [RecordedSource] = []
  /// What must be met before an approval counts.
  package var conditions: [String] = []
  /// The place that a comment is about.
  package var about: Reference?
  /// Trailers of ours that cannot be understood.
  package private(set) var unreadable: [Trailer] = []

  package init(
    proposal: String, verdict: Verdict, reviewed: [Reviewed], classes: [Classification] = [], words: String = "",
    first: ObjectID? = nil
  ) {
    subject = "\(ReviewRecord.verb(verdict)) \(proposal)"
    of = first.map { Subject(proposal: proposal, first: $0) }
    self.verdict = verdict
    self.reviewed = reviewed
    self.classes = classes
    self.words = words
  }

  /// Reads a review; nil where the message is none: without exactly one verdict that is known, or where it speaks for
  /// more than one person.
  package init?(message: String) {
    let parsed = CommitMessage(parsing: message)
    let verdicts = parsed.values(.review)
    guard verdicts.count == 1, let verdict = verdicts.first.flatMap(Verdict.init(rawValue:)) else { return nil }
    guard parsed.values(.onBehalfOf).count < 2 else { return nil }
    self.verdict = verdict
    subject = parsed.subject
    words = parsed.body
    reviewed = []
    classes = []
    let subjects = parsed.values(.reviewOf)
    of = subjects.count == 1 ? subjects.first.flatMap(Subject.init(trailer:)) : nil
    ruleset = parsed.value(.ruleset).flatMap { Int($0) }
    onBehalfOf = parsed.value(.onBehalfOf)
    sources = parsed.values(.source).compactMap(RecordedSource.init)
    conditions = parsed.values(.condition).filter { !$0.isEmpty }
    about = parsed.value(.about).flatMap { TrailerReference.parse($0) }
    for trailer in parsed.trailers {
      if trailer.has(.reviewed) {
        if let entry = ReviewRecord.reviewed(trailer.value) {
          reviewed.append(entry)
        } else {
          unreadable.append(trailer)
        }
      } else if trailer.has(.classification) {
        if let classification = Classification(trailer: trailer.value) {
          classes.append(classification)
        } else {
          unreadable.append(trailer)
        }
      }
    }
  }

  package var message: String {
    let trailers =
      [Trailer(.review, verdict.rawValue)] + [of].compactMap { $0?.trailer }
      + [ruleset].compactMap { $0 }.map { Trailer(.ruleset, String($0)) }
      + [onBehalfOf].compactMap { $0 }.map { Trailer(.onBehalfOf, $0) }
      + sources.map { Trailer(.source, $0.description) } + conditions.map { Trailer(.condition, $0) }
      + [about].compactMap { $0 }.map { Trailer(.about, TrailerReference.text($0)) }
      + reviewed.map { entry in
        let sides = [entry.before, entry.after].map { $0?.hex ?? "none" }
        return Trailer(.reviewed, "\(entry.key)@e1:\(sides.joined(separator: ".."))")
      } + classes.map(\.trailer)
    return CommitMessage(subject: subject, body: words, trailers: trailers).text
  }

  private static func verb(_ verdict: Verdict) -> String {
    switch verdict {
    case .approve: "Approve"
    case .object: "Object to"
    case .abstain: "Abstain from"
    case .comment: "Comment on"
    }
  }

  /// Reads `REF@e1:BEFORE..AFTER`.
  private static func reviewed(_ value: String) -> Reviewed? {
    guard let (key, prints) = fingerprinted(value) else { return nil }
    guard let sides = prints.cut(around: ".."), let before = side(sides.before), let after = side(sides.after) else {
      return nil
    }
    return Reviewed(key: key, before: before, after: after)
  }

  private static func side(_ text: String) -> Fingerprint?? {
    if text.utf8.elementsEqual("none".utf8) { return .some(nil) }
    return readFingerprint(text[...]).map { .some($0) }
  }
}

/// Reads `REF@e1:…` of a whole entry.
func fingerprinted(_ value: String) -> (key: EntryKey, prints: Substring)? {
  guard let marker = value.cut(around: "@e1:"), let reference = try? Reference(parsing: marker.before),
    reference.path.isEmpty, reference.revision == nil
  else { return nil }
  return (reference.key, marker.after[...])
}

/// Reads 64 hexadecimal digits in lower case, as they are written.
func readFingerprint(_ text: Substring) -> Fingerprint? {
  guard let print = Fingerprint(hex: text), print.hex.utf8.elementsEqual(text.utf8) else { return nil }
  return print
}
