import EthosDecision
import EthosModel
import EthosPractice
import EthosText

/// What an audit could not read, the cases that it names, and a limit that was tried out.
extension AuditReport {
  // MARK: - What was not read

  /// What a reader should know before any number.
  func appendWarnings(_ blocks: inout [Block]) {
    var items: [Item] = []
    for fact in unfed {
      let asking: Inline = fact.sides.count == states.count ? "" : " (\(.list(fact.sides.map(name))))"
      let said: Inline = fact.isSaid ? ", as was said" : ""
      items.append(
        Item(
          .warning, "no column feeds \(fact.fact, .name)\(said): every case is decided as if it were missing\(asking)"))
    }
    for state in left {
      let cases =
        state.cases > 0
        ? "; \(counted(state.cases, "case")) of its days \(state.cases == 1 ? "is" : "are") not decided" : ""
      items.append(
        Item(.warning, "\(state.name, .reference) cannot read the log and is left out: \(state.reason)\(cases)"))
    }
    if result.unsettled > 0 {
      items.append(
        Item(
          .warning,
          "the condition says neither yes nor no of \(counted(result.unsettled, "case")): they are not counted"))
    }
    if result.inForce.of == 0 {
      items.append(Item(.warning, "no case was decided by the rules: nothing is said of the log"))
    }
    if !items.isEmpty {
      blocks.blank()
      blocks.list(items)
    }
  }

  var unfedJSON: JSON {
    .array(
      unfed.map { fact in
        [
          "fact": .string(fact.fact), "releases": .strings(fact.sides.map { states[$0].name }),
          "said": .boolean(fact.isSaid),
        ]
      })
  }

  var leftJSON: JSON {
    .array(
      left.map { state in
        [
          "release": .string(state.name), "cycle": .optional(state.cycle), "reason": .string(state.reason),
          "cases": .number(state.cases),
        ]
      })
  }

  // MARK: - Cases to look at

  func facts(_ facts: [(name: String, text: String)]) -> Inline {
    .list(facts.map { "\($0.name, .name) \($0.text.isEmpty ? "(empty)" : $0.text)" })
  }

  func appendSample(_ blocks: inout [Block]) {
    guard let sample else { return }
    blocks.section("Cases to look at: \(sample.count) of \(counted(result.listed.count, "departure")), drawn at random")
    blocks.table(
      [.init("row", .right), "rules", "rule", "says", "decided", "facts"],
      sample.map { one in
        [
          "\(one.row)", "\(shortName(one.side), .reference)",
          one.expected == nil ? "" : .list(names(one.side, one.rules).map { Inline($0) }), expected(one),
          "\(text(one.side, one.actual), .changed)", facts(one.facts),
        ]
      })
  }

  private func expected(_ one: AuditResult.Listed) -> Inline {
    one.expected.map { "\(text(one.side, $0), .name)" } ?? "not allowed"
  }

  var sampleJSON: JSON {
    guard let sample else { return .null }
    return .array(
      sample.map { one in
        [
          "row": .number(one.row), "line": .number(one.line), "release": .string(states[one.side].name),
          "rules": .strings(one.rules.map { states[one.side].decision.name(ofRule: $0) }),
          "expected": one.expected.map { states[one.side].decision.described($0).json } ?? .null,
          "actual": states[one.side].decision.described(one.actual).json,
          "facts": factsJSON(one.facts),
        ]
      })
  }

  func factsJSON(_ facts: [(name: String, text: String)]) -> JSON {
    facts.isEmpty ? .null : .object(facts.map { JSON.Member($0.name, .string($0.text)) })
  }

  /// The departures as CSV that a spreadsheet opens without running anything in it: those that were drawn, else all.
  package var list: String {
    let listed = sample ?? result.listed
    var columns: [String] = []
    for name in listed.flatMap({ $0.facts.map(\.name) }) where !columns.contains(name) { columns.append(name) }
    let header = ["row", "line", "day", "release", "rule", "expected", "decided", "reason"]
    var lines = [(header + columns.map { "fact \($0)" }).map(AuditReport.field).joined(separator: ",")]
    for one in listed {
      var fields = ["\(one.row)", "\(one.line)", one.day.map { "\($0)" } ?? "", states[one.side].name]
      fields.append(one.expected == nil ? "" : names(one.side, one.rules).joined(separator: "; "))
      fields.append(one.expected.map { text(one.side, $0) } ?? "not allowed")
      fields.append(text(one.side, one.actual))
      fields.append(one.hasReason ? "yes" : "")
      for name in columns { fields.append(one.facts.first { $0.name == name }?.text ?? "") }
      lines.append(fields.map(AuditReport.field).joined(separator: ","))
    }
    return lines.joined(separator: "\r\n") + "\r\n"
  }

