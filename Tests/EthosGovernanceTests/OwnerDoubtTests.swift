import EthosGovernance
import EthosModel
import EthosRecord
import Testing

/// Who owns an entry is authority too: a breach that gives it to another office gives that office nothing.
@Suite struct OwnerDoubtTests {
  private static func id(_ number: UInt8) -> ObjectID { ObjectID(bytes: repeatElement(number, count: 20)) }

  private static func files(owner: String?, atMost: Int = 60) -> [String: String] {
    var files = Bank.files()
    files["limits/client-risk.yaml"] = owner.map {
      "id: client-risk\ntitle: Client risk\natMost: \(atMost)\nowner: \($0)\n"
    }
    return files
  }

  private let before: Snapshot
  private let taken: Snapshot

  init() throws {
    before = try identity(Self.files(owner: "chief-risk-officer"))
    taken = try identity(Self.files(owner: "board"))
  }

  private func owner(_ line: LineAuthority, at state: Snapshot) -> String? {
    line.rules(at: state)[Bank.risk]?.meaning["owner"]?.text
  }

  @Test func `an owner by a breach owns nothing until the breach is adopted`() {
    var line = LineAuthority()
    line.add(Self.id(1), before: before, after: taken, isAgreed: false)
    #expect(line.isDoubtful && owner(line, at: taken) == "chief-risk-officer")
    line.accept(Self.id(1))
    #expect(!line.isDoubtful && owner(line, at: taken) == "board")
  }

  @Test func `an owner that was given back, or agreed to, is no matter of doubt`() throws {
    var restored = LineAuthority()
    restored.add(Self.id(1), before: before, after: taken, isAgreed: false)
    restored.add(Self.id(2), before: taken, after: before, isAgreed: false)
    #expect(!restored.isDoubtful && restored.steps == [Self.id(1), Self.id(2)])
    var agreed = LineAuthority()
    agreed.add(Self.id(1), before: before, after: taken, isAgreed: true)
    #expect(!agreed.isDoubtful && agreed.steps == [] && owner(agreed, at: taken) == "board")
    // What the true owner agrees to later ends the doubt, whatever it says.
    var later = LineAuthority()
    later.add(Self.id(1), before: before, after: taken, isAgreed: false)
    later.add(
      Self.id(2), before: taken, after: try identity(Self.files(owner: "chief-executive")), isAgreed: true)
    #expect(!later.isDoubtful)
  }

  @Test func `removing and adding again gives nobody anything either`() throws {
    let gone = try identity(Self.files(owner: nil))
    var line = LineAuthority()
    line.add(Self.id(1), before: before, after: gone, isAgreed: false)
    line.add(Self.id(2), before: gone, after: taken, isAgreed: false)
    #expect(owner(line, at: taken) == "chief-risk-officer")
    // Two breaches made it: both are adopted before it counts.
    line.accept(Self.id(1))
    #expect(line.isDoubtful)
    line.accept(Self.id(2))
    #expect(!line.isDoubtful)
  }

  @Test func `quorums ask the owner of the state that judges`() throws {
    let raised = try identity(Self.files(owner: "board", atMost: 59))
    var line = LineAuthority()
    line.add(Self.id(1), before: before, after: taken, isAgreed: false)
    let changes = Proposal(before: taken, after: raised).changes
    let doubtful = Standing(
      changes: changes, before: taken, after: raised, judgedBy: line.rules(at: taken), on: Bank.day)
    #expect(doubtful.entries.map(\.owner) == ["chief-risk-officer"])
    let trusted = Standing(changes: changes, before: taken, after: raised, on: Bank.day)
    #expect(trusted.entries.map(\.owner) == ["board"])
    // An entry that came by a breach is owned by default alone.
    let founding = try identity(Self.files(owner: nil))
    var added = LineAuthority()
    added.add(Self.id(1), before: founding, after: taken, isAgreed: false)
    let standing = Standing(
      changes: changes, before: taken, after: raised, judgedBy: added.rules(at: taken), on: Bank.day)
    #expect(standing.entries.map(\.owner) == ["chief-executive"])
  }
}
