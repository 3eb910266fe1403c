/// A text as one word of a command that is typed into a shell (POSIX.1-2024, 2.2).
///
/// A person reads the command before they run it: what they would not see is left to `visibleText`, which makes another word
/// of it, within the same quotes.
package func shellWord(_ text: String) -> String {
  let isPlain =
    !text.isEmpty
    && text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      case 0x25, 0x2B, 0x2C, 0x2D, 0x2E, 0x2F, 0x3A, 0x3D, 0x40, 0x5F: true
      default: false
      }
    }
  return isPlain ? text : "'\(text.replacingScalar("'", with: "'\\''"))'"
}
