import EthosText

/// The file that the record of a decision taken elsewhere rests on: its name and the SHA-256 of its bytes, so that
/// whoever has the file can show that it is the one.
package struct RecordedSource: Hashable, Sendable, CustomStringConvertible {
  package let name: String
  /// 64 hexadecimal digits in lower case.
  package let sha256: String

  /// Fails where there is no name, or where the digest is none.
  package init?(name: String, sha256: String) {
    let name = collapsedLine(name)
    guard !saysNothing(name), sha256.utf8.count == 64, sha256.utf8.allSatisfy(RecordedSource.isHexadecimal) else {
      return nil
    }
    self.name = name
    self.sha256 = sha256
  }

  /// Reads `NAME sha256:HEX`.
  package init?(_ text: String) {
    guard let marker = text.cut(around: RecordedSource.marker, atLast: true) else { return nil }
    self.init(name: marker.before, sha256: marker.after)
  }

  package var description: String { name + RecordedSource.marker + sha256 }

  private static let marker = " sha256:"

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }
}
