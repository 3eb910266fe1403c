import EthosApp
import EthosGit
import EthosGovernance
import EthosModel
import EthosRecord
import EthosTestSupport
import EthosText

/// Whole episodes: releases, hand-overs, keys, adoptions.
extension World {
  /// Tags what is in force, with the approvals that the charter asks for.
  func release() throws -> Bool {
    guard !isReleased, let row = main.charter.rows.first(where: { $0.change == ["release"] }) else { return false }
    let chiefs = authority.holders(of: "chief-executive", on: today)
    guard let chief = chiefs.first else { return false }
    let request = ReleaseRequest(title: "As of \(ModelDay.text(today))")
    var others = authority.holders(of: "board", on: today).subtracting(chiefs).sorted().shuffled(using: &random)
    others = Array(others.prefix(row.quorum["board"] ?? (random.happens(30) ? 1 : 0)))
    guard others.count >= row.quorum["board"] ?? 0 else { return false }
    // The terms of an approval name a day: all is done in one hour of it.
    now += 3_600
    for person in others { _ = try acting(person) { try $0.approveRelease(request, isDryRun: false) } }
    let result = try acting(chief) { try $0.release(request, isDryRun: false) }
    releases.append("release/\(result.release.name)")
    isReleased = true
    note("\(chief) makes the release \(result.release.name), with \(others)")
    return true
  }

  /// Somebody looks at a commitment of their office again.
  func reaffirm() throws -> Bool {
    let keys = main.entries.filter { ["value", "limit"].contains($0.value.kind) && !$0.value.isRetired }.keys.sorted()
    let key = random.pick(keys)
    guard let owner = main.entries[key]?.fields["owner"],
      let person = authority.holders(of: owner, on: today).sorted().first
    else { return false }
    let parts = key.split(separator: "/").map(String.init)
    guard let kind = Kind(rawValue: parts[0]) else { return false }
    _ = try acting(person) {
      try $0.reaffirm([EntryKey(kind, parts[1])], because: "It still holds.", isDryRun: false)
    }
    isReleased = false
    note("\(person) reaffirms \(key)")
    return true
  }

  /// A new cycle, in which others hold the offices from a day to come.
  func handOver() throws -> Bool {
    guard let current = main.cycles.values.first(where: { $0.until == nil && $0.from <= today }) else { return false }
    var after = main
    let last = today + Int.random(in: 2...4, using: &random)
    let id = freshName("cycle")
    after.cycles[current.id]?.until = last
    after.cycles[id] = ModelCycle(
      id: id, from: last + 1, until: nil, offices: Founding.offices(people.shuffled(using: &random), &random))
    guard try pass(freshName("hand-over"), after) else { return false }
    if random.happens(70) {
      now += Int64(last + 1 - today) * 86_400
      note("the offices change hands")
    }
    return true
  }

  /// Somebody's key is replaced: the old one gets its last day and stays.
  func rotateKey() throws -> Bool {
    guard isSigned else { return false }
    let person = random.pick(people)
    guard keyUntil[person] == nil, let old = main.people[person]?.keys.last else { return false }
    let count = main.people[person]?.keys.count ?? 0
    let key = try SoftwareKey("\(person) \(count + 1)")
    var after = main
    let last = today + 2
    after.people[person]?.keys[count - 1].until = last
    after.people[person]?.keys.append(.init(publicKey: key.publicKey, from: today, until: nil))
    guard old.until == nil, try pass(freshName("key"), after) else { return false }
    keys[person] = key
    // What the old key signed counts until its last day.
    for name in open.keys {
      for index in open[name]?.reviews.indices ?? 0..<0
      where (open[name]?.reviews[index].recordedBy ?? open[name]?.reviews[index].person) == person {
        open[name]?.reviews[index].keyUntil = last
      }
    }
    note("\(person) signs with another key from now on")
    return true
  }

  /// Somebody new, without an office.
  func welcome() throws -> Bool {
    let id = freshName("guest")
    let person = ModelPerson(
      id: id, name: "Guest \(id)", emails: ["\(id)@bank.example"],
      keys: isSigned ? [.init(publicKey: try SoftwareKey("\(id) 1").publicKey)] : [])
    var after = main
    after.people[id] = person
    guard try pass(freshName("welcome"), after) else { return false }
    try introduce(person)
    return true
  }

  /// A breach, and the agreement of those who were not asked, after which it is none.
  func adoptBreach() throws -> Bool {
    var after = main
    after.entries["limit/days"]?.fields["atMost"] = "\(Int.random(in: 10..<70, using: &random))"
    guard after != main, main.entries["limit/days"]?.isRetired == false, let author = author(for: after) else {
      return false
    }
    let before = main
    let breach = try commit(after, parents: [try head()], by: author, "Change the days\n\nIt was urgent.\n")
    try move("refs/heads/main", to: breach)
    note("\(author) changes limit/days past everybody")
    tick()
    let name = freshName("adopt")
    let asker = random.pick(people)
    _ = try acting(asker) { try $0.adopt(breach.hex, as: name, because: "It was right.", isDryRun: false) }
    var asked = ModelProposal(name: name, base: before, tip: after)
    asked.authors["limit/days"] = [author]
    guard
      let approvers = authority.approvers(asked, after, shuffled: people.shuffled(using: &random))
    else { throw TestFailure("nobody can adopt, and the author was chosen so that somebody can") }
    for person in approvers {
      tick()
      _ = try acting(person) { try $0.review(name, ReviewStatement(.approve), isDryRun: false) }
    }
    tick()
    let ratifier = random.pick(people)
    _ = try acting(ratifier) { try $0.ratify(name, answers: [:], isDryRun: false) }
    main = after
    isReleased = false
    note("\(asker) asks for its adoption, \(approvers.joined(separator: ", ")) agree, \(ratifier) ratifies")
    return true
  }
}
