import EthosDiff
import EthosModel
import EthosRecord
import EthosText
import Testing

/// A name that tries everything: it must reach no reader as anything but text.
let hostileName = "\u{1B}[31mX\u{202E}<b>|`a`|**b** [c](http://d) @team #1\n# e"

/// Compares JSON with a literal; inside `#expect` the literal would have no type.
func expectJSON(_ actual: JSON?, _ expected: JSON, sourceLocation: SourceLocation = #_sourceLocation) {
  #expect(actual == expected, sourceLocation: sourceLocation)
}

extension Record {
  /// Text fields by name.
  static func texts(_ pairs: KeyValuePairs<String, String>) -> Node {
    .record(Record(pairs.map { Record.Entry($0.key, .text($0.value)) }))
  }
}

extension Document {
  init(_ kind: Kind, _ id: String, _ fields: KeyValuePairs<String, Node>) {
    let named = [Record.Entry("id", .text(id))] + fields.map { Record.Entry($0.key, $0.value) }
    self.init(key: EntryKey(kind, id), path: "\(kind.folder ?? "")/\(id).yaml", fields: Record(named))
  }
}

/// A record with values of any type.
func fields(_ pairs: KeyValuePairs<String, Node>) -> Node { .record(Record(pairs)) }

func number(_ value: Int) -> Node { .number(DecimalNumber(value)) }

func objectID(_ byte: UInt8) -> ObjectID { ObjectID(bytes: [UInt8](repeating: byte, count: 20)) }

func commit(_ byte: UInt8, by name: String = "Omar Reyes", email: String = "omar@northgate.example", day: Int = 20_500)
  -> Commit
{
  let signature = Signature(
    name: name, email: email, when: Instant(seconds: Int64(day) * 86_400 + 9 * 3_600, offsetMinutes: 60))
  return Commit(
    id: objectID(byte), tree: objectID(byte), parents: [], author: signature, committer: signature, message: "change")
}

enum Bank {
  static let prudence = Document(
    .value, "prudence",
    [
      "title": .text("Prudence before growth"),
      "statement": .text(
        "We would rather lose a client than take one on whom we do not understand.\n\n- We ask where wealth comes from.\n- We ask again each year."
      ),
      "because": .text("The 2023 losses came from clients whose source of wealth nobody could explain."),
      "owner": .text("chief-risk-officer"), "rank": .text("root"), "outranks": .list([.text("growth")]),
      "friction": .list([
        Record.texts([
          "accept": "slower onboarding", "limit": "limit/onboarding-days", "measure": "days to decision",
        ])
      ]),
      "audience": .list([.text("clients"), .text("staff")]),
      "examples": .list([
        Record.texts([
          "situation": "A friend of a director asks to skip the check.",
          "expect": "The check is made by somebody else.",
        ])
      ]),
    ])

  static let risk = Document(
    .limit, "client-risk",
    [
      "title": .text("Client risk appetite"), "atMost": number(60), "unit": .text("points"),
      "owner": .text("chief-risk-officer"),
    ])

  static let onboarding = Document(
    .decision, "onboarding",
    [
      "title": .text("Client onboarding"), "question": .text("Do we take this client on?"),
      "uses": fields(["client risk": .text("limit/client-risk")]),
      "inputs": .list([
        fields(["name": .text("risk score"), "type": .text("number"), "allowed": .text("[0..100]"), "step": number(1)]),
        fields([
          "name": .text("country risk"), "type": .text("string"), "allowed": .text(#""low", "medium", "high""#),
        ]),
      ]),
      "outputs": .list([
        fields([
          "name": .text("route"), "type": .text("string"), "allowed": .text(#""decline", "refer", "approve""#),
          "strictest": .text("first"),
        ])
      ]),
      "hitPolicy": .text("first"),
      "rules": .list([
        fields([
          "id": .text("r1"), "country risk": .text("high"), "risk score": .text("> client risk"),
          "route": .text("decline"), "enacts": .list([.text("prudence")]), "over": .list([.text("growth")]),
        ]),
        fields(["id": .text("r4"), "route": .text("approve"), "because": .text("a | bar")]),
      ]),
      "default": fields(["route": .text("refer")]),
      "examples": .list([
        fields(["given": fields(["risk score": .text("20")]), "expect": fields(["route": .text("approve")])])
      ]),
    ])

  static let charter = Document(
    .charter, "", ["organisation": .text("Northgate"), "defaultOwner": .text("chief-executive")])

  static let tombstone = Document(
    .value, "harmony",
    [
      "title": .text("Harmony"), "status": .text("retired"),
      "since": .day(Day(daysSinceEpoch: 20_485)), "because": .text("It kept us from saying no."),
    ])

  static let cycle = Document(
    .cycle, "renewal-2026",
    [
      "title": .text("Renewal"), "from": .day(Day(daysSinceEpoch: 20_485)), "mandate": .text("Become more selective."),
      "offices": fields([
        "chief-executive": .list([Record.texts(["person": "jane-doe"])]),
        "chief-risk-officer": .list([Record.texts(["person": "omar-reyes", "deputy": "mei-lin"])]),
      ]),
    ])

  static let snapshot = Snapshot(documents: [prudence, risk, onboarding, charter, tombstone, cycle])
}
