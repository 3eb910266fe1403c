import EthosText
import Foundation
import Testing

@Suite struct JSONTests {
  @Test func `members keep their order and are laid out one a line`() {
    let value: JSON = ["b": 1.json, "a": [.null, .boolean(true), "x"], "empty": [:], "none": []]
    #expect(value.text(pretty: false) == #"{"b":1,"a":[null,true,"x"],"empty":{},"none":[]}"#)
    #expect(
      value.text(pretty: true) == """
        {
          "b": 1,
          "a": [
            null,
            true,
            "x"
          ],
          "empty": {},
          "none": []
        }

        """)
  }

  @Test(arguments: [
    ("plain é 😀", #""plain é 😀""#), ("\"\\/", #""\"\\/""#), ("\n\r\t", #""\n\r\t""#),
    ("\u{0}\u{1F}", #""\u0000\u001f""#),
    ("\u{7F}\u{9B}", #""\u007f\u009b""#), ("\u{2028}\u{202E}", #""\u2028\u202e""#),
  ])
  func `texts are escaped`(text: String, expected: String) {
    #expect(JSON.string(text).text(pretty: false) == expected)
  }

  @Test func `every scalar comes back from another reader`() throws {
    let scalars = (0..<0x3000).compactMap { Unicode.Scalar($0) } + ["\u{FFFD}", "\u{10FFFF}", "\u{1F600}"]
    let text = String(String.UnicodeScalarView(scalars))
    let read = try JSONDecoder().decode([String].self, from: Data(JSON.array([.string(text)]).text(pretty: false).utf8))
    #expect(read.first.map { Array($0.utf8) } == Array(text.utf8))
  }

  @Test(arguments: ["60", "-0.05", "1e400", "0", "123456789012345678901234567890"])
  func `numbers are written as they stand`(text: String) {
    #expect(JSON.number(text).text(pretty: false) == text)
  }

  @Test func `members without a value are left out`() {
    #expect(JSON.members(["a": nil, "b": "x"]).text(pretty: false) == #"{"b":"x"}"#)
  }
}

extension Int {
  fileprivate var json: JSON { .number(self) }
}
