import EthosGit
import EthosText

extension IdentityStore {
  /// Asks git itself for its configuration, once: who writes is named, and signs, as git would have it.
  ///
  /// libgit2 passes over conditions that git knows (`includeIf "hasconfig:…"`) and what `git -c` hands down.
  ///
  /// Costs the start of a program, so that only what writes asks. Without git, what libgit2 reads is taken where nothing
  /// in it is in doubt.
  ///
  /// - Throws: where git cannot read its configuration, or could not be asked about one that is in doubt.
  package func askGitForSettings() throws {
    guard repository.askedSettings == nil else { return }
    let environment = repository.environment
    let outcome: ProgramOutcome
    do {
      outcome = try Program("git", environment: environment).run([
        "--git-dir=\(repository.location.gitDirectory)", "config", "--list", "-z",
      ])
    } catch let error as ProgramError {
      guard try repository.isConfigurationInDoubt() else { return }
      throw GitError(
        .missingIdentity,
        "who you are cannot be told: \(error.description), and git's configuration has conditions that only git reads",
        help: "install git, or set GIT_AUTHOR_NAME, GIT_AUTHOR_EMAIL, GIT_COMMITTER_NAME and GIT_COMMITTER_EMAIL")
    }
    guard outcome.status == 0 else {
      throw GitError(
        .invalid, "git cannot read its configuration: \(outcome.complaint)",
        help: "see `git config --list --show-origin`")
    }
    repository.askedSettings = GitSettings(outcome.output)
  }
}
