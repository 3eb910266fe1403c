import EthosModel
import Testing

@Suite struct DecimalNumberTests {
  @Test(arguments: [
    ("60", "60"), ("60.0", "60"), ("6e1", "60"), ("0.6E+2", "60"), ("+60", "60"), ("060", "60"), ("-0.050", "-0.05"),
    (".5", "0.5"), ("5.", "5"), ("0", "0"), ("-0", "0"), ("-0.00e5", "0"), ("1e-3", "0.001"), ("1200e-2", "12"),
    ("123456789012345678901234567890.123456789", "123456789012345678901234567890.123456789"),
    ("10000000000000000000000", "10000000000000000000000"),
  ])
  func `a number has one text`(written: String, text: String) throws {
    let number = try #require(DecimalNumber(written))
    #expect(number.description == text)
    #expect(DecimalNumber(text) == number)
    #expect(DecimalNumber(text)?.hashValue == number.hashValue)
  }

  @Test(arguments: [
    "", "-", "+", ".", "e5", "1e", "1e+", "1.2.3", "1,000", " 1", "1 ", "0x10", "NaN", "inf", "1e401", "1e-401", "--1",
    "1e1.5", "½", "٣", "1e99999999999999999999", "1e-9223372036854775808", String(repeating: "1", count: 401),
  ])
  func `what is no number, or one beyond the limit, is none`(text: String) {
    #expect(DecimalNumber(text) == nil)
  }

  @Test func `numbers are ordered by value`() throws {
    let ordered = [
      "-1e400", "-100", "-10.5", "-10.05", "-0.1", "-0.01", "0", "1e-400", "0.01", "0.1", "9", "10", "10.01", "1e2",
    ]
    let numbers = try ordered.map { try #require(DecimalNumber($0)) }
    for (left, first) in numbers.enumerated() {
      for (right, second) in numbers.enumerated() {
        #expect((first < second) == (left < right), "\(ordered[left]) and \(ordered[right])")
        #expect((first == second) == (left == right))
      }
    }
  }

  @Test(arguments: [0, 1, -1, 10, -100, 123_000, .max, .min])
  func `an integer is the number of its text`(value: Int) {
    #expect(DecimalNumber(value) == DecimalNumber(String(value)))
    #expect(DecimalNumber(value).description == String(value))
  }
}
