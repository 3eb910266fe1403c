import EthosTestSupport
import Foundation
import Testing

/// The bank's history as `init --story` leaves it: read by plain git, and asked by every command.
@Suite struct StoryTests {
  // MARK: - Plain git

  @Test func `git finds nothing to complain of`() throws {
    let bench = try NorthgateBank.afterStory()
    let fsck = try bench.ethos.run(program: "/usr/bin/env", ["git", "fsck", "--strict", "--no-progress"])
    #expect(fsck.status == 0 && fsck.output == "" && fsck.errors == "", "\(fsck)")
    #expect(try bench.git("status", "--porcelain") == "")
    #expect(try bench.git("symbolic-ref", "HEAD") == "refs/heads/main\n")
    let tags = try bench.git("tag", "-n").split(separator: "\n").map { $0.split(separator: " ")[0] }
    #expect(
      tags == ["closed/fast-track", "release/consolidation-2023/1", "release/growth-2019/1", "release/renewal-2026/1"])
    for tag in tags { #expect(try bench.git("cat-file", "-t", String(tag)) == "tag\n") }
    #expect(try bench.git("tag", "-n").contains("Prudence before growth"))
    let diff = try bench.git("diff", "release/growth-2019/1", "release/renewal-2026/1", "--", "limits/client-risk.yaml")
    #expect(diff.contains("-atMost: 75") && diff.contains("+atMost: 60"))
    // A clone carries all of it.
    try bench.git("clone", "-q", "--mirror", ".", "../mirror")
    let heads = ["for-each-ref", "--format=%(refname) %(objectname)"]
    let mirrored = try bench.ethos.run(program: "/usr/bin/env", ["git", "-C", "../mirror"] + heads).output
    let here = try bench.ethos.run(program: "/usr/bin/env", ["git"] + heads).output
    #expect(mirrored == here)
  }

  /// The trailers of a commit, as git reads them.
  private static func trailers(_ commit: String, in bench: Bench) throws -> [(name: String, value: String)] {
    let message = try bench.git("log", "-1", "--format=%B", commit)
    let parsed = try bench.ethos.run(program: "/usr/bin/env", ["git", "interpret-trailers", "--parse"], input: message)
    #expect(parsed.status == 0)
    return parsed.output.split(separator: "\n").compactMap { line in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      return (String(line[..<colon]), String(line[line.index(after: colon)...].drop { $0 == " " }))
    }
  }

  @Test func `the trailers that git parses say what ethos says`() throws {
    let bench = try NorthgateBank.afterStory()
    let known: Set = [
      "Source", "Reason-For", "Class", "Review", "Review-Of", "Reviewed", "Proposal", "Approved-by", "Objected-by",
      "Answer",
      "Ruleset",
      "Level", "Reaffirm", "Reaffirmed", "Co-authored-by", "Withdrawn", "Abstained-by",
    ]
    var seen: Set<String> = []
    var reviews = 0
    for commit in try bench.git("rev-list", "--all").split(separator: "\n").map(String.init) {
      let trailers = try Self.trailers(commit, in: bench)
      for trailer in trailers { #expect(known.contains(trailer.name), "\(trailer)") }
      seen.formUnion(trailers.map(\.name))
      if let review = trailers.first(where: { $0.name == "Review" }) {
        reviews += 1
        #expect(["approve", "object", "abstain", "comment"].contains(review.value))
        #expect(trailers.contains { $0.name == "Reviewed" && $0.value.contains("@e1:") })
        // A review changes no file.
        #expect(try bench.git("diff", "--name-only", "\(commit)^", commit) == "")
      }
    }
    // Those of the withdrawn proposal are kept too.
    let story = try String(
      contentsOfFile: "\(EthosProcess.projectFolder)/Templates/financial-services/story/story.yaml", encoding: .utf8)
    #expect(reviews == story.matches(of: /do: (approve|object|abstain)/).count)
    #expect(
      seen.isSuperset(of: [
        "Source", "Reason-For", "Class", "Proposal", "Approved-by", "Objected-by", "Answer", "Ruleset",
      ]))

    let log = try bench.json("log")
    let entries = try #require(log["entries"] as? [[String: Any]])
    var merges = 0
    var asked: Set<String> = []
    for entry in entries {
      guard let merge = (entry["ratifiedBy"] as? [String: Any])?["commit"] as? String, asked.insert(merge).inserted
      else {
        continue
      }
      merges += 1
      let trailers = try Self.trailers(merge, in: bench)
      func values(_ name: String) -> Set<String> { Set(trailers.filter { $0.name == name }.map(\.value)) }
      #expect(values("Proposal") == [entry["proposal"] as? String ?? ""])
      // Each entry of the log tells of one commitment; the merge tells of all of its proposal.
      var approved: Set<String> = []
      var objected: Set<String> = []
      for same in entries where (same["ratifiedBy"] as? [String: Any])?["commit"] as? String == merge {
        approved.formUnion(Self.names(same["approvedBy"]))
        objected.formUnion(Self.names(same["objectedBy"]))
      }
      #expect(values("Approved-by") == approved)
      #expect(values("Objected-by") == objected)
      #expect(values("Answer").count == objected.count)
    }
    #expect(merges >= 8)
  }

