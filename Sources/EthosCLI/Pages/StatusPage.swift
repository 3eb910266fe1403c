import EthosApp
import EthosDiff
import EthosGovernance
import EthosModel
import EthosRecord
import EthosReport
import EthosStore
import EthosText

/// Where an identity stands, for a person.
enum StatusPage {
  static func make(_ status: StatusOverview) -> Report {
    var blocks: [Block] = []
    blocks.paragraph(inbox(status))
    blocks.title("\(status.organisation, .name) on \(status.today)")
    if let breach = status.breaches.first {
      let commits = Set(status.breaches.compactMap(\.commit)).count
      blocks.list([
        Item(
          .warning,
          "what is in force is \("in breach", .warning) in \(counted(commits, "commit")): \(breach.message): \("ethos verify", .command)"
        )
      ])
    }
    blocks.list(
      status.ahead.map {
        Item(
          .warning,
          "what is in force here is \(counted($0.commits, "commit")) behind \($0.branch, .reference): \("git pull --ff-only", .command) on it"
        )
      })
    var facts: [Fact] = []
    if let cycle = status.cycle {
      facts.append(Fact("leadership cycle", "\(cycle.title, .name) (\(cycle.key.id, .reference))"))
    } else {
      facts.append(Fact("leadership cycle", "none is in force"))
    }
    if let release = status.inForce {
      facts.append(Fact("in force", "\(release.reference, .reference), effective from \(release.manifest.effective)"))
    } else if let missing = status.missing {
      facts.append(
        Fact("in force", "\(missing.isKnown ? "not known: " : "")\(missing.reason): \(missing.help, .command)"))
    } else {
      facts.append(Fact("in force", status.announced == nil ? "nothing is released yet" : "nothing yet"))
    }
    for (next, _) in status.upcoming {
      facts.append(Fact("released", "\(next.reference, .reference), effective from \(next.manifest.effective)"))
    }
    facts.append(Fact("you are on", "\(status.place, .reference)"))
    blocks.facts(facts)
    if !status.conflicts.isEmpty {
      blocks.section("In a git conflict")
      blocks.list(
        status.conflicts.map {
          Item(.warning, "\($0, .name): edit it, then \("git add -- \(shellWord($0))", .command)")
        })
    }
    if !status.errors.isEmpty {
      blocks.paragraph("\("\(counted(status.errors.count, "error"))", .error) in the files: \("ethos check", .command)")
    }
    if !status.changedPaths.isEmpty, status.conflicts.isEmpty || !status.changes.isEmpty {
      blocks.section("Changed and not proposed")
      let acts = status.changes.acts()
      blocks.list(acts.map { Item(.changed, ActLine.make($0)) })
      // By bytes: two spellings of one name are equal as texts, and two files.
      let unreadable = Set(status.unreadablePaths.map { Array($0.utf8) })
      let readable = status.changedPaths.filter { !unreadable.contains(Array($0.utf8)) }
      blocks.list(
        status.unreadablePaths.map {
          Item(.warning, "\($0, .name) cannot be read: see \("ethos check", .command)")
        })
      if acts.isEmpty, !readable.isEmpty {
        blocks.paragraph("\(counted(readable.count, "file")), no meaning: \(.list(readable, .name))")
      }
      if status.conflicts.isEmpty {
        let propose: Inline = "propose it: \("ethos propose NAME --because …", .command)"
        blocks.paragraph(status.canPropose ? propose : "correct the errors first, then " + propose)
      }
    }
    if !status.besidePaths.isEmpty {
      blocks.section("Not read, for they are no files of the identity")
      blocks.list(status.besidePaths.map { Item(.bullet, "\($0, .name)") })
    }
    if !status.proposals.isEmpty {
      blocks.section("Open proposals")
      blocks.list(status.proposals.map(item))
    }
    if !status.unreadable.isEmpty {
      blocks.section("Set aside, as it cannot be read")
      blocks.list(
        status.unreadable.map { branch in
          var inner: [Block] = []
          inner.list(branch.mending.map { Item(.bullet, Inline($0)) })
          return Item(.warning, "\(branch.name, .reference): \(branch.reason)", inner)
        })
    }
    for (next, changes) in status.upcoming {
      blocks.section("Released, and in force from \(next.manifest.effective)")
      if let changes {
        blocks.list(changes.acts().map { Item(.changed, ActLine.make($0)) })
        if changes.isEmpty { blocks.paragraph("no meaning changes") }
      } else {
        blocks.paragraph("what it changes cannot be known, as a release before it cannot be read")
      }
    }
    if !status.unreleased.isEmpty {
      blocks.section("In force, and not released")
      blocks.list(status.unreleased.acts().map { Item(.changed, ActLine.make($0)) })
    }
    return Report(blocks, json: json(status))
  }

