import EthosApp
import EthosRecord
import Testing

/// What git tells its hooks about a push, taken word by word or not at all.
@Suite struct PushedReferenceTests {
  private static let old = String(repeating: "a", count: 40)
  private static let new = String(repeating: "b", count: 40)
  private static let none = String(repeating: "0", count: 40)

  @Test func `each line is a reference`() throws {
    let text =
      "\(Self.old) \(Self.new) refs/heads/main\n\(Self.none) \(Self.new) refs/tags/x\n\(Self.old) \(Self.none) refs/heads/é\n"
    let push = try PushedReference.received(Array(text.utf8))
    #expect(push.map(\.name) == ["refs/heads/main", "refs/tags/x", "refs/heads/é"])
    #expect(push.map { $0.before?.hex } == [Self.old, nil, Self.old])
    #expect(push.map { $0.after?.hex } == [Self.new, Self.new, nil])
  }

  @Test(arguments: [
    "", "\n", "\(old) \(new) refs/heads/main", "\(old) \(new)\n", "\(old) \(new) \n", "\(old) \(new) main\n",
    "\(old)  \(new) refs/heads/main\n", "\(old) \(new) refs/heads/a b\n", "\(old) \(new.dropLast()) refs/heads/main\n",
    "\(old) \(new)\(new.prefix(24)) refs/heads/main\n", "\(old) \(new) refs/heads/main\n\n",
    "\(old) \(new) refs/heads/main\n\(old) \(new) refs/heads/main\n", "\(old) zz\(new.dropFirst(2)) refs/heads/main\n",
  ])
  func `what is no such line is not passed over`(text: String) {
    #expect(throws: Failure.self) { try PushedReference.received(Array(text.utf8)) }
  }

  @Test func `a name that is no text is not passed over`() {
    let line = Array("\(Self.old) \(Self.new) refs/heads/".utf8) + [0xFF, 0x0A]
    #expect(throws: Failure.self) { try PushedReference.received(line) }
    #expect(throws: Failure.self) { try PushedReference.pushing(Array("HEAD \(Self.new) ".utf8) + line) }
  }

  @Test func `what is pushed may have been typed with blanks`() throws {
    let text =
      "HEAD^{/fix it} \(Self.new) refs/heads/main \(Self.old)\n(delete) \(Self.none) refs/heads/x \(Self.old)\n"
    let push = try PushedReference.pushing(Array(text.utf8))
    #expect(push.map(\.name) == ["refs/heads/main", "refs/heads/x"])
    #expect(push.map { $0.after?.hex } == [Self.new, nil])
    // Git asks about nothing where everything is up to date.
    #expect(try PushedReference.pushing([]).isEmpty)
    #expect(throws: Failure.self) { try PushedReference.pushing(Array("main \(Self.new) refs/heads/main\n".utf8)) }
  }
}