  private static func names(_ people: Any?) -> Set<String> {
    Set(
      (people as? [[String: Any]] ?? []).map { "\($0["name"] as? String ?? "") <\($0["email"] as? String ?? "")>" })
  }

  // MARK: - Every command

  @Test(arguments: [
    (["status"], ["Northgate Private Bank on 2026-11-02", "Renewal (renewal-2026)", "release/renewal-2026/1"]),
    (["list"], ["client-risk", "retired since 2026-02-13"]),
    (["list", "limit"], ["Client risk appetite"]),
    (["check"], ["No findings."]),
    (["releases"], ["release/growth-2019/1", "release/consolidation-2023/1", "in force: release/renewal-2026/1"]),
    (
      ["diff", "release/growth-2019/1", "release/renewal-2026/1"],
      ["priority-reversed", "atMost: 75 → 60", "limit-tightened"]
    ),
    (["diff"], ["No change of meaning."]),
    (["diff", "2020-01-01", "2026-05-01"], ["atMost: 75 → 60"]),
    (["log", "limit/client-risk.atMost"], ["Mei Lin", "Lucia Ferrara", "Viktor Hallberg", "60", "75", "65"]),
    (
      ["why", "limit/client-risk.atMost"],
      ["It is what I was asked to do.", "A number does not know them.", "risk-appetite"]
    ),
    (["why", "value/harmony.because"], ["Thabo Nkosi", "It kept us from saying no.", "renewal-2026"]),
    (
      ["handover", "growth-2019", "renewal-2026"],
      ["Hand-over from Growth to Renewal", "onboarding-assistant", "Ruth Klein"]
    ),
    (["show", "limit/client-risk.atMost"], ["60"]),
    (["show", "limit/client-risk.atMost@2020-01-01"], ["75"]),
    (["show", "limit/client-risk.atMost@release/growth-2019/1"], ["75"]),
    (["show", "decision/onboarding@2020-01-01"], ["who waits is lost", "2020-01-01"]),
    (["show", "charter"], ["Northgate Private Bank"]),
    (["schema", "limit"], ["atMost"]),
  ])
  func `a question to the bank has an answer`(_ arguments: [String], _ words: [String]) throws {
    let bench = try NorthgateBank.afterStory()
    let result = try bench.ethos.run(arguments)
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    for word in words { #expect(result.output.contains(word), "`\(word)` is not in \(result.output)") }
    #expect(!result.output.contains("\u{1b}"))
  }

  @Test func `what stands in every file is shown`() throws {
    let bench = try NorthgateBank.afterStory()
    let entries = try #require(try bench.json("list")["entries"] as? [[String: Any]])
    #expect(entries.count == 41)
    for entry in entries {
      let key = try #require(entry["commitment"] as? String)
      let shown = try bench.json("show", key)
      #expect(shown["schema"] as? String == "ethos.show.v1")
      #expect(shown["commitment"] as? String == key)
      #expect(shown["fields"] is [String: Any])
      let path = try #require(entry["path"] as? String)
      #expect(FileManager.default.fileExists(atPath: "\(bench.work)/\(path)"))
    }
  }

  @Test func `a day shows what was in force then, and no later rule`() throws {
    let bench = try NorthgateBank.afterStory()
    let then = try bench.json("show", "decision/onboarding@2020-01-01")
    let tagged = try bench.json("show", "decision/onboarding@release/growth-2019/1")
    #expect(then["fields"] as? NSDictionary == tagged["fields"] as? NSDictionary)
    #expect(
      then["fields"] as? NSDictionary != (try bench.json("show", "decision/onboarding")["fields"]) as? NSDictionary)
    // The first release was made on 2019-02-25 and is effective from 2019-03-01.
    for day in ["2018-01-01", "2019-02-28"] {
      let result = try bench.run("show", "decision/onboarding@\(day)", status: 1)
      #expect(result.output == "" && result.errors.contains("nothing was in force on \(day)"))
    }
    try bench.run("show", "decision/onboarding@2019-03-01")
    // On its last day the release before still counts.
    #expect(try bench.run("show", "limit/client-risk.atMost@2026-03-31").output.contains("75"))
    #expect(try bench.run("show", "limit/client-risk.atMost@2026-04-01").output.contains("60"))
    // What came later is not there.
    try bench.run("show", "value/candour@2020-01-01", status: 1)
  }

