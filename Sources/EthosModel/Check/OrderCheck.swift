import EthosText

/// The order among values: circles in `outranks` (`outranks-loop`), rules that go against it (`rule-against-order`), and
/// ranks that the charter does not have (`unknown-rank`).
enum OrderCheck {
  static func run(_ identity: CheckedIdentity, into found: inout [Diagnostic]) {
    let values = identity.documents(.value)
    reportRanks(values, identity.snapshot.charter, into: &found)
    let order = ValueOrder(values)
    for loop in order.loops() {
      guard let first = loop.first, loop.count > 1, let document = identity.snapshot[EntryKey(.value, first)] else {
        continue
      }
      let edge = document.fields["outranks"]?.list?.first { $0.text.map(Prose.collapsed) == loop[1] }
      found.append(
        Diagnostic(
          "outranks-loop", .error,
          "the order of values goes in a circle: \(loop.map { "`\($0)`" }.joined(separator: " over "))",
          at: document.location(edge?.span ?? document.fields["outranks"]?.span),
          help: "remove one of these from `outranks`"))
    }
    var chains = ValueOrder.Chains(order)
    for decision in identity.documents(.decision) {
      for rule in decision.meaning["rules"]?.list ?? [] {
        reportRule(rule, in: decision, &chains, into: &found)
      }
    }
  }

  private static func reportRanks(_ values: [Document], _ charter: Document?, into found: inout [Diagnostic]) {
    let ranks = charter?.meaning["ranks"]?.texts ?? []
    let known = Set(ranks)
    var suggester = NameSuggester()
    for value in values {
      guard let rank = value.meaning["rank"]?.text, !known.contains(rank) else { continue }
      let other =
        ranks.isEmpty
        ? "the charter has no ranks: add `ranks: [\(rank)]` to it, highest first"
        : "the ranks are \(ranks.prefix(20).map { "`\($0)`" }.joined(separator: ", "))"
      found.append(
        Diagnostic(
          "unknown-rank", .error, "`\(rank)` is no rank of the charter", at: value.place("rank"),
          help: suggester.help(for: rank, among: ranks, or: other)))
    }
  }

  private static func reportRule(
    _ rule: Node, in decision: Document, _ chains: inout ValueOrder.Chains, into found: inout [Diagnostic]
  ) {
    guard let record = rule.record, let enacts = record["enacts"]?.list, let over = record["over"]?.list else { return }
    for cost in over {
      for enacted in enacts {
        guard let higher = cost.text, let lower = enacted.text, let chain = chains.chain(from: higher, to: lower) else {
          continue
        }
        let name = record["id"]?.text.map { "rule `\($0)`" } ?? "a rule"
        found.append(
          Diagnostic(
            "rule-against-order", .error,
            "\(name) of `\(decision.key)` enacts `\(lower)` over `\(higher)`, which outranks it"
              + (chain.count > 2 ? ": \(chain.map { "`\($0)`" }.joined(separator: " over "))" : ""),
            at: decision.location(cost.span ?? rule.span),
            help: "change the rule, or the order: `outranks` of `value/\(higher)`"))
      }
    }
  }
}
