import EthosDecision
import EthosModel
import EthosPractice
import EthosText

/// What a log says of groups of its cases.
extension AuditReport {
  private func value(_ text: String) -> Inline { text.isEmpty ? "(empty)" : "\(text, .name)" }

  func appendSegments(_ blocks: inout [Block]) {
    var columns: [String] = []
    for segment in result.segments where !columns.contains(segment.column) { columns.append(segment.column) }
    for column in columns {
      let segments = result.segments.filter { $0.column == column }
      blocks.section("By \(column, .name)")
      let shown = segments.prefix(AuditReport.shown)
      blocks.chart(
        "agreement with the rules, by \(column)",
        [
          .init(column), .init("agree", .right), .init("of", .right), .init("share", .right), "95 % interval",
          "agrees best with",
        ],
        shown.map { segment in
          [
            value(segment.value), "\(segment.agree.count)", "\(segment.agree.of)", Inline(percent(segment.agree)),
            Inline(bounds(segment.agree)), states.count > 1 ? best(of: segment.judgement) : "",
          ]
        }, bars: shown.map { bar($0.value.isEmpty ? "(empty)" : $0.value, $0.agree) })
      appendMore(segments.count, "values", &blocks)
      appendMethod(segments.map(\.judgement), &blocks)
      blocks.blank()
      blocks.paragraph("decided otherwise, by what the rules say:")
      let answers = byAnswer(shown)
      forEachState(answers.map(\.answer.side), &blocks) { side, blocks in
        let answers = answers.filter { $0.answer.side == side }
        blocks.chart(
          "cases decided otherwise, by \(column) and what the rules say (\(shortName(side)))",
          [
            "says", .init(column), .init("otherwise", .right), .init("of", .right), .init("share", .right),
            "95 % interval",
          ],
          answers.map { segment, answer in
            [
              "\(text(side, answer.expected), .name)", value(segment.value), "\(answer.departed.count)",
              "\(answer.departed.of)", Inline(percent(answer.departed)), Inline(bounds(answer.departed)),
            ]
          },
          bars: answers.map { segment, answer in
            bar("\(text(side, answer.expected)), \(segment.value)", answer.departed)
          })
      }
      appendRules(of: shown, column, &blocks)
    }
  }

  /// The same by rule: what is alike is compared.
  private func appendRules(of segments: ArraySlice<AuditResult.Segment>, _ column: String, _ blocks: inout [Block]) {
    let all = segments.flatMap { segment in segment.rules.map { (segment: segment, rule: $0) } }
    blocks.blank()
    blocks.paragraph("decided otherwise, by rule:")
    forEachState(all.map(\.rule.side), &blocks) { side, blocks in
      let rules = all.filter { $0.rule.side == side }.enumerated().sorted {
        $0.element.rule.rules == $1.element.rule.rules
          ? $0.offset < $1.offset : $0.element.rule.rules.lexicographicallyPrecedes($1.element.rule.rules)
      }.map(\.element)
      blocks.table(
        [
          "rule", .init(column), .init("otherwise", .right), .init("of", .right), .init("share", .right),
          "95 % interval",
        ],
        rules.prefix(AuditReport.shown).map { segment, rule in
          [
            .list(names(side, rule.rules).map { Inline($0) }), value(segment.value), "\(rule.departed.count)",
            "\(rule.departed.of)", Inline(percent(rule.departed)), Inline(bounds(rule.departed)),
          ]
        })
      appendMore(rules.count, "rows", &blocks)
    }
  }

