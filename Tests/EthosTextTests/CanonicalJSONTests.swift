import EthosText
import Testing

@Suite struct CanonicalJSONTests {
  /// The example of RFC 8785, 3.2.3: names in the order of their UTF-16 code units, which is not that of their scalars.
  @Test func `names stand in the order of RFC 8785`() {
    let names = ["\u{20AC}", "\r", "\u{FB33}", "1", "\u{1F600}", "\u{80}", "\u{F6}"]
    let json = JSON.object(names.map { JSON.Member($0, .null) })
    #expect(
      Array(json.canonicalText.utf8)
        == Array(
          "{\"\\r\":null,\"1\":null,\"\u{80}\":null,\"\u{F6}\":null,\"\u{20AC}\":null,\"\u{1F600}\":null,\"\u{FB33}\":null}"
            .utf8))
  }

  /// The example of RFC 8785, 3.2.2: what has to be escaped, in its shortest form, and nothing else.
  @Test func `texts are escaped as in RFC 8785`() {
    let text = JSON.string("\u{20AC}$\u{0F}\nA'B\"\\\\\"/\u{8}\u{C}\t\u{7F}\u{2028}\u{202E}")
    #expect(
      Array(text.canonicalText.utf8)
        == Array("\"\u{20AC}$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\\b\\f\\t\u{7F}\u{2028}\u{202E}\"".utf8))
  }

  @Test func `there is no white space, and a name stands once`() {
    let json: JSON = ["b": [.boolean(true), .number(1)], "a": ["x": "y"], "b": "later"]
    #expect(json.canonicalText == #"{"a":{"x":"y"},"b":[true,1]}"#)
    // Two forms of one letter are two names.
    let forms = JSON.object([JSON.Member("\u{E9}", .null), JSON.Member("e\u{301}", .null)])
    #expect(forms.canonicalText.unicodeScalars.count == 20)
  }
}
