import EthosModel

extension SnapshotCheckTests {
  /// A bank's identity in which all is well on 2026-05-01.
  static let clean = IdentityBuilder([
    "charter": [
      "ethos": 1, "organisation": "Northgate", "defaultOwner": "chief-executive", "ranks": ["root", "guideline"],
      "authority": [["change": ["*"], "level": "critical", "quorum": ["chief-executive": 1]]],
    ],
    "value/prudence": [
      "title": "Prudence", "statement": "Understand first.", "owner": "chief-risk-officer", "rank": "root",
      "outranks": ["growth"], "friction": [["accept": "slower onboarding", "limit": "limit/client-risk"]],
    ],
    "value/growth": ["title": "Growth", "statement": "Grow.", "owner": "chief-executive"],
    "value/speed": ["title": "Speed", "statement": "Answer soon.", "serves": ["growth"]],
    "decision/onboarding": [
      "title": "Onboarding", "question": "Do we?", "owner": "chief-risk-officer", "serves": ["prudence"],
      "uses": ["client risk": "limit/client-risk", "class": "decision/risk-class.class"],
      "outputs": [["name": "route", "type": "string"]],
      "rules": [
        ["id": "r1", "route": "decline", "enacts": ["prudence"], "over": ["growth"]],
        ["id": "r2", "route": "approve", "enacts": ["growth", "speed"]],
      ],
    ],
    "decision/risk-class": [
      "title": "Class", "question": "Which?", "outputs": [["name": "class", "type": "string"]],
      "rules": [["id": "c1", "class": "a", "enacts": ["prudence"]]],
    ],
    "limit/client-risk": ["title": "Risk", "atMost": 60, "owner": "chief-risk-officer", "serves": ["prudence"]],
    "exception/founder": [
      "title": "Founder", "of": "decision/onboarding.rules[r1]", "owner": "chief-risk-officer", "until": "2026-05-01",
    ],
    "cycle/growth-2019": [
      "title": "Growth", "from": "2019-01-01", "until": "2025-12-31",
      "offices": ["chief-executive": [["person": "jane-doe"]]],
    ],
    "cycle/renewal": [
      "title": "Renewal", "from": "2026-02-01",
      "offices": [
        "chief-executive": [["person": "jane-doe"]],
        "chief-risk-officer": [["person": "omar-reyes", "from": "2026-02-01", "deputy": "jane-doe"]],
      ],
    ],
    "person/jane-doe": ["name": "Jane Doe"],
    "person/omar-reyes": ["name": "Omar Reyes"],
    "system/assistant": [
      "title": "Assistant", "implements": ["decision/onboarding"], "builtFor": "release/growth-2019/1",
      "learntFrom": ["from": "2017-01-01", "until": "2020-12-31"],
    ],
    "value/harmony": ["title": "Harmony", "status": "retired", "since": "2026-02-01", "because": "It kept us silent."],
  ])

  static let cases: [Problem] = referenceCases + ownerCases + orderCases + practiceCases + periodCases

  private static let referenceCases = [
    Problem("outranks", "unresolved-reference: growht") { $0["value/prudence", "outranks"] = ["growht"] },
    Problem("serves", "unresolved-reference: thrift") { $0["value/speed", "serves"] = ["growth", "thrift"] },
    Problem("friction", "unresolved-reference: limit/speed") {
      $0["value/prudence", "friction"] = [["accept": "time", "limit": "limit/speed"]]
    },
    Problem("uses", "unresolved-reference: limit/none") {
      $0["decision/onboarding", "uses"] = ["a": "limit/client-risk", "b": "limit/none"]
    },
    Problem("a decision's output", "unresolved-reference: decision/risk-class.kind") {
      $0["decision/onboarding", "uses"] = ["class": "decision/risk-class.kind"]
    },
    Problem("a limit's quantity", "unresolved-reference: limit/client-risk.atLeast") {
      $0["decision/onboarding", "uses"] = ["risk": "limit/client-risk.atLeast"]
    },
    Problem("enacts", "unresolved-reference: valour") {
      $0["decision/risk-class", "rules"] = [["id": "c1", "enacts": ["prudence", "valour"]]]
    },
    Problem("over", "unresolved-reference: valour") {
      $0["decision/risk-class", "rules"] = [["id": "c1", "enacts": ["prudence"], "over": ["valour"]]]
    },
    Problem("of", "unresolved-reference: decision/none") { $0["exception/founder", "of"] = "decision/none" },
    Problem("a rule", "unresolved-reference: decision/onboarding.rules[r7]") {
      $0["exception/founder", "of"] = "decision/onboarding.rules[r7]"
    },
    Problem("implements", "unresolved-reference: decision/none") {
      $0["system/assistant", "implements"] = ["decision/onboarding", "decision/none"]
    },
    Problem("builtFor", "unresolved-reference: release/gone/1") {
      $0["system/assistant", "builtFor"] = "release/gone/1"
    },
    Problem("a person", "unresolved-reference: nobody") {
      $0["cycle/growth-2019", "offices"] = ["chief-executive": [["person": "nobody"]]]
    },
    Problem("a deputy", "unresolved-reference: nobody") {
      $0["cycle/growth-2019", "offices"] = ["chief-executive": [["person": "jane-doe", "deputy": "nobody"]]]
    },
    Problem("outranks what is retired", "retired-reference: harmony") {
      $0["value/prudence", "outranks"] = ["growth", "harmony"]
    },
    Problem("deviates from what is retired", "retired-reference: value/harmony") {
      $0["exception/founder", "of"] = "value/harmony"
    },
  ]

