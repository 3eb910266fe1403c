package import EthosRecord
package import EthosText

/// How far a line was verified, so that verifying again costs what came since.
///
/// Derived data (`TrustedMemory`): it may be deleted at any time, and is left aside where another version, or somebody
/// else, wrote it. Commits in which something was found are named, and judged anew each time. It grows with
/// these and with the releases, and not with the line.
package struct VerifiedMark: Hashable, Sendable {
  /// An adoption, by the merge that made it.
  package struct Adoption: Hashable, Sendable {
    package var breach: ObjectID
    package var merge: ObjectID

    package init(breach: ObjectID, merge: ObjectID) {
      self.breach = breach
      self.merge = merge
    }
  }

  /// A commit in which something was found, with the newest ruleset and date that the line had before it.
  package struct Unclean: Hashable, Sendable {
    package var id: ObjectID
    package var ruleset: Int
    package var latest: Instant?
    /// The moment at which it was dated in time to come: that it has come since mends nothing.
    package var ahead: Instant?

    package init(id: ObjectID, ruleset: Int, latest: Instant?, ahead: Instant? = nil) {
      self.id = id
      self.ruleset = ruleset
      self.latest = latest
      self.ahead = ahead
    }

    fileprivate var line: String {
      "unclean \(id) \(ruleset) \(VerifiedMark.text(latest))" + (ahead.map { " \($0.seconds)" } ?? "")
    }
  }

  /// A release in which nothing was found.
  package struct Release: Hashable, Sendable {
    package var tag: ObjectID
    /// How many commits of the line come before the one that it releases.
    package var place: Int

    package init(tag: ObjectID, place: Int) {
      self.tag = tag
      self.place = place
    }
  }

  package var head: ObjectID
  /// The first commit of the line.
  package var root: ObjectID
  /// The commits of the line up to the head.
  package var count: Int
  /// Of the ratifications among them, how many rest on signatures, in part, and not at all.
  package var signed: Int
  package var partly: Int
  package var unsigned: Int
  /// The newest ruleset that one of them was made under.
  package var ruleset: Int
  /// The newest date of one of them.
  package var latest: Instant?
  /// Those that brought objections to other changes than they made.
  package var burying: [ObjectID]
  /// Those that revoked keys.
  package var revoking: [ObjectID]
  package var unclean: [Unclean]
  package var adoptions: [Adoption]
  package var releases: [Release]
  /// The commits that changed who may do what since that came in doubt, where nothing was wrong with them or it was.
  package var moved: [Moved]

  package struct Moved: Hashable, Sendable {
    package var id: ObjectID

    package init(id: ObjectID) { self.id = id }
  }
  /// When it was written; nil where that is not known.
  package var written: Instant?

  package init(
    head: ObjectID, root: ObjectID, count: Int, signed: Int, partly: Int, unsigned: Int, ruleset: Int,
    latest: Instant?, burying: [ObjectID], revoking: [ObjectID] = [], unclean: [Unclean], adoptions: [Adoption],
    releases: [Release],
    moved: [Moved] = [], written: Instant? = nil
  ) {
    self.head = head
    self.root = root
    self.count = count
    self.signed = signed
    self.partly = partly
    self.unsigned = unsigned
    self.ruleset = ruleset
    self.latest = latest
    self.burying = burying
    self.revoking = revoking
    self.unclean = unclean
    self.adoptions = adoptions
    self.releases = releases
    self.moved = moved
    self.written = written
  }

  /// Reads what `text` wrote under the same conditions; nil for anything else.
  init?(_ text: String, conditions: String) {
    let lines = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    guard lines.count >= 4, lines[0] == [VerifiedMark.title, conditions], lines.last == ["end"],
      lines[1].count == 4 || lines[1].count == 5,
      let head = ObjectID(hex: lines[1][1]), let root = ObjectID(hex: lines[1][2]), let count = Int(lines[1][3]),
      lines[2].count == 6
    else { return nil }
    let numbers = lines[2][1..<5].compactMap { Int($0) }
    guard numbers.count == 4 else { return nil }
    self.init(
      head: head, root: root, count: count, signed: numbers[0], partly: numbers[1], unsigned: numbers[2],
      ruleset: numbers[3], latest: VerifiedMark.date(lines[2][5]), burying: [], unclean: [], adoptions: [],
      releases: [],
      written: lines[1].count == 5 ? VerifiedMark.date(lines[1][4]) : nil
    )
    for line in lines[3...].dropLast() {
      let ids = line.dropFirst().compactMap { ObjectID(hex: $0) }
      switch (line.first, ids.count) {
      case ("unclean", 1):
        guard line.count == 4 || line.count == 5, let ruleset = Int(line[2]) else { return nil }
        let ahead = line.count == 5 ? VerifiedMark.date(line[4]) : nil
        guard (ahead == nil) == (line.count == 4) else { return nil }
        unclean.append(Unclean(id: ids[0], ruleset: ruleset, latest: VerifiedMark.date(line[3]), ahead: ahead))
      case ("moved", 1): moved.append(Moved(id: ids[0]))
      case ("burying", 1): burying.append(ids[0])
      case ("revoking", 1): revoking.append(ids[0])
      case ("adopted", 2): adoptions.append(Adoption(breach: ids[0], merge: ids[1]))
      case ("release", 1):
        guard let place = line.last.flatMap({ Int($0) }), (0..<count).contains(place) else { return nil }
        releases.append(Release(tag: ids[0], place: place))
      default: return nil
      }
    }
  }

  func text(conditions: String) -> String {
    var lines = [
      "\(VerifiedMark.title) \(conditions)", "head \(head) \(root) \(count)" + (written.map { " \($0.seconds)" } ?? ""),
      "assurance \(signed) \(partly) \(unsigned) \(ruleset) \(VerifiedMark.text(latest))",
    ]
    lines += burying.map { "burying \($0)" }
    lines += revoking.map { "revoking \($0)" }
    lines += unclean.map(\.line)
    lines += adoptions.map { "adopted \($0.breach) \($0.merge)" }
    lines += moved.map { "moved \($0.id)" }
    lines += releases.map { "release \($0.tag) \($0.place)" }
    return (lines + ["end", ""]).joined(separator: "\n")
  }

  private static func date(_ text: String) -> Instant? { Int64(text).map { Instant(seconds: $0) } }

  private static func text(_ date: Instant?) -> String { date.map { String($0.seconds) } ?? "none" }

  private static let title = "ethos-verified-3"
}

extension IdentityStore {
  /// What was verified before under the same conditions: a word that says by which rules and from which root.
  package func verifiedMark(conditions: String) -> VerifiedMark? {
    memory.recall(name: "verified", conditions: conditions).flatMap { VerifiedMark($0, conditions: conditions) }
  }

  /// Remembers what was verified.
  package func remember(_ mark: VerifiedMark, conditions: String) {
    memory.remember(name: "verified", conditions: conditions, mark.text(conditions: conditions))
  }
}
