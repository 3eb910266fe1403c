import EthosRecord
import EthosText
import Testing

/// One entry of a server's log, and the one form that it has.
@Suite struct AcceptedUpdatesTests {
  private static let old = ObjectID(bytes: [UInt8](repeating: 0xAA, count: 20))
  private static let new = ObjectID(bytes: [UInt8](repeating: 0xBB, count: 20))

  @Test func `what is written is read again`() throws {
    let updates = AcceptedUpdates(
      .accepted, Instant(seconds: 1_793_606_400, offsetMinutes: 60),
      [
        .init("refs/tags/closed/x", from: nil, to: Self.new), .init("refs/heads/main", from: Self.old, to: Self.new),
        .init("refs/heads/proposals/x", from: Self.old, to: nil),
      ])
    #expect(
      updates.text == """
        ethos-log 1

        accepted
        date 2026-11-02T08:00:00+00:00
        refs/heads/main \(Self.old) \(Self.new)
        refs/heads/proposals/x \(Self.old) none
        refs/tags/closed/x none \(Self.new)
        end

        """)
    #expect(AcceptedUpdates(updates.text) == updates)
    let begun = AcceptedUpdates(.begun, Instant(seconds: 0), [])
    #expect(AcceptedUpdates(begun.text) == begun)
  }

  @Test func `a text that says the same in another form is no entry`() {
    let text = AcceptedUpdates(
      .found, Instant(seconds: 0),
      [.init("refs/heads/a", from: nil, to: Self.new), .init("refs/heads/b", from: Self.old, to: Self.new)]
    ).text
    #expect(AcceptedUpdates(text) != nil)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let others = [
      text.replacing("ethos-log 1", with: "ethos-log 2"), text.replacing("found", with: "lost"),
      text.replacing("+00:00", with: "Z"), text.replacing("1970", with: "1970 "), text + "\n", String(text.dropLast()),
      text.replacing("\nend\n", with: "\n"), text.replacing(Self.new.hex, with: Self.new.hex.uppercased()),
      text.replacing("refs/heads/b", with: "refs/heads/a"), text.replacing("refs/heads/b", with: "heads/b"),
      text.replacing(Self.old.hex, with: Self.new.hex), text.replacing("none", with: "nothing"),
      (lines[..<4] + [lines[5], lines[4]] + lines[6...]).joined(separator: "\n"),
      (lines[..<4] + lines[6...]).joined(separator: "\n"), text.replacing("found", with: "begun"),
    ]
    for other in others { #expect(AcceptedUpdates(other) == nil, "\(other)") }
  }
}
