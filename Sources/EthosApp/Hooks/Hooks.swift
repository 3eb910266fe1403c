import EthosGit
import EthosStore
import EthosText

/// A hook of git's that ethos answers.
package enum HookName: String, Sendable, CaseIterable {
  case commitMessage = "commit-msg"
  case prePush = "pre-push"
  case preReceive = "pre-receive"
  case postReceive = "post-receive"

  /// The hooks that make sense in a repository: a bare one receives, one with a work tree commits and pushes.
  static func all(isBare: Bool) -> [HookName] { isBare ? [.preReceive, .postReceive] : [.commitMessage, .prePush] }

  /// The script that git runs.
  ///
  /// What cannot run refuses: a hook that lets everything through when ethos is missing would guard nothing.
  var script: String {
    """
    #!/bin/sh
    \(HookName.mark) asks ethos; `ethos hook install` writes it, and you may remove it.
    command -v ethos >/dev/null 2>&1 || {
      echo "the hook \(rawValue) cannot run: there is no ethos on the PATH" >&2
      exit 1
    }
    exec ethos hook run \(rawValue) "$@"

    """
  }

  static let mark = "# This hook"
}

/// What became of one hook.
package struct InstalledHook: Sendable {
  package enum State: String, Sendable { case written, unchanged, foreign }
  package var name: HookName
  package var path: String
  package var state: State
}

extension Workspace {
  /// Writes the hooks that ask ethos.
  ///
  /// One that is there and not ours stays as it is.
  package func installHooks(isDryRun: Bool) throws -> [InstalledHook] {
    let folder = try hooksFolder()
    return try HookName.all(isBare: repository.isBare).map { name in
      let path = "\(folder)/\(name.rawValue)"
      var hook = InstalledHook(name: name, path: path, state: .written)
      if FileSystem.entry(at: path) != nil {
        let text = String(decoding: try FileSystem.read(path, limit: 1 << 20), as: UTF8.self)
        if text == name.script {
          hook.state = .unchanged
        } else if !text.begins(with: "#!/bin/sh\n\(HookName.mark) asks ethos") {
          hook.state = .foreign
        }
      }
      if hook.state == .written, !isDryRun {
        try FileSystem.makeFolder(folder)
        try FileSystem.write(
          Array(name.script.utf8), to: path, temporaryFolder: store.temporaryFolder, executable: true)
      }
      return hook
    }
  }

  /// Where git looks for hooks: `core.hooksPath`, from the top of the work tree, or the repository's own folder.
  private func hooksFolder() throws -> String {
    let own = repository.location.commonDirectory + "/hooks"
    try store.askGitForSettings()
    guard let named = try repository.configuration("core.hooksPath") else {
      return own
    }
    if named.begins(with: "~/"), let home = environment.variables["HOME"] { return home + named.dropFirst(1) }
    if named.begins(with: "/") { return named }
    return (repository.location.workTree ?? repository.location.gitDirectory) + "/" + named
  }
}