  private static let ownerCases = [
    Problem("no cycle knows the office", "owner-unknown: treasurer") { $0["value/growth", "owner"] = "treasurer" },
    Problem("no cycle knows the default owner", "owner-unknown: treasurer") {
      $0["charter", "defaultOwner"] = "treasurer"
    },
    Problem("a former cycle alone knows the office", "owner-vacant: offices") {
      $0["value/growth", "owner"] = "treasurer"
      $0["cycle/growth-2019", "offices"] = [
        "chief-executive": [["person": "jane-doe"]], "treasurer": [["person": "jane-doe"]],
      ]
    },
    Problem("the term is over", "owner-vacant: chief-executive") {
      $0["cycle/renewal", "offices"] = [
        "chief-executive": [["person": "jane-doe", "until": "2026-04-30"]],
        "chief-risk-officer": [["person": "omar-reyes"]],
      ]
    },
    Problem("no cycle is in force", "owner-vacant: chief-executive", "owner-vacant: chief-risk-officer") {
      $0["cycle/renewal", "until"] = "2026-04-30"
    },
    Problem("nobody owns", "owner-missing: risk-class", "owner-missing: assistant", "owner-missing: speed") {
      $0["charter", "defaultOwner"] = nil
    },
  ]

  private static let orderCases = [
    Problem("two outrank each other", "outranks-loop: prudence") { $0["value/growth", "outranks"] = ["prudence"] },
    Problem("one outranks itself", "outranks-loop: speed") { $0["value/speed", "outranks"] = ["speed"] },
    Problem("a rule against the order", "rule-against-order: prudence") {
      $0["decision/risk-class", "rules"] = [["id": "c1", "enacts": ["growth"], "over": ["prudence"]]]
    },
    Problem("a rule against the order through others", "rule-against-order: prudence") {
      $0["value/growth", "outranks"] = ["speed"]
      $0["decision/risk-class", "rules"] = [["id": "c1", "enacts": ["speed"], "over": ["prudence"]]]
    },
    Problem("a rank that is none", "unknown-rank: rot") { $0["value/prudence", "rank"] = "rot" },
    Problem("a rank where the charter has none", "unknown-rank: root") { $0["charter", "ranks"] = nil },
  ]

  private static let practiceCases = [
    Problem("nothing serves it", "value-not-practised: candour") {
      $0["value/candour", "title"] = "Candour"
      $0["value/candour", "statement"] = "Say it."
    },
    Problem("it serves itself alone", "value-not-practised: candour") {
      $0["value/candour", "statement"] = "Say it."
      $0["value/candour", "serves"] = ["candour"]
    },
    Problem("no words", "statement-missing: growth") { $0["value/growth", "statement"] = nil },
    Problem("serves nothing", "decision-serves-nothing: risk-class") {
      $0["decision/risk-class", "rules"] = [["id": "c1", "class": "a"]]
    },
    Problem("nothing uses it", "limit-unused: client-risk") {
      $0["decision/onboarding", "uses"] = nil
      $0["value/prudence", "friction"] = nil
    },
  ]

  private static let periodCases = [
    Problem("past its day", "exception-expired: 2026-04-30") { $0["exception/founder", "until"] = "2026-04-30" },
    Problem("the next begins before the end", "overlapping-cycles: 2026-02-01") {
      $0["cycle/growth-2019", "until"] = "2026-02-01"
    },
    Problem("the next begins and no end is known", "overlapping-cycles: 2019-01-01") {
      $0["cycle/growth-2019", "until"] = nil
    },
    Problem("a short one within a long one", "overlapping-cycles: 2025-12-31") {
      $0["cycle/interim", "from"] = "2020-01-01"
      $0["cycle/interim", "until"] = "2020-06-30"
      $0["cycle/interim", "offices"] = ["chief-executive": [["person": "jane-doe"]]]
    },
    Problem("a cycle that ends before it begins", "period-reversed: 2018-12-31") {
      $0["cycle/growth-2019", "until"] = "2018-12-31"
    },
    Problem("a term that ends before it begins", "period-reversed: 2019-01-31") {
      $0["cycle/growth-2019", "offices"] = [
        "chief-executive": [["person": "jane-doe", "from": "2019-02-01", "until": "2019-01-31"]]
      ]
    },
    Problem("a key that ends before it begins", "period-reversed: 2019-01-31") {
      $0["person/jane-doe", "keys"] = [["key": "ssh-ed25519 A", "from": "2019-02-01", "until": "2019-01-31"]]
    },
    Problem("learnt from a period that ends before it begins", "period-reversed: 2016-12-31") {
      $0["system/assistant", "learntFrom"] = ["from": "2017-01-01", "until": "2016-12-31"]
    },
  ]

  static let harmless = [
    Problem("what is retired may refer to anything, and needs nobody") {
      $0["value/harmony", "outranks"] = ["nowhere", "prudence"]
      $0["value/harmony", "owner"] = "nobody"
      $0["value/harmony", "rank"] = "none"
    },
    Problem("a value is practised by a limit alone") {
      $0["value/candour", "statement"] = "Say it."
      $0["limit/client-risk", "serves"] = ["candour"]
    },
    Problem("a decision serves by its rules alone") { $0["decision/onboarding", "serves"] = nil },
    Problem("a limit is used by friction alone") { $0["decision/onboarding", "uses"] = nil },
    Problem("a rule that goes against no order") {
      $0["decision/risk-class", "rules"] = [["id": "c1", "enacts": ["speed"], "over": ["prudence"]]]
    },
    Problem("a quantity by its name") { $0["decision/onboarding", "uses"] = ["risk": "limit/client-risk.atMost"] },
    Problem("cycles that follow each other without a day between") {
      $0["cycle/growth-2019", "until"] = "2026-01-31"
    },
    Problem("an exception of a value") { $0["exception/founder", "of"] = "value/prudence.friction[slower onboarding]" },
  ]
}
