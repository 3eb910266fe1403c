/// The rows of the charter. What decides who must agree is critical, and no charter may say otherwise.
extension ChangeKind {
  package static let organisationRenamed = ChangeKind(
    "organisation-renamed", .renamed, .charter, inverse: "organisation-renamed", .major,
    "The organisation has another name.")
  package static let timeZoneChanged = ChangeKind(
    "time-zone-changed", .changed, .charter, inverse: "time-zone-changed", .major, "Days begin in another time zone.")
  package static let branchChanged = ChangeKind(
    "branch-changed", .changed, .charter, inverse: "branch-changed", .critical, isFixed: true,
    "Another branch is in force.")
  package static let formatChanged = ChangeKind(
    "format-changed", .changed, .charter, inverse: "format-changed", .major, "The files are of another format.")
  package static let defaultOwnerReassigned = ChangeKind(
    "default-owner-reassigned", .reassigned, .owner, inverse: "default-owner-reassigned", .critical, isFixed: true,
    "Another office owns whatever names no owner.")
  package static let ranksChanged = ChangeKind(
    "ranks-changed", .changed, .priority, inverse: "ranks-changed", .critical, isFixed: true,
    "The levels of precedence among values are others, or in another order.")

  package static let signaturesStrengthened = ChangeKind(
    "signatures-strengthened", .strengthened, .authority, inverse: "signatures-weakened", .critical, isFixed: true,
    "Records must be signed.")
  package static let signaturesWeakened = ChangeKind(
    "signatures-weakened", .weakened, .authority, inverse: "signatures-strengthened", .critical, isFixed: true,
    "Records need no signature any more.")
  package static let approvalsExpireStrengthened = ChangeKind(
    "approvals-expire-strengthened", .strengthened, .authority, inverse: "approvals-expire-weakened", .critical,
    isFixed: true, "Approvals count for fewer days.")
  package static let approvalsExpireWeakened = ChangeKind(
    "approvals-expire-weakened", .weakened, .authority, inverse: "approvals-expire-strengthened", .critical,
    isFixed: true, "Approvals count for more days.")
  package static let recorderAdded = ChangeKind(
    "recorder-added", .added, .authority, inverse: "recorder-removed", .critical, isFixed: true,
    "An office may record what was decided elsewhere.")
  package static let recorderRemoved = ChangeKind(
    "recorder-removed", .removed, .authority, inverse: "recorder-added", .critical, isFixed: true,
    "An office may no longer record what was decided elsewhere.")
  package static let recorderChanged = ChangeKind(
    "recorder-changed", .changed, .authority, inverse: "recorder-changed", .critical, isFixed: true,
    "An office may record up to another level.")
  package static let authorityAdded = ChangeKind(
    "authority-added", .added, .authority, inverse: "authority-removed", .critical, isFixed: true,
    "A row of the authority is added.")
  package static let authorityRemoved = ChangeKind(
    "authority-removed", .removed, .authority, inverse: "authority-added", .critical, isFixed: true,
    "A row of the authority is gone.")
  package static let authorityStrengthened = ChangeKind(
    "authority-strengthened", .strengthened, .authority, inverse: "authority-weakened", .critical, isFixed: true,
    "A row of the authority asks for more.")
  package static let authorityWeakened = ChangeKind(
    "authority-weakened", .weakened, .authority, inverse: "authority-strengthened", .critical, isFixed: true,
    "A row of the authority asks for less.")
  package static let authorityChanged = ChangeKind(
    "authority-changed", .changed, .authority, inverse: "authority-changed", .critical, isFixed: true,
    "A row of the authority asks for something else.")
  package static let severityRaised = ChangeKind(
    "severity-raised", .raised, .authority, inverse: "severity-lowered", .critical, isFixed: true,
    "A kind of change weighs more.")
  package static let severityLowered = ChangeKind(
    "severity-lowered", .lowered, .authority, inverse: "severity-raised", .critical, isFixed: true,
    "A kind of change weighs less.")
  package static let severityChanged = ChangeKind(
    "severity-changed", .changed, .authority, inverse: "severity-changed", .critical, isFixed: true,
    "The charter states a level that held without it, or states one no longer that still holds.")

  package static let outdatedStrengthened = ChangeKind(
    "outdated-strengthened", .strengthened, .system, inverse: "outdated-weakened", .critical, isFixed: true,
    "Live systems may be behind what is in force by less.")
  package static let outdatedWeakened = ChangeKind(
    "outdated-weakened", .weakened, .system, inverse: "outdated-strengthened", .critical, isFixed: true,
    "Live systems may be behind what is in force by more.")

