import EthosText

/// A text that is equal to another where the Unicode scalars are the same, as FEEL has it.
///
/// Swift's own `==` on strings is canonical equivalence, which takes `é` in one scalar for `é` in two.
package struct FEELText: Sendable, Hashable {
  package let string: String

  package init(_ string: String) { self.string = string }

  package static func == (left: FEELText, right: FEELText) -> Bool { areEqual(left.string, right.string) }

  package func hash(into hasher: inout Hasher) {
    var string = string
    string.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    hasher.combine(0xFF as UInt8)
  }

  package static func areEqual(_ left: String, _ right: String) -> Bool {
    left.utf8.count == right.utf8.count && left.utf8.elementsEqual(right.utf8)
  }

  /// The order by code points, which UTF-8 keeps.
  package static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  /// A number that is not negative, with zeros in front.
  static func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  /// The text as a string literal of FEEL.
  package static func literal(_ text: String) -> String {
    var result = "\""
    let scalars = Array(text.unicodeScalars)
    let hidden = Unseen.mayOccur(in: text) ? Unseen.marks(scalars) : []
    for (index, scalar) in scalars.enumerated() {
      switch scalar.value {
      case 0x22: result += "\\\""
      case 0x5C: result += "\\\\"
      case 0x0A: result += "\\n"
      case 0x0D: result += "\\r"
      case 0x09: result += "\\t"
      case 0..<0x20, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\u" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
      case _ where index < hidden.count && hidden[index]:
        // What nobody would see is written so that it can be seen, and typed.
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += (scalar.value > 0xFFFF ? "\\U" : "\\u")
        result += String(repeating: "0", count: max(0, (scalar.value > 0xFFFF ? 6 : 4) - digits.utf8.count)) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
