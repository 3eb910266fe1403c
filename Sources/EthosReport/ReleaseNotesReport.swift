package import EthosDiff
package import EthosGovernance
import EthosModel
package import EthosRecord
package import EthosText

/// The notes of a release, to be read out and pasted into minutes.
package struct ReleaseNotesReport: Sendable {
  package struct Approval: Sendable {
    package var person: String
    package var name: String
    package var commit: ObjectID
    /// When it was given; nil where its record is not here.
    package var when: Instant?
    package var words: String

    package init(person: String, name: String, commit: ObjectID, when: Instant? = nil, words: String) {
      self.person = person
      self.name = name
      self.commit = commit
      self.when = when
      self.words = words
    }
  }

  package var manifest: ReleaseManifest
  package var tag: AnnotatedTag
  /// The reference of the release before; nil for the first.
  package var previous: String?
  /// The reference of the release that was in force until it took effect; nil where none was.
  package var since: String?
  /// What it brought forward.
  package var forward: [BroughtForward] = []
  /// What people call the leadership cycle.
  package var cycle: String
  package var diff: DiffReport
  /// Each act with what the ledger says of it.
  package var acts: [(act: Act, entry: LedgerEntry?)]
  package var approvals: [Approval]
  package var findings: [Finding]

  package init(
    _ manifest: ReleaseManifest, tag: AnnotatedTag, previous: String?, cycle: String, diff: DiffReport,
    acts: [(act: Act, entry: LedgerEntry?)], approvals: [Approval], findings: [Finding]
  ) {
    self.manifest = manifest
    self.tag = tag
    self.previous = previous
    self.cycle = cycle
    self.diff = diff
    self.acts = acts
    self.approvals = approvals
    self.findings = findings
  }

  package var report: Report { Report(blocks, json: json) }

  private var title: String { manifest.summary.parts(at: "\n", omittingEmpty: true).first ?? "\(manifest.name)" }

  private var level: Inline { Level(rawValue: manifest.level).map { "\($0)" } ?? "\(manifest.level)" }

  // MARK: - For people

  private var blocks: [Block] {
    var blocks: [Block] = []
    blocks.title("\(title, .name)")
    blocks.facts([
      Fact("release", "\("release/\(manifest.name)", .reference)"),
      Fact("effective", "\(manifest.effective)"), Fact("cycle", "\(cycle, .name)"), Fact("level", level),
      Fact("made", tag.tagger.map { "\($0.when.writersDay) by \($0.name, .name)" } ?? ""),
      Fact("commit", "\(tag.target.short)"),
      Fact(
        "since",
        since.map { "\($0, .reference)" } ?? (previous == nil ? "the first release" : "nothing was in force until then")
      ),
    ])
    blocks.append(contentsOf: ForwardItems.blocks(forward))
    blocks.list(findings.map { Item(.warning, "\($0.message)", FindingLines.blocks($0)) })
    if let reason = manifest.retroactive {
      blocks.paragraph("It takes effect before it was made:")
      blocks.quote(reason)
    }
    blocks.section("In office")
    blocks.facts(manifest.offices.map { Fact($0.office, .list($0.holders, .name)) })
    if !approvals.isEmpty {
      blocks.section("Agreed to the release")
      blocks.list(
        approvals.map { approval in
          let day: Inline = approval.when.map { " on \($0.writersDay)" } ?? ""
          return Item(.bullet, "\(approval.name, .name)" + day, approval.words.isEmpty ? [] : [.quote(approval.words)])
        })
    }
    blocks.section("What changed")
    if acts.isEmpty { blocks.paragraph("No change of meaning.") }
    for group in groups { append(group, to: &blocks) }
    return blocks
  }

  /// Acts of one commit on which the same people said the same, with the reasons for them.
  private struct Group {
    var entry: LedgerEntry?
    var reasons: [(reason: String?, acts: [Act])] = []
  }

  private var groups: [Group] {
    struct Sameness: Hashable {
      var commit: ObjectID?
      var reviews: [LedgerEntry.Attestation]
    }
    var groups: [Group] = []
    var index: [Sameness: Int] = [:]
    for (act, entry) in acts {
      let sameness = Sameness(
        commit: entry?.commit.id, reviews: entry.map { $0.approvedBy + $0.objectedBy + $0.abstainedBy } ?? [])
      let group = index[sameness] ?? groups.count
      if group == groups.count {
        index[sameness] = group
        groups.append(Group(entry: entry))
      }
      if let known = groups[group].reasons.firstIndex(where: { $0.reason == entry?.reason }) {
        groups[group].reasons[known].acts.append(act)
      } else {
        groups[group].reasons.append((entry?.reason, [act]))
      }
    }
    return groups
  }

  private func append(_ group: Group, to blocks: inout [Block]) {
    guard let entry = group.entry else {
      blocks.append(.heading(level: 3, "Of unknown origin"))
      for (_, acts) in group.reasons { blocks.list(acts.map(item)) }
      return
    }
    blocks.append(.heading(level: 3, "\(ChangeRecord(message: entry.commit.message).subject)"))
    for (reason, acts) in group.reasons {
      blocks.list(acts.map(item))
      guard let reason else {
        blocks.paragraph("No reason was given.")
        continue
      }
      blocks.paragraph("Because:")
      blocks.quote(reason)
    }
    blocks.paragraph("Written by \(entry.commit.author.name, .name), \(entry.day) (\(entry.commit.id.short)).")
    if !entry.sources.isEmpty {
      blocks.paragraph("Sources: \(.list(entry.sources.map { Inline($0) }, separator: "; "))")
    }
    entry.appendReviews(to: &blocks)
  }

  private func item(_ act: Act) -> Item {
    var item = diff.item(act)
    item.text = "\(act.change.entry, .reference): " + item.text
    return item
  }

  // MARK: - For programs

  private var json: JSON {
    [
      "schema": "ethos.release-notes.v1", "release": .string("release/\(manifest.name)"), "title": .string(title),
      "cycle": .string(manifest.cycle), "effective": .string(manifest.effective.description),
      "retroactive": .optional(manifest.retroactive), "level": .string(manifest.level),
      "ruleset": .number(manifest.ruleset), "commit": .string(tag.target.hex), "tag": .string(tag.id.hex),
      "previous": .optional(previous),
      "since": .optional(since), "broughtForward": ForwardItems.json(forward),
      "by": tag.tagger.map { .person(name: $0.name, email: $0.email) } ?? .null,
      "date": .optional(tag.tagger?.when.iso8601),
      "offices": .array(
        manifest.offices.map { ["office": .string($0.office), "holders": .strings($0.holders)] }),
      "approvals": .array(
        approvals.map {
          [
            "person": .string($0.person), "name": .string($0.name), "commit": .string($0.commit.hex),
            "date": .optional($0.when?.iso8601),
            "words": .optional($0.words.isEmpty ? nil : $0.words),
          ]
        }),
      "acts": .array(
        acts.map { ["change": diff.json($0.act), "record": $0.entry?.members(withEntry: true) ?? .null] }),
      "findings": .array(findings.map(\.releaseJSON)),
    ]
  }
}

/// What a finding says below its message.
private enum FindingLines {
  static func blocks(_ finding: Finding) -> [Block] {
    var blocks: [Block] = []
    blocks.facts([
      Fact("rule", "\(finding.rule)"), Fact("needed", .list(finding.needed.map { Inline($0) }, separator: "; ")),
      Fact("signed", .list(finding.signed.map { Inline($0) }, separator: "; ")),
      Fact("missing", .list(finding.missing.map { Inline($0) }, separator: "; ")),
      Fact("help", .list(finding.help.map { Inline($0) }, separator: "; ")),
    ])
    return blocks
  }
}

extension Finding {
  /// A finding as the documents about releases have it.
  package var releaseJSON: JSON {
    [
      "code": .string(code), "tag": .optional(tag), "commit": .optional(commit?.hex), "message": .string(message),
      "rule": .string(rule), "needed": .strings(needed), "signed": .strings(signed), "missing": .strings(missing),
      "help": .strings(help),
    ]
  }
}
