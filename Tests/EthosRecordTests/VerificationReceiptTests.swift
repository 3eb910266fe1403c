import EthosRecord
import EthosText
import Testing

@Suite struct `A receipt` {
  private static let ids = (0..<6).map { ObjectID(bytes: [UInt8](repeating: UInt8($0 + 1), count: 20)) }
  private static let receipt = VerificationReceipt(
    written: Instant(seconds: 1_772_355_600, offsetMinutes: 60), root: ids[0], branch: "main", head: ids[1],
    ahead: [ids[2]],
    reviews: [
      .init(name: "reviews/lower/omar", tip: ids[3], holdsObjection: true),
      .init(name: "reviews/lower/ada", tip: ids[4], holdsObjection: false),
    ], tags: [.init(name: "release/second/1", id: ids[5]), .init(name: "closed/raise", id: ids[5])])

  private func read(_ text: String) -> VerificationReceipt? { VerificationReceipt(bytes: Array(text.utf8)) }

  @Test func `is read back as it was written, its date in UTC`() {
    #expect(read(Self.receipt.text) == Self.receipt)
    #expect(
      Self.receipt.text == """
        ethos-receipt 2
        # Keep this outside of the repository: `ethos verify --receipt FILE` compares with it.
        written 2026-03-01T09:00:00+00:00
        root \(Self.ids[0])
        branch main
        head \(Self.ids[1])
        ahead \(Self.ids[2])
        review \(Self.ids[4]) reviews/lower/ada
        objection \(Self.ids[3]) reviews/lower/omar
        tag \(Self.ids[5]) closed/raise
        tag \(Self.ids[5]) release/second/1
        end

        """)
  }

  @Test func `has one way to be written`() {
    let lines = Self.receipt.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for index in lines.indices.dropLast() {
      var (without, twice) = (lines, lines)
      without.remove(at: index)
      twice.insert(lines[index], at: index)
      #expect(read(without.joined(separator: "\n")) == nil || lines[index].hasPrefix("ahead") || index > 6, "\(index)")
      #expect(read(twice.joined(separator: "\n")) == nil, "\(lines[index])")
    }
    let text = Self.receipt.text
    for (old, new) in [
      ("\nend\n", "\n"), ("\nend\n", "\nend\nend\n"), ("\nend\n", "\nend"), ("\nend\n", "\nend\n\n"),
      ("\n", "\r\n"), ("branch main", "branch  main"), ("branch main", "branch main "), ("branch main", "branch "),
      ("+00:00", "+01:00"), ("+00:00", "Z"), ("\nroot", "\n\nroot"), ("\nroot", "\n# more\nroot"),
      ("objection", "Objection"), ("receipt 2", "receipt 3"), ("receipt 2", "receipt 1"),
      (Self.ids[1].hex, "0A" + Self.ids[1].hex.dropFirst(2)), (Self.ids[1].hex, String(Self.ids[1].hex.dropLast())),
      ("release/second/1", "closed/raise"), ("release/second/1", "closed/a"),
    ] {
      let changed = text.replacing(old, with: new)
      #expect(changed != text && read(changed) == nil, "\(old) -> \(new)")
    }
  }

  @Test func `of the first format is read, and says no date`() throws {
    let id = Self.ids[0]
    let text = "ethos-receipt 1\n# For the board.\n\nbranch main\nhead \(id)\ntag \(id) closed/a\nend\n"
    let receipt = try #require(read(text))
    #expect(receipt.written == nil && receipt.root == nil && receipt.head == id && receipt.tags.count == 1)
    for (old, new) in [
      ("head", "head \(id)\nhead"), ("branch", "written 2026-03-01T09:00:00+00:00\nbranch"), ("\nend", ""),
      ("tag", "tag \(id) closed/a\ntag"), ("branch", "root \(id)\nbranch"),
    ] {
      #expect(read(text.replacing(old, with: new)) == nil, "\(new)")
    }
  }

  @Test func `never stops its reader`() {
    for text in ["", "\n", "end", "ethos-receipt", "ethos-receipt 2", "ethos-receipt 2\nend\n", "tag", "tag a b"] {
      #expect(read(text) == nil)
    }
    #expect(VerificationReceipt(bytes: [0xFF, 0x0A, 0x00]) == nil)
  }
}
