/// Text from a file or a repository, made safe to show: control characters (C0, C1, DEL), and everything else that its
/// reader would not see (`Unseen`), is replaced by visible escapes, so that what is read is what is stored.
///
/// Line feeds and tabs are kept when `keepsLines` is true and escaped otherwise.
package func visibleText(_ text: String, keepsLines: Bool = false) -> String {
  guard Unseen.mayOccur(in: text) || !keepsLines && text.utf8.contains(where: { $0 < 0x20 }) else { return text }
  let scalars = Array(text.unicodeScalars)
  var result = String.UnicodeScalarView()
  for (scalar, isHidden) in zip(scalars, Unseen.marks(scalars)) {
    if isHidden || !keepsLines && (scalar == "\n" || scalar == "\t") {
      result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
    } else {
      result.append(scalar)
    }
  }
  return String(result)
}
