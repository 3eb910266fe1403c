/// Text from a file or a repository, made safe for a terminal: control characters (C0, C1, DEL), and the
/// bidirectional overrides that make text read otherwise than it is, are replaced by visible escapes.
///
/// Line feeds and tabs are kept when `keepsLines` is true and escaped otherwise.
package func visibleText(_ text: String, keepsLines: Bool = false) -> String {
  var needsWork = false
  for scalar in text.unicodeScalars where isHidden(scalar, keepsLines: keepsLines) {
    needsWork = true
    break
  }
  guard needsWork else { return text }
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if isHidden(scalar, keepsLines: keepsLines) {
      result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
    } else {
      result.append(scalar)
    }
  }
  return String(result)
}

private func isHidden(_ scalar: Unicode.Scalar, keepsLines: Bool) -> Bool {
  switch scalar.value {
  case 0x09, 0x0A: !keepsLines
  case 0..<0x20, 0x7F..<0xA0: true
  case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0x061C: true
  default: false
  }
}
