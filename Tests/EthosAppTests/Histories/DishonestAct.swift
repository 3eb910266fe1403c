import EthosRecord

/// One thing that somebody does against the rules, or against the record.
///
/// The text says what.
enum DishonestAct: String, CaseIterable {
  // How a change came to be in force.
  case directChange = "a change is put on main past every proposal"
  case directRemoval = "a commitment is removed past every proposal"
  case squash = "an approved proposal is squashed into one commit"
  case fastForward = "main is moved to the tip of an approved proposal"
  case foxtrot = "main is merged into an approved proposal, and takes that merge as its own"
  case tooFewApprovals = "a proposal is merged with one approval too few"
  case reviewsLeftBehind = "a proposal is merged without carrying the reviews that approve it"
  case evilMerge = "the merge of an approved proposal changes something else"
  case takenBackInMerge = "the merge of an approved proposal takes an earlier change back"
  case octopus = "one merge brings two approved proposals"
  case unrelatedHistory = "a merge brings a history of its own"
  case reasonMissing = "a change gives no reason"
  case reasonInvisible = "a change gives a reason that nobody can see"
  case authorityWeakened = "the authority is weakened past everybody, and then used"
  case rowRemoved = "a row of the authority is removed past everybody, and what it covered changed"
  // What cannot be read opens nothing.
  case charterBroken = "the charter is broken, a limit changed, the charter restored"
  case charterRemoved = "the charter is removed, a limit changed, the charter restored"
  case charterEmptied = "the authority is taken out, a limit changed, the authority restored"
  case charterFormat = "the charter names another format, a limit is changed, the charter restored"
  case commitmentBroken = "an approved proposal leaves a commitment that cannot be read"
  case branchMoved = "a direct commit names another branch, on which a line of its own stands"
  case otherCase = "an approved proposal brings a file in a folder `Values`"
  case link = "an approved proposal brings a symbolic link"
  case submodule = "an approved proposal brings a submodule"
  case unlistedFile =
    "an approved proposal brings a change that nobody reviewed, of a file that is no commitment's place"
  // Approvals.
  case selfApproval = "somebody approves their own change"
  case coAuthorApproves = "a co-author approves the change"
  case contentByMerge = "a merge in a third name brings an approver's own content into a proposal"
  case reviewChangesFile = "an approval changes a file"
  case reviewCarriesContent = "a comment carries content as its second parent"
  case otherContent = "the content was changed after it was approved"
  case replayedForAnother = "approvals of a withdrawn proposal are carried for another with the same content"
  case withdrawn = "a withdrawn proposal is merged with its approvals"
  case expired = "approvals are used five hundred days later"
  case stranger = "somebody who is nobody here approves"
  case forgedUnsigned = "an approval in another's name, not signed"
  case forgedWithOwnKey = "an approval in another's name, signed with one's own key"
  case conditionIgnored = "an approval on a condition is counted without"
  case officeEnded = "the offices changed hands between the reviews and the merge"
  case deputyAndHolder = "a deputy and the holder fill two seats"
  case sharedKey = "two people have one key, and one of them approves"
  case sharedAddress = "two people have one address, and one of them approves"
  case recordedWithoutOffice = "somebody without the office records another's approval"
  case recordedByAuthor = "the author records another's approval"
  case recordedAbove = "a recorder records above their level"
  case recordedWithoutSource = "a recorder names no source"
  case beneficiaryApproves = "who gains by an exception approves it"
  case beneficiaryWrites = "who gains by an exception wrote it"
  // Objections.
  case objectionLeftOut = "the merge leaves an objection out that is known"
  case objectionUnanswered = "an objection is not answered"
  case answerBlank = "an objection is answered with nothing"
  case answerInvisible = "an objection is answered with what nobody can see"
  case vetoOverridden = "a veto is overridden"
  // What a merge says of itself.
  case rulesetLowered = "a merge names an older ruleset"
  case rulesetUnknown = "a merge names a ruleset that is not there"
  case levelLies = "a merge names a lower level"
  case approvalLies = "a merge names an approval that nobody gave"
  case objectionLies = "a merge names an objection that nobody made"
  // Dates.
  case mergeBackdated = "a merge is dated before what it builds on"
  case commitBackdated = "a commit of a proposal is dated into an earlier term"
  case reviewBackdated = "an approval is dated before what it approves"
  case dateAhead = "a proposal and its merge are dated in time to come"
  // Signatures.
  case commitUnsigned = "a commit of a proposal is not signed"
  case mergeUnsigned = "a ratification is not signed"
  case authorOfAnother = "a commit names another author than who signed it"
  case keyEnded = "an approval is signed with a key after its last day"
  case keyOfAnother = "a commit is signed with another's key"
  case headerUnsigned = "a ratification has a header that no signature covers"
  // The line, and the repository.
  case rewound = "the line is taken back and written anew"
  case replaced = "a commit is replaced by another"
  case grafted = "a commit is given other parents"
  // Releases.
  case releaseWithoutOffice = "somebody without the office makes a release"
  case releaseMoved = "a release is moved to another commit"
  case releaseRemade = "the last release is made anew"
  case releaseDeleted = "a release in the middle is deleted"
  case lastReleaseDeleted = "the last release is deleted"
  case releaseBackdated = "a release is dated before what it releases"
  case releaseIncomplete = "a manifest leaves a change out"
  case releaseOffLine = "what is released was never in force"
  case releaseRenamed = "a release stands under another name"
  // Others.
  case reaffirmedByAnother = "somebody reaffirms what is not of their office"
  case reaffirmedStale = "somebody reaffirms another content"
  case adoptedByTooFew = "a breach is adopted by too few"
  case adoptionAdopted = "a breach is adopted by nobody, and that adoption by those who must"

  /// Whether the act is one only where the charter asks for signatures.
  var needsSignatures: Bool {
    switch self {
    case .forgedUnsigned, .forgedWithOwnKey, .sharedKey, .reviewBackdated, .commitUnsigned, .mergeUnsigned,
      .authorOfAnother, .keyEnded, .keyOfAnother, .headerUnsigned:
      true
    default: false
    }
  }

  var isOfReleases: Bool {
    switch self {
    case .releaseWithoutOffice, .releaseMoved, .releaseRemade, .releaseDeleted, .lastReleaseDeleted, .releaseBackdated,
      .releaseIncomplete, .releaseOffLine, .releaseRenamed:
      true
    default: false
    }
  }

  /// Whether only a memory from before can show it.
  var needsReceipt: Bool {
    switch self {
    case .rewound, .releaseRemade, .lastReleaseDeleted: true
    default: false
    }
  }
}

/// What a dishonest act left behind, by which a finding must name it.
struct Trace {
  var commits: Set<ObjectID> = []
  /// Tags and branches.
  var names: Set<String> = []
}
