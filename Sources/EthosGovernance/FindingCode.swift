/// What a verification, or a server that receives a push, can find: the closed table behind `ethos help verification`.
package struct FindingCode: Hashable, Sendable {
  package var code: String
  package var meaning: String

  private init(_ code: String, _ meaning: String) {
    self.code = code
    self.meaning = meaning
  }

  package struct Group: Sendable {
    package var title: String
    package var codes: [FindingCode]
  }

  /// The codes by what they are about.
  package static let groups: [Group] = [
    Group(
      title: "How a change came to be in force",
      codes: [
        FindingCode("direct-change", "a commit changed the identity past every proposal"),
        FindingCode("squash-merge", "a proposal's content was put in force without its history and its reviews"),
        FindingCode("several-proposals", "one merge brings several proposals at once"),
        FindingCode("made-in-merge", "the merge leaves something otherwise than either side had it"),
        FindingCode(
          "identity-unreadable", "a change leaves files that cannot be read, or told apart: nobody agreed to them"),
        FindingCode("object-malformed", "a commit in force, or what it brings, is no object that can be read"),
        FindingCode("empty-merge", "a merge changes nothing in force and brings changes or reviews all the same"),
        FindingCode("proposal-closed", "a proposal was merged, or would be begun anew, that had been withdrawn"),
        FindingCode("brought-alongside", "a merge brings commits that are no part of its proposal"),
        FindingCode("authority-lost", "a commit leaves no charter that says who must agree to what"),
        FindingCode("line-bypassed", "a merge brings in what was in force beside the line, which leaves it out"),
        FindingCode("reason-missing", "a commit of the proposal says no reason"),
        FindingCode("quorum-missing", "too few of those who must agree approved what was merged"),
        FindingCode("authority-uncovered", "no row of the authority covers the change"),
        FindingCode("veto-overridden", "merged against the objection of an office with a veto"),
        FindingCode("exception-self-dealing", "an exception was written by somebody who gains by it"),
        FindingCode("exception-expired", "an exception still stands after its last day"),
        FindingCode("reaffirmation-unowned", "somebody reaffirmed a commitment without holding its office"),
        FindingCode("reaffirmation-stale", "a commitment was reaffirmed with another content than it had"),
      ]),
    Group(
      title: "What a merge says of itself",
      codes: [
        FindingCode("objection-unanswered", "a standing objection has no answer"),
        FindingCode("objection-dropped", "the record of the merge leaves an objection out"),
        FindingCode("objection-left-out", "an objection that is known here is not carried by the merge"),
        FindingCode("summary-contradicted", "a trailer names an approval or objection that no review bears out"),
        FindingCode("level-contradicted", "a trailer names another level than the change has"),
        FindingCode("record-unreadable", "the trailers cannot be read as one record"),
        FindingCode("ruleset-lowered", "the merge names an older ruleset than one before it"),
        FindingCode("ruleset-unknown", "the merge names a ruleset that this version does not know"),
      ]),
    Group(
      title: "Dates",
      codes: [
        FindingCode("date-ahead", "a commit is dated in time to come, or was when it was first verified here"),
        FindingCode(
          "merge-backdated", "a commit in force is dated before what it builds on, or before a receipt without it"),
        FindingCode("commit-backdated", "a commit that a merge brings is dated before what it builds on"),
        FindingCode(
          "review-backdated", "a signed review is dated before what it speaks of (a note where only a receipt lacks it)"
        ),
      ]),
    Group(
      title: "Signatures",
      codes: [
        FindingCode("signature-missing", "the charter asks for a signature, and there is none"),
        FindingCode("signature-invalid", "the record is not as it was signed"),
        FindingCode("signature-of-another", "signed with the key of another person"),
        FindingCode("signature-unknown-person", "signed by somebody, in the name of an address that is nobody's"),
        FindingCode("signature-unknown-key", "signed with a key that was nobody's then"),
        FindingCode("signature-outside-term", "signed with a key before its first or after its last day"),
        FindingCode("signature-unchecked", "the program or the key to check it is missing"),
        FindingCode("review-of-another-proposal", "a review is of another proposal, and does not count (a note)"),
        FindingCode("approval-expired", "an approval is older than the charter lets it count (a note)"),
        FindingCode(
          "signed-after-revocation",
          "a key was revoked for a time that had passed, and what it signed then counted (a note)"),
        FindingCode("root-untrusted", "too few of those given with `--trust` vouch for the first commit"),
        FindingCode("trust-rotated", "those given with `--trust` have handed over to other keys (a note)"),
        FindingCode("trust-tag-void", "a tag under trust/ vouches for nothing (a note)"),
      ]),
    Group(
      title: "Releases",
      codes: [
        FindingCode("release-unreadable", "a tag under release/ holds no manifest, or releases what cannot be read"),
        FindingCode("release-misnamed", "a release stands under another name than its own"),
        FindingCode("release-moved", "a release does not stand at the commit that its manifest names"),
        FindingCode("release-off-line", "what was released was never in force"),
        FindingCode("release-chain", "a manifest does not name the release before it: one was deleted or remade"),
        FindingCode("release-gap", "a number is missing among the releases of a cycle"),
        FindingCode("release-superseded", "what was released had been replaced when the release was made"),
        FindingCode("release-retroactive", "a release takes effect before it was made, and does not say why"),
        FindingCode(
          "release-backdated", "a release is dated before what it releases, the one before it, or a receipt without it"),
        FindingCode("release-tree", "the manifest names another tree"),
        FindingCode("release-bundle", "the manifest has another digest of the identity"),
        FindingCode("release-cycle", "the release is of a cycle that does not lead on its effective day"),
        FindingCode("release-offices", "the manifest names others than those who hold office"),
        FindingCode("release-ruleset", "the manifest was written by an unknown ruleset, or an older one than before"),
        FindingCode("release-incomplete", "the manifest leaves a change out, or tells of one that there is not"),
        FindingCode("release-forward", "a release brings forward what another was to bring, unsaid (a note)"),
        FindingCode("release-level", "the manifest has another level than the changes have"),
        FindingCode("release-approval", "an approval that the manifest names is not of exactly this release"),
        FindingCode("release-quorum-missing", "made without those who must agree to a release"),
      ]),
    Group(
      title: "The repository, and what a receipt or the log of the server remembers",
      codes: [
        FindingCode(
          "head-rewound", "the branch in force no longer holds what it held (a note where only this clone remembers it)"
        ),
        FindingCode("root-replaced", "the line in force begins with another first commit than it did"),
        FindingCode(
          "branch-replaced", "another branch is in force than was, or says so (a note where nothing is lost)"),
        FindingCode("tag-removed", "the tag of a record is gone"),
        FindingCode("tag-remade", "the tag of a record is another object"),
        FindingCode("objection-lost", "an objection that the receipt knew is gone"),
        FindingCode("log-broken", "the log of the server is no chain of entries that its key signed"),
        FindingCode("log-unpinned", "the log is signed with a key that nobody here has vouched for (a note)"),
        FindingCode("head-unlogged", "the branch in force holds commits that the log has not seen (a note)"),
        FindingCode("head-behind", "the server has accepted more than this branch holds (a note)"),
        FindingCode("closing-invalid", "a tag under closed/ is no record of a withdrawal"),
        FindingCode("object-replaced", "git shows another object than the one that an id vouches for"),
        FindingCode("history-grafted", "git shows other parents than commits have"),
        FindingCode("line-broken", "the branch in force cannot be followed to its first commit"),
        FindingCode("branch-unreadable", "a branch of a proposal or of reviews cannot be read, and is set aside"),
        FindingCode("tag-unreadable", "the tag of a closed proposal cannot be read, and is set aside"),
      ]),
    Group(
      title: "On a server, of a push",
      codes: [
        FindingCode("branch-removed", "the branch in force would go"),
        FindingCode("proposal-lost", "a proposal or review would go, or has gone by the log, and nothing keeps it"),
        FindingCode("review-rewritten", "reviews that were given would be rewritten"),
        FindingCode("review-of-another", "somebody's review on the branch of somebody else"),
        FindingCode("review-unreadable", "the branch of a review does not end with a review"),
        FindingCode("closing-incomplete", "a withdrawal leaves out what the server knows of the proposal"),
        FindingCode("closing-unauthorised", "a withdrawal by somebody who wrote nothing of it and holds no office"),
        FindingCode("object-unreadable", "an object of the push cannot be read"),
        FindingCode("reference-misnamed", "a name under which the record would not be found"),
        FindingCode("reference-ambiguous", "a name that could be taken for that of a record or the branch in force"),
        FindingCode("reference-foreign", "a reference that is no branch, no tag and no note"),
      ]),
  ]
}
