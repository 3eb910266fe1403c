import EthosApp
import EthosDiff
import EthosModel
import EthosPractice
import EthosReport
import EthosText

/// Where the automated systems stand.
enum SystemsPage {
  static func make(_ result: SystemStandings) -> Report {
    var blocks: [Block] = []
    blocks.title("Systems")
    if let inForce = result.inForce {
      blocks.paragraph("in force on \(result.today): \(inForce, .reference)")
    } else if let missing = result.missing {
      blocks.paragraph("\(missing.reason): \(missing.help, .command)")
    } else {
      blocks.paragraph("no release is in force on \(result.today): there is nothing to be behind of")
    }
    if let forbidden = result.forbidden {
      blocks.paragraph("a live system may not be behind by changes of the level \(forbidden) or above")
    }
    if result.systems.isEmpty { blocks.paragraph("no system is described (`systems/`)") }
    for standing in result.systems { blocks += section(standing, result) }
    return Report(blocks, json: json(result))
  }

  private static func section(_ standing: SystemStandings.Standing, _ result: SystemStandings) -> [Block] {
    var blocks: [Block] = []
    blocks.section("\(standing.system.key, .reference) \(standing.system.title)")
    let status: Inline =
      result.isForbidden(standing) ? "\(standing.status), and may not be: it is out of date" : "\(standing.status)"
    blocks.facts([
      Fact("status", status), Fact("built for", builtFor(standing)),
      Fact("owner", "\(standing.system.meaning["owner"]?.text ?? "nobody is named")"),
    ])
    if standing.isKnown, standing.builtFor != nil, result.inForce != nil { blocks += decidesBy(standing) }
    blocks.list(standing.decisions.map(item))
    blocks.list(standing.decisions.compactMap { recorded($0, result.file ?? "") })
    blocks += lessons(standing)
    if let builtFor = standing.builtFor, standing.isKnown, let inForce = result.inForce, builtFor != inForce {
      blocks.paragraph(
        "all that changed: \("ethos diff \(shellWord("\(builtFor)")) \(shellWord("\(inForce)"))", .command)")
    }
    return blocks
  }

  private static func builtFor(_ standing: SystemStandings.Standing) -> Inline {
    guard let builtFor = standing.builtFor else { return "no release is named" }
    guard standing.isKnown else { return "\(builtFor, .reference), which is no release in force by now" }
    guard let releases = standing.releasesBehind, let cycles = standing.cyclesBehind else {
      return "\(builtFor, .reference), which never was in force"
    }
    if releases == 0 { return "\(builtFor, .reference), which is in force" }
    return """
      \(builtFor, .reference), \(counted(releases, "release")) and \(counted(cycles, "leadership cycle")) behind
      """
  }

  private static func decidesBy(_ standing: SystemStandings.Standing) -> [Block] {
    var blocks: [Block] = []
    if standing.changes.isEmpty {
      blocks.paragraph("nothing that it decides by changed since")
    } else {
      let entries = Set(standing.changes.map(\.entry)).sorted()
      let level = standing.level.map { "\($0)" as Inline } ?? ""
      blocks.paragraph(
        "changed since, of what it decides by: \(.list(entries.map(\.description), .reference)) (\(level) at most)")
    }
    if standing.otherChanges > 0 {
      blocks.paragraph("\(counted(standing.otherChanges, "other commitment")) changed")
    }
    return blocks
  }

  private static func item(_ move: SystemStandings.DecisionMove) -> Item {
    let name: Inline = "\(move.decision, .reference)"
    switch move.fate {
    case .same: return Item(.bullet, name + ": decides every case as before: nothing that it leans on changed")
    case .moved(let difference):
      let item = BehaviourItem(difference)
      return Item(difference.verdict == .equivalent ? .bullet : .changed, name + item.summary, item.blocks)
    case .missing(let before, let after):
      let text = before ? (after ? "is not there on either side" : "was not there") : "is there no longer"
      return Item(.warning, name + " \(text)")
    case .unknown(let reason): return Item(.warning, name + ": cannot be compared: \(reason)")
    }
  }

  /// What the recorded cases say of a decision.
  private static func recorded(_ move: SystemStandings.DecisionMove, _ file: String) -> Item? {
    switch move.recorded {
    case nil: return nil
    case .unreadable(let reason):
      return Item(.warning, "\(move.decision, .reference): the cases of \(file, .name) say nothing of it: \(reason)")
    case .replayed(let result):
      if let undecided = result.undecided {
        return Item(
          .warning, "\(move.decision, .reference): the cases of \(file, .name) say nothing of it: \(undecided)")
      }
      let decided = result.decided
      let share = (result.flipped * 1_000 + decided / 2) / decided
      var text: Inline = """
        \(move.decision, .reference): \(result.flipped) of \(counted(decided, "recorded case")) of \(file, .name) \
        \(result.flipped == 1 ? "is" : "are") decided otherwise now
        """
      text += " (\(share / 10).\(share % 10) %)"
      if result.incomplete > 0 { text += "; \(result.incomplete) incomplete" }
      if result.malformed > 0 { text += "; \(result.malformed) malformed" }
      return Item(result.flipped == 0 ? .bullet : .changed, text)
    }
  }

