import EthosFuzzTargets
import Foundation

/// The inputs that are kept for a target, with the words that its inputs are made of.
struct Corpus {
  let inputs: [(name: String, bytes: [UInt8])]
  let words: [[UInt8]]

  init(_ target: FuzzTarget) throws {
    let fuzzing = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fuzzing")
    let folder = fuzzing.appending(path: "Corpus/\(target.rawValue)")
    inputs = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
      (name, [UInt8](try Data(contentsOf: folder.appending(path: name))))
    }
    words = try String(contentsOf: fuzzing.appending(path: "\(target.rawValue).dictionary"), encoding: .utf8)
      .split(separator: "\n").filter { $0.hasPrefix("\"") && $0.hasSuffix("\"") }
      .map { Corpus.word($0.dropFirst().dropLast().utf8) }
  }

  /// The bytes of a word of libFuzzer's dictionaries, which knows `\\`, `\"` and `\xAB`.
  private static func word(_ text: some Sequence<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Array(text)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let escaped = rest.popFirst() else {
        bytes.append(byte)
        continue
      }
      guard escaped == UInt8(ascii: "x") else {
        bytes.append(escaped)
        continue
      }
      bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
      rest = rest.dropFirst(2)
    }
    return bytes
  }
}
