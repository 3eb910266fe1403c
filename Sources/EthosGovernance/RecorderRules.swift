package import EthosDiff
package import EthosModel
import EthosRecord
package import EthosText

/// Why the record of a decision taken elsewhere counts for nobody.
package enum RecordingLack: Hashable, Sendable {
  /// The recorder holds none of the offices that the charter lets record.
  case noRecorder
  /// Whoever recorded it wrote the change.
  case author
  /// It speaks for the recorder, who can speak in their own name.
  case ownName
  /// It speaks for somebody who is no person of the identity.
  case unknownPerson
  /// It names no file with its digest.
  case noSource
  /// The person objected in their own name, and nobody else takes that back.
  case ownObjection
  /// More is asked for than what the charter lets the recorder record.
  case above(Level)

  package var inWords: String {
    switch self {
    case .noRecorder: "no office of whoever recorded it may record what was decided elsewhere"
    case .author: "whoever recorded it wrote the change"
    case .ownName: "whoever recorded it speaks for themselves with a review of their own"
    case .unknownPerson: "it speaks for nobody of the identity"
    case .noSource: "it names no source with its SHA-256"
    case .ownObjection: "they objected in their own name, which only they take back"
    case .above(let level): "what was recorded by this office counts up to \(level) and no further"
    }
  }
}

/// Who may record what was decided elsewhere, as the charter in force says, on a day.
package struct RecorderRules: Sendable {
  private let recorders: [Charter.Recorder]
  private let offices: Offices
  private let day: Day

  /// `rules` is the state by which is judged.
  package init(rules: Snapshot, day: Day) {
    self.init(charter: Charter(snapshot: rules), offices: Offices(snapshot: rules), day: day)
  }

  init(charter: Charter, offices: Offices, day: Day) {
    recorders = charter.recorders
    self.offices = offices
    self.day = day
  }

  /// Whether any office may record.
  package var isEmpty: Bool { recorders.isEmpty }

  /// The offices that may record, sorted.
  package var names: [String] { recorders.map(\.office).sorted() }

  /// Whether a person may record, and up to which level; the most that any of their offices allows.
  ///
  /// The office is held when it is counted and when it was recorded, where that is another day.
  package func permission(of person: String, recordedOn given: Day? = nil) -> (mayRecord: Bool, upTo: Level?) {
    let held = recorders.filter { recorder in
      [day, given ?? day].allSatisfy { offices.holders(of: recorder.office, on: $0).contains(person) }
    }
    guard !held.isEmpty else { return (false, nil) }
    let levels = held.compactMap(\.level)
    return (true, levels.count < held.count ? nil : levels.max())
  }

  /// What makes the record of a decision of `person` count, or why it does not.
  func recording(
    _ review: SubmittedReview, of person: People.Person?, people: People, authors: Set<String>
  ) -> Result<Recording, RecordingFailure> {
    let recorder = Reviewer(review.author, among: people)
    let (mayRecord, upTo) = permission(of: recorder.id, recordedOn: review.day)
    let lack: RecordingLack?
    if person == nil {
      lack = .unknownPerson
    } else if !recorder.isKnown || !mayRecord {
      lack = .noRecorder
    } else if person?.id == recorder.id {
      lack = .ownName
    } else if authors.contains(recorder.id) {
      lack = .author
    } else {
      lack = review.record.sources.isEmpty ? .noSource : nil
    }
    if let lack { return .failure(RecordingFailure(lack: lack)) }
    return .success(Recording(recorder: recorder, sources: review.record.sources, upTo: upTo))
  }
}

/// Why a record of a decision taken elsewhere does not count, as an error of a result.
struct RecordingFailure: Error { let lack: RecordingLack }
