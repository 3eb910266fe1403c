import EthosGit
import EthosRecord
import EthosStore
import EthosText

/// A thing of a repository that a name can mean.
struct NamedThing: Hashable {
  /// What to type so that nothing else is meant.
  var fullName: String
  var kind: String
  /// What git is asked instead of the name; nil for a day.
  var revision: String?
}

/// What a revision, as somebody typed it, can mean: the name that it begins with, and what git makes of that commit.
///
/// Git takes the first of several things that a name is, a tag before a branch. Who can push one could so put something
/// else under a name that others type.
struct RevisionName {
  /// The name up to the first of `~`, `^`, `:` and `@{`.
  let base: String
  /// The rest, which says how to go on from there: `~2`, `^{tree}`.
  let suffix: String

  init(_ text: String) {
    let bytes = Array(text.utf8)
    let end =
      bytes.indices.first { index in
        switch bytes[index] {
        case UInt8(ascii: "~"), UInt8(ascii: "^"), UInt8(ascii: ":"): true
        case UInt8(ascii: "@"): index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "{")
        default: false
        }
      } ?? bytes.count
    base = String(decoding: bytes[..<end], as: UTF8.self)
    suffix = String(decoding: bytes[end...], as: UTF8.self)
  }

  /// The day that is written so that no reference can have its name: `day:2026-02-01`.
  var plainDay: Day? { base == "day" && suffix.utf8.first == UInt8(ascii: ":") ? Day(String(suffix.dropFirst())) : nil }

  /// Everything that the name is here.
  ///
  /// A full name, a whole id and `HEAD` are one thing alone.
  func things(in repository: Repository) throws -> [NamedThing] {
    if base == "@" { return [NamedThing(fullName: "HEAD", kind: "revision", revision: "HEAD")] }
    if base.isEmpty { return [NamedThing(fullName: suffix, kind: "revision", revision: "")] }
    let digits = base.utf8.allSatisfy(RevisionName.isHexadecimal) ? base.utf8.count : 0
    if digits == 40 || digits == 64 {
      guard let id = ObjectID(hex: base), try repository.contains(id) else { return [] }
      return [NamedThing(fullName: base, kind: "commit", revision: base)]
    }
    if isSpecial { return try special(in: repository).map { [$0] } ?? [] }
    if base.utf8.starts(with: "refs/".utf8) {
      return try exists(base, in: repository) ? [NamedThing(fullName: base, kind: "reference", revision: base)] : []
    }
    var things: [NamedThing] = []
    for (prefix, kind) in RevisionName.places where kind != "release" || ReleaseName(base) != nil {
      let name = "\(prefix)\(base)"
      guard try exists(name, in: repository) else { continue }
      things.append(NamedThing(fullName: name, kind: kind, revision: name))
    }
    let remote = "refs/remotes/\(base)/HEAD"
    if try exists(remote, in: repository) {
      things.append(NamedThing(fullName: remote, kind: "remote", revision: remote))
    }
    if digits >= 4, let id = try commit(in: repository, isAlone: things.isEmpty) {
      things.append(NamedThing(fullName: id.hex, kind: "commit", revision: id.hex))
    }
    if suffix.isEmpty, Day(base) != nil {
      things.append(NamedThing(fullName: "day:\(base)", kind: "day", revision: nil))
    }
    return things
  }

  /// Where git looks for a name, and a release for one without `release/`.
  private static let places = [
    ("refs/tags/release/", "release"), ("refs/", "reference"), ("refs/tags/", "tag"), ("refs/heads/", "branch"),
    ("refs/remotes/", "branch of a remote"),
  ]

  /// The commit or the tag that the digits begin the id of.
  ///
  /// Digits that many objects share name none of them beside a reference of that name.
  private func commit(in repository: Repository, isAlone: Bool) throws -> ObjectID? {
    let found: ObjectID?
    do throws(GitError) {
      found = try repository.abbreviated(base)
    } catch {
      guard error.code == .ambiguous, !isAlone else { throw error }
      found = nil
    }
    guard let found else { return nil }
    return [.commit, .tag].contains(try repository.objectHeader(found).kind) ? found : nil
  }

  /// Whether the name is of those that git keeps beside the references: `HEAD`, `FETCH_HEAD`.
  ///
  /// No branch is meant by them.
  private var isSpecial: Bool {
    let bytes = Array(base.utf8)
    return base == "HEAD"
      || bytes.suffix(5) == Array("_HEAD".utf8)
        && bytes.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) || $0 == UInt8(ascii: "_") }
  }

  /// What git wrote under such a name: the first id in the file.
  private func special(in repository: Repository) throws -> NamedThing? {
    if base == "HEAD" { return NamedThing(fullName: base, kind: "revision", revision: base) }
    let path = "\(repository.location.gitDirectory)/\(base)"
    guard FileSystem.entry(at: path) != nil else { return nil }
    let text = try FileSystem.read(path, limit: 1 << 24)
    guard let id = ObjectID(hex: String(decoding: text.prefix { RevisionName.isHexadecimal($0) }, as: UTF8.self)) else {
      return nil
    }
    return NamedThing(fullName: base, kind: "revision", revision: id.hex)
  }

  private func exists(_ name: String, in repository: Repository) throws -> Bool {
    // What cannot be the name of a reference is none.
    guard (try? Repository.validateReferenceName(name)) != nil else { return false }
    return try repository.reference(name) != nil
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
    default: false
    }
  }
}

extension Workspace {
  /// The one thing that a revision names; nil where it names nothing.
  func thing(named name: RevisionName) throws -> NamedThing? {
    let things = try name.things(in: repository)
    guard things.count > 1 else { return things.first }
    throw Failure(
      .cannot, "`\(name.base)` is \(things.map { "a \($0.kind)" }.joined(separator: " and "))",
      help: things.map { "for the \($0.kind), type `\($0.fullName)\(name.suffix)`" })
  }
}
