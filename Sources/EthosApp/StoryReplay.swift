import EthosModel
import EthosRecord
import EthosStore
import EthosSyntax
import EthosText

/// Replays a template's history: every step is done by the same code as the command that a person would type, as that
/// person and on that day.
struct StoryReplay {
  let story: String
  let store: IdentityStore
  let environment: AppEnvironment

  /// Does all steps, and returns what each did.
  func run() throws -> [String] {
    let path = story + "/story.yaml"
    let source = SourceText(path: "story.yaml", bytes: try FileSystem.read(path, limit: 1 << 20))
    let (node, diagnostics) = PlainDocument.read(source)
    guard let steps = node?.record?["steps"]?.list?.compactMap(\.record) else {
      throw Failure(.cannot, "the story cannot be read", diagnostics: diagnostics)
    }
    var people = People()
    var said: [String] = []
    var hours: [Day: Int] = [:]
    for record in steps {
      let step = try Step(record)
      if let files = step.files { people.learn(from: try Template.files(below: "\(story)/\(files)")) }
      let hour = 10 + (hours[step.day] ?? 0)
      hours[step.day, default: 0] += 1
      let workspace = try workspace(of: step, person: people.named(step.by), hour: min(hour, 23))
      said.append("\(step.day)  \(try perform(step, in: workspace, people: people))")
    }
    return said
  }

  private func perform(_ step: Step, in workspace: Workspace, people: People) throws -> String {
    let words = ChangeWords(
      subject: step.text("subject"), because: step.because, sources: step.texts("sources"),
      reasons: try step.map("reasons").map { (try workspace.reference($0), $1) },
      coAuthors: try step.texts("coauthors").map { try people.named($0).signature })
    switch step.action {
    case "init":
      _ = try workspace.found(files: try Template.files(below: "\(story)/\(step.files ?? "")"), words: words)
      return "founded: \(words.subject ?? "")"
    case "propose":
      for file in try Template.files(below: "\(story)/\(step.files ?? "")") {
        try workspace.store.writeWorkTree(file.bytes, to: file.path)
      }
      for path in step.texts("remove") { try workspace.store.removeWorkTree(path) }
      _ = try workspace.propose(step.name, words: words, isDryRun: false)
      for item in step.record["classify"]?.list?.compactMap(\.record) ?? [] {
        _ = try workspace.classify(
          try workspace.reference(item["ref"]?.text ?? ""), as: item["action"]?.text ?? "",
          because: item["because"]?.text ?? "", proposal: step.name, isDryRun: false)
      }
      return "\(step.by) proposed \(step.name): \(words.subject ?? "")"
    case "approve", "object", "abstain":
      guard let verdict = ReviewRecord.Verdict(rawValue: step.action) else { break }
      _ = try workspace.review(step.name, ReviewStatement(verdict, words: step.because), isDryRun: false)
      return "\(step.by) \(past[verdict] ?? verdict.rawValue) \(step.name)"
    case "ratify":
      let answers = Dictionary(step.map("answers")) { first, _ in first }
      _ = try workspace.ratify(step.name, answers: answers, isDryRun: false)
      return "\(step.by) ratified \(step.name)"
    case "withdraw":
      _ = try workspace.withdraw(step.name, because: step.because, isDryRun: false)
      return "\(step.by) withdrew \(step.name)"
    case "reaffirm":
      let keys = try step.texts("refs").map { try workspace.reference($0).key }
      _ = try workspace.reaffirm(keys, because: step.because, isDryRun: false)
      return "\(step.by) reaffirmed \(keys.map(\.description).joined(separator: ", "))"
    case "release":
      let request = ReleaseRequest(
        cycle: step.text("cycle"), effective: step.text("effective").flatMap { Day($0) }, title: step.text("title"))
      let release = try workspace.release(request, isDryRun: false)
      return "\(step.by) released \(release.release.name)"
    default: break
    }
    throw Failure.cannot("the story has a step that is not understood: `\(step.action)`")
  }

  private let past: [ReviewRecord.Verdict: String] = [
    .approve: "approved", .object: "objected to", .abstain: "abstained from", .comment: "commented on",
  ]

  private func workspace(of step: Step, person: StoryPerson, hour: Int) throws -> Workspace {
    var environment = environment
    let zone = try Workspace(store: store, environment: environment).zone()
    environment.isStory = true
    environment.now = zone.instant(step.day, hour: hour)
    for role in ["AUTHOR", "COMMITTER"] {
      environment.variables["GIT_\(role)_NAME"] = person.name
      environment.variables["GIT_\(role)_EMAIL"] = person.email
      environment.variables["GIT_\(role)_DATE"] = nil
    }
    return try Workspace(store: store, environment: environment)
  }
}

/// One step of a story as it is written.
private struct Step {
  let record: Record
  let day: Day
  let action: String
  let by: String

  init(_ record: Record) throws {
    self.record = record
    guard let day = record["day"]?.text.flatMap({ Day($0) }), let action = record["do"]?.text,
      let by = record["by"]?.text
    else { throw Failure.cannot("a step of the story lacks `day`, `do` or `by`: \(Node.record(record).summaryText)") }
    (self.day, self.action, self.by) = (day, action, by)
  }

  var name: String { text("name") ?? "" }
  var files: String? { text("files") }
  var because: String { text("because") ?? "" }
  func text(_ name: String) -> String? { record[name]?.text }
  func texts(_ name: String) -> [String] { record[name]?.texts ?? [] }
  func map(_ name: String) -> [(String, String)] {
    record[name]?.record?.entries.map { ($0.name, $0.value.text ?? "") } ?? []
  }
}

private struct StoryPerson {
  var name: String
  var email: String
  var signature: String { "\(name) <\(email)>" }
}

/// The people that a story's files have introduced so far.
private struct People {
  private var known: [String: StoryPerson] = [:]

  mutating func learn(from files: [TemplateFile]) {
    for file in files where Kind(path: file.path) == .person {
      guard let person = DocumentReader.read(SourceText(path: file.path, bytes: file.bytes)).document,
        let name = person.meaning["name"]?.text, let email = person.meaning["emails"]?.texts.first
      else { continue }
      known[person.key.id] = StoryPerson(name: name, email: email)
    }
  }

  func named(_ id: String) throws -> StoryPerson {
    guard let person = known[id] else { throw Failure.cannot("the story does not introduce `\(id)`") }
    return person
  }
}
