import EthosTestSupport
import Testing

/// A field that no entry of a kind can have is told as a mistake of typing, and one that is not set as an answer.
@Suite struct UnknownFieldTests {
  private static let known = [
    ("value/prudence", "statment", "did you mean `statement`?"),
    ("limit/client-risk", "atMots", "did you mean `atMost`?"),
    ("decision/onboarding", "rules[r1].becuase", "did you mean `because`?"),
    ("decision/onboarding", "rules[r1].'risk scoer'", "did you mean `risk score`?"),
    ("value/prudence", "zzz", "the fields are id, title"),
    ("value/prudence", "title.text", "a path is written like"),
  ]

  @Test func `an unknown field is a mistake of usage, with the nearest name`() throws {
    let bench = try NorthgateBank.afterStory()
    for (entry, field, help) in Self.known {
      let reference = "\(entry).\(field)"
      for arguments in [["why", reference], ["log", reference], ["show", reference], ["set", reference, "x"]] {
        let result = try bench.ethos.run(arguments)
        #expect(result.status == 64, "\(arguments): \(result.errors)")
        #expect(result.errors.contains("`\(field)` is no field of a \(entry.prefix { $0 != "/" })"), "\(result.errors)")
        #expect(result.errors.contains(help), "\(result.errors)")
      }
    }
  }

  @Test(arguments: ["value/prudence.audience[nobody]", "limit/client-risk.atLeast", "value/prudence.x-note"])
  func `a field that could be set and is not is the answer no`(_ reference: String) throws {
    let bench = try NorthgateBank.afterStory()
    for command in ["why", "show"] {
      #expect(try bench.run(command, reference, status: 1).errors.contains("is not set"))
    }
  }
}
