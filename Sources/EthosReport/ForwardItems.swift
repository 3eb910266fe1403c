package import EthosDiff
package import EthosGovernance
import EthosModel
import EthosRecord
package import EthosText

/// What a release does to others that were to take effect later: said before anything else of it.
package enum ForwardItems {
  package static func blocks(_ forward: [BroughtForward]) -> [Block] {
    var blocks: [Block] = []
    blocks.list(
      forward.flatMap { brought in
        item("brings forward", brought, brought.changes) + item("takes back what was to come", brought, brought.dropped)
      })
    return blocks
  }

  private static func item(_ verb: String, _ brought: BroughtForward, _ changes: ChangeSet) -> [Item] {
    guard !changes.isEmpty else { return [] }
    let (day, name) = (brought.release.manifest.effective, brought.release.reference)
    var inner: [Block] = []
    inner.list(changes.acts().map { Item(.changed, ActLine.make($0)) })
    return [Item(.warning, "also \(verb) from \(day) (\(name, .reference)):", inner)]
  }

  package static func json(_ forward: [BroughtForward]) -> JSON {
    .array(
      forward.map { brought in
        [
          "release": .string(brought.release.reference),
          "effective": .string(brought.release.manifest.effective.description),
          "changes": json(brought.changes), "dropped": json(brought.dropped),
        ]
      })
  }

  /// Changes by their ids, without their sides.
  package static func json(_ changes: ChangeSet) -> JSON {
    .array(
      changes.changes.map { change in
        [
          "id": .string(change.kind.id), "level": .string(change.level.rawValue),
          "commitment": .string(change.entry.description), "field": .string(change.field.description),
        ]
      })
  }
}