  func appendCrossed(_ blocks: inout [Block]) {
    guard let columns = result.crossed.first?.columns else { return }
    blocks.section("By \(.list(columns, .name, separator: " and ")) together")
    let shown = result.crossed.prefix(AuditReport.shown)
    blocks.chart(
      "agreement with the rules, by \(columns.joined(separator: " and "))",
      columns.map { .init($0) } + [
        .init("agree", .right), .init("of", .right), .init("share", .right), "95 % interval", "agrees best with",
      ],
      shown.map { segment in
        segment.values.map(value) + [
          "\(segment.agree.count)", "\(segment.agree.of)", Inline(percent(segment.agree)),
          Inline(bounds(segment.agree)), states.count > 1 ? best(of: segment.judgement) : "",
        ]
      }, bars: shown.map { bar($0.value, $0.agree) })
    appendMore(result.crossed.count, "groups", &blocks)
    appendMethod(result.crossed.map(\.judgement), &blocks)
  }

  /// Where what is said of a whole is turned round within its parts.
  func appendReversals(_ blocks: inout [Block]) {
    guard !result.reversals.isEmpty else { return }
    blocks.section("Turned round within what is alike (Simpson's paradox)")
    blocks.list(
      result.reversals.prefix(AuditReport.shown).map { one in
        let parts: Inline =
          switch one.within {
          case .rules: "within the \(counted(one.parts, "rule")) that both meet"
          case .column(let name): "within the \(counted(one.parts, "value")) of \(name, .name) that both have"
          }
        return Item(
          .warning,
          """
          \(one.column, .name): \(value(one.more)) departs more often than \(value(one.less)) as a whole \
          (\(percent(one.moreShare)) of \(one.moreShare.of) against \(percent(one.lessShare)) of \(one.lessShare.of)), \
          and less often \(parts): less in \(one.turned) of them, and by \
          \(AuditReport.points(one.difference)) points on average. What the two decide is not alike.
          """)
      })
    appendMore(result.reversals.count, "reversals", &blocks)
  }

  /// Hundredths of a difference of rates, without its sign.
  private static func points(_ difference: Double) -> String {
    let tenths = Int((abs(difference) * 1_000).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// What the rules say, one answer after the other, with the groups below each.
  private func byAnswer(
    _ segments: ArraySlice<AuditResult.Segment>
  ) -> [(segment: AuditResult.Segment, answer: (expected: Outcome, side: Int, departed: Share))] {
    let all = segments.flatMap { segment in segment.answers.map { (segment: segment, answer: $0) } }
    var order: [Outcome] = []
    for one in all where !order.contains(one.answer.expected) { order.append(one.answer.expected) }
    return sidesInForce.flatMap { side in
      order.flatMap { expected in all.filter { $0.answer.side == side && $0.answer.expected == expected } }
    }
  }

  /// The system that a text of the log names, where the identity describes it.
  func system(_ text: String) -> System? {
    systems.first { $0.id == text || "system/\($0.id)" == text }
  }

  /// The agreement of a system with the release that it was built for.
  func builtFor(_ segment: AuditResult.Segment) -> Share? {
    guard let release = system(segment.value)?.builtFor else { return nil }
    return states.firstIndex { $0.name == release }.map { segment.sides[$0] }
  }

  func appendSystems(_ blocks: inout [Block]) {
    guard !result.systems.isEmpty else { return }
    blocks.section("By system")
    let shown = result.systems.prefix(AuditReport.shown)
    blocks.chart(
      "agreement with the rules, by system",
      ["system", .init("cases", .right), .init("agree", .right), "as it was built for", "agrees best with"],
      shown.map { segment in
        let known = system(segment.value)
        let built = known?.builtFor.map { name -> Inline in
          let short = name.dropping("release/") ?? name
          return "\(short, .reference)\(builtFor(segment).map { bracketed($0) } ?? "")"
        }
        return [
          known.map { "\("system/\($0.id)", .reference)" } ?? value(segment.value), "\(segment.agree.of)",
          Inline(percent(segment.agree)), built ?? (known == nil ? "no such system" : ""),
          states.count > 1 ? best(of: segment.judgement) : "",
        ]
      }, bars: shown.map { bar($0.value.isEmpty ? "(empty)" : $0.value, $0.agree) })
    appendMore(result.systems.count, "systems", &blocks)
    appendMethod(result.systems.map(\.judgement), &blocks)
  }
}
