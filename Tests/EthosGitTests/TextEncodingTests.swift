import EthosGit
import EthosRecord
import EthosTestSupport
import Testing

/// Words of commits are read in the encoding that the commit names, as git shows them; records are not.
@Suite struct TextEncodingTests {
  /// A commit with these bytes as its message, and an author's name.
  private func commit(_ test: TestRepository, _ encoding: String?, name: [UInt8], _ message: [UInt8]) throws -> String {
    let tree = try test.git("hash-object", "-t", "tree", "-w", "--stdin", input: [])
    var text = Array("tree \(tree)\nauthor ".utf8) + name + Array(" <jane@northgate.example> 1769934600 +0100\n".utf8)
    text += Array("committer ".utf8) + name + Array(" <jane@northgate.example> 1769934600 +0100\n".utf8)
    if let encoding { text += Array("encoding \(encoding)\n".utf8) }
    text += [0x0A] + message
    return try test.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", input: text)
  }

  @Test(
    arguments: [
      ("ISO-8859-1", [0x62, 0xFC, 0x72, 0x6F], "büro"), ("latin1", [0x62, 0xFC, 0x72, 0x6F], "büro"),
      ("windows-1252", [0x80], "€"), ("ISO-8859-15", [0xA4], "€"), ("KOI8-R", [0xC4, 0xC1], "да"),
      ("EUC-JP", [0xC6, 0xFC], "日"), ("SHIFT-JIS", [0x93, 0xFA], "日"), ("GBK", [0xC8, 0xD5], "日"),
      ("ISO-2022-JP", [0x1B, 0x24, 0x42, 0x46, 0x7C, 0x1B, 0x28, 0x42], "日"), ("UTF-8", Array("日".utf8), "日"),
      ("utf8", Array("日".utf8), "日"), (nil, Array("日".utf8), "日"),
    ] as [(String?, [UInt8], String)])
  func `words are shown as git shows them`(encoding: String?, bytes: [UInt8], text: String) throws {
    let test = try TestRepository()
    let message = Array("Say ".utf8) + bytes + Array("\n\nAs ".utf8) + bytes + Array(" says.\n\nSource: minutes\n".utf8)
    let made = try commit(test, encoding, name: bytes, message)
    let commit = try open(test).commit(id(made))
    #expect(commit.message == "Say \(text)\n\nAs \(text) says.\n\nSource: minutes\n")
    #expect(commit.author.name == text && commit.committer.name == text)
    #expect(commit.isDecoded)
    #expect(ChangeRecord(message: commit.message).sources == ["minutes"])
    let shown = try test.git("log", "-1", "--encoding=UTF-8", "--format=%an%n%B", made)
    #expect(shown.hasPrefix("\(text)\nSay \(text)\n"), "\(shown)")
  }

  @Test(
    arguments: [
      (nil, [0x62, 0xFC, 0x72], "b\\xFCr"), ("x-nobody-knows", [0xFC], "\\xFC"), ("UTF-8", [0xC3], "\\xC3"),
      ("EUC-JP", [0xC6], "\\xC6"), ("../../etc/passwd", [0xFC], "\\xFC"), ("ASCII//TRANSLIT", [0xFC], "\\xFC"),
      ("", [0xFC], "\\xFC"), (nil, [0xE6, 0x97, 0xA5, 0xFF], "日\\xFF"),
    ] as [(String?, [UInt8], String)])
  func `what cannot be decoded is shown as bytes, and said`(encoding: String?, bytes: [UInt8], text: String) throws {
    let test = try TestRepository()
    let repository = try open(test)
    var told: [ObjectID] = []
    repository.onUndecoded = { told.append($0) }
    let made = try id(commit(test, encoding, name: bytes, Array("Say ".utf8) + bytes + [0x0A]))
    let commit = try repository.commit(made)
    #expect(commit.message == "Say \(text)\n")
    #expect(commit.author.name == text)
    #expect(!commit.isDecoded)
    #expect(told == [made])
  }

  /// `+AFI-` is `R` in UTF-7: what plain git reads as words is not to become a record here.
  @Test(arguments: ["UTF-7", "UTF-16LE", "UTF-32", "IBM037", "ISO-2022-KR", "HZ"])
  func `an encoding makes no record of words, and nobody of another`(encoding: String) throws {
    let test = try TestRepository()
    let message = Array("Say\n\nBecause.\n\n+AFI-eview: approve\n+AFM-ource: minutes\nSource: none\n".utf8)
    let made = try commit(test, encoding, name: Array("J+AOQ-n".utf8), message)
    let commit = try open(test).commit(id(made))
    #expect(CommitMessage(parsing: commit.message) == CommitMessage(parsing: String(decoding: message, as: UTF8.self)))
    #expect(commit.author.email == "jane@northgate.example")
    #expect(commit.author.name == "J+AOQ-n")
  }

  @Test func `a tag is read like a commit`() throws {
    let test = try TestRepository()
    let target = try test.commit(["a.yaml": "1"])
    var text = Array("object \(target)\ntype commit\ntag t\ntagger J".utf8) + [0xE9]
    text += Array(" <j@x.example> 1769934600 +0100\nencoding ISO-8859-1\n\nB".utf8) + [0xFC, 0x0A]
    let made = try test.git("hash-object", "-t", "tag", "-w", "--stdin", "--literally", input: text)
    let tag = try open(test).tag(id(made))
    #expect(tag.message == "Bü\n")
    #expect(tag.tagger?.name == "Jé")
  }
}
