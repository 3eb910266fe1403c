import EthosTestSupport
import Testing

extension GuardedBank {
  static let everybody = ["jane", "ada", "ruth", "omar", "eve"]

  /// The keys of all tests that only need somebody to have one: to make five costs more than most tests.
  static let sharedKeys: Result<[String: SSHKeyPair], any Error> = Result {
    Dictionary(uniqueKeysWithValues: try everybody.map { ($0, try SSHKeyPair()) })
  }

  /// A bank whose charter asks for signatures, and where everybody has a key.
  static func signed(
    charter: (String) -> String = { $0 }, _ changed: [String: String] = [:]
  ) throws -> GuardedBank {
    let required = GuardedBank.charter.replacing("branch: main", with: "branch: main\nsignatures: required")
    return try GuardedBank(
      ["ethos.yaml": charter(required)].merging(changed) { $1 }, keys: sharedKeys.get())
  }

  /// A bank of that kind, or one where nobody has a key.
  static func bank(isSigned: Bool) throws -> GuardedBank { try isSigned ? signed() : GuardedBank() }

  static func risk(_ most: Int) -> [String: String] {
    ["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: \(most)\n"]
  }

  /// Where a veto of lending is wanted.
  static func withVeto(_ charter: String) -> String {
    charter.replacing("board: 2}}", with: "board: 2}, veto: [lending]}", maxReplacements: 1)
  }

  /// Proposes a limit of the risk, which the board and its chief agree to.
  func agreed(_ name: String = "lower", _ most: Int = 55, by id: String = "eve") throws {
    try propose(name, GuardedBank.risk(most), by: id)
    try approve(name, "jane", "ada", "ruth")
  }

  /// Puts a commit that nobody signed at a reference: the message of another one, by somebody who never said so.
  func unsigned(
    _ reference: String, from other: String, by id: String, replacing old: String = "", with new: String = "",
    parents: String, tree: String
  ) throws {
    let edit = old.isEmpty ? "cat" : "sed 's/\(old)/\(new)/'"
    let list = parents.split(separator: " ").map { "-p \($0)" }.joined(separator: " ")
    try shell(
      "git update-ref \(reference) $(git log -1 --format=%B \(other) | \(edit) | "
        + "git commit-tree --no-gpg-sign '\(tree)' \(list) -F -)", by: id)
  }

  /// The codes of all findings, sorted, each once; what is told of and is no breach is marked.
  func told() throws -> [String] {
    Set(try findings().map { $0.severity == "breach" ? $0.code : "\($0.code) (\($0.severity))" }).sorted()
  }

  func rev(_ name: String) throws -> String { try shell("git rev-parse \(name)") }
}
