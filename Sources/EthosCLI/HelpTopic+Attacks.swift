import EthosText

extension HelpTopic {
  /// An attack on a record of decisions: what it is here, and what stands against it.
  private struct Attack {
    var name: String
    var what: String
    var defence: String
    var needs: String
    /// The suites of tests that show it.
    var tests: [String]
  }

  /// The kinds that gittuf and TUF name, in what they mean for an identity, and those that a record of decisions adds.
  private static let known = [
    Attack(
      name: "Rollback", what: "an older state of the branch in force is shown, or pushed, as if it were the newest",
      defence:
        "`head-rewound`; the server refuses the push; a merge that goes past what was in force is `line-bypassed`",
      needs: "a receipt, an earlier clone, or a server with the hook", tests: ["ReceiptTests", "LineAdversaryTests"]),
    Attack(
      name: "Freeze", what: "a clone is served a state that was true, and never hears of what came since",
      defence:
        "no program sees what it is not sent: a receipt of somebody else, or the head told by another way, shows it",
      needs: "a receipt from a clone that is served by another way", tests: ["ReceiptTests"]),
    Attack(
      name: "Teleport", what: "a branch or tag is made to stand at a commit that was made for another one",
      defence:
        "what a merge brings is judged by its content and its reviews, never by the name of a branch; a release "
        + "names its commit (`release-moved`, `release-off-line`), and the check of a forge reviews the commit itself",
      needs: "nothing", tests: ["ReleaseTamperingTests", "ForgeTests", "HostileProposalTests"]),
    Attack(
      name: "Deletion", what: "a tag, a proposal, a review or the branch in force goes",
      defence:
        "`tag-removed`, `objection-lost`, `release-gap`, `release-chain`; the server refuses (`branch-removed`, "
        + "`proposal-lost`)",
      needs: "a receipt or a server with the hook; a gap in the releases shows by itself",
      tests: ["ReceiptTests", "AdversaryTests", "PushTests"]),
    Attack(
      name: "Arbitrary policy", what: "somebody gives themselves the authority, or an older charter comes back",
      defence:
        "a change of who may do what is judged by the state before it; a charter that went back is a change like any "
        + "other, and an authority that came about by a breach adopts nothing",
      needs: "nothing; for the first commit `--trust KEY`, with a threshold where one key may be stolen",
      tests: ["AdversaryTests", "AdoptionAdversaryTests", "RootTrustTests"]),
    Attack(
      name: "Mix and match", what: "parts that were each agreed to are put together as nobody agreed to them",
      defence:
        "approvals are for the meaning before and after of each commitment, and a change of what it uses voids them; "
        + "`several-proposals`, `made-in-merge`; a release has the digest of the whole identity (`release-bundle`)",
      needs: "nothing", tests: ["LineAdversaryTests", "ProposalAdversaryTests", "ReleaseTamperingTests"]),
    Attack(
      name: "Key compromise", what: "somebody signs with the key of another",
      defence:
        "one key fills one seat, so that a quorum of several people needs several keys; a last day ends what the key "
        + "can do (`signature-outside-term`), whatever date is written; the steps: `ethos help signatures`",
      needs: "signatures: required, and a quorum of more than one", tests: ["KeyLossTests", "SignedAdversaryTests"]),
    Attack(
      name: "Replay", what: "an approval of one change is used for another, or again after the change was reversed",
      defence:
        "an approval names the fingerprints before and after, and the proposal; where either differs it fills no seat",
      needs: "nothing", tests: ["AdversaryTests", "ReviewTests"]),
    Attack(
      name: "Back-dating", what: "a record is dated into a time at which its author held the office or the key",
      defence:
        "dates do not run back along the line, nor before a receipt that did not know of them (`merge-backdated`, "
        + "`release-backdated`, `commit-backdated`, `review-backdated`); one dated ahead stays in breach (`date-ahead`)",
      needs: "a receipt where the line was quiet since", tests: ["ReceiptTests", "LineAdversaryTests"]),
    Attack(
      name: "Impersonation", what: "a commit bears the name and address of somebody who did not make it",
      defence:
        "a signature has to be by a key of the person who is named (`signature-missing`, `signature-of-another`); "
        + "letters that look alike and shared addresses or keys are nobody's",
      needs: "signatures: required; else every verdict says unsigned", tests: ["SignedAdversaryTests", "SigningTests"]),
    Attack(
      name: "Objection suppression", what: "an objection is left out of a merge, deleted, or buried where nobody looks",
      defence:
        "`objection-left-out`, `objection-dropped`, `objection-unanswered`, `empty-merge`; one that nobody heard follows "
        + "the change into later proposals; `objection-lost`; the server refuses to lose it",
      needs: "the review in one clone, a receipt, or a server with the hook",
      tests: ["AdversaryTests", "LineAdversaryTests", "ReceiptTests"]),
  ]

  static var attacksText: String {
    let rows = known.map { attack in
      let facts = [
        ("attack", attack.what), ("ethos", attack.defence), ("needs", attack.needs),
        ("tests", attack.tests.joined(separator: ", ")),
      ]
      return "\(attack.name)\n" + facts.map { lines($0.0, $0.1) }.joined(separator: "\n")
    }
    return """
      What somebody can try who has write access to the repository, runs the forge, or holds one key; what ethos does
      about it; and what that rests on. The first seven are the kinds that TUF and gittuf name for updates of software and
      for git, read for a record of decisions. The tests are suites of this repository.

      \(rows.joined(separator: "\n\n"))

      What is out of reach: a quorum that agrees to do wrong, a machine that shows its user something else than it signs,
      and a first commit that nobody compared with anything.

      """
  }

  /// A fact of an attack, in lines of at most 118 columns.
  private static func lines(_ name: String, _ text: String) -> String {
    var lines = [""]
    for word in text.parts(at: " ", omittingEmpty: true) {
      if lines[lines.count - 1].count + word.count + 1 > 106 { lines.append("") }
      lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
    }
    let indent = "  " + name + String(repeating: " ", count: 9 - name.count)
    return lines.enumerated().map { ($0 == 0 ? indent : String(repeating: " ", count: 11)) + $1 }.joined(
      separator: "\n")
  }
}
