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
      `ethos verify` goes along the branch in force, first parents alone, and judges each commit. One judge answers for
      all commands: what `verify` calls a breach, `review` and `status` call missing, `ratify` refuses, and a server with
      the hook does not take; and `why` names those who agreed as it counts them.

      It judges by these principles.

      1  The last valid state judges. A charter that cannot be read, says no authority where one was said before, or came
         about by a breach gives nobody anything: what comes after is judged by the last valid charter, people and
         offices, until that state is restored or the breach is adopted. Each commit in between is named.
      2  Where the charter says `signatures: required`, only what is signed is believed. Whoever writes a file of the
         identity signs for it, in a merge too; so do those who review, classify, ratify, release and reaffirm. A merge
         that takes what is in force into a proposal, and adds nothing, needs no signature. A record is what was signed
         of it: a header that no signature covers makes it invalid, and the same words under another form of the same
         signature are not said twice.
      3  Shapes are exact. A review has the tree of its first parent, which is what was read; its further parents are
         reviews. A ratification has the line, one proposal, then reviews as its parents. What has another shape is no
         record, and everything that it brings is judged.
      4  An approval is for one proposal, on one base, for a time. It names the proposal and its first commit
         (`Review-Of:`) and the fingerprints before and after. It keeps through a rebase, and through a merge of what is in
         force into the proposal. It ends after `approvalsExpire` of the charter, 365 days when left out. A withdrawn
         proposal is closed for ever, and so is its name. Objections are always heard.
      5  The graph decides, then dates. Who approves holds the office, and who writes or approves has the key, on the day
         of the record and on that of the ratification. Dates may not run before a parent's by more than a day, nor ahead
         of now; they are counted in the `timeZone` of the charter that judged. What only a memory can show needs a
         receipt or a server's log.
      6  The line in force has a root. Which branch it is follows from the first commit, whose charter names it, along
         ratified changes of `branch`; the new branch has to hold the change on its line. What a branch, a push or a
         proposal says of itself changes nothing. `git config ethos.branch NAME` goes before all of that, in your clone.
         An identity without authority goes on under the name that it gives itself, where that branch goes on from it.
      7  What is in force is what the judge calls so: a release in breach is shown and not followed.
      8  What is remembered decides nothing.
      9  Texts of others are data. Characters that nobody sees are shown as `\\u{…}`, and say nothing.
      10 Nothing that anybody pushes stops the judge.
      11 A server refuses what a verification would call a breach, and nothing else.

      `review`, `ratify` and `release` ask one thing more, of the state as it would be: it has no error of `ethos check`
      that what is in force has not (by code, file and entry), and no decision that decides would decide no more. That
      holds where the error stands in a file that nobody touched, as where a limit goes that a decision uses. What an
      older version ratified is no breach for that, and is not released before it is put right.

      A review that does not count is set aside with a note: it puts nobody in breach, the quorum is asked of what is left.
      Whoever merges, a person or a forge, adds nothing to what the reviews say, and neither do trailers.

      A release that is in breach is shown and not followed: no command takes it for what is in force on a day.

      What it cannot know: the first commit is taken as it is, unless `--trust KEY` says who must vouch for it (`ethos
      help signatures`); a name without a signature was typed by anybody; a branch that was taken back, and a last tag
      that was deleted, show only against a receipt (`--receipt FILE`), an earlier clone, or the log that a server keeps
      of what it accepted (`ethos help forges`).

      A server that asks ethos (`ethos hook install`) refuses what a verification would call a breach afterwards, and what
      would take a review or a record away: it asks the same questions, of the repository as the push would make it.

      What ethos remembers decides nothing. What it verified, which branch is in force, what it did and was about to do
      lie in `ethos` below the git directory, each text with a code (HMAC-SHA-256) of yours for this repository; the indexes of histories lie in
      your own folder. A memory without your code, as one that came with the repository, is as if it were not there, and
      an interrupted change is finished or taken back by `ethos recover`, and one without your code moves nothing: see
      for yourself what the file says, then remove it with
      `rm "$(git rev-parse --git-common-dir)/ethos/journal"`. The key is `$XDG_STATE_HOME/ethos/key`, else
      `~/.local/state/ethos/key`. To delete it, or all that is remembered, costs time, and what `ethos undo` could have
      taken back. Keep the folder to yourself: where others may write to it, or there is none, nothing is remembered and
      everything is computed anew. `--again` does so once.

      Nothing that anybody pushes stops it. Every entry of a tree counts: links, submodules, folders and files that cannot
      be read, names that look like `values` or `ethos.yaml` and are others, and two names that are one without their
      case are errors of `check`, and a breach of the commit that brings them. A commit that cannot be read is a breach
      by itself, and the next is judged. A branch of a proposal or of reviews that cannot be read is set aside and named,
      with the command that removes it: what is said on it, an objection too, cannot be counted.

      A breach is mended by agreement: `ethos adopt COMMIT --because …` asks those who should have agreed. The commit
      stays, and the verdict then says from when to when the identity was in breach.

      \(HelpTopic.receiptsText)

      \(groups.joined(separator: "\n\n"))

      """
  }
}
