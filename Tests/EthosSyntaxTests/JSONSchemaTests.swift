import EthosModel
import EthosSyntax
import EthosTestSupport
import EthosText
import Testing

@Suite struct JSONSchemaTests {
  @Test(arguments: Kind.allCases) func `the schema of a kind is as recorded`(kind: Kind) {
    expectSnapshot(JSONSchema.text(for: kind), named: "\(kind.rawValue).schema.json")
  }

  @Test(arguments: Kind.allCases) func `every field of a kind is described, and nothing else is allowed`(kind: Kind) {
    let schema = JSONSchema.schema(of: kind)
    let names = Schema.of(kind).fields.map(\.name)
    #expect(schema["properties"]?.memberNames == names)
    #expect(schema["additionalProperties"] == .boolean(false))
    #expect(schema["patternProperties"] == ["^x-": .boolean(true)])
    for name in names { #expect(schema["properties"]?[name]?["description"] != nil) }
  }

  @Test(arguments: [Kind.value, .decision, .limit, .exception, .system])
  func `a retired entry needs what a tombstone needs`(kind: Kind) {
    let schema = JSONSchema.schema(of: kind)
    #expect(schema["required"] == nil)
    #expect(schema["then"]?["required"] == ["id", "title", "status", "since", "because"])
    #expect(schema["else"]?["required"] == .strings(Schema.of(kind).fields.filter(\.isRequired).map(\.name)))
  }

  @Test(arguments: [Kind.charter, .cycle, .person])
  func `what cannot be retired always needs its fields`(kind: Kind) {
    let schema = JSONSchema.schema(of: kind)
    #expect(schema["if"] == nil)
    #expect(schema["required"] == .strings(Schema.of(kind).fields.filter(\.isRequired).map(\.name)))
  }
}

extension JSON {
  var memberNames: [String]? { if case .object(let members) = self { members.map(\.name) } else { nil } }
}
