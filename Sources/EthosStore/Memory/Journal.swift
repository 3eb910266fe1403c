import EthosGit
import EthosRecord
import EthosText

/// What a transaction is about to do, written down before it does it, so that a killed one can be finished or taken back.
///
/// The file is `<git-common-dir>/ethos/journal`, a code (`TrustedMemory`) and lines of `word value…`, ended by a line `end`.
/// It is written to a temporary file, synchronised and renamed into place. A journal that has not the code of this user in
/// this repository moves nothing.
struct Journal: Equatable {
  var updates: [ReferenceUpdate] = []
  /// The branch that HEAD names afterwards, where it changes.
  var head: (before: String, after: String)?
  /// The trees between which the work tree and the index move.
  var checkout: (before: ObjectID?, after: ObjectID)?
  /// Paths whose index entries must agree with the new commit.
  var staged: [String] = []
  /// What these files of the work tree held when the change was made; a file that has another content since was edited.
  var held: [(path: String, content: ObjectID?)] = []
  /// The references that are locked and not moved.
  var rests: [String] = []
  /// Files of the work tree that are replaced without any commit; then nothing else moves.
  var files: [FileMove] = []
  /// What is done, as the logs of the references say it: `ethos ratify: NAME`.
  var what = ""
  /// What the lock of the index holds while this is done.
  var mark = ""
  /// Whether it takes back what was done last.
  var isUndo = false
  /// The git directory whose HEAD, index and work tree are meant: linked work trees have one each.
  var gitDirectory = ""
  var signature = Signature(name: "ethos", email: "ethos@localhost", when: Instant(seconds: 0))

  static let name: StaticString = "journal"
  static let version = "ethos-journal 1"

  var text: String {
    var lines = [
      Journal.version, "directory \(Journal.quoted(gitDirectory))",
      "by \(Journal.quoted(signature.name)) \(Journal.quoted(signature.email)) \(signature.when.seconds) \(signature.when.offsetMinutes)",
    ]
    if !what.isEmpty { lines.append("of \(Journal.quoted(what))") }
    if !mark.isEmpty { lines.append("mark \(Journal.quoted(mark))") }
    if isUndo { lines.append("undo") }
    for update in updates {
      lines.append("reference \(update.before?.hex ?? "-") \(update.after?.hex ?? "-") \(Journal.quoted(update.name))")
    }
    if let head { lines.append("head \(Journal.quoted(head.before)) \(Journal.quoted(head.after))") }
    if let checkout { lines.append("checkout \(checkout.before?.hex ?? "-") \(checkout.after.hex)") }
    lines += staged.map { "staged \(Journal.quoted($0))" }
    lines += rests.map { "rests \(Journal.quoted($0))" }
    lines += held.map { "held \($0.content?.hex ?? "-") \(Journal.quoted($0.path))" }
    lines += files.map { "file \($0.before?.hex ?? "-") \($0.after?.hex ?? "-") \(Journal.quoted($0.path))" }
    return (lines + ["end"]).joined(separator: "\n") + "\n"
  }

  init() {}

  /// Reads a journal; nil where it is not whole or of another version.
  init?(_ text: String) {
    let lines = text.parts(at: "\n", omittingEmpty: true)
    guard lines.first == Journal.version, lines.last == "end" else { return nil }
    for line in lines.dropFirst().dropLast() {
      let words = line.parts(at: " ", omittingEmpty: true)
      switch (words.first, words.count) {
      case ("directory", 2): gitDirectory = Journal.unquoted(words[1])
      case ("by", 5):
        let when = Instant(seconds: Int64(words[3]) ?? 0, offsetMinutes: Int(words[4]) ?? 0)
        signature = Signature(name: Journal.unquoted(words[1]), email: Journal.unquoted(words[2]), when: when)
      case ("of", 2): what = Journal.unquoted(words[1])
      case ("mark", 2): mark = Journal.unquoted(words[1])
      case ("undo", 1): isUndo = true
      case ("rests", 2): rests.append(Journal.unquoted(words[1]))
      case ("held", 3): held.append((Journal.unquoted(words[2]), ObjectID(hex: words[1])))
      case ("file", 4):
        files.append(
          FileMove(path: Journal.unquoted(words[3]), before: ObjectID(hex: words[1]), after: ObjectID(hex: words[2])))
      case ("reference", 4):
        updates.append(
          ReferenceUpdate(
            name: Journal.unquoted(words[3]), before: ObjectID(hex: words[1]), after: ObjectID(hex: words[2]),
            reflogMessage: "ethos recover"))
      case ("head", 3): head = (Journal.unquoted(words[1]), Journal.unquoted(words[2]))
      case ("checkout", 3):
        guard let after = ObjectID(hex: words[2]) else { return nil }
        checkout = (ObjectID(hex: words[1]), after)
      case ("staged", 2): staged.append(Journal.unquoted(words[1]))
      default: return nil
      }
    }
  }

  static func == (left: Journal, right: Journal) -> Bool { left.text == right.text }

  /// Percent-encodes what would break a line into other words.
  static func quoted(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      if byte > 0x20 && byte != 0x25 && byte < 0x7F {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }
    }
    return result
  }

  static func unquoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      if byte == 0x25, let value = UInt8(String(Substring(rest.prefix(2))), radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