  static let charterRows: [ChangeKind] = [
    organisationRenamed, timeZoneChanged, branchChanged, formatChanged, defaultOwnerReassigned, ranksChanged,
    signaturesStrengthened, signaturesWeakened, approvalsExpireStrengthened, approvalsExpireWeakened, recorderAdded,
    recorderRemoved, recorderChanged, authorityAdded,
    authorityRemoved, authorityStrengthened, authorityWeakened, authorityChanged, severityRaised, severityLowered,
    severityChanged, outdatedStrengthened, outdatedWeakened,
  ]
}

/// The rows of leadership cycles, people and systems.
extension ChangeKind {
  package static let cycleWidened = ChangeKind(
    "cycle-widened", .widened, .cycle, inverse: "cycle-narrowed", .critical, isFixed: true,
    "A leadership cycle begins earlier or ends later.")
  package static let cycleNarrowed = ChangeKind(
    "cycle-narrowed", .narrowed, .cycle, inverse: "cycle-widened", .critical, isFixed: true,
    "A leadership cycle begins later or ends earlier.")
  package static let mandateReworded = ChangeKind(
    "mandate-reworded", .reworded, .cycle, inverse: "mandate-reworded", .undecided,
    "The mandate of a leadership cycle is worded otherwise, given or left out.")
  package static let officeAdded = ChangeKind(
    "office-added", .added, .cycle, inverse: "office-removed", .critical, isFixed: true, "An office is filled.")
  package static let officeRemoved = ChangeKind(
    "office-removed", .removed, .cycle, inverse: "office-added", .critical, isFixed: true,
    "An office is filled no longer.")
  package static let holderAdded = ChangeKind(
    "holder-added", .added, .cycle, inverse: "holder-removed", .critical, isFixed: true,
    "A person holds an office beside others.")
  package static let holderRemoved = ChangeKind(
    "holder-removed", .removed, .cycle, inverse: "holder-added", .critical, isFixed: true,
    "A person holds an office no longer.")
  package static let holderChanged = ChangeKind(
    "holder-changed", .changed, .cycle, inverse: "holder-changed", .critical, isFixed: true,
    "A person holds an office at another time or with another deputy.")

  package static let personRenamed = ChangeKind(
    "person-renamed", .renamed, .person, inverse: "person-renamed", .major, "A person has another name.")
  package static let emailAdded = ChangeKind(
    "email-added", .added, .person, inverse: "email-removed", .critical, isFixed: true,
    "A person is known by a further address.")
  package static let emailRemoved = ChangeKind(
    "email-removed", .removed, .person, inverse: "email-added", .critical, isFixed: true,
    "A person is known by an address no longer.")
  package static let keyAdded = ChangeKind(
    "key-added", .added, .person, inverse: "key-removed", .critical, isFixed: true, "A key signs for a person.")
  package static let keyRemoved = ChangeKind(
    "key-removed", .removed, .person, inverse: "key-added", .critical, isFixed: true,
    "A key signs for a person no longer.")
  package static let keyChanged = ChangeKind(
    "key-changed", .changed, .person, inverse: "key-changed", .critical, isFixed: true,
    "A key signs for a person at another time.")

  package static let systemStatusChanged = ChangeKind(
    "system-status-changed", .changed, .system, inverse: "system-status-changed", .major,
    "A system goes live, is suspended or is planned again.")
  package static let implementsAdded = ChangeKind(
    "implements-added", .added, .system, inverse: "implements-removed", .major, "A system takes one more decision.")
  package static let implementsRemoved = ChangeKind(
    "implements-removed", .removed, .system, inverse: "implements-added", .major,
    "A system takes a decision no longer.")
  package static let builtForChanged = ChangeKind(
    "built-for-changed", .changed, .system, inverse: "built-for-changed", .major,
    "A system is built for another release.")
  package static let learntFromChanged = ChangeKind(
    "learnt-from-changed", .changed, .system, inverse: "learnt-from-changed", .major,
    "A system learnt from another period.")

  static let peopleRows: [ChangeKind] = [
    cycleWidened, cycleNarrowed, mandateReworded, officeAdded, officeRemoved, holderAdded, holderRemoved, holderChanged,
    personRenamed, emailAdded, emailRemoved, keyAdded, keyRemoved, keyChanged, systemStatusChanged, implementsAdded,
    implementsRemoved, builtForChanged, learntFromChanged,
  ]
}