  /// What is asked of the reader comes first of all.
  private static func inbox(_ status: StatusOverview) -> Inline {
    let name: Inline = status.me.map { "\($0, .name): " } ?? ""
    guard !status.waiting.isEmpty else { return name + "nothing waits for you" }
    let acts: [Inline] = status.waiting.map { waiting in
      let does =
        switch waiting.act {
        case .review: "review"
        case .reviewAgain: "review again, as the text changed since,"
        case .moved: "read what moves a decision of yours in"
        case .answer: "answer who objected to"
        case .ratify: "ratify"
        case .approveRelease: "approve the release"
        case .release: "make the release"
        }
      return "\(does) \(waiting.name, .name) (\(waiting.command, .command))"
    }
    let releases = status.waiting.count { $0.isOfRelease }
    let what = [(acts.count - releases, "proposal"), (releases, "release")].filter { $0.0 > 0 }.map {
      counted($0.0, $0.1)
    }
    return name + "\(what.joined(separator: " and ")) \(acts.count == 1 ? "waits" : "wait") for you: "
      + .list(acts, separator: "; ")
  }

  private static func item(_ proposal: StatusOverview.OpenProposal) -> Item {
    let author = "\(proposal.proposer.name), \(proposal.proposer.when.writersDay)"
    var line: Inline = "\(proposal.name, .name) (\(author))"
    if let level = proposal.level { line += " \(level)" }
    if proposal.hasConflicts {
      line += ": what is in force changed the same, see \("ethos review \(shellWord(proposal.name))", .command)"
    } else if proposal.canRatify {
      line += ": ready, \(proposal.command, .command)"
    } else {
      line +=
        ": \(counted(proposal.missing.count, "thing")) missing, \("ethos review \(shellWord(proposal.name))", .command)"
    }
    var inner: [Item] = proposal.moved.map { Item(.bullet, $0.line) }
    inner += proposal.collisions.map { $0.item(of: proposal.name) }
    inner += proposal.diverging.map { Item(.warning, "\($0, .reference) holds other commits of it") }
    var blocks: [Block] = []
    blocks.list(inner)
    return Item(.bullet, line, blocks)
  }

  private static func json(_ status: StatusOverview) -> JSON {
    .members([
      "schema": .string("ethos.status.v1"), "organisation": .string(status.organisation),
      "today": .string(status.today.description), "cycle": status.cycle.map { .string($0.key.id) } ?? .null,
      "inForce": status.inForce.map { .string($0.reference) } ?? .null,
      "missing": .optional(status.missing?.reason),
      "announced": status.announced.map { .string($0.reference) } ?? .null, "on": .string(status.place),
      "upcoming": .array(
        status.upcoming.map { release, changes in
          .members([
            "release": .string(release.reference), "effective": .string(release.manifest.effective.description),
            "changes": changes.map(ForwardItems.json) ?? .null,
          ])
        }),
      "conflicts": .strings(status.conflicts),
      "changed": .array(status.changedPaths.map { .string($0) }), "beside": .strings(status.besidePaths),
      "me": .optional(status.me),
      "waiting": .array(
        status.waiting.map {
          .members([
            "act": .string($0.act.rawValue), "proposal": $0.isOfRelease ? .null : .string($0.name),
            "release": $0.isOfRelease ? .string("release/\($0.name)") : .null, "command": .string($0.command),
          ])
        }),
      "proposals": .array(
        status.proposals.map { proposal in
          .members([
            "name": .string(proposal.name), "tip": .string(proposal.tip.id.hex),
            "level": proposal.level.map { .string($0.rawValue) } ?? .null, "canRatify": .boolean(proposal.canRatify),
            "missing": .array(proposal.missing.map { .string($0) }),
            "moved": .strings(proposal.moved.map(\.key.description)),
            "collisions": .array(proposal.collisions.map(\.json)), "diverging": .strings(proposal.diverging),
          ])
        }),
      "unreadable": .array(
        status.unreadable.map {
          .members(["branch": .string($0.name), "reference": .string($0.reference), "reason": .string($0.reason)])
        }),
      "breaches": .array(
        status.breaches.map {
          .members(["code": .string($0.code), "message": .string($0.message), "commit": .optional($0.commit?.hex)])
        }),
      "behind": .array(
        status.ahead.map { .members(["branch": .string($0.branch), "commits": .number($0.commits)]) }),
      "unreleased": .array(status.unreleased.entries.map { .string($0.description) }),
    ])
  }
}