  @Test func `check finds nothing wrong today, and what was left lying in the history`() throws {
    let bench = try NorthgateBank.afterStory()
    #expect((try bench.json("check")["diagnostics"] as? [Any])?.isEmpty == true)
    let history = try bench.json("check", "--history", status: 1)
    let diagnostics = try #require(history["diagnostics"] as? [[String: Any]])
    #expect(!diagnostics.isEmpty)
    for diagnostic in diagnostics {
      for key in ["code", "severity", "message", "file", "help"] {
        #expect(diagnostic[key] is String, "\(key): \(diagnostic)")
      }
      for key in ["line", "column"] { #expect((diagnostic[key] as? Int ?? 0) > 0) }
    }
    let codes = Set(diagnostics.compactMap { $0["code"] as? String })
    #expect(codes == ["commitment-stale", "system-outdated"])
    // When the exception's last day is past, check says so.
    let later = bench.ethos.with("ETHOS_NOW", "2028-07-01T09:00:00+02:00")
    let expired = try bench.run("check", status: 1, as: later)
    #expect(expired.output.contains("founder-accounts"))
  }

  @Test func `a new proposal is reviewed by everybody it needs`() throws {
    let bench = try NorthgateBank.afterStory()
    for act in NorthgateBank.demo.prefix(2) {
      let result = try NorthgateBank.acting(act.person, on: act.day, in: bench.ethos).run(act.arguments)
      #expect(result.status == 0, "\(result.errors)")
    }
    let review = try bench.json("review", "appetite-55", status: 1)
    #expect(review["schema"] as? String == "ethos.review.v1")
    #expect(review["canRatify"] as? Bool == false)
    #expect((review["missing"] as? [Any])?.isEmpty == false)
    let ratify = try bench.run("ratify", "appetite-55", status: 1)
    #expect(ratify.errors.contains("2 more approvals of `board`"))
    // An author's approval of her own change does not count.
    let author = try NorthgateBank.acting("mei-lin", on: "2026-11-17", in: bench.ethos)
    _ = try author.run("approve", "appetite-55", "--because", "It is mine.")
    #expect(try bench.run("ratify", "appetite-55", status: 1).errors.contains("2 more approvals of `board`"))
    for act in NorthgateBank.demo.dropFirst(2).dropLast(2) {
      let result = try NorthgateBank.acting(act.person, on: act.day, in: bench.ethos).run(act.arguments)
      #expect(result.status == 0, "\(result.errors)")
    }
    // All approvals are there, and the objection is not answered.
    #expect(
      try bench.run("ratify", "appetite-55", status: 1).errors.contains("Kenji Watanabe objected and is not answered"))
    #expect(try bench.git("log", "-1", "--format=%s", "main").hasPrefix("Reaffirm"))
  }

