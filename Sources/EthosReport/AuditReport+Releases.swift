import EthosPractice
import EthosText

/// Which releases a log speaks for: what one judgement says, in words and in JSON.
extension AuditReport {
  func name(_ place: Int) -> Inline { "\(states[place].name, .reference)" }

  private func longName(_ place: Int) -> Inline {
    states[place].cycle.map { "\(states[place].name, .reference) of the cycle \($0)" } ?? name(place)
  }

  func appendStates(_ blocks: inout [Block]) {
    blocks.section("Agreement with each state of the rules")
    let judgement = result.judgement
    let mark = result.bestConstant.map { constant in
      Chart.Mark(
        Double(constant.share.count) / Double(max(constant.share.of, 1)),
        "\(text(states.count - 1, constant.outcome)) to every case: \(percent(constant.share))")
    }
    blocks.chart(
      "agreement with each state of the rules",
      ["rules", "cycle", .init("agree", .right), .init("of", .right), .init("share", .right), "beside the others"],
      states.indices.map { place in
        [
          name(place), Inline(states[place].cycle ?? ""), "\(result.sides[place].count)", "\(result.sides[place].of)",
          Inline(percent(result.sides[place])), standing(place),
        ]
      }, bars: states.indices.map { bar(shortName($0), result.sides[$0]) }, mark: mark)
    for place in states.indices where result.sides[place].of == 0 {
      let reason = result.refusals[place].map { ": \($0)" } ?? ""
      blocks.list([Item(.warning, "\(name(place)) decides none of these cases, and is not compared\(reason)")])
    }
    guard let first = judgement.best.first else { return }
    blocks.paragraph(sentence(judgement))
    if judgement.comparisons > 0 || judgement.best.count > 1 { appendComparisons(judgement, &blocks) }
    if let constant = result.bestConstant {
      let more = constant.share.count > result.sides[first].count ? ", which is more" : ""
      blocks.paragraph(
        self.constant(constant, first) + "\(more): what agreement is worth is told by the departures")
    }
  }

  /// What a state is beside the others.
  private func standing(_ place: Int) -> Inline {
    let judgement = result.judgement
    guard states.count > 1, result.sides[place].of > 0 else { return "" }
    if judgement.best.contains(place) {
      return judgement.best.count > 1 ? "not told apart" : judgement.comparisons > 0 ? "best" : ""
    }
    return judgement.reason(against: place).map { "behind \(shortName($0.first), .reference)" } ?? ""
  }

  private func sentence(_ judgement: ReleaseJudgement) -> Inline {
    let best = judgement.best
    let candidates = states.indices.filter { judgement.agree[$0].of > 0 }
    guard best.count > 1 else {
      var sentence: Inline = "the log agrees best with \(longName(best[0]))"
      let share = judgement.agree[best[0]]
      sentence += ": \(percent(share)) of the \(counted(share.of, "case")) that it decides"
      if let next = judgement.next {
        sentence += "; " + told(next)
      } else if states.count > 1 {
        sentence += "; no other state can be compared with it"
      }
      return sentence
    }
    let names = Inline.sentence(best.map(longName))
    if let next = judgement.next, best.count < candidates.count {
      return "the log agrees best with \(names), and cannot tell them apart: \(alike(judgement)); \(told(next))"
    }
    return "the log cannot tell these apart: \(names). \(alike(judgement, begins: true))"
  }

  /// Why the best states are not told apart.
  private func alike(_ judgement: ReleaseJudgement, begins: Bool = false) -> Inline {
    let best = Set(judgement.best)
    let pairs = judgement.pairs.filter { best.contains($0.first) && best.contains($0.second) }
    let differing = pairs.filter { !$0.isAlike }
    let one = Inline(begins ? "They" : "they")
    guard let nearest = differing.min(by: { ($0.adjusted, $0.p) < ($1.adjusted, $1.p) }) else {
      guard pairs.count == judgement.best.count * (judgement.best.count - 1) / 2 else {
        return one + " decide no case differently that two of them decide"
      }
      return one + " decide each of these cases alike"
    }
    let no: Inline = begins ? "No" : "no"
    return no + " exact test on the cases that two of them decide differently speaks for one; the nearest: "
      + told(nearest)
  }

  /// Two states on the cases that they decide differently.
  private func told(_ pair: ReleaseJudgement.Pair) -> Inline {
    var text: Inline =
      "\(name(pair.first)) and \(name(pair.second)) decide \(counted(pair.differ, "case")) differently, of which"
    text += " \(pair.asFirst) \(pair.asFirst == 1 ? "was" : "were") decided as the first and \(pair.asSecond) as the"
    text += " second has it (exact test: p \(AuditReport.p(pair.adjusted))"
    if !pair.isDecided {
      text +=
        pair.needed.map { "; at least \($0) of these had to be for one" }
        ?? "; at least \(pair.neededCases) such cases are needed"
    }
    return text + ")"
  }

  /// p as people read it, with its sign.
  static func p(_ p: Double, sign: Bool = true) -> String {
    p < 0.0001 ? "< 0.0001" : sign ? "= \(decimal(p))" : decimal(p)
  }

