import EthosApp
import EthosGovernance
import EthosModel
import EthosRecord
import EthosReport
import EthosText

/// The verdict on a history.
enum VerifyPage {
  static func make(_ result: VerifyResult, receipt: String?) -> Report {
    var blocks: [Block] = []
    blocks.title("Verification of \(result.branch, .name) at \(result.head.id.short, .reference)")
    let breaches = result.breaches.count
    var verdict: Inline = breaches == 0 ? "nothing is in breach" : "\(counted(breaches, "breach", "breaches"))"
    if result.isOpen { verdict += ": this identity states no authority, so that nothing could be" }
    let again = result.remembered > 0 ? ", \(result.remembered) of them before" : ""
    blocks.facts([
      Fact("verdict", verdict),
      Fact("verified", "\(counted(result.verified, "commit")) of the line in force, from \(result.root.short)\(again)"),
      Fact("assurance", Inline(result.assurance.inWords)),
      Fact("receipt", receipt.map { Inline($0) } ?? Inline()),
    ])
    blocks.list(FindingsReport(result.findings).items)
    return Report(
      blocks,
      json: .members([
        "schema": .string("ethos.verify.v1"), "branch": .string(result.branch),
        "head": .string(result.head.id.hex), "root": .string(result.root.hex),
        "verified": .number(result.verified), "assurance": .string(result.assurance.rawValue),
        "hasAuthority": .boolean(!result.isOpen),
        "findings": FindingsReport(result.findings).json,
      ]))
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
