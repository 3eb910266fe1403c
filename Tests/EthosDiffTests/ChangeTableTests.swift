import EthosModel
import EthosText
import Testing

@testable import EthosDiff

@Suite struct ChangeTableTests {
  @Test func `ids are unique, kebab-case and found by name`() {
    #expect(Set(ChangeKind.all.map(\.id)).count == ChangeKind.all.count)
    for kind in ChangeKind.all {
      #expect(kind.id.wholeMatch(of: /[a-z]+(-[a-z]+)+/) != nil, "\(kind.id)")
      #expect(ChangeKind.named(kind.id) == kind)
    }
    #expect(ChangeKind.named("limit-loosend") == nil)
  }

  @Test(arguments: ChangeKind.all) func `every change has an inverse, whose inverse it is`(kind: ChangeKind) throws {
    let inverse = try #require(ChangeKind.named(kind.inverse))
    #expect(inverse.inverse == kind.id)
    #expect(inverse.area == kind.area)
    #expect(kind.inverted == inverse)
    #expect(kind.travels == inverse.travels)
  }

  @Test(arguments: ChangeKind.all) func `actions of an inverse pair are opposite`(kind: ChangeKind) {
    let opposites: [(Action, Action)] = [
      (.added, .removed), (.retired, .restored), (.strengthened, .weakened), (.tightened, .loosened),
      (.raised, .lowered), (.widened, .narrowed),
    ]
    let inverse = kind.inverted
    if let pair = opposites.first(where: { $0.0 == kind.action || $0.1 == kind.action }) {
      #expect(inverse.action == (pair.0 == kind.action ? pair.1 : pair.0))
    } else {
      #expect(inverse == kind)
    }
  }

  @Test func `what decides who must agree is critical and cannot be lowered`() {
    for kind in ChangeKind.all where kind.isFixed { #expect(kind.level == .critical, "\(kind.id)") }
    for kind in ChangeKind.all where [.authority, .person, .cycle].contains(kind.area) {
      // Names, titles and mandates give no power.
      let harmless = ["person-renamed", "cycle-retitled", "mandate-reworded"].contains(kind.id)
      #expect(kind.isFixed != harmless, "\(kind.id)")
    }
  }

  @Test func `every removal of a whole entry is critical`() {
    for kind in Kind.allCases { #expect(ChangeKind.removed(kind).level == .critical) }
  }
}

@Suite struct SeverityTests {
  private let charter = document(
    .charter, "",
    [
      "severity": [
        "limit-loosened": "major", "value-rewordd": "minor", "email-added": "minor", "key-added": "critical",
        "zzzzzzzz": "minor",
      ]
    ])

  @Test func `a charter changes levels, but no fixed one`() {
    let severity = Severity(charter: charter)
    #expect(severity.level(of: .limitLoosened) == .major)
    #expect(severity.level(of: .emailAdded) == .critical)
    #expect(severity.level(of: .valueReworded) == .undecided)
    #expect(Severity.standard.level(of: .limitLoosened) == .critical)
  }

  @Test func `unknown ids and lowered fixed levels are diagnostics`() {
    let found = Severity.diagnostics(charter: charter)
    #expect(found.map(\.code) == ["unknown-change", "fixed-severity", "unknown-change"])
    #expect(found.first?.help == "did you mean `value-reworded`?")
    #expect(found[1].message == "`email-added` is always critical and cannot be lowered to `minor`")
  }
}
