import EthosModel
import EthosPractice
import EthosText

/// What a log says of values: which prevailed, and what was paid for them.
extension AuditReport {
  /// What the identity says of two values that rules put in order.
  private func outranks(_ pair: RevealedOrder.Pair) -> String? {
    if stated.contains(where: { $0 == (pair.side, pair.over, pair.under) }) { return "same" }
    return stated.contains(where: { $0 == (pair.side, pair.under, pair.over) }) ? "opposite" : nil
  }

  private func sentence(_ pair: RevealedOrder.Pair) -> Inline {
    let cases = counted(pair.share.of, "case")
    let rate = "\(percent(pair.share)) keep the order (95 % interval: \(bounds(pair.share)))"
    let reading: Inline =
      switch pair.verdict {
      case .asStated: "\(rate): most of these cases keep the order"
      case .reversed: "\(rate): most of these cases reverse the order"
      case .open: "\(rate): \(cases) do not tell which prevails"
      case .tooFew: "\(cases) \(pair.share.of == 1 ? "is" : "are") too few to say which prevails"
      case .oneSided: "no answer speaks for one of the two alone, so there is no share"
      }
    let order: Inline =
      switch outranks(pair) {
      case "same": "; the values say the same order"
      case "opposite": "; the values say the opposite order"
      default: "; the values say no order of the two"
      }
    return "\(pair.over, .name) over \(pair.under, .name): " + reading + order
  }

  func appendPriorities(_ blocks: inout [Block]) {
    let order = result.priorities
    guard !order.pairs.isEmpty || !order.unstated.isEmpty else { return }
    blocks.section("The order of values: as the rules state it, and in the record")
    forEachState(order.pairs.map(\.side) + order.unstated.map(\.side), &blocks) { side, blocks in
      let pairs = order.pairs.filter { $0.side == side }
      blocks.chart(
        "cases that keep the order that the rules state, of those that keep or reverse it (\(shortName(side)))",
        [
          "the rules put", .init("cases", .right), .init("kept", .right), .init("reversed", .right),
          .init("ambiguous", .right), .init("share", .right),
        ],
        pairs.map { pair in
          [
            "\(pair.over, .name) over \(pair.under, .name)", "\(pair.cases)", "\(pair.kept)", "\(pair.reversed)",
            "\(pair.ambiguous)", pair.isOneSided ? "" : Inline(percent(pair.share)),
          ]
        },
        bars: pairs.map { $0.isOneSided ? nil : bar("\($0.over) over \($0.under)", $0.share) },
        mark: Chart.Mark(0.5, "half: to its right the order is kept more often than reversed"))
      blocks.list(pairs.map { Item(.bullet, sentence($0)) })
      blocks.list(
        order.unstated.filter { $0.side == side }.map { one in
          Item(
            .bullet,
            """
            \(counted(one.cases, "departure")) for \(one.over, .name) over \(one.under, .name) from rules that state no \
            such order: in no share
            """)
        })
    }
    let ambiguous = order.ambiguous.followed + order.ambiguous.departed
    if ambiguous > 0 {
      blocks.blank()
      blocks.paragraph(
        "\(counted(ambiguous, "case")) \(ambiguous == 1 ? "is" : "are") ambiguous: the rules with that answer do not serve one and the same value"
      )
    }
  }

  private func limit(_ friction: Friction) -> Inline {
    guard let limit = friction.limit else { return "" }
    guard let bound = friction.bound, let direction = friction.direction else { return "\(limit, .reference)" }
    let unit = friction.unit.map { " \($0)" } ?? ""
    return "\(direction == .atMost ? "at most" : "at least") \(bound)\(unit)"
  }

  /// Half and nine tenths of what was measured.
  private func quantiles(_ meter: FrictionMeter) -> Inline {
    Inline(meter.quantiles([50, 90]).joined(separator: ", ") + (meter.isRounded ? " (to 4 digits)" : ""))
  }

