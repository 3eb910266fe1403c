import EthosModel
import Testing

@testable import EthosDiff

/// The laws of differences, over identities made at random.
///
/// A failing seed is the argument of the failing case.
@Suite struct LawTests {
  private static let seeds = 1...60
  /// Steps of history that one seed takes.
  private static let steps = 5

  @Test(arguments: seeds) func `an identity does not differ from itself, however it is laid out`(seed: Int) {
    var generator = IdentityGenerator(seed: UInt64(seed))
    let identity = generator.identity()
    #expect(difference(identity, identity).isEmpty)
    let other = generator.laidOutOtherwise(identity)
    #expect(difference(identity, other).changes == [])
  }

  @Test(arguments: seeds) func `the difference back is the inverse of the difference there`(seed: Int) {
    forEachStep(seed) { before, after in
      let there = difference(before, after)
      let back = difference(after, before)
      let inverse = there.inverted()
      #expect(Set(inverse.changes) == Set(back.changes))
      #expect(inverse.changes.count == back.changes.count)
      #expect(inverse.renames == back.renames)
      #expect(Set(inverse.touches) == Set(back.touches))
    }
  }

  @Test(arguments: seeds) func `applying the difference gives what was compared with`(seed: Int) {
    forEachStep(seed) { before, after in
      let applied = difference(before, after).applied(to: before)
      #expect(applied.keys == after.keys)
      for key in after.keys { #expect(applied[key]?.meaning == after[key]?.meaning, "\(key)") }
      let undone = difference(before, after).inverted().applied(to: after)
      for key in before.keys { #expect(undone[key]?.meaning == before[key]?.meaning, "\(key)") }
    }
  }

  @Test(arguments: seeds) func `exactly the entries whose meaning differs have changes`(seed: Int) {
    forEachStep(seed) { before, after in
      let differing = Set(before.keys).union(after.keys).filter { before[$0]?.meaning != after[$0]?.meaning }
      #expect(difference(before, after).entries == differing.sorted())
    }
  }

  @Test(arguments: seeds) func `acts hold every change once, and all kinds are in the table`(seed: Int) {
    forEachStep(seed) { before, after in
      let changes = difference(before, after)
      let acts = changes.acts()
      #expect(acts.reduce(0) { $0 + 1 + $1.also.count } == changes.changes.count)
      for change in changes.changes { #expect(ChangeKind.named(change.kind.id) == change.kind) }
    }
  }

  private func difference(_ before: Snapshot, _ after: Snapshot) -> ChangeSet {
    Comparison.changes(from: before, to: after, severity: .standard)
  }

  private func forEachStep(_ seed: Int, _ body: (Snapshot, Snapshot) -> Void) {
    var generator = IdentityGenerator(seed: UInt64(seed))
    var before = generator.identity()
    for _ in 0..<LawTests.steps {
      let after = generator.successor(of: before)
      body(before, after)
      before = after
    }
  }
}
