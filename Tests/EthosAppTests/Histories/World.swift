import EthosApp
import EthosGit
import EthosRecord
import EthosStore
import EthosTestSupport
import EthosText

/// A generated history: a bare repository, the people who act in it, and what the generator knows of it by itself.
final class World {
  let seed: UInt64
  var random: SeededGenerator
  let directory: TemporaryDirectory
  let store: IdentityStore
  /// Whether everybody signs; the charter may ask for it or not.
  let isSigned: Bool
  /// The moment, in seconds since 1970.
  ///
  /// It only grows.
  var now: Int64
  /// What is in force.
  var main: ModelState
  var open: [String: ModelProposal] = [:]
  /// The key that each person signs with.
  var keys: [String: SoftwareKey] = [:]
  /// The last day of a person's key, where it has one.
  var keyUntil: [String: Int] = [:]
  /// What was done, in words.
  var acts: [String] = []
  /// Names that were used, so that none is used twice.
  private var names = 0
  /// How many releases there are, and whether main moved since the last.
  var releases: [String] = []
  var isReleased = false
  private var identities: [String: (name: String, email: String)] = [:]

  var repository: Repository { store.repository }
  var path: String { directory.path }
  var today: Int { ModelDay.of(now) }
  var authority: ModelAuthority { ModelAuthority(main: main, day: today) }
  var people: [String] { main.people.keys.sorted() }

  /// An empty repository, which every history begins as a copy of.
  private static let template: TemporaryDirectory? = {
    guard let directory = try? TemporaryDirectory(),
      (try? git("init", "-q", "--bare", "-b", "main", in: directory.path)) != nil
    else { return nil }
    return directory
  }()

  init(seed: UInt64, mode: Mode? = nil) throws {
    self.seed = seed
    var random = SeededGenerator(seed: seed)
    directory = try TemporaryDirectory()
    guard let template = Self.template else { throw TestFailure("git cannot make a repository") }
    try copyFolder(template.path, to: directory.path)
    store = try IdentityStore(
      Repository.open(at: directory.path, search: .exact, environment: Git.environment))
    let any = random.pick([Mode.unsigned, .signed, .required, .required])
    let mode = mode ?? any
    isSigned = mode != .unsigned
    // Monday, 2 February 2026.
    now = 1_770_022_800
    main = try Founding.state(mode, &random)
    self.random = random
    for person in main.people.values {
      identities[person.id] = (person.name, person.emails[0])
      if isSigned { keys[person.id] = try SoftwareKey("\(person.id) 1") }
    }
    let founder = self.random.pick(people)
    let root = try commit(main, parents: [], by: founder, "Found the identity\n\nSo that we answer for it.")
    try move("refs/heads/main", to: root)
    acts.append("\(founder) founds the identity (\(mode), \(people.count) people)")
  }

  enum Mode: String { case unsigned, signed, required }

  // MARK: time and names

  /// Lets some hours pass, now and then a day or two.
  func tick() {
    now +=
      Int64(random.happens(20) ? Int.random(in: 20...60, using: &random) : Int.random(in: 1...9, using: &random))
      * 3_600
  }

  func freshName(_ prefix: String) -> String {
    names += 1
    return "\(prefix)-\(names)"
  }

  func introduce(_ person: ModelPerson) throws {
    identities[person.id] = (person.name, person.emails[0])
    if isSigned { keys[person.id] = try SoftwareKey("\(person.id) 1") }
  }

  func signature(_ person: String, at moment: Int64? = nil) -> Signature {
    let identity = identities[person] ?? (person, "\(person)@nowhere.example")
    return Signature(name: identity.name, email: identity.email, when: Instant(seconds: moment ?? now))
  }

  func mailbox(_ person: String) -> String {
    let known = signature(person)
    return "\(known.name) <\(known.email)>"
  }

  // MARK: objects and references

  func tree(_ state: ModelState) throws -> ObjectID { try tree(state.files) }

  /// A tree of exactly these files.
  func tree(_ files: [String: String]) throws -> ObjectID { try tree(nil, files.mapValues { $0 }) }

  /// A tree with files replaced; nil removes one.
  func tree(_ base: ObjectID?, _ files: [String: String?]) throws -> ObjectID {
    try repository.writeTree(
      base: base,
      edits: try files.sorted { $0.key < $1.key }.map { path, text in
        TreeEdit(path, try text.map { TreeLeaf(mode: .file, id: try repository.writeBlob(Array($0.utf8))) })
      })
  }