  func appendFriction(_ blocks: inout [Block]) {
    let all = result.frictions.enumerated().flatMap { side, frictions in
      frictions.map { (side: side, friction: $0.friction, meter: $0.meter) }
    }
    guard !all.isEmpty else { return }
    let measured = all.filter { $0.meter.measured > 0 }
    blocks.section("Friction: what was paid, beside what is accepted")
    forEachState(measured.map(\.side), &blocks) { side, blocks in
      blocks.table(
        [
          "accepted", "measured by", .init("cases", .right), .init("mean", .right), .init("median, 90 %", .right),
          "limit", .init("beyond", .right),
        ],
        measured.filter { $0.side == side }.map { _, friction, meter in
          let beyond = Share(meter.beyond, of: meter.measured)
          return [
            "\(friction.accept), for \(friction.value, .name)", "\(friction.measure ?? "", .name)", "\(meter.measured)",
            "\(meter.mean ?? "")", quantiles(meter), limit(friction),
            friction.bound == nil ? "" : "\(beyond.count)\(bracketed(beyond))",
          ]
        })
    }
    if measured.contains(where: { $0.meter.isRounded }) {
      blocks.paragraph(
        "of more than a million different numbers the median and the 90 % are of the first 4 digits, rounded up: at most 0.1 % too high"
      )
    }
    // Several values may accept what one column measures.
    var columns: [String: Int] = [:]
    for one in measured { columns["\(one.side) \(one.friction.measure ?? "")"] = one.meter.unreadable }
    let unreadable = columns.values.reduce(0, +)
    if unreadable > 0 {
      blocks.paragraph(
        "\(counted(unreadable, "field")) of these columns \(unreadable == 1 ? "holds" : "hold") no number")
    }
    var missing: [String] = []
    var unmeasured = 0
    for one in all where one.meter.measured == 0 {
      guard let measure = one.friction.measure else {
        unmeasured += 1
        continue
      }
      if !missing.contains(measure) { missing.append(measure) }
    }
    if !missing.isEmpty {
      blocks.paragraph("not measured in this log: \(.list(missing.sorted(), .name))")
    }
    if unmeasured > 0 {
      blocks.paragraph(
        "\(counted(unmeasured, "friction")) \(unmeasured == 1 ? "names" : "name") no column that measures it")
    }
  }

  // MARK: - JSON

  var prioritiesJSON: JSON {
    let order = result.priorities
    return [
      "stated": .array(
        stated.map { one in
          ["release": .string(states[one.side].name), "over": .string(one.over), "under": .string(one.under)]
        }),
      "revealed": .array(
        order.pairs.map { pair in
          [
            "release": .string(states[pair.side].name), "over": .string(pair.over), "under": .string(pair.under),
            "cases": .number(pair.cases), "kept": .number(pair.kept), "reversed": .number(pair.reversed),
            "ambiguous": .number(pair.ambiguous), "agree": pair.isOneSided ? .null : json(pair.share),
            "verdict": .string(pair.verdict.rawValue), "values": .optional(outranks(pair)),
          ]
        }),
      "unstated": .array(
        order.unstated.map { one in
          [
            "release": .string(states[one.side].name), "over": .string(one.over), "under": .string(one.under),
            "cases": .number(one.cases),
          ]
        }),
      "ambiguous": .number(order.ambiguous.followed + order.ambiguous.departed),
      "ambiguousDepartures": .number(order.ambiguous.departed),
      "notWeighed": .number(order.notWeighed),
    ]
  }

  var frictionJSON: JSON {
    .array(
      result.frictions.enumerated().flatMap { side, frictions in
        frictions.map { friction, meter in
          let isMeasured = meter.measured > 0
          let quantiles = meter.quantiles([50, 90])
          return .members([
            "release": .string(states[side].name), "value": .string(friction.value),
            "accept": .string(friction.accept), "measure": .optional(friction.measure),
            "limit": .optional(friction.limit?.description), "direction": .optional(friction.direction?.rawValue),
            "bound": .optional(friction.bound), "unit": .optional(friction.unit), "cases": .number(meter.measured),
            "mean": .optional(meter.mean), "median": .optional(quantiles.first),
            "ninth": .optional(quantiles.last), "digits": meter.isRounded ? .number(4) : .null,
            "beyond": isMeasured && friction.bound != nil ? json(Share(meter.beyond, of: meter.measured)) : .null,
            "empty": .number(meter.empty), "unreadable": .number(meter.unreadable),
          ])
        }
      })
  }
}
