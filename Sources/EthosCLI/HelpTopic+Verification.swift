import EthosGovernance

extension HelpTopic {
  /// What `ethos verify` goes by, and everything that it can find.
  static var verificationText: String {
    let codes = FindingCode.groups.flatMap(\.codes)
    let width = codes.map(\.code.count).max() ?? 0
    let groups = FindingCode.groups.map { group in
      let lines = group.codes.map { code in
        "  \(code.code)\(String(repeating: " ", count: width - code.code.count + 2))\(code.meaning)"
      }
      return "\(group.title)\n\(lines.joined(separator: "\n"))"
    }
    return """
      `ethos verify` goes along the branch in force, first parents alone, and judges each commit by the charter, the
      people and the offices as they stood before it. What people agreed to are the reviews that a merge carries:
      whoever made the merge, a person or a forge, adds nothing to them, and neither do its trailers. Days are those of
      committer dates, which may not run before a parent's by more than a day, in the `timeZone` of the charter that was
      in force then.

      Which branch that is follows from the first commit, whose charter names it, along ratified changes of `branch`: the
      new branch has to hold the change on its line. What a branch, a push or a proposal says of itself changes nothing.
      `git config ethos.branch NAME` goes before all of that, in your clone. An identity without authority goes on under
      the name that it gives itself, where that branch goes on from it.

      A release that is in breach is shown and not followed: no command takes it for what is in force on a day.

      What it cannot know: the first commit is taken as it is, unless `--trust KEY` says who must vouch for it (`ethos
      help signatures`); a name without a signature was typed by anybody; a branch that was taken back, and a last tag
      that was deleted, show only against a receipt (`--receipt FILE`), an earlier clone, or the log that a server keeps
      of what it accepted (`ethos help forges`).

      A server that asks ethos (`ethos hook install`) refuses what a verification would call a breach afterwards, and what
      would take a review or a record away: it asks the same questions, of the repository as the push would make it.

      What ethos remembers decides nothing. What it verified, which branch is in force, what it did and was about to do lie in `ethos` below the
      git directory, each text with a code (HMAC-SHA-256) of yours for this repository; the indexes of histories lie in
      your own folder. A memory without your code, as one that came with the repository, is as if it were not there, and
      an interrupted change without it moves nothing: see for yourself what the file says, then remove it with
      `rm "$(git rev-parse --git-common-dir)/ethos/journal"`. The key is `$XDG_STATE_HOME/ethos/key`, else
      `~/.local/state/ethos/key`. To delete it, or all that is remembered, costs time, and what `ethos undo` could have
      taken back. Keep the folder to yourself: where others may write to it, or there is none, nothing is remembered and
      everything is computed anew. `--again` does so once.

      A breach is mended by agreement: `ethos adopt COMMIT --because …` asks those who should have agreed. The commit
      stays, and the verdict then says from when to when the identity was in breach.

      \(HelpTopic.receiptsText)

      \(groups.joined(separator: "\n\n"))

      """
  }
}