  @discardableResult
  func commit(
    _ state: ModelState, parents: [ObjectID], by author: String, committer: String? = nil, _ message: String
  ) throws -> ObjectID {
    try commit(tree: tree(state), parents: parents, by: author, committer: committer, message)
  }

  /// Stores a commit, signed by its committer where people sign.
  @discardableResult
  func commit(
    tree: ObjectID, parents: [ObjectID], by author: String, committer: String? = nil, _ message: String,
    at moment: Int64? = nil, authored: Instant? = nil, signing: Signing = .honest
  ) throws -> ObjectID {
    var (wrote, made) = (signature(author, at: moment), signature(committer ?? author, at: moment))
    if let authored { wrote.when = authored }
    let text = try repository.commitText(tree: tree, parents: parents, author: wrote, committer: made, message: message)
    let key: SoftwareKey?
    switch signing {
    case .honest: key = isSigned ? keys[committer ?? author] : nil
    case .none: key = nil
    case .with(let other): key = other
    }
    guard let key else {
      return try repository.writeCommit(tree: tree, parents: parents, author: wrote, committer: made, message: message)
    }
    return try repository.writeCommit(text, signature: try key.signature(of: text))
  }

  enum Signing {
    case honest, none
    case with(SoftwareKey?)
  }

  func reference(_ name: String) throws -> ObjectID? { try repository.reference(name) }

  func head(_ name: String = "refs/heads/main") throws -> ObjectID {
    guard let id = try repository.reference(name) else { throw TestFailure("there is no \(name)") }
    return id
  }

  func proposalTip(_ name: String) throws -> ObjectID { try head("refs/heads/proposals/\(name)") }

  func reviewTips(_ name: String) throws -> [ObjectID] {
    try repository.references(under: "refs/heads/reviews/\(name)/").map(\.target)
  }

  func move(_ reference: String, to id: ObjectID?) throws {
    let before = try repository.reference(reference)
    guard before != id else { return }
    try repository.update(
      [ReferenceUpdate(name: reference, before: before, after: id, reflogMessage: "test")],
      signature: Signature(name: "Test", email: "test@ethos.example", when: Instant(seconds: now)))
  }

  // MARK: the program, in process

  /// Somebody's workspace at this moment.
  ///
  /// What it records is signed afterwards by `acting`.
  func workspace(_ person: String? = nil, at moment: Int64? = nil, fresh: Bool = false) throws -> Workspace {
    let who = signature(person ?? people[0])
    var variables = Git.environment
    for role in ["AUTHOR", "COMMITTER"] {
      variables["GIT_\(role)_NAME"] = who.name
      variables["GIT_\(role)_EMAIL"] = who.email
      variables["GIT_\(role)_DATE"] = "@\(moment ?? now) +0000"
    }
    var environment = AppEnvironment(
      variables: variables, workingDirectory: path, now: Instant(seconds: moment ?? now))
    environment.isStory = true
    environment.usesIndex = false
    let store =
      fresh
      ? try IdentityStore(Repository.open(at: path, search: .exact, environment: Git.environment)) : self.store
    return try Workspace(store: store, environment: environment)
  }

  /// Lets somebody use the program, and signs what it recorded: the records of a test are signed in process.
  func acting<Result>(_ person: String, _ act: (Workspace) throws -> Result) throws -> Result {
    let before = try references()
    let result = try act(try workspace(person))
    guard isSigned, let key = keys[person] else { return result }
    for (name, id) in try references() where before[name] != id && !before.values.contains(id) {
      try move(name, to: try signed(id, key, known: Set(before.values)))
    }
    return result
  }

  private func references() throws -> [String: ObjectID] {
    Dictionary(uniqueKeysWithValues: try repository.references(under: "refs/").map { ($0.name, $0.target) })
  }

  /// The same commit or tag with a signature.
  private func signed(_ id: ObjectID, _ key: SoftwareKey, known: Set<ObjectID>) throws -> ObjectID {
    guard try repository.signedContent(of: id) == .unsigned else { return id }
    if try repository.objectHeader(id).kind == .tag {
      let tag = try repository.tag(id)
      let target = known.contains(tag.target) ? tag.target : try signed(tag.target, key, known: known)
      guard let tagger = tag.tagger else { return id }
      let text = try repository.tagText(name: tag.name, target: target, tagger: tagger, message: tag.message)
      return try repository.writeTag(text, signature: try key.signature(of: text))
    }
    let commit = try repository.commit(id)
    let text = try repository.commitText(
      tree: commit.tree, parents: commit.parents, author: commit.author, committer: commit.committer,
      message: commit.message)
    return try repository.writeCommit(text, signature: try key.signature(of: text))
  }
}
