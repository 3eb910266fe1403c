internal import CGit2
internal import EthosRecord

extension WorkTree {
  /// A change that was checked, and what it takes.
  struct Step {
    let change: TreeChange
    let action: Action
    /// What was at the path when it was checked.
    let stamp: FileStamp?
    var isLeftOut = false

    enum Action { case nothing, remove, write }
  }

  static func wouldOverwrite(_ paths: [String]) -> GitError {
    let paths = paths.sorted()
    let shown = paths.prefix(3).map { "`\($0)`" }.joined(separator: ", ")
    let more = paths.count > 3 ? " and \(paths.count - 3) more" : ""
    return GitError(
      .wouldOverwrite, "your changes of \(shown)\(more) would be overwritten", paths: paths,
      help: "commit them, or put them aside with: git stash --include-untracked")
  }

  /// Checks every change against the work tree, and writes nothing.
  ///
  /// - Throws: `.wouldOverwrite` with every path where work would be lost.
  func plan(
    _ changes: [TreeChange], indexed: (RepositoryPath) -> UserIndex.Entry?
  ) throws(GitError) -> [Step] {
    var steps: [Step] = []
    var conflicts: Set<String> = []
    let removed = Set(changes.lazy.filter { $0.after == nil }.map(\.path))
    for change in changes {
      let state = try state(of: change.path, expected: [change.before, change.after])
      if state.leaf == nil, state.obstacle == nil, indexed(change.path)?.isLeftOut == true {
        steps.append(Step(change: change, action: .nothing, stamp: nil, isLeftOut: true))
        continue
      }
      let lost = try whatWouldBeLost(by: change, state: state, removed: removed)
      if !lost.isEmpty {
        conflicts.formUnion(lost.map(\.description))
      } else if isDone(change, state) {
        steps.append(Step(change: change, action: .nothing, stamp: state.stamp))
      } else {
        steps.append(Step(change: change, action: change.after == nil ? .remove : .write, stamp: state.stamp))
      }
    }
    if !conflicts.isEmpty { throw WorkTree.wouldOverwrite(Array(conflicts)) }
    return steps
  }

  /// Whether the work tree is already as the change has it after.
  private func isDone(_ change: TreeChange, _ state: State) -> Bool {
    switch (change.after, state.leaf) {
    case (nil, nil): change.before?.mode != .submodule
    case (let after?, nil): after.mode == .submodule && state.obstacle == .folder
    case (let after, let leaf): after == leaf
    }
  }

  /// The paths of the user's work that a change would destroy.
  private func whatWouldBeLost(
    by change: TreeChange, state: State, removed: Set<RepositoryPath>
  ) throws(GitError) -> [RepositoryPath] {
    // A submodule's files are not of this repository: its folder counts as the submodule, whatever is in it.
    func holds(_ expected: TreeLeaf?) -> Bool {
      guard expected?.mode == .submodule else { return state.leaf == expected }
      return state.leaf == nil && (state.obstacle == nil || state.obstacle == .folder)
    }
    guard holds(change.before) || holds(change.after) else { return [change.path] }
    guard let after = change.after else { return [] }
    switch state.obstacle {
    case nil: return []
    case .special: return [change.path]
    case .above(let path): return removed.contains(path) ? [] : [path]
    case .folder:
      if after.mode == .submodule { return [] }
      return try files(below: change.path).filter { !removed.contains($0) } + repositories(below: change.path)
    }
  }

  /// Repositories inside of a folder, which `files` leaves out: what is in them is somebody's work too.
  private func repositories(below folder: RepositoryPath) throws(GitError) -> [RepositoryPath] {
    var found: [RepositoryPath] = []
    var folders = [folder]
    while let path = folders.popLast() {
      try withFolder(path) { (opened) throws(GitError) in
        for name in try opened.names() {
          if name.elementsEqual(".git".utf8) {
            found.append(path)
          } else if try opened.status(of: name[...]).kind == .folder {
            folders.append(path.appending(name))
          }
        }
      }
    }
    return found
  }

  /// Does what was planned: removes first, so that a folder can take a file's place and a file a folder's.
  func carryOut(_ steps: [Step]) throws(GitError) {
    for folder in Set(steps.map { $0.change.path.parent ?? .root }) {
      try withFolder(folder) { (folder) throws(GitError) in try folder.removeUnfinished() }
    }
    for step in steps.reversed() where step.action == .remove {
      try requireUnchanged(step)
      try remove(step.change)
    }
    // Attributes decide how other files are written, so theirs come first.
    let attributes = Array(".gitattributes".utf8)
    let writes = steps.filter { $0.action == .write }
    for step in writes where step.change.path.name.elementsEqual(attributes) { try write(step) }
    if steps.contains(where: { $0.change.path.name.elementsEqual(attributes) }) {
      _ = git_attr_cache_flush(repository.pointer)
    }
    for step in writes where !step.change.path.name.elementsEqual(attributes) { try write(step) }
  }

  private func requireUnchanged(_ step: Step) throws(GitError) {
    // A folder's stamp changes with what is removed from it; it holds nothing of the user's by now.
    let now = try stamp(of: step.change.path)
    if step.stamp != now, step.change.before?.mode != .submodule,
      try state(of: step.change.path, expected: []).leaf != nil
    {
      throw WorkTree.wouldOverwrite([step.change.path.description])
    }
  }

  private func remove(_ change: TreeChange) throws(GitError) {
    try withFolder(of: change.path) { (folder, name) throws(GitError) in
      if change.before?.mode == .submodule { _ = try folder.removeFolder(name) } else { try folder.removeFile(name) }
    } orElse: { _ in
    }
    var path = change.path
    while let parent = path.parent {
      var isGone = true
      try withFolder(of: parent) { (folder, name) throws(GitError) in
        isGone = try folder.removeFolder(name)
      } orElse: { _ in
      }
      if !isGone { return }
      path = parent
    }
  }

  private func write(_ step: Step) throws(GitError) {
    guard let after = step.change.after else { return }
    try requireUnchanged(step)
    let path = step.change.path
    let stored = after.mode == .submodule ? [] : try repository.blob(after.id, limit: .max)
    let isLink = after.mode == .symbolicLink || after.mode == .submodule
    let content = isLink ? stored : try repository.filtered(stored, at: path, GIT_FILTER_TO_WORKTREE)
    try removeEmptyFolders(path)
    try withMadeFolder(of: path) { (folder, name) throws(GitError) in
      if after.mode == .submodule {
        try folder.removeFile(name)
        try folder.makeFolder(name)
      } else {
        try folder.replace(name, mode: after.mode, content: content)
      }
    }
  }

  /// Removes a folder that has only empty folders in it; does nothing where there is a file.
  private func removeEmptyFolders(_ path: RepositoryPath) throws(GitError) {
    var folders = [path]
    var found: [RepositoryPath] = []
    while let next = folders.popLast() {
      try withFolder(next) { (folder) throws(GitError) in
        found.append(next)
        for name in try folder.names() where try folder.status(of: name[...]).kind == .folder {
          folders.append(next.appending(name))
        }
      }
    }
    for path in found.reversed() {
      try withFolder(of: path) { (folder, name) throws(GitError) in
        _ = try folder.removeFolder(name)
      } orElse: { _ in
      }
    }
  }
}
