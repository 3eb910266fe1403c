package import EthosDiff
import EthosModel
import EthosText

/// One act in a line: `limit-tightened limit/client-risk.atMost: 60 → 55 [major]`.
package enum ActLine {
  package static func make(_ act: Act) -> Inline {
    let change = act.change
    var line: Inline = "\(change.level) \(change.kind.id, .changed) "
    let place = change.field.isEmpty ? "\(change.entry)" : "\(change.entry).\(change.field)"
    line += "\(place, .reference)"
    let before = change.before?.summaryText
    let after = change.after?.summaryText
    if !change.field.isEmpty, let before, let after, before.count + after.count <= 60 {
      line += ": \(before, .removed) → \(after, .added)"
    } else if !change.field.isEmpty, before == nil, let after, after.count <= 60 {
      line += ": \(after, .added)"
    } else if !change.field.isEmpty, after == nil, let before, before.count <= 60 {
      line += ": was \(before, .removed)"
    }
    if !act.also.isEmpty {
      line += ", and the same on \(counted(act.also.count, "other")): \(.list(act.also.map(\.description), .reference))"
    }
    return line
  }
}