  private func appendComparisons(_ judgement: ReleaseJudgement, _ blocks: inout [Block]) {
    let first = judgement.best.first
    // Each against the first of the best; what left one behind may be another.
    var shown: [ReleaseJudgement.Pair] = []
    for pair in judgement.pairs where pair.first == first || pair.second == first { shown.append(pair) }
    for place in states.indices where !judgement.best.contains(place) {
      if let pair = judgement.reason(against: place), !shown.contains(pair) { shown.append(pair) }
    }
    blocks.table(
      [
        "compared", "with", .init("differ", .right), .init("for it", .right), .init("against", .right),
        .init("share, 95 %", .right), .init("p", .right), .init("least", .right),
      ],
      shown.prefix(AuditReport.shown).map { pair in
        [
          "\(shortName(pair.first), .reference)", "\(shortName(pair.second), .reference)", "\(pair.differ)",
          "\(pair.asFirst)", "\(pair.asSecond)", pair.interval.map { Inline(bounds($0)) } ?? "",
          pair.isAlike ? "alike" : Inline(AuditReport.p(pair.adjusted, sign: false)),
          pair.isAlike ? "" : Inline(least(pair)),
        ]
      })
    appendMore(shown.count, "comparisons", &blocks)
    if judgement.comparisons > 0 { blocks.paragraph(Inline(method(judgement.comparisons))) }
  }

  /// The least number of the cases that tell two states apart which one side needs.
  private func least(_ pair: ReleaseJudgement.Pair) -> String {
    pair.needed.map { "\($0) of \(pair.asFirst + pair.asSecond)" } ?? "\(pair.neededCases) in all"
  }

  func method(_ comparisons: Int) -> String {
    """
    differ: the cases that two states decide differently, and how many of them were decided as the one and as the other \
    has it; p: the exact two-sided test (binomial, McNemar) of these two numbers, by Holm's correction for \
    \(counted(comparisons, "comparison")). One is preferred where p is 0.05 at most; least: how many decided as one of them that takes
    """
  }

  // MARK: - Groups

  /// The states that a group speaks for.
  func best(of judgement: ReleaseJudgement) -> Inline {
    let best = judgement.best
    let candidates = judgement.agree.count { $0.of > 0 }
    let names = best.prefix(4).map { "\(shortName($0), .reference)\(bracketed(judgement.agree[$0]))" as Inline }
    var text = Inline.list(names)
    if best.count > 4 { text += " and \(best.count - 4) more" }
    if best.count > 1 { text += best.count == candidates ? ": none told apart" : ": not told apart" }
    return text
  }

  /// How many comparisons the groups of a section had together.
  func appendMethod(_ judgements: [ReleaseJudgement], _ blocks: inout [Block]) {
    guard let comparisons = judgements.map(\.comparisons).max(), comparisons > 0 else { return }
    blocks.paragraph(
      "best: by the exact test, with Holm's correction for the \(counted(comparisons, "comparison")) of this section")
  }

  // MARK: - JSON

  var bestJSON: JSON {
    let judgement = result.judgement
    guard let first = judgement.best.first else { return .null }
    let single = judgement.single
    let next = judgement.next
    return .members([
      "release": .optional(single.map { states[$0].name }),
      "cycle": .optional(single.flatMap { states[$0].cycle }),
      "releases": .strings(judgement.best.map { states[$0].name }),
      "agree": json(judgement.agree[first]), "always": json(result.bestConstant, first),
      "next": .optional(next.map { states[$0.second].name }), "differ": .number(next?.differ ?? 0),
      "asBest": .number(next?.asFirst ?? 0), "asNext": .number(next?.asSecond ?? 0),
      "p": .optional(next.map { AuditReport.exact($0.adjusted) }),
      "test": "exact two-sided binomial (McNemar)", "correction": "Holm", "level": "0.05",
      "comparisons": .number(judgement.comparisons),
    ])
  }

  var comparisonsJSON: JSON {
    .array(
      result.judgement.pairs.map { pair in
        let interval = pair.interval
        return .members([
          "first": .string(states[pair.first].name), "second": .string(states[pair.second].name),
          "both": .number(pair.both), "differ": .number(pair.differ), "asFirst": .number(pair.asFirst),
          "asSecond": .number(pair.asSecond), "p": .string(AuditReport.exact(pair.p)),
          "adjusted": .string(AuditReport.exact(pair.adjusted)),
          "low": .optional(interval.map { AuditReport.decimal($0.low) }),
          "high": .optional(interval.map { AuditReport.decimal($0.high) }),
          "needed": pair.needed.map { .number($0) } ?? .null, "neededCases": .number(pair.neededCases),
        ])
      })
  }

  /// The releases that a group cannot tell apart.
  func bestNames(_ judgement: ReleaseJudgement) -> JSON { .strings(judgement.best.map { states[$0].name }) }

  /// Six digits of a probability.
  static func exact(_ p: Double) -> String {
    guard p > 0 else { return "0" }
    if p >= 0.001 {
      let digits = String(Int((p * 1_000_000).rounded()) + 1_000_000)
      return digits.first == "2" ? "1.000000" : "0.\(digits.dropFirst())"
    }
    var (mantissa, exponent) = (p, 0)
    while mantissa < 1, exponent > -400 {
      mantissa *= 10
      exponent -= 1
    }
    let digits = String(Int((mantissa * 100_000).rounded()))
    return "\(digits.prefix(1)).\(digits.dropFirst().prefix(5))e\(exponent)"
  }
}
