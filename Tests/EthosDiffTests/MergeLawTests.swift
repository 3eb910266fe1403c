import EthosModel
import Testing

@testable import EthosDiff

/// The laws of merges, over identities made at random.
///
/// A failing seed is the argument of the failing case.
@Suite struct MergeLawTests {
  private static let seeds = 1...120

  @Test(arguments: seeds) func `exchanged sides give the same, with the sides of the conflicts exchanged`(seed: Int) {
    forEachFork(seed) { base, left, right in
      let (one, ours) = merge(base, left, right)
      let (other, theirs) = merge(base, right, left)
      #expect(Set(ours.map(\.swapped)) == Set(theirs))
      #expect(ours.count == theirs.count)
      #expect(one.keys == other.keys)
      for key in one.keys { #expect(one[key]?.meaning == other[key]?.meaning, "\(key)") }
    }
  }

  @Test(arguments: seeds) func `what one side alone changed is taken over whole`(seed: Int) {
    forEachFork(seed) { base, left, _ in
      for (one, conflicts) in [merge(base, left, base), merge(base, base, left), merge(base, left, left)] {
        #expect(conflicts.isEmpty)
        #expect(one.keys == left.keys)
        for key in left.keys {
          #expect(one[key]?.meaning == left[key]?.meaning, "\(key)")
          #expect(one[key]?.path == left[key]?.path, "\(key)")
        }
      }
    }
  }

  @Test(arguments: seeds) func `edits of different fields are both in the merge`(seed: Int) {
    var generator = IdentityGenerator(seed: UInt64(seed))
    let base = generator.identity()
    let changed = generator.successor(of: base)
    for key in base.keys {
      guard let before = base[key], let after = changed[key], before.isRetired == after.isRetired else { continue }
      // How a table's rules are ordered hangs on its hit policy, so that the two go together.
      let names = Set(before.meaning.names + after.meaning.names).subtracting(["hitPolicy"]).sorted()
      let mine = Set(names.enumerated().filter { ($0.offset + seed).isMultiple(of: 2) }.map(\.element))
      func side(_ isMine: Bool) -> Document {
        var fields = before.meaning
        for name in Set(names + ["hitPolicy"]) where mine.contains(name == "hitPolicy" ? "rules" : name) == isMine {
          fields[name] = after.meaning[name]
        }
        return Document(key: key, path: before.path, fields: fields)
      }
      let merged = ThreeWayMerge.merge(key, bases: [before], ours: side(true), theirs: side(false))
      #expect(merged.conflicts == [])
      #expect(merged.fields == after.meaning, "\(key)")
    }
  }

  @Test(arguments: seeds) func `a merge without conflicts has what each side alone changed`(seed: Int) {
    forEachFork(seed) { base, left, right in
      let (merged, conflicts) = merge(base, left, right)
      let open = Set(conflicts.map(\.entry))
      for key in merged.keys where !open.contains(key) {
        for name in merged[key]?.meaning.names ?? [] {
          let (before, ours, theirs) = (base[key]?.meaning[name], left[key]?.meaning[name], right[key]?.meaning[name])
          guard name != "rules" else { continue }
          if theirs == before { #expect(merged[key]?.meaning[name] == ours, "\(key) \(name)") }
          if ours == before { #expect(merged[key]?.meaning[name] == theirs, "\(key) \(name)") }
        }
      }
    }
  }

  @Test(arguments: seeds) func `one base twice is one base, and a second one only adds conflicts`(seed: Int) {
    forEachFork(seed) { base, left, right in
      let once = merge(base, left, right)
      let twice = ThreeWayMerge.merge(bases: [base, base], ours: left, theirs: right)
      #expect(once.conflicts == twice.conflicts)
      let other = ThreeWayMerge.merge(bases: [base, left], ours: left, theirs: right)
      #expect(Set(once.conflicts.map(\.entry)).isSubset(of: Set(other.conflicts.map(\.entry))))
    }
  }

  private func merge(_ base: Snapshot, _ ours: Snapshot, _ theirs: Snapshot) -> (
    snapshot: Snapshot, conflicts: [FieldConflict]
  ) {
    ThreeWayMerge.merge(bases: [base], ours: ours, theirs: theirs)
  }

  private func forEachFork(_ seed: Int, _ body: (Snapshot, Snapshot, Snapshot) -> Void) {
    var generator = IdentityGenerator(seed: UInt64(seed))
    var base = generator.identity()
    for _ in 0..<3 {
      let (left, right) = (generator.successor(of: base), generator.successor(of: base))
      body(base, left, right)
      base = left
    }
  }
}