  /// One field.
  ///
  /// What a spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV injection"); a plain number
  /// with a sign is none.
  private static func field(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let blank = bytes.prefix { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D || $0 == 0x0A }
    let signs: [UInt8] = [0x3D, 0x2B, 0x2D, 0x40, 0x7C, 0x25]
    let begins = bytes.dropFirst(blank.count).first.map(signs.contains) ?? false
    let isFormula =
      (begins || bytes.first == 0x09 || bytes.first == 0x0D
        || text.unicodeScalars.first.map { "＝＋－＠".unicodeScalars.contains($0) } ?? false)
      && !isNumber(bytes)
    let safe = isFormula ? "'" + text : text
    let needsQuotes = isFormula || safe.utf8.contains { [0x22, 0x2C, 0x3B, 0x09, 0x0A, 0x0D].contains($0) }
    return needsQuotes ? "\"\(safe.replacingScalar("\"", with: "\"\""))\"" : safe
  }

  /// Digits with one sign and one point at most.
  private static func isNumber(_ bytes: [UInt8]) -> Bool {
    let digits = bytes.first == 0x2D || bytes.first == 0x2B ? bytes.dropFirst() : bytes[...]
    let points = digits.count { $0 == 0x2E }
    return digits.count > points && points <= 1 && digits.allSatisfy { $0 == 0x2E || (0x30...0x39).contains($0) }
  }

  // MARK: - A limit that was tried out

  func appendSweep(_ blocks: inout [Block]) {
    guard let sweep else { return }
    let agree = sweep.judgement.agree
    blocks.section("Trying out \(sweep.limit, .reference): which of its values the log follows")
    guard let best = sweep.most.first, let last = sweep.most.last else {
      blocks.paragraph("no case of the log is decided whatever the limit is")
      return
    }
    let unit = sweep.unit.map { " \($0)" } ?? ""
    func value(_ place: Int) -> String { sweep.values[place] + unit }
    let alike = sweep.judgement.best
    var sentence: Inline = "the log follows \(range(sweep.most.map { sweep.values[$0] }), .name)\(unit)"
    sentence += ": \(agree[best].count) of \(counted(agree[best].of, "case"))\(bracketed(agree[best]))"
    let pair = sweep.judgement.pairs.first { Set([$0.first, $0.second]) == Set([best, sweep.current]) }
    if sweep.most.contains(sweep.current) {
      sentence += ", as the limit is"
    } else if alike.contains(sweep.current) {
      sentence +=
        "; what it is, \(value(sweep.current)), agrees with \(agree[sweep.current].count), which is not told apart"
    } else {
      sentence += ", and not \(value(sweep.current)), which agrees with \(agree[sweep.current].count)"
    }
    if let pair, !pair.isAlike {
      sentence +=
        " (\(pair.asFirst) against \(pair.asSecond) of the \(pair.differ) that differ, p \(AuditReport.p(pair.adjusted)))"
    }
    blocks.paragraph(sentence)
    if alike.count > sweep.most.count {
      blocks.paragraph("not told apart from the best: \(range(alike.map { sweep.values[$0] }), .name)")
    }
    if sweep.isAtEnd, let first = sweep.values.first, let end = sweep.values.last, sweep.values.count > 1 {
      blocks.paragraph(
        "the best lies at the end of what was tried, \(first) to \(end): try further, \("--sweep \(sweep.limit)=FROM..TO", .command)"
      )
    }
    // What agrees alike is one row.
    var rows: [(first: Int, last: Int)] = []
    for place in agree.indices {
      if let open = rows.last, agree[open.first] == agree[place],
        (open.first == sweep.current) == (place == sweep.current)
      {
        rows[rows.count - 1].last = place
      } else {
        rows.append((place, place))
      }
    }
    let middle = rows.firstIndex { $0.first <= best && best <= $0.last } ?? 0
    let near = rows.indices.filter { abs($0 - middle) <= 10 || rows[$0].first == sweep.current }
    blocks.chart(
      "agreement with each value of \(sweep.limit)",
      [.init("value", .right), .init("agree", .right), .init("of", .right), .init("share", .right), ""],
      near.map { row in
        let (first, end) = rows[row]
        let mark: Inline =
          first == sweep.current ? "as it is" : alike.contains(first) ? "not told apart" : ""
        return [
          first == end ? "\(sweep.values[first])" : "\(sweep.values[first]) … \(sweep.values[end])",
          "\(agree[first].count)", "\(agree[first].of)", Inline(percent(agree[first])),
          (best...last).contains(first) && first != sweep.current ? "most" : mark,
        ]
      }, bars: near.map { bar(sweep.values[rows[$0].first], agree[rows[$0].first]) })
    blocks.paragraph(Inline(method(sweep.judgement.comparisons)))
  }

  /// Values as people write them: one, or from the least to the greatest.
  private func range(_ values: [String]) -> String {
    guard let first = values.first, let last = values.last else { return "" }
    return first == last ? first : "\(first) … \(last)"
  }

  var sweepJSON: JSON {
    guard let sweep else { return .null }
    return .members([
      "limit": .string(sweep.limit), "release": .string(sweep.state), "unit": .optional(sweep.unit),
      "current": .string(sweep.values[sweep.current]), "most": .strings(sweep.most.map { sweep.values[$0] }),
      "best": .strings(sweep.judgement.best.map { sweep.values[$0] }), "atEnd": .boolean(sweep.isAtEnd),
      "comparisons": .number(sweep.judgement.comparisons),
      "values": .array(
        sweep.values.indices.map { place in
          ["value": .string(sweep.values[place]), "agree": json(sweep.judgement.agree[place])]
        }),
    ])
  }
}
