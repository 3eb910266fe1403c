import EthosGovernance
import EthosRecord
import EthosText

/// What a log says of the dates of commits in force: no clock but the server's own is believed there.
enum LogDates {
  private static let rule = "a commit in force is dated within a day of when the server took it, by the server's log"

  /// A commit that is dated before what the server had accepted already when it came.
  static func backdated(_ commit: Commit, accepted: Instant) -> Finding {
    Finding(
      "merge-backdated", .breach,
      "the commit is dated \(commit.committer.when.iso8601), and the server had accepted others until \(accepted.iso8601)",
      commit: commit.id, rule: rule,
      help: ["ratify again on top of what the server has, and push it within a day"])
  }

  /// A commit that was dated in time to come when the server accepted it.
  static func ahead(_ commit: Commit, accepted: Instant) -> Finding {
    Finding(
      "date-ahead", .breach,
      "the commit is dated \(commit.committer.when.iso8601), and the server had it on \(accepted.iso8601)",
      commit: commit.id, rule: rule,
      help: [
        "let those who should have agreed on the day on which it came adopt it: `ethos adopt \(commit.id.short) --because …`"
      ])
  }
}
