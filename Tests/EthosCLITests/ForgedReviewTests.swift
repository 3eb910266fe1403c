import EthosTestSupport
import Foundation
import Testing

/// Reviews that nobody signed, where the charter asks for signatures.
@Suite struct ForgedReviewTests {
  private static let board = ["jane", "ada", "ruth"]

  /// A proposal of eve's that only eve agreed to, with the same words in the names of the board.
  private static func forged() throws -> GuardedBank {
    let bank = try GuardedBank.signed()
    try bank.propose("raise", GuardedBank.risk(90))
    try bank.approve("raise", "eve")
    for id in board {
      try bank.unsigned(
        "refs/heads/reviews/raise/\(id)", from: "reviews/raise/eve", by: id, parents: "proposals/raise",
        tree: "proposals/raise^{tree}")
    }
    return bank
  }

  @Test func `approvals that nobody signed put nothing in force, and every command says so`() throws {
    let bank = try Self.forged()
    let review = try bank.person("omar").run(["review", "raise"])
    #expect(review.status == 1 && review.output.contains("is not signed"), "\(review.output)")
    #expect(try bank.person("omar").run(["ratify", "raise"]).status == 1)
    try bank.force("raise", reviews: Self.board)
    #expect(try bank.breaches() == ["quorum-missing"])
    for command in [["why", "limit/risk.atMost"], ["log", "limit/risk.atMost"]] {
      let answer = try bank.person("omar").run(command)
      for name in ["Jane Doe", "Ada Obi", "Ruth Klein"] {
        #expect(!answer.output.contains("pproved by \(name)"), "\(answer.output)")
      }
      #expect(!answer.output.lowercased().contains("approved by"), "\(answer.output)")
    }
  }

  @Test func `approvals that were signed are told of`() throws {
    let bank = try GuardedBank.signed()
    try bank.agreed()
    try bank.bench.run("ratify", "lower", as: bank.person("ada"))
    let answer = try bank.person("omar").run(["why", "limit/risk.atMost"])
    for name in ["Jane Doe", "Ada Obi", "Ruth Klein"] { #expect(answer.output.contains(name), "\(answer.output)") }
  }

  @Test func `a forged approval beside true ones puts nobody in breach`() throws {
    let bank = try GuardedBank.signed()
    try bank.agreed()
    try bank.unsigned(
      "refs/heads/reviews/lower/zzz", from: "reviews/lower/ada", by: "omar", parents: "proposals/lower",
      tree: "proposals/lower^{tree}")
    try bank.bench.run("ratify", "lower", as: bank.person("jane"))
    #expect(try bank.breaches() == [])
  }

  @Test(arguments: [true, false]) func `a veto blocks where it was signed, and only there`(_ isSigned: Bool) throws {
    let bank = try GuardedBank.signed(charter: GuardedBank.withVeto)
    try bank.agreed(by: "omar")
    if isSigned {
      try bank.bench.run("object", "lower", "--because", "No.", as: bank.person("eve"))
    } else {
      try bank.unsigned(
        "refs/heads/reviews/lower/zzz", from: "reviews/lower/ada", by: "eve", replacing: "Review: approve",
        with: "Review: object", parents: "proposals/lower", tree: "proposals/lower^{tree}")
    }
    let ratified = try bank.person("jane").run(["ratify", "lower"])
    #expect(ratified.status == (isSigned ? 1 : 0), "\(ratified.errors)")
    if !isSigned { #expect(try bank.breaches() == []) }
  }

  @Test func `an objection that nobody signed puts no ratification in breach later`() throws {
    let bank = try GuardedBank.signed()
    try bank.agreed()
    try bank.bench.run("ratify", "lower", as: bank.person("jane"))
    try bank.unsigned(
      "refs/heads/reviews/lower/zzz", from: "reviews/lower/ada", by: "ada", replacing: "Review: approve",
      with: "Review: object", parents: "proposals/lower", tree: "proposals/lower^{tree}")
    #expect(try bank.breaches() == [])
  }

  @Test func `an objection that was signed and left out is found`() throws {
    let bank = try GuardedBank.signed()
    try bank.agreed()
    try bank.bench.run("object", "lower", "--because", "No.", as: bank.person("omar"))
    try bank.force(
      "lower", reviews: Self.board, message: "Ratify lower\n\nProposal: lower\n", at: "2026-11-02T12:00:00Z")
    #expect(try bank.breaches().contains("objection-left-out"))
  }

  @Test(arguments: ["\u{200B}", "\u{E0041}", "\u{2800}", " "])
  func `an answer that nobody sees answers no objection`(_ nothing: String) throws {
    let bank = try GuardedBank.signed()
    try bank.agreed()
    try bank.bench.run("object", "lower", "--because", "No.", as: bank.person("omar"))
    let refused = try bank.person("jane").run(["ratify", "lower", "--answer", "omar=\(nothing)"])
    #expect(refused.status != 0)
    try bank.force(
      "lower", reviews: Self.board + ["omar"],
      message:
        "Ratify lower\n\nProposal: lower\nAnswer: omar: \(nothing)\nObjected-by: Omar Reyes <omar@bank.example>\n",
      at: "2026-11-02T12:00:00Z")
    #expect(try bank.breaches().contains("objection-unanswered"))
  }

  @Test func `an objection that is answered stands in nobody's way`() throws {
    let bank = try GuardedBank.signed()
    try bank.agreed()
    try bank.bench.run("object", "lower", "--because", "No.", as: bank.person("omar"))
    try bank.bench.run("ratify", "lower", "--answer", "omar=We heard it.", as: bank.person("jane"))
    #expect(try bank.breaches() == [])
  }
}
