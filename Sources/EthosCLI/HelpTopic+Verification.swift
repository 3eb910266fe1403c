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
      committer dates, which may not run before a parent's by more than a day.

      What it cannot know: the first commit is taken as it is, unless `--trust KEY` says who must have signed it; a name
      without a signature was typed by anybody (`ethos help signatures`); a branch that was taken back, and a last tag
      that was deleted, show only against a receipt (`--receipt FILE`) or an earlier clone.

      Nothing that anybody pushes stops it. Every entry of a tree counts: links, submodules, folders and files that cannot
      be read, names that look like `values` or `ethos.yaml` and are others, and two names that are one without their
      case are errors of `check`, and a breach of the commit that brings them. A commit that cannot be read is a breach
      by itself, and the next is judged. A branch of a proposal or of reviews that cannot be read is set aside and named,
      with the command that removes it: what is said on it, an objection too, cannot be counted.

      A breach is mended by agreement: `ethos adopt COMMIT --because …` asks those who should have agreed. The commit
      stays, and the verdict then says from when to when the identity was in breach.

      \(groups.joined(separator: "\n\n"))

      """
  }
}
