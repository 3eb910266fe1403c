import EthosApp
import EthosModel
import EthosTestSupport

/// What honest people do.
///
/// Each act is one that the rules allow, as the generator's own model knows them.
enum HonestAct: CaseIterable {
  case propose, proposeTwice, amend, reasonLater, giveReason, classify
  case approveOne, approveAll, object, abstain, comment, conditional, record
  case ratify, withdraw, collectAndForge, passAtOnce
  case update, updateByMeaning, updateByForge, resolve, rebase
  case release, reaffirm, handOver, rotateKey, welcome, adopt

  /// Acts that are called a breach and should not be.
  ///
  /// They are passed over, so that this set is the list of what is to be done.
  static let notYet: Set<HonestAct> = []

  /// How often, of all.
  var weight: Int {
    switch self {
    case .propose: 12
    case .approveAll: 10
    case .ratify: 12
    case .proposeTwice, .approveOne: 6
    case .passAtOnce: 5
    case .adopt, .handOver, .welcome, .rotateKey, .withdraw: 2
    case .reasonLater, .classify, .reaffirm, .updateByMeaning: 3
    default: 4
    }
  }

  static func random(_ generator: inout SeededGenerator) -> HonestAct {
    var number = Int.random(in: 0..<allCases.reduce(0) { $0 + $1.weight }, using: &generator)
    for act in allCases {
      number -= act.weight
      if number < 0 { return act }
    }
    return .propose
  }
}

extension World {
  /// One random act; what is impossible now is passed over.
  func honestAct() throws {
    tick()
    for _ in 0..<40 {
      let act = HonestAct.random(&random)
      if HonestAct.notYet.contains(act) { continue }
      if try perform(act) { return }
    }
  }

  private func openName(_ isMeant: (ModelProposal) -> Bool = { _ in true }) -> String? {
    let names = open.values.filter(isMeant).map(\.name).sorted()
    return names.isEmpty ? nil : random.pick(names)
  }

  private func isClear(_ proposal: ModelProposal) -> Bool { proposal.merged(into: main).map { $0 != main } ?? false }

  func perform(_ act: HonestAct) throws -> Bool {
    switch act {
    case .propose, .proposeTwice, .reasonLater: return try performPropose(act)
    case .amend: return try performAmend()
    case .giveReason: return try performReason()
    case .classify: return try performClassify()
    case .approveOne, .object, .abstain, .comment, .conditional, .record: return try performReview(act)
    case .approveAll:
      guard let name = openName(isClear) else { return false }
      return try approveAll(name)
    case .ratify:
      guard let name = openName({ authority.canRatify($0) }) else { return false }
      try ratify(name, by: random.pick(people))
      return true
    case .withdraw:
      guard let name = openName() else { return false }
      let person = random.pick(people)
      _ = try acting(person) { try $0.withdraw(name, because: "It is too soon.", isDryRun: false) }
      open[name] = nil
      note("\(person) withdraws \(name)")
      return true
    case .collectAndForge: return try performForge()
    case .passAtOnce:
      var after = main
      guard edit(&after) != nil, after != main else { return false }
      return try pass(freshName("at-once"), after)
    case .update:
      guard let name = openName(isClear) else { return false }
      return try updateBranch(name, by: random.pick(people))
    case .updateByForge:
      guard let name = openName(isClear) else { return false }
      return try updateBranch(name, by: random.pick(people), signing: .none)
    case .updateByMeaning:
      guard let name = openName(isClear) else { return false }
      return try mergeByMeaning(name, by: random.pick(people))
    case .resolve:
      guard let name = openName({ $0.merged(into: main) == nil }) else { return false }
      return try resolve(name, by: random.pick(people))
    case .rebase:
      guard let name = openName(isClear) else { return false }
      return try rebase(name)
    case .release: return try release()
    case .reaffirm: return try reaffirm()
    case .handOver: return try handOver()
    case .rotateKey: return try rotateKey()
    case .welcome: return try welcome()
    case .adopt: return try adoptBreach()
    }
  }

