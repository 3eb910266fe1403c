import EthosTestSupport
import Foundation
import Testing

/// Random pushes to a small server: the hook takes one exactly when a verification of what comes of it finds no new breach.
///
/// What a verification cannot see, because no state of a repository shows it, the hook refuses beyond that: those codes are
/// named here, and each has tests of its own.
@Suite struct PushPropertyTests {
  private static let beyond: Set = [
    "reference-misnamed", "reference-ambiguous", "reference-foreign", "review-of-another", "review-unreadable",
    "review-rewritten", "closing-incomplete", "closing-unauthorised", "proposal-closed", "proposal-lost",
    "branch-replaced",
  ]
  private static let people = ["jane", "ada", "ruth", "omar", "eve"]
  private static let limits = ["risk", "loan"]

  @Test(arguments: 1...(2 * soakFactor))
  func `the hook refuses what a verification would call a breach, and nothing else`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let key = try SSHKeyPair()
    let bank = try GuardedBank.served(
      config: "git config gpg.format ssh && git config user.signingKey \(key.file) && git config ethos.log true")
    var known = try breaches(bank, "../server.git")
    var (taken, refused) = (0, 0)
    for step in 1...16 {
      guard let push = try act(bank, step, &random) else { continue }
      let result = try bank.person("eve").shell("cd '\(bank.work)' && git push -q --force origin \(push)")
      let said = "seed \(seed), step \(step): git push --force origin \(push)\n\(result.errors)"
      if result.status == 0 {
        taken += 1
        let found = try breaches(bank, "../server.git")
        #expect(found.subtracting(known).isEmpty, "accepted: \(said)")
        known = found
      } else if result.errors.contains("pre-receive hook declined") {
        refused += 1
        let isBeyond = Self.beyond.contains { result.errors.contains("! \($0)") }
        try bank.shell("rm -rf ../copy && cp -r ../server.git ../copy && rm -f ../copy/hooks/*")
        _ = try bank.person("eve").shell("cd '\(bank.work)' && git push -q --force ../copy \(push)")
        let found = try breaches(bank, "../copy")
        #expect(isBeyond || !found.subtracting(known).isEmpty, "refused: \(said)")
      }
      // Everybody goes on from what the server has.
      try bank.shell(
        "git checkout -q --detach && git fetch -q --prune --force ../server.git '+refs/heads/*:refs/heads/*' "
          + "'+refs/tags/*:refs/tags/*' && git switch -q main && git reset -q --hard && git clean -qfd")
    }
    // What git itself refuses, as the deletion of what is not there, the hook is never asked about.
    #expect(taken + refused > 0)
  }

  /// What is in breach, each with what it says of which commit or tag.
  private func breaches(_ bank: GuardedBank, _ folder: String) throws -> Set<String> {
    let answer = try bank.person("ada").run(["verify", "-C", folder, "--format", "json", "--again"])
    let document = try #require(
      JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any], "\(answer.errors)")
    let findings = try #require(document["findings"] as? [[String: Any]])
    return Set(
      findings.filter { $0["severity"] as? String == "breach" }.map {
        "\($0["code"] ?? "") \($0["commit"] ?? "") \($0["tag"] ?? "") \($0["message"] ?? "")"
      })
  }

  /// Does something here, by the rules or not, and says what of it is pushed; nil where it could not be done.
  private func act(_ bank: GuardedBank, _ step: Int, _ random: inout SeededGenerator) throws -> String? {
    func git(_ line: String) throws -> [String] {
      try bank.shell(line).split(separator: "\n").map(String.init)
    }
    func tries(_ arguments: String..., by person: String) throws -> Bool {
      try bank.person(person).run(arguments).status == 0
    }
    let proposals = try git("git for-each-ref --format='%(refname:lstrip=3)' refs/heads/proposals")
    let who = random.pick(Self.people)
    let name = proposals.isEmpty ? nil : random.pick(proposals)
    let reviews =
      try name.map { try git("git for-each-ref --format='%(refname:lstrip=4)' refs/heads/reviews/\($0)") } ?? []
    let kind = random.pick(Self.limits)
    let file = "id: \(kind)\ntitle: \(kind == "risk" ? "Risk" : "Largest loan")\natMost: \(step)\n"
    switch Int.random(in: 0..<16, using: &random) {
    case 0, 1:
      try bank.propose("p\(step)", ["limits/\(kind).yaml": file], by: who)
      return "proposals/p\(step)"
    case 2, 3, 4:
      guard let name else { return nil }
      let people = Self.people.filter { _ in random.happens(70) }
      for person in people { _ = try tries("approve", name, by: person) }
      return people.isEmpty ? nil : "'refs/heads/reviews/\(name)/*'"
    case 5:
      guard let name, try tries("object", name, "--because", "No.", by: who) else { return nil }
      return "reviews/\(name)/\(who)"
    case 6, 7:
      guard let name, try tries("ratify", name, by: who) else { return nil }
      return "main"
    case 8:
      guard let name else { return nil }
      try bank.force(name, reviews: reviews.filter { _ in random.happens(80) })
      return "main"
    case 9:
      try bank.push(["limits/\(kind).yaml": file], by: who)
      return "main"
    case 10: return try git("git rev-list --count --first-parent main").first == "1" ? nil : "main~1:main"
    case 11:
      guard let name else { return nil }
      return random.happens(50) ? "main:proposals/\(name)" : ":proposals/\(name)"
    case 12:
      guard let name, !reviews.isEmpty else { return nil }
      return ":reviews/\(name)/\(random.pick(reviews))"
    case 13:
      guard let name, try tries("withdraw", name, "--because", "Later.", by: who) else { return nil }
      return "closed/\(name) :proposals/\(name) \(reviews.map { ":reviews/\(name)/\($0)" }.joined(separator: " "))"
    case 14:
      guard try tries("release", "--cycle", "second", by: random.pick(["jane", who])) else { return nil }
      return "'refs/tags/release/*'"
    default:
      let tags = try git("git tag")
      return random.pick(["main:refs/tags/closed/x\(step)", "main:draft", ":draft"] + tags.map { ":refs/tags/\($0)" })
    }
  }
}
