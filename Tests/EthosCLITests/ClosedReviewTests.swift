import EthosTestSupport
import Foundation
import Testing

/// What people read of proposals that are closed, and first of all of those that wait for them.
@Suite struct ClosedReviewTests {
  @Test func `a ratified proposal is shown as it was decided, with and without its branches`() throws {
    let bench = try NorthgateBank.afterStory()
    let text = try bench.run("review", "risk-appetite", status: 1).output
    #expect(text.contains("What was decided") && text.contains("ratified by Ingrid Solheim on 2026-03-17"))
    #expect(text.contains("Ada Obi on 2026-03-02") && text.contains("Ruth Klein on 2026-03-03 objects"))
    #expect(text.contains("Ruth Klein was answered:") && text.contains("37.2 %"))
    #expect(!text.contains("What is missing") && !text.contains("no meaning changes"))
    for branch in try bench.git("for-each-ref", "--format=%(refname)", "refs/heads").split(separator: "\n")
    where branch.contains("risk-appetite") { try bench.git("update-ref", "-d", String(branch)) }
    #expect(try bench.run("review", "risk-appetite", status: 1).output == text)
    let closed = try #require(try bench.json("review", "risk-appetite", status: 1)["closed"] as? [String: Any])
    #expect(closed["as"] as? String == "ratified")
    #expect((closed["date"] as? String)?.hasPrefix("2026-03-17") == true)
    // Nothing can be said of it any more, and it is no open proposal.
    try bench.run("approve", "risk-appetite", status: 2)
    #expect(!(try bench.run("status").output.contains("risk-appetite")))
  }

  @Test func `a withdrawn proposal is shown with the reason and with who objected`() throws {
    let bench = try NorthgateBank.afterStory()
    let text = try bench.run("review", "fast-track", status: 1).output
    #expect(text.contains("withdrawn by Lucia Ferrara on 2021-09-16 (closed/fast-track)"))
    #expect(text.contains("I will not argue for 90 in writing"))
    #expect(text.contains("Nadia Rahman on 2021-09-08 objects") && text.contains("Ruth Klein on 2021-09-09 objects"))
    let json = try bench.json("review", "fast-track", status: 1)
    #expect((json["closed"] as? [String: Any])?["as"] as? String == "withdrawn")
    #expect((json["canRatify"] as? Bool) == false)
    // What never was a proposal is none.
    #expect(try bench.run("review", "fast-trac", status: 2).errors.contains("there is no proposal"))
  }

  @Test func `a hand-over sees what was reaffirmed after it, and who objected`() throws {
    let bench = try NorthgateBank.afterStory()
    let text = try bench.run("handover", "consolidation-2023", "renewal-2026").output
    #expect(text.contains("reaffirmed as it is by Thabo Nkosi on 2026-09-15"))
    #expect(text.contains("changed; objected: Ruth Klein on 2026-03-03"))
    #expect(text.contains("value/explainability We can say why: as it was, and nobody looked at it again"))
    // An objection to what was withdrawn is on record too.
    let earlier = try bench.json("handover", "growth-2019", "consolidation-2023")
    let objections = try #require(earlier["objections"] as? [[String: Any]])
    let withdrawn = objections.filter { $0["withdrawn"] as? Bool == true }
    #expect(Set(withdrawn.compactMap { $0["person"] as? String }) == ["Nadia Rahman", "Ruth Klein"])
  }

  @Test func `the first line of status says what waits for whoever asks`() throws {
    let bench = try NorthgateBank.afterStory()
    func first(_ person: String) throws -> String {
      let process = try NorthgateBank.acting(person, on: "2026-10-02", in: bench.ethos)
      return try bench.run("status", as: process).output.split(separator: "\n").first.map(String.init) ?? ""
    }
    #expect(try first("omar-reyes") == "Omar Reyes: nothing waits for you")
    let omar = try NorthgateBank.acting("omar-reyes", on: "2026-10-01", in: bench.ethos)
    try bench.run("set", "limit/client-risk.atMost", "65", as: omar)
    try bench.run("propose", "less", "--because", "We saw more than we feared.", as: omar)
    // Nobody who wrote it is asked for it; those whose seats are empty are.
    #expect(try first("omar-reyes") == "Omar Reyes: nothing waits for you")
    let missing = try bench.run("review", "less", status: 1).output
    #expect(missing.contains("What is missing"))
    let asked = try NorthgateBank.people.keys.filter { try first($0).contains("1 proposal waits for you: review less") }
    #expect(!asked.isEmpty && !asked.contains("omar-reyes"))
    for person in asked { #expect(missing.contains(person), "\(person)") }
    let one = try #require(asked.sorted().first)
    try bench.run("approve", "less", as: try NorthgateBank.acting(one, on: "2026-10-02", in: bench.ethos))
    #expect(try first(one).hasSuffix("nothing waits for you"))
  }
}