  @Test func `after the demonstration the answers tell of it`() throws {
    let bench = try NorthgateBank.afterDemo()
    #expect(try bench.git("status", "--porcelain") == "")
    #expect(try bench.git("fsck", "--strict", "--no-progress") == "")
    let why = try bench.json("why", "limit/client-risk.atMost")
    let field = try #require((why["fields"] as? [[String: Any]])?.first)
    #expect(field["value"] as? String == "55")
    #expect(field["before"] as? String == "60")
    #expect(field["cycle"] as? String == "renewal-2026")
    #expect(field["sources"] as? [String] == ["Risk report 2026-10, table 3"])
    #expect(field["proposal"] as? String == "appetite-55")
    let approved = (field["approvedBy"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
    #expect(approved.sorted() == ["ada-obi", "jane-doe", "leila-haddad", "omar-reyes"])
    let objected = try #require(field["objectedBy"] as? [[String: Any]])
    #expect(objected.compactMap { $0["id"] as? String } == ["kenji-watanabe"])
    #expect(objected.first?["answer"] as? String == "The board prefers what the referrals show.")
    let history = try bench.json("log", "limit/client-risk.atMost")
    let values = (history["entries"] as? [[String: Any]] ?? []).compactMap { $0["value"] as? String }
    #expect(values == ["55", "60", "75", "65"])
    // Released and announced, and not in force before its day.
    let before = bench.ethos.with("ETHOS_NOW", "2026-11-30T09:00:00+01:00")
    let after = bench.ethos.with("ETHOS_NOW", "2026-12-01T09:00:00+01:00")
    let waiting = try bench.run("status", as: before).output
    #expect(waiting.contains("release/renewal-2026/1") && waiting.contains("release/renewal-2026/2"))
    #expect(!waiting.contains("not released"))
    #expect(!(try bench.run("status", as: after).output.contains("release/renewal-2026/1")))
    #expect(try bench.run("show", "limit/client-risk.atMost@2026-11-30", as: after).output.contains("60"))
    #expect(try bench.run("show", "limit/client-risk.atMost@2026-12-01", as: after).output.contains("55"))
  }

  // MARK: - The shape of JSON

  /// What a documented key holds.
  enum Shape: Sendable {
    case text, list, object, flag, count
    /// Either that, or null.
    indirect case maybe(Shape)

    func fits(_ value: Any?) -> Bool {
      switch self {
      case .text: value is String
      case .list: value is [Any]
      case .object: value is [String: Any]
      case .flag: value is Bool
      case .count: value is Int
      case .maybe(let shape): value is NSNull || shape.fits(value)
      }
    }
  }

  struct Answer: Sendable {
    var arguments: [String]
    var schema: String
    var keys: [String: Shape]
    /// The list whose members are looked at, and their keys.
    var list: String?
    var members: [String: Shape] = [:]
  }

  static let ledgerKeys: [String: Shape] = [
    "field": .maybe(.text), "value": .maybe(.text), "before": .maybe(.text), "commit": .text, "author": .object,
    "date": .text, "cycle": .maybe(.text), "reason": .maybe(.text), "sources": .list, "approvedBy": .list,
    "objectedBy": .list, "abstainedBy": .list, "proposal": .maybe(.text),
  ]

  @Test(arguments: [
    Answer(
      arguments: ["diff", "release/growth-2019/1", "release/renewal-2026/1"], schema: "ethos.diff.v1",
      keys: ["before": .object, "after": .object, "level": .maybe(.text)], list: "changes",
      members: [
        "id": .text, "action": .text, "area": .text, "level": .text, "commitment": .text, "field": .maybe(.text),
        "also": .list, "because": .maybe(.text),
      ]),
    Answer(
      arguments: ["why", "decision/onboarding"], schema: "ethos.why.v1", keys: ["commitment": .text], list: "fields",
      members: ledgerKeys),
    Answer(arguments: ["log"], schema: "ethos.log.v1", keys: [:], list: "entries", members: ledgerKeys),
    Answer(
      arguments: ["log", "limit/client-risk"], schema: "ethos.log.v1", keys: [:], list: "entries", members: ledgerKeys),
    Answer(arguments: ["check"], schema: "ethos.check.v1", keys: ["diagnostics": .list]),
    Answer(arguments: ["status"], schema: "ethos.status.v1", keys: ["proposals": .list, "inForce": .maybe(.text)]),
    Answer(
      arguments: ["list"], schema: "ethos.list.v1", keys: [:], list: "entries",
      members: ["commitment": .text, "kind": .text, "id": .text, "title": .text]),
    Answer(
      arguments: ["releases"], schema: "ethos.releases.v1", keys: [:], list: "releases",
      members: ["release": .text, "cycle": .text, "effective": .text, "commit": .text, "by": .object]),
    Answer(
      arguments: ["handover", "growth-2019", "renewal-2026"], schema: "ethos.handover.v1",
      keys: ["changes": .list, "untouched": .list, "systems": .list], list: "objections",
      members: ["words": .text, "answer": .maybe(.text), "commit": .text]),
  ])
  func `JSON answers hold the documented keys`(_ answer: Answer) throws {
    let bench = try NorthgateBank.afterStory()
    let result = try bench.ethos.run(answer.arguments + ["--format", "json"])
    #expect(result.status == 0, "\(result.errors)")
    let parsed = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    let object = try #require(parsed as? [String: Any])
    #expect(object["schema"] as? String == answer.schema)
    for (key, shape) in answer.keys { #expect(shape.fits(object[key]), "\(key): \(String(describing: object[key]))") }
    if let list = answer.list {
      let members = try #require(object[list] as? [[String: Any]])
      #expect(!members.isEmpty)
      for member in members {
        for (key, shape) in answer.members { #expect(shape.fits(member[key]), "\(key): \(member)") }
      }
    }
    // The same question has the same answer, byte for byte.
    #expect(try bench.ethos.run(answer.arguments + ["--format", "json"]).output == result.output)
  }

  // MARK: - Templates

  @Test(arguments: ["minimal", "software-company", "hospital", "financial-services", "mortgage-lending"])
  func `a template makes an identity that check finds nothing wrong in`(_ template: String) throws {
    let bench = try Bench()
    try bench.run("init", ".", "--template", template)
    #expect(try bench.git("status", "--porcelain") == "")
    #expect(try bench.git("rev-list", "--count", "HEAD") == "1\n")
    #expect(try bench.git("fsck", "--strict", "--no-progress") == "")
    let check = try bench.json("check")
    #expect((check["diagnostics"] as? [[String: Any]])?.isEmpty == true, "\(check)")
    // Its layout is the one that `format` would give it.
    try bench.run("format")
    #expect(try bench.git("status", "--porcelain") == "")
  }
}