  private static func lessons(_ standing: SystemStandings.Standing) -> [Block] {
    var blocks: [Block] = []
    guard standing.daysWithoutRelease != nil || !standing.lessons.isEmpty else { return [] }
    var items: [Item] = []
    if let gap = standing.daysWithoutRelease {
      items.append(
        Item(.warning, "\(gap.from) to \(gap.until): no release was in force; what was decided by is not known"))
    }
    for lesson in standing.lessons {
      let others = lesson.decisions.filter { $0.isEquivalent != true }
      let text: Inline = "\(lesson.from) to \(lesson.until): \(lesson.release, .reference)"
      if others.isEmpty {
        items.append(Item(.bullet, text + ", which decides as what is in force does"))
      } else {
        items.append(
          Item(
            .warning, text + ", which decides otherwise than what is in force does",
            [.list(others.map { brief($0) })]))
      }
    }
    blocks.paragraph("what it learnt from, and the rules of that time:")
    blocks.list(items)
    return blocks
  }

  /// One line about a decision, without its regions.
  private static func brief(_ move: SystemStandings.DecisionMove) -> Item {
    guard case .moved(let difference) = move.fate else { return item(move) }
    return Item(.changed, "\(move.decision, .reference)" + BehaviourItem(difference).summary)
  }

  // MARK: - JSON

  private static func json(_ result: SystemStandings) -> JSON {
    .members([
      "schema": .string("ethos.systems.v1"), "today": .string(result.today.description),
      "inForce": .optional(result.inForce), "file": .optional(result.file),
      "forbidOutdated": .optional(result.forbidden?.rawValue),
      "systems": .array(
        result.systems.map { standing in
          .members([
            "system": .string(standing.system.key.id), "title": .string(standing.system.title),
            "owner": .optional(standing.system.meaning["owner"]?.text), "status": .string(standing.status),
            "builtFor": .optional(standing.builtFor),
            "releasesBehind": standing.releasesBehind.map { .number($0) } ?? .null,
            "cyclesBehind": standing.cyclesBehind.map { .number($0) } ?? .null,
            "changed": .array(Set(standing.changes.map(\.entry)).sorted().map { .string($0.description) }),
            "otherChanges": .number(standing.otherChanges), "level": .optional(standing.level?.rawValue),
            "forbidden": .boolean(result.isForbidden(standing)),
            "decisions": .array(standing.decisions.map(json)),
            "learntFrom": .array(
              standing.lessons.map { lesson in
                .members([
                  "release": .string(lesson.release), "cycle": .string(lesson.cycle),
                  "from": .string(lesson.from.description), "until": .string(lesson.until.description),
                  "decisions": .array(lesson.decisions.map(json)),
                ])
              }),
            "withoutRelease": standing.daysWithoutRelease.map {
              .members(["from": .string($0.from.description), "until": .string($0.until.description)])
            } ?? .null,
          ])
        }),
    ])
  }

  private static func json(_ move: SystemStandings.DecisionMove) -> JSON {
    var (verdict, behaviour, reason): (String, JSON, String?)
    switch move.fate {
    case .same: (verdict, behaviour, reason) = ("equivalent", .null, nil)
    case .moved(let difference): (verdict, behaviour, reason) = (difference.verdict.rawValue, difference.json, nil)
    case .missing(let before, let after):
      (verdict, behaviour) = ("different", .null)
      reason = before ? (after ? "it is not there on either side" : "it was not there") : "it is there no longer"
    case .unknown(let why): (verdict, behaviour, reason) = ("undecided", .null, why)
    }
    return .members([
      "decision": .string(move.decision.id), "verdict": .string(verdict), "behaviour": behaviour,
      "reason": .optional(reason), "recorded": recordedJSON(move.recorded),
    ])
  }

  private static func recordedJSON(_ recorded: SystemStandings.DecisionMove.Recorded?) -> JSON {
    switch recorded {
    case nil: return .null
    case .unreadable(let reason): return ["reason": .string(reason)]
    case .replayed(let result):
      let decided = result.cases - result.incomplete - result.malformed
      return [
        "cases": .number(result.cases), "decided": .number(decided), "flipped": .number(result.flipped),
        "share": decided > 0 ? .string("\(result.flipped)/\(decided)") : .null,
        "incomplete": .number(result.incomplete), "malformed": .number(result.malformed),
      ]
    }
  }
}
