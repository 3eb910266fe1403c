import EthosApp
import EthosGovernance
import EthosModel
import EthosRecord
import EthosReport
import EthosStore
import EthosText

/// The verdict on a history.
enum VerifyPage {
  static func make(_ result: VerifyResult, receipt: ReceiptResult?) -> Report {
    var blocks: [Block] = []
    blocks.title("Verification of \(result.branch, .name) at \(result.head.id.short, .reference)")
    let breaches = result.breaches.count
    var verdict: Inline = breaches == 0 ? "nothing is in breach" : "\(counted(breaches, "breach", "breaches"))"
    if result.isOpen {
      verdict +=
        breaches == 0
        ? ": this identity states no authority, so that nothing could be"
        : "; this identity states no authority: nobody has to agree to a change"
    }
    let since = result.basis.remembered.map { ", on \($0.iso8601)" } ?? ""
    let again = result.remembered > 0 ? ", \(result.remembered) of them before in this clone\(since)" : ""
    blocks.facts([
      Fact("verdict", verdict),
      Fact("verified", "\(counted(result.verified, "commit")) of the line in force, from \(result.root.short)\(again)"),
      Fact("assurance", Inline(result.assurance.inWords)),
      Fact("signatures", Inline(ratifications(result.ratifications))),
      Fact("checked anew", Inline(signatures(result.basis.signatures))),
      Fact("root", Inline(result.basis.trust.map(root) ?? "taken as it is, without `--trust KEY`")),
      Fact("receipt", Inline(receipt?.inWords ?? "none: what is gone without a trace does not show")),
    ])
    blocks.list(FindingsReport(result.findings).items)
    return Report(
      blocks,
      json: .members([
        "schema": .string("ethos.verify.v1"), "branch": .string(result.branch),
        "head": .string(result.head.id.hex), "root": .string(result.root.hex),
        "verified": .number(result.verified), "assurance": .string(result.assurance.rawValue),
        "ratifications": .members([
          "signed": .number(result.ratifications.signed), "partly": .number(result.ratifications.partly),
          "unsigned": .number(result.ratifications.unsigned),
        ]),
        "hasAuthority": .boolean(!result.isOpen), "basis": basis(result, receipt),
        "findings": FindingsReport(result.findings).json,
      ]))
  }

  /// Who vouches for the first commit, of how many.
  private static func root(_ trust: RootTrust) -> String {
    let demand = trust.demand
    var words =
      "\(trust.vouched.count) of \(demand.seats.count) that are trusted vouch for it, \(demand.threshold) must"
    if !trust.vouched.isEmpty { words += ": \(trust.vouched.map(RootTrust.words).joined(separator: "; "))" }
    let isByPeople = demand.seats.contains { $0.person != nil }
    return words + (isByPeople ? "; the keys of people are those that the first commit itself gives them" : "")
  }

  private static func trust(_ trust: RootTrust) -> JSON {
    .members([
      "asked": .array(trust.asked.seats.map(seat)), "demanded": .array(trust.demand.seats.map(seat)),
      "threshold": .number(trust.demand.threshold),
      "vouched": .array(
        trust.vouched.map {
          .members([
            "person": .optional($0.seat.person), "key": .string($0.key.text), "tag": .optional($0.tag),
            "rotation": $0.rotation.map { .number($0) } ?? .null,
          ])
        }),
      "rotations": .array(trust.followed.map { .number($0.rotation) }),
    ])
  }

  private static func seat(_ seat: TrustedSeat) -> JSON {
    .members(["person": .optional(seat.person), "keys": .array(seat.keys.map { .string($0.text) })])
  }

  /// What the assurance is of: the whole line, whatever of it was checked when.
  private static func ratifications(_ counts: (signed: Int, partly: Int, unsigned: Int)) -> String {
    let all = counts.signed + counts.partly + counts.unsigned
    guard all > 0 else { return "nothing was ratified by an authority yet" }
    return
      "of \(counted(all, "ratification")) of the whole line \(counts.signed) signed, \(counts.partly) partly, \(counts.unsigned) unsigned"
  }

  /// By what how many signatures were checked in this run, which depends on what this clone remembers.
  private static func signatures(_ tally: SignatureTally) -> String {
    var parts: [String] = []
    if tally.byEthos > 0 { parts.append("\(tally.byEthos) signatures by ethos") }
    parts += tally.byPrograms.map { "\($0.count) by `\($0.name)`" }
    if tally.unchecked > 0 { parts.append("\(tally.unchecked) not checkable here") }
    if tally.unsigned > 0 { parts.append("\(tally.unsigned) commits, reviews and tags have none") }
    return parts.isEmpty
      ? "nothing: no signature was looked at in this run" : "in this run alone: \(parts.joined(separator: ", "))"
  }

  private static func basis(_ result: VerifyResult, _ receipt: ReceiptResult?) -> JSON {
    let (basis, tally) = (result.basis, result.basis.signatures)
    return .members([
      "judged": .number(result.verified - result.remembered), "remembered": .number(result.remembered),
      "memory": basis.memory.map {
        .members(["upTo": .string($0.hex), "written": .optional(basis.remembered?.iso8601)])
      } ?? .null,
      "signatures": .members([
        "byEthos": .number(tally.byEthos),
        "byPrograms": .array(
          tally.byPrograms.map { .members(["program": .string($0.name), "count": .number($0.count)]) }),
        "unchecked": .number(tally.unchecked), "unsigned": .number(tally.unsigned),
      ]),
      "trust": basis.trust.map(trust) ?? .null,
      "receipt": receipt.map {
        .members([
          "outcome": .string($0.outcome.rawValue), "written": .optional($0.compared?.iso8601),
          "head": .optional($0.head?.hex),
        ])
      } ?? .null,
      "serverLog": .null,
    ])
  }

  static func make(_ result: AdoptResult) -> Report {
    var blocks: [Block] = []
    let what = Inline(result.breach.id.short, .reference)
    if result.commit != nil {
      blocks.paragraph("asked for the adoption of \(what) in the proposal \(result.name, .name)")
      blocks.list(result.missing.map { Item(.bullet, Inline($0)) })
    } else {
      blocks.paragraph("would ask for the adoption of \(what) in the proposal \(result.name, .name)")
    }
    blocks.list(FindingsReport(result.findings).items)
    return Report(
      blocks,
      json: .members([
        "schema": .string("ethos.adopt.v1"), "proposal": .string(result.name),
        "adopts": .string(result.breach.id.hex), "commit": result.commit.map { .string($0.hex) } ?? .null,
        "commitments": .array(result.entries.map { .string($0.description) }),
      ]))
  }
}
