import EthosText
import Testing

@Suite struct JSONTests {
  @Test func `a pretty text has one member a line, in the order given, and ends with a line feed`() {
    let json: JSON = [
      "schema": "ethos.list.v1", "entries": [["id": "b"], ["id": "a"]], "none": [], "nothing": .object([]),
      "count": .number(2), "exact": .number("60.10"), "yes": .boolean(true), "no": .boolean(false), "owner": .null,
    ]
    #expect(
      json.text() == """
        {
          "schema": "ethos.list.v1",
          "entries": [
            {
              "id": "b"
            },
            {
              "id": "a"
            }
          ],
          "none": [],
          "nothing": {},
          "count": 2,
          "exact": 60.10,
          "yes": true,
          "no": false,
          "owner": null
        }

        """)
  }

  @Test func `a compact text is one line without spaces`() {
    let json: JSON = ["a": [.number(1), .null], "b": ["c": "d"]]
    #expect(json.text(pretty: false) == #"{"a":[1,null],"b":{"c":"d"}}"#)
  }

  @Test(arguments: [
    ("plain é 漢 👍", #""plain é 漢 👍""#),
    ("\" \\ /", #""\" \\ /""#),
    ("a\nb\rc\td", #""a\nb\rc\td""#),
    ("\u{0}\u{1}\u{1B}\u{1F}", #""\u0000\u0001\u001b\u001f""#),
    ("\u{7F}\u{9B}31m", #""\u007f\u009b31m""#),
    ("a\u{2028}b\u{2029}", #""a\u2028b\u2029""#),
    ("\u{202E}\u{2066}\u{200F}\u{61C}", #""\u202e\u2066\u200f\u061c""#),
    ("\r\n", #""\r\n""#),
    ("", #""""#),
  ])
  func `what a document or a terminal would act on is escaped`(text: String, expected: String) {
    #expect(JSON.string(text).text(pretty: false) == expected)
    #expect(JSON.object([JSON.Member(text, .null)]).text(pretty: false) == "{\(expected):null}")
  }

  @Test(arguments: ["0", "-0", "60", "60.10", "-1.5e-7", "1E+3", "100000000000000000000000000000.5"])
  func `a number is written by its text`(text: String) {
    #expect(JSON.number(text).text(pretty: false) == text)
  }

  @Test(arguments: ["", "-", "01", "1.", ".5", "+1", "1e", "NaN", "1,2", "1 ", "0x10", "١"])
  func `what is no JSON number is written as a string`(text: String) {
    #expect(JSON.number(text).text(pretty: false) == JSON.string(text).text(pretty: false))
  }

  @Test func `members without a value are left out, and found by name otherwise`() {
    let json = JSON.members(["name": "Jane", "id": nil])
    #expect(json == .object([JSON.Member("name", .string("Jane"))]))
    #expect(json["name"] == .string("Jane"))
    #expect(json["id"] == nil)
    #expect(JSON.null["name"] == nil)
    #expect(JSON.optional(nil) == .null)
  }
}

@Suite struct JSONHiddenTextTests {
  @Test func `what nobody sees is escaped, and read back as it was`() throws {
    let text = "a\u{200B}b\u{E0041}c\u{202E}d\u{FE0F}❤️"
    #expect(
      JSON.string(text).text(pretty: false) == #""a\u200bb\udb40\udc41c\u202ed\ufe0f❤\ufe0f""#)
  }
}
