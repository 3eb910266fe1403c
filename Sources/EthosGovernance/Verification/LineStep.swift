package import EthosDiff
package import EthosModel
package import EthosRecord
package import EthosText

/// One commit of the line in force, with everything that is needed to judge it.
package struct LineStep: Sendable {
  package enum Form: Hashable, Sendable {
    /// The first commit. Everything rests on it, and nobody before it could have agreed to it.
    case root
    /// No file of the identity changed.
    case unchanged
    /// Files of the identity changed, and no proposal was merged.
    case direct
    case merge
  }

  package var form: Form
  /// False for a ratification that somebody thinks of: nothing is asked of its signature.
  package var isMade = true
  package var commit: Commit
  /// The state that it left: its first parent.
  package var parent: Commit?
  package var before: Snapshot
  /// The state by whose charter, people and offices it is judged: the last valid one, mostly `before`.
  package var rules: Snapshot
  package var after: Snapshot
  /// What it changed, under the ruleset that was asked then.
  package var changes: ChangeSet
  /// The entries whose files changed while their meaning did not.
  package var rewritten: Set<EntryKey> = []
  /// The addresses of those who wrote the change of an entry.
  package var authors: [EntryKey: Set<String>] = [:]
  package var classes: [Classification] = []
  /// Commits that changed something and say no reason.
  package var withoutReason: [Commit] = []
  /// The reviews that it brings; once they were screened, those that count.
  package var reviews: [SubmittedReview] = []
  /// How they follow one another.
  package var graph = ReviewGraph()
  /// The reviews that it brings and that count for nothing.
  package var aside: [AsideReview] = []
  /// The proposal that it merges, as it or its reviews name it.
  package var proposal: String?
  /// The closing of that proposal, where it was closed before the merge.
  package var closing: Closing?
  /// Commits that it brings and that are no part of the proposal, nor an earlier form of it.
  package var alongside: [Commit] = []
  /// Whether its parents are the line, one proposal, then reviews, as those of a ratification are.
  package var hasShape = true
  /// What its message says of the ratification; nil where it says nothing that can be read.
  package var record: RatificationRecord?
  /// The newest ruleset that the line had before it.
  package var leastRuleset = 1
  /// The commits that it brought, reviews left aside.
  package var brought: [Commit] = []
  /// The newest date of the line before it: who dates each commit a little before the one before cannot walk back.
  package var latest: Instant?
  /// Whether it changes nothing of the identity, and brings reviews, or commits that change the identity.
  package var buries = false
  /// What was in force beside the line and is brought by it: ratifications, and first commits of other histories.
  package var bypassed: [Commit] = []
  /// Those of them that differ from a parent in files of the identity, and are not what merging their parents gives.
  package var writing: Set<ObjectID> = []
  /// Whether it leaves every file of the identity as it was.
  package var isUnchanged = false
  /// What cannot be read, or not be told apart, in the files that it changed, or since it changed them.
  package var unreadable: [Diagnostic] = []
  /// How many tips other than reviews it merged.
  package var proposals = 0
  /// Entries that it left otherwise than the merge of its parents would have.
  package var madeInMerge: Set<EntryKey> = []
  /// The entries about which authority is asked at the critical level though nothing of them changed: a breach that changed
  /// nothing is adopted by those who may change the charter.
  package var asked: Set<EntryKey> = []
  /// The breach that a merge adopts: then the states and the changes are those of the breach.
  package var adopts: ObjectID?
  /// What an adoption leaves in force; nil for every other step, which leaves `after`.
  package var leaves: Snapshot?
  /// The proposal whose content a direct commit has.
  package var squashed: String?
  /// Commits that it brought, dated more than a day before one of their parents.
  package var backdated: [Commit] = []
  /// The day of its committer date, on which offices are held.
  package var day: Day

  package init(
    form: Form, commit: Commit, parent: Commit?, before: Snapshot, after: Snapshot, changes: ChangeSet, day: Day
  ) {
    self.form = form
    self.commit = commit
    self.parent = parent
    self.before = before
    rules = before
    self.after = after
    self.changes = changes
    self.day = day
  }

  /// The entries that it changes, in their meaning or in their files alone.
  package var changed: Set<EntryKey> { Set(changes.changes.filter(\.causes.isEmpty).map(\.entry)).union(rewritten) }

  /// Where the change stands by the authority of the state that it left.
  ///
  /// Costs what `Standing` costs, at each call.
  package var standing: Standing {
    Standing(
      changes: changes, rewritten: rewritten, asked: asked, before: before, after: after, judgedBy: rules,
      authors: authors, classes: classes, reviews: reviews, graph: graph, on: day)
  }

  /// A proposal that was withdrawn: the tag that says so.
  package struct Closing: Hashable, Sendable {
    package var tag: String
    package var name: String
    package var when: Instant

    package init(tag: String, name: String, when: Instant) {
      self.tag = tag
      self.name = name
      self.when = when
    }
  }
}

/// How far a date may run before that of a parent, and ahead of the clock: what clocks of different machines differ by.
package let toleratedClockDifference: Int64 = 86_400
