import EthosTestSupport
import Foundation
import Testing

/// The README promises nothing that does not work: its commands are run as they stand, in order, in one shell.
@Suite struct ReadmeTests {
  /// A line of the README that the test knows: how it exits, words of its answer, and what has to be there before it.
  private struct Known: Sendable {
    var line: String
    var status: Int32 = 0
    var answer = ""
    var before = ""
  }

  private static let known = [
    Known(line: "ethos init bank --template financial-services --story", answer: "released renewal-2026/1"),
    Known(line: "cd bank"),
    Known(line: "ethos status", answer: "release/renewal-2026/1"),
    Known(line: "ethos why limit/client-risk.atMost", answer: "Mei Lin changed it on 2026-02-23"),
    Known(line: "ethos diff release/growth-2019/1 release/renewal-2026/1", answer: "atMost: 75 → 60"),
    Known(line: #"be() { git config user.name "$1"; git config user.email "$2@northgate.example"; }"#),
    Known(line: #"be "Mei Lin" mei"#),
    Known(line: "ethos set limit/client-risk.atMost 55", answer: "changed limits/client-risk.yaml"),
    Known(line: "ethos diff", answer: "atMost: 60 → 55"),
    Known(
      line: #"ethos propose lower-appetite --because "What the board can explain has become less.""#,
      answer: "proposals/lower-appetite"),
    Known(line: "ethos review", status: 1, answer: "needs 2 more approvals of `board`"),
    Known(line: #"be "Ada Obi" ada"#),
    Known(line: #"ethos approve lower-appetite --because "It matches what I see.""#, answer: "ada-obi approved"),
    Known(line: #"be "Kenji Watanabe" kenji"#),
    Known(
      line: #"ethos object lower-appetite --because "We will lose clients whom we could explain.""#,
      answer: "kenji-watanabe objected"),
    Known(line: #"be "Leila Haddad" leila"#),
    Known(
      line: #"ethos approve lower-appetite --because "We can say so to every one of them.""#,
      answer: "leila-haddad approved"),
    Known(line: #"be "Jane Doe" jane"#),
    Known(
      line: #"ethos approve lower-appetite --because "It is what I was asked to do.""#,
      answer: "it has the approvals that it needs"),
    Known(
      line: "ethos ratify lower-appetite --answer 'kenji-watanabe=They are referred, and a person decides.'",
      answer: "ratified lower-appetite"),
    Known(line: #"ethos release --title "A lower appetite for risk""#, answer: "released release/renewal-2026/2"),
    Known(line: "ethos handover consolidation-2023 renewal-2026", answer: "Hand-over from Consolidation to Renewal"),
    Known(line: "ethos why limit/client-risk", answer: "What the board can explain has become less."),
    Known(
      line: "ethos log --value prudence --since 2026-01-01 --graph", answer: "Jane Doe ratified lower-appetite"),
    Known(line: "ethos log --by head-of-clients --action reworded", answer: "Lucia Ferrara"),
    Known(line: #"ethos log --grep "source of wealth" --limit 3"#, answer: "source of wealth"),
    Known(line: "ethos blame decision/onboarding", answer: "| question: Do we take this client on?"),
    Known(line: "ethos undo --dry-run", answer: "would take back release"),
    Known(
      line:
        "ethos decide onboarding 'risk score=58' 'country risk=low' 'politically exposed=false' 'source of wealth=documented'",
      answer: "refer\n"),
    Known(
      line:
        "ethos decide onboarding 'risk score=58' 'country risk=low' 'politically exposed=false' 'source of wealth=documented' --at release/growth-2019/1",
      answer: "approve\n"),
    Known(
      line: "ethos diff release/renewal-2026/1 release/renewal-2026/2",
      answer: "behaviour tightened"),
    Known(line: "ethos test", answer: "23 of 23 examples decided as expected, 5 of 5 assertions proved"),
    Known(line: "ethos check --decisions", answer: "No findings."),
    Known(line: "ethos export dmn onboarding --output onboarding.dmn"),
    Known(
      line:
        #"printf 'score,country risk,politically exposed,source of wealth,branch\n58,low,false,documented,Zug\n60,low,false,documented,Bern\n40,high,,unexplained,Zug\n71,low,yes,documented,Bern\n' > ../cases.csv"#
    ),
    Known(
      line:
        #"ethos replay ../cases.csv --decision onboarding --from growth-2019/1 --map "score=risk score" --by branch"#,
      answer: "are decided otherwise"),
    Known(
      line:
        #"printf 'day,risk score,country risk,politically exposed,source of wealth,route\n2020-05-04,70,low,false,documented,approve\n2026-05-04,70,low,false,documented,approve\n2026-06-01,40,low,true,documented,refer\n' > ../log.csv"#
    ),
    Known(line: "ethos audit ../log.csv --decision onboarding", answer: "2 of 3 cases follow the rules"),
    Known(line: "ethos systems", answer: "release/growth-2019/1, 3 releases and 2 leadership cycles behind"),
    Known(
      line: "ethos export sql --decision onboarding --from growth-2019/1 --dialect duckdb --output ../replay.sql",
      answer: "wrote the query to ../replay.sql"),
    Known(line: "ethos verify --receipt ../receipt", answer: "nothing is in breach"),
    Known(line: "ethos set limit/client-risk.atMost 90", answer: "changed limits/client-risk.yaml"),
    Known(line: #"git commit --quiet --all --message "Raise the limit" --message "Nobody will look.""#),
    Known(line: "ethos verify", status: 1, answer: "direct-change"),
    Known(
      line: #"ethos adopt HEAD --because "The board wants it after all." --dry-run"#,
      answer: "would ask for the adoption"),
    Known(line: "git reset --quiet --hard HEAD~1"),
    Known(line: "ethos verify --receipt ../receipt", answer: "nothing is in breach"),
    Known(line: "ethos hook install", answer: "pre-push"),
    Known(line: "ethos driver install", answer: "merge.ethos.driver"),
    Known(line: "git add .gitattributes"),
    Known(line: #"git commit --quiet --message "Let git speak of meaning""#),
    Known(line: "git switch --quiet --create wording"),
    Known(line: #"ethos set limit/client-risk.unit "points of 100""#, answer: "changed limits/client-risk.yaml"),
    Known(
      line: #"git commit --quiet --all --message "Say what is counted" --message "Readers asked of how many.""#),
    Known(line: "git switch --quiet --create appetite main"),
    Known(line: "ethos set limit/client-risk.atMost 50", answer: "changed limits/client-risk.yaml"),
    Known(line: #"git commit --quiet --all --message "Lower the appetite" --message "To be talked about.""#),
    Known(line: "ethos merge wording", answer: "merged wording into appetite"),
    Known(line: "git diff main", answer: "atMost: 55 → 50"),
    Known(line: "git switch --quiet main"),
    Known(line: "ethos init ../ours --template minimal", answer: "began an identity"),
    Known(line: "cd ../ours"),
    Known(
      line: "ethos import markdown model_spec.md --rank-attribute authority --ranks platform,developer,user,guideline",
      answer: "added 71 values",
      before: "cp '\(EthosProcess.projectFolder)/Tests/Fixtures/model-spec/2025-02-12.md' model_spec.md"),
    Known(line: "cd ../bank"),
    Known(line: "ethos export bundle --output ../bundle.json", answer: "sha256 "),
    Known(line: "ethos export prompt --audience ai-systems --output ../prompt.md", answer: "wrote the prompt"),
  ]

  private static func readme() throws -> String {
    try String(contentsOfFile: "\(EthosProcess.projectFolder)/README.md", encoding: .utf8)
  }

  /// The lines of the README's shell blocks, without comments.
  private static func lines() throws -> [String] {
    var lines: [String] = []
    var isInside = false
    for line in try readme().split(separator: "\n") {
      if line.hasPrefix("```") {
        isInside = line == "```sh"
      } else if isInside {
        let text = line.split(separator: " #", maxSplits: 1, omittingEmptySubsequences: false)[0]
        lines.append(text.trimmingCharacters(in: .whitespaces))
      }
    }
    return lines
  }

  @Test func `every command of the README does what it says`() throws {
    let lines = try Self.lines()
    let commands = lines.filter { !$0.hasPrefix("make ") }
    #expect(commands == Self.known.map(\.line), "a command of the README is unknown here, or the other way round")

    let bench = try Bench()
    var script = "mark() { echo \"@@$1 $2\"; }\n"
    for (index, known) in Self.known.enumerated() {
      if !known.before.isEmpty { script += known.before + "\n" }
      script += "\(known.line)\nmark \(index) $?\n"
    }
    // The reader has a git identity of their own, and no variables of ours.
    try bench.write("[user]\n\tname = Reader\n\temail = reader@reader.example\n", to: "../home/.gitconfig")
    var reader = bench.ethos
    for name in reader.environment.keys where name.hasPrefix("GIT_AUTHOR") || name.hasPrefix("GIT_COMMITTER") {
      reader.environment[name] = nil
    }
    reader.environment["PATH"] =
      (EthosProcess.binary as NSString).deletingLastPathComponent + ":" + (reader.environment["PATH"] ?? "")
    try bench.write(script, to: "../home/readme.sh")
    let result = try reader.run(program: "/bin/sh", ["-c", "exec 2>&1; . '\(bench.root)/home/readme.sh'"])

    var answers: [String] = []
    var answer = ""
    for line in result.output.split(separator: "\n") {
      guard line.hasPrefix("@@") else {
        answer += line + "\n"
        continue
      }
      let parts = line.dropFirst(2).split(separator: " ").compactMap { Int32($0) }
      try #require(parts.count == 2)
      let known = Self.known[Int(parts[0])]
      #expect(parts[1] == known.status, "\(known.line): \(answer)")
      #expect(known.answer.isEmpty || answer.contains(known.answer), "\(known.line): \(answer)")
      answers.append(answer)
      answer = ""
    }
    #expect(answers.count == Self.known.count, "\(result.output)")
    // What was done is in the history under the names of those who did it.
    let author = try bench.git("-C", "bank", "log", "-1", "--format=%an", "--", "limits/client-risk.yaml")
    #expect(author == "Mei Lin\n")
    #expect(try bench.git("-C", "bank", "fsck", "--strict", "--no-progress") == "")
  }

  @Test func `every target of make that the README names is one`() throws {
    let makefile = try String(contentsOfFile: "\(EthosProcess.projectFolder)/Makefile", encoding: .utf8)
    let targets = Set(
      makefile.split(separator: "\n").compactMap { $0.firstMatch(of: /^([a-z]+):/).map { String($0.1) } })
    var named = Set(try Self.lines().compactMap { $0.firstMatch(of: /^make ([a-z]+)/).map { String($0.1) } })
    named.formUnion(try Self.readme().matches(of: /`make ([a-z]+)/).map { String($0.1) })
    #expect(named.isSuperset(of: ["demo", "test", "install", "help"]))
    #expect(named.subtracting(targets).isEmpty)
  }

  @Test func `every command that the README lists has a help page`() throws {
    let bench = try Bench()
    let readme = try Self.readme()
    let rows = readme.split(separator: "\n").filter {
      $0.firstMatch(of: /^\| (start|look|change|release|practice|share) \|/) != nil
    }
    #expect(rows.count == 6)
    let commands = rows.flatMap { $0.matches(of: /`([a-z ]+)`/).map { String($0.1) } }
    #expect(commands.count > 20)
    for command in commands {
      let help = try bench.ethos.run(["help"] + command.split(separator: " ").map(String.init))
      #expect(help.status == 0 && help.output.contains("USAGE: ethos \(command)"), "\(command): \(help)")
    }
    for topic in readme.matches(of: /`ethos help ([a-z-]+)`/) {
      #expect(try bench.run("help", String(topic.1)).output.count > 100)
    }
  }
}