  private func performPropose(_ act: HonestAct) throws -> Bool {
    guard open.count < 4 else { return false }
    var after = main
    guard edit(&after) != nil, after != main else { return false }
    if act == .proposeTwice { guard edit(&after) != nil else { return false } }
    guard let author = author(for: after), after != main, !changesNotes(after) else { return false }
    try propose(freshName("change"), after, by: author, reason: act == .reasonLater ? nil : "It is time.")
    return true
  }

  /// Whether a state differs in comments.
  ///
  /// What becomes of those in a merge is no matter of authority: such changes are ratified at once.
  private func changesNotes(_ after: ModelState) -> Bool {
    after.entries.contains { $0.value.note != main.entries[$0.key]?.note ?? "" }
  }

  private func performAmend() throws -> Bool {
    guard let name = openName({ !$0.lacksReason }), var after = open[name]?.tip, edit(&after) != nil,
      after != open[name]?.tip, !changesNotes(after)
    else { return false }
    let isSame = random.happens(60)
    guard let author = isSame ? open[name]?.commits.last?.author : random.pick(people) else { return false }
    try amend(name, after, by: author)
    return true
  }

  private func performReason() throws -> Bool {
    guard let name = openName(\.lacksReason), let author = open[name]?.commits.first?.author else { return false }
    _ = try acting(author) {
      try $0.propose(name, words: ChangeWords(because: "It was asked for."), isDryRun: false)
    }
    open[name]?.lacksReason = false
    open[name]?.isMerged = true
    note("\(author) gives the reason of \(name)")
    return true
  }

  private func performClassify() throws -> Bool {
    for name in open.keys.sorted() {
      guard let proposal = open[name], let after = proposal.merged(into: main) else { continue }
      let changes = ModelChange.all(main, after)
      guard let change = changes.first(where: { $0.isUndecided && proposal.classes[$0.key] == nil }),
        main.charter.rows(covering: change.subject, change.level).allSatisfy(\.veto.isEmpty)
      else { continue }
      let action = random.pick(["clarified", "reworded"])
      let field = change.subject == "value" ? "statement" : "question"
      let person = random.pick(people)
      _ = try acting(person) {
        try $0.classify(
          Reference(parsing: "\(change.key).\(field)"), as: action, because: "It says the same.", proposal: name,
          isDryRun: false)
      }
      open[name]?.classes[change.key] = action
      note("\(person) classifies \(change.key) in \(name) as \(action)")
      return true
    }
    return false
  }

  private func performReview(_ act: HonestAct) throws -> Bool {
    guard let name = openName(isClear), let proposal = open[name], let after = proposal.merged(into: main) else {
      return false
    }
    switch act {
    case .object: try review(name, by: random.pick(people), .object)
    case .abstain: try review(name, by: random.pick(people), .abstain)
    case .comment: try review(name, by: random.pick(people), .comment)
    case .conditional: try review(name, by: random.pick(people), .approve, conditions: ["once the minutes are signed"])
    case .record:
      let authors = Set(proposal.authors.values.joined())
      let recorders = authority.holders(of: "secretary", on: today).subtracting(authors).sorted()
      guard let recorder = recorders.first else { return false }
      let quiet = people.filter { person in person != recorder && !proposal.reviews.contains { $0.person == person } }
      guard !quiet.isEmpty else { return false }
      try review(name, by: random.pick(quiet), .approve, recordedBy: recorder)
    default:
      guard let approvers = authority.approvers(proposal, after, shuffled: people.shuffled(using: &random)),
        let first = approvers.first
      else { return false }
      try review(name, by: first, .approve)
    }
    return true
  }

  private func performForge() throws -> Bool {
    guard
      let name = openName({ proposal in
        guard authority.canRatify(proposal), isCleanForGit(proposal), let after = proposal.merged(into: main) else {
          return false
        }
        return authority.objectors(proposal, after).isEmpty
      })
    else { return false }
    let collector = random.pick(people)
    _ = try acting(collector) { try $0.collect(name, isDryRun: false) }
    open[name]?.isMerged = true
    note("\(collector) collects the reviews of \(name)")
    tick()
    guard let proposal = open[name], authority.canRatify(proposal) else { return true }
    try forgeMerge(name, by: random.pick(people))
    return true
  }
}
