package import EthosRecord
package import EthosText

/// In which role somebody signs a commit.
package enum SigningRole: String, Sendable {
  case author, committer
}

extension Repository {
  /// Who signs, with git's own precedence; libgit2's signature of the user knows neither `GIT_AUTHOR_NAME` nor
  /// `author.name`.
  ///
  /// `GIT_AUTHOR_NAME`, then `author.name`, then `user.name`; for the address also `EMAIL`, last. (For a committer,
  /// `GIT_COMMITTER_…` and `committer.…`.) The date is `GIT_AUTHOR_DATE`, or else now. Unlike git, nothing is made up from
  /// the user's account and the name of the machine: a record of who decided has no guesses in it.
  ///
  /// - Throws: `.missingIdentity` with the commands that set one; `.invalid` for a date of a form that is not read.
  package func identity(
    environment: [String: String], role: SigningRole, now: Instant
  ) throws(GitError) -> Signature {
    let prefix = "GIT_\(role.rawValue.uppercased())_"
    func value(_ variable: String, _ keys: [String]) throws(GitError) -> String? {
      if let value = environment[variable] { return value }
      for key in keys {
        if let value = try configuration(key, environment: environment) { return value }
      }
      return nil
    }
    let name = try value("\(prefix)NAME", ["\(role.rawValue).name", "user.name"])
    var email = try value("\(prefix)EMAIL", ["\(role.rawValue).email", "user.email"])
    if email == nil { email = environment["EMAIL"] }
    let cleanName = Repository.withoutCrud(name ?? "")
    let cleanEmail = Repository.withoutCrud(email ?? "")
    let missing = [
      (cleanName.isEmpty, "name", "git config --global user.name \"Your Name\""),
      (cleanEmail.isEmpty, "e-mail address", "git config --global user.email you@example.org"),
    ].filter(\.0)
    if !missing.isEmpty {
      throw GitError(
        .missingIdentity, "git does not know your \(missing.map(\.1).joined(separator: " and your "))",
        help: missing.map(\.2).joined(separator: "; "))
    }
    var when = now
    if let text = environment["\(prefix)DATE"], !text.isEmpty {
      guard let date = GitDate.parse(text) else {
        throw GitError(
          .invalid, "`\(prefix)DATE` is `\(text)`, which is not a moment of a form that is read",
          help: "write it as 2026-02-01T09:30:00+01:00, or as seconds since 1970: @1769934600 +0100")
      }
      when = date
    }
    return Signature(name: cleanName, email: cleanEmail, when: when)
  }

  /// Takes from a name what would break a commit's header, as git's `strbuf_addstr_without_crud` does.
  private static func withoutCrud(_ text: String) -> String {
    func isCrud(_ byte: UInt8) -> Bool { byte <= 32 || ".,:;<>\"\\'".utf8.contains(byte) }
    var bytes = Array(text.utf8)[...]
    while let first = bytes.first, isCrud(first) { bytes.removeFirst() }
    while let last = bytes.last, isCrud(last) { bytes.removeLast() }
    let kept = bytes.filter { $0 != 0x0A && $0 != 0x3C && $0 != 0x3E && $0 != 0 }
    return String(decoding: kept, as: UTF8.self)
  }
}
