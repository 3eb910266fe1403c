import EthosGit
import EthosModel
package import EthosRecord
import EthosStore
import EthosSyntax
import EthosText

/// What `init` made, or would make.
package struct InitResult: Sendable {
  package var folder: String
  package var template: Template
  package var commit: ObjectID?
  package var files: [String]
  /// The records that a replayed story made, in words.
  package var story: [String]
}

/// Makes a new identity repository from a template.
package struct Initialisation {
  package var folder: String
  package var template: String
  package var story: Bool
  package var organisation: String?
  package var isDryRun: Bool

  package init(folder: String, template: String, story: Bool, organisation: String?, isDryRun: Bool) {
    self.folder = folder
    self.template = template
    self.story = story
    self.organisation = organisation
    self.isDryRun = isDryRun
  }

  package func run(environment: AppEnvironment) throws -> InitResult {
    let template = try Template.named(template, in: environment.templates)
    if story, template.story == nil {
      throw Failure.usage(
        "the template `\(template.name)` tells no story",
        help: "`ethos init \(shellWord(folder)) --template financial-services --story`")
    }
    if story, organisation != nil {
      throw Failure.usage("a story keeps its own organisation", help: "leave out --organisation or --story")
    }
    let files = try template.files().map { file in try named(file) }
    var result = InitResult(folder: folder, template: template, commit: nil, files: files.map(\.path), story: [])
    guard !isDryRun else { return result }
    let repository = try self.repository(environment: environment)
    let workspace = try Workspace(store: IdentityStore(repository), environment: environment)
    if story, let story = template.story {
      result.story = try StoryReplay(story: story, store: workspace.store, environment: environment).run()
      result.commit = try workspace.mainCommit().id
    } else {
      let words = ChangeWords(
        subject: "Begin the identity of \(try organisationName(files))",
        because: "The first commitments, from the template \(template.name).")
      result.commit = try workspace.found(files: files, words: words)
    }
    return result
  }

  /// The repository to begin in: a new one, or one that has no commit yet.
  private func repository(environment: AppEnvironment) throws -> Repository {
    try removeUnbegun()
    if FileSystem.entry(at: folder + "/.git") != nil {
      let repository = try Repository.open(at: folder, search: .exact, environment: environment.variables)
      guard case .unborn = try repository.head() else {
        if let notice = IdentityStore(repository).interruption()?.notice { throw Failure.cannot(notice) }
        throw Failure.cannot(
          "`\(folder)` holds a repository with a history already",
          help: "begin in a new folder: `ethos init NEW-FOLDER --template \(shellWord("\(template)"))`")
      }
      return repository
    }
    guard try FileSystem.names(in: folder).isEmpty else {
      throw Failure.cannot(
        "`\(folder)` is not empty",
        help: "begin in a new folder: `ethos init NEW-FOLDER --template \(shellWord("\(template)"))`")
    }
    let missing = missingFolders()
    try FileSystem.makeFolder(folder)
    let repository = try Repository.initialise(at: folder, branch: "main", environment: environment.variables)
    do {
      try checkSigners(repository, environment: environment)
    } catch {
      // The repository is this run's own and still empty.
      try FileSystem.removeFolder(folder + "/.git")
      for path in missing { try FileSystem.removeFolder(path) }
      throw error
    }
    return repository
  }

  /// Removes what a killed run left of a repository that it had not made yet: nothing but a `.git` without `HEAD`, which is
  /// written last, in which nobody can have kept anything.
  private func removeUnbegun() throws {
    let git = folder + "/.git"
    // libgit2 tries in an empty file of its own what the file system can do.
    let probes = try FileSystem.names(in: folder).filter { $0 != ".git" }.map { "\(folder)/\($0)" }
    guard FileSystem.entry(at: git) == .folder, FileSystem.entry(at: git + "/HEAD") == nil,
      probes.allSatisfy({
        $0.begins(with: "\(folder)/_git2_") && [.file(size: 0), .symbolicLink].contains(FileSystem.entry(at: $0))
      })
    else { return }
    func holdsFile(_ path: String) throws -> Bool {
      try FileSystem.names(in: path).contains { name in
        let inner = "\(path)/\(name)"
        return FileSystem.entry(at: inner) == .folder ? try holdsFile(inner) : true
      }
    }
    for kept in ["objects", "refs", "logs"] where try holdsFile("\(git)/\(kept)") { return }
    for probe in probes { try FileSystem.remove(probe) }
    try FileSystem.removeFolder(git)
  }

  /// Fails where git does not know who signs the first commit.
  ///
  /// It is asked of the new repository and not before there is one, because git's configuration may depend on where a
  /// repository lies (`includeIf "gitdir:…"`). The people of a story sign for themselves.
  private func checkSigners(_ repository: Repository, environment: AppEnvironment) throws {
    guard !story else { return }
    for role in [SigningRole.author, .committer] {
      _ = try repository.identity(environment: environment.variables, role: role, now: environment.now)
    }
  }

  /// The folders on the way to the new one that are not there yet, the innermost first.
  private func missingFolders() -> [String] {
    var missing: [String] = []
    var path = folder
    while !path.isEmpty, FileSystem.entry(at: path) == nil {
      missing.append(path)
      guard let slash = path.unicodeScalars.lastIndex(of: "/") else { break }
      path = String(path[..<slash])
    }
    return missing
  }

  /// The template's charter under the name that the user gave.
  private func named(_ file: TemplateFile) throws -> TemplateFile {
    guard let organisation, file.path == Kind.charterPath else { return file }
    let source = SourceText(path: file.path, bytes: file.bytes)
    switch DocumentEditor.set(source, path: FieldPath("organisation"), to: organisation) {
    case .success(let bytes): return TemplateFile(path: file.path, bytes: bytes)
    case .failure(let error):
      throw Failure(.usage, "`\(organisation)` cannot be the organisation's name", diagnostics: error.diagnostics)
    }
  }

  private func organisationName(_ files: [TemplateFile]) throws -> String {
    let charter = files.first { $0.path == Kind.charterPath }
    let document = charter.flatMap { DocumentReader.read(SourceText(path: $0.path, bytes: $0.bytes)).document }
    return document?.title ?? "the organisation"
  }
}

extension Workspace {
  /// Makes the root commit of an identity from whole files, and checks it out.
  func found(files: [TemplateFile], words: ChangeWords) throws -> ObjectID {
    guard case .unborn(let branch) = try repository.head() else {
      throw Failure.cannot("the repository has a history already")
    }
    let tree = try repository.writeTree(
      base: nil,
      edits: try files.map { TreeEdit($0.path, TreeLeaf(mode: .file, id: try repository.writeBlob($0.bytes))) })
    var record = ChangeRecord(subject: words.subject ?? "Begin the identity", because: words.because)
    record.sources = words.sources
    let commit = try recordCommit(
      tree: tree, parents: [], author: try author(), committer: try committer(), message: record.message)
    var transaction = Transaction(by: try committer())
    transaction.updates = [
      ReferenceUpdate(
        name: RecordReference.branch("main"), before: nil, after: commit, reflogMessage: "ethos init: \(record.subject)"
      )
    ]
    if branch != "main" { transaction.head = (branch, "main") }
    transaction.checkout = (nil, tree)
    try perform(transaction)
    return commit
  }
}
