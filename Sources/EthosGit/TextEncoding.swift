internal import EthosRecord
internal import EthosText
internal import Glibc

/// Words of a commit or a tag, whose header may name another encoding than UTF-8.
enum TextEncoding {
  /// Whether bytes that are no text in the encoding are among what was read.
  struct Words {
    var text: String
    var isDecoded: Bool
  }

  /// A message as git shows it.
  ///
  /// What records mean is read from the bytes: an encoding that would make other trailers of them than git finds is not
  /// followed.
  static func message(_ bytes: ArraySlice<UInt8>, _ encoding: String?) -> Words {
    let plain = words(bytes)
    // In ASCII words mean the same everywhere.
    guard let encoding, !isUTF8(encoding), bytes.contains(where: isOther) else { return plain }
    guard let decoded = decoded(bytes, from: encoding), hasSameLines(decoded, bytes),
      hasSameRecords(decoded, plain.text)
    else {
      return Words(text: plain.text, isDecoded: false)
    }
    return Words(text: decoded, isDecoded: true)
  }

  /// The name of a person as git shows it.
  ///
  /// Addresses are never decoded: authority goes by them.
  static func name(_ bytes: ArraySlice<UInt8>, _ encoding: String?) -> Words {
    guard let encoding, !isUTF8(encoding), bytes.contains(where: isOther) else { return words(bytes) }
    guard let decoded = decoded(bytes, from: encoding) else {
      return Words(text: words(bytes).text, isDecoded: false)
    }
    return Words(text: decoded, isDecoded: true)
  }

  /// Bytes as UTF-8; each byte that is none is written as `\xF6`.
  private static func words(_ bytes: ArraySlice<UInt8>) -> Words {
    if let text = String(validating: bytes, as: UTF8.self) { return Words(text: text, isDecoded: true) }
    var text: [UInt8] = []
    var rest = bytes
    while let first = rest.first {
      let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
      let character = rest.prefix(length)
      if String(validating: character, as: UTF8.self) != nil {
        text += character
        rest = rest.dropFirst(length)
      } else {
        let digits = Array("0123456789ABCDEF".utf8)
        text += [UInt8(ascii: "\\"), UInt8(ascii: "x"), digits[Int(first >> 4)], digits[Int(first & 15)]]
        rest = rest.dropFirst()
      }
    }
    return Words(text: String(decoding: text, as: UTF8.self), isDecoded: false)
  }

  /// Whether a byte may be another character than in ASCII: one of the upper half, or what switches to another set.
  private static func isOther(_ byte: UInt8) -> Bool { byte >= 0x80 || byte == 0x1B }

  /// Whether a text has the lines that the bytes have, and those in ASCII as they stand.
  private static func hasSameLines(_ decoded: String, _ bytes: ArraySlice<UInt8>) -> Bool {
    let after = Array(decoded.utf8).split(separator: 0x0A, omittingEmptySubsequences: false)
    let before = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    return before.count == after.count
      && zip(before, after).allSatisfy { $0.contains(where: isOther) || $0.elementsEqual($1) }
  }

  /// Whether two readings of a message have the same trailers, and the same values of all that are ASCII in one of them.
  private static func hasSameRecords(_ decoded: String, _ plain: String) -> Bool {
    let (left, right) = (CommitMessage(parsing: decoded).trailers, CommitMessage(parsing: plain).trailers)
    guard left.count == right.count else { return false }
    return zip(left, right).allSatisfy { one, other in
      let isASCII = one.value.utf8.allSatisfy { $0 < 0x80 } || !other.value.utf8.contains(UInt8(ascii: "\\"))
      return one.key.utf8.elementsEqual(other.key.utf8)
        && (!isASCII || one.value.utf8.elementsEqual(other.value.utf8))
    }
  }

  static func isUTF8(_ encoding: String) -> Bool { ["utf-8", "utf8"].contains(encoding.lowercased()) }

  /// The text in an encoding that the system knows; nil where it knows none of that name, or the bytes are no text in it.
  private static func decoded(_ bytes: ArraySlice<UInt8>, from encoding: String) -> String? {
    // A name is handed to the system, which takes options after a slash.
    let isName = encoding.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "._:-+".utf8.contains(byte)
    }
    guard isName, !encoding.isEmpty, encoding.utf8.count <= 40 else { return nil }
    // Git knows this name, and the system does not.
    let name = encoding.lowercased() == "latin-1" ? "ISO-8859-1" : encoding
    guard let converter = iconv_open("UTF-8", name), Int(bitPattern: converter) != -1 else { return nil }
    defer { iconv_close(converter) }
    var input = bytes.map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: bytes.count * 4 + 64)
    let failed = -1
    let count: Int? = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        var (source, target) = (input.baseAddress, output.baseAddress)
        var (left, room) = (input.count, output.count)
        guard iconv(converter, &source, &left, &target, &room) != failed, left == 0,
          iconv(converter, nil, nil, &target, &room) != failed
        else { return nil }
        return output.count - room
      }
    }
    guard let count else { return nil }
    return String(validating: output[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
