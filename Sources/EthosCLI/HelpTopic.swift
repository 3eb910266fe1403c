import EthosDiff
import EthosModel
import EthosSyntax
import EthosText

/// Help on what is not a command: `ethos help TOPIC`.
enum HelpTopic: String, CaseIterable {
  case changes, decisions, cases, reviews, references, fingerprints, files, signatures, verification, attacks, forges,
    bundle, json
  /// The manual page, for `make install`.
  case man
  case exitCodes = "exit-codes"

  var text: String {
    switch self {
    case .changes: HelpTopic.changeTable
    case .decisions: HelpTopic.decisionsText
    case .cases: HelpTopic.casesText
    case .reviews: HelpTopic.reviewsText
    case .references: HelpTopic.referencesText
    case .fingerprints: HelpTopic.fingerprintsText
    case .files: HelpTopic.filesText
    case .signatures: HelpTopic.signaturesText
    case .verification: HelpTopic.verificationText
    case .attacks: HelpTopic.attacksText
    case .forges: HelpTopic.forgesText
    case .bundle: HelpTopic.bundleText
    case .exitCodes: HelpTopic.exitCodesText
    case .json: HelpTopic.jsonText
    case .man: ManualPage.text
    }
  }

  /// The closed table of changes, from the table that the comparison itself uses.
  private static var changeTable: String {
    var rows = [["ID", "ACTION", "AREA", "LEVEL", "INVERSE"]]
    for kind in ChangeKind.all {
      rows.append([
        kind.id, kind.action.rawValue, kind.area.rawValue, kind.level.rawValue + (kind.isFixed ? " *" : ""),
        kind.inverse,
      ])
    }
    let widths = (0..<5).map { column in rows.map { $0[column].count }.max() ?? 0 }
    let table = rows.map { row in
      var line = ""
      for (cell, width) in zip(row, widths) { line += cell + String(repeating: " ", count: width - cell.count + 2) }
      while line.ends(with: " ") { line.removeLast() }
      return line
    }
    return """
      The changes of meaning that ethos tells apart. The charter's `severity` may give an id another level,
      except where the level is marked with a star. `undecided` means that free text changed and no program
      can say what it means; it asks for what `major` asks for, until somebody classifies it.

      \(table.joined(separator: "\n"))

      """
  }

  private static let exitCodesText = """
    Exit status of every command:

      0   done, or the answer is yes
      1   the answer is no, or something was found: `check` with findings, `review` and `ratify` while
          something is missing, `merge` with conflicts, `diff --exit-code` with changes, `replay
          --exit-code` with cases that are decided otherwise, `audit --exit-code` with departures
          that no exception accepts, `systems` with one that may not be live, `import dmn` of which nothing comes
      2   it could not be done: no repository, somebody else was faster, a file that cannot be read, a clone
          that lacks what the answer rests on (shallow, partial, without tags) or is known to be behind
      3   undecided, as `audit --exit-code` is where no case could be decided
      64  the command line makes no sense as typed
      70  a bug of ethos

    `diff` exits with 0 whether or not there are changes, unless --exit-code is given.

    """

  private static let referencesText = """
    A reference names an entry of the identity, or a place in it, at some state:

      reference = kind "/" id [ path ] [ "@" revision ]
                | "charter" [ path ] [ "@" revision ]
      kind      = "value" | "decision" | "limit" | "exception" | "cycle" | "person" | "system"
      id        = letter-or-digit { letter-or-digit | "-" | "_" }            at most \(200) bytes
      path      = { "." name | "[" key "]" }
      name      = plain-name | "'" { character | "''" } "'"                  'risk score'
      key       = plain-key  | "'" { character | "''" } "'"                  the item's key, else its content
      revision  = anything git resolves | release | day                      HEAD~2, growth-2019/1, 2025-03-01

    A revision that is two things here, as a branch and a tag, is an error that names both. The full name means one
    thing alone: `refs/heads/main`, `refs/tags/main`, `day:2025-03-01`, all digits of an id.

    Items of lists are named by their key: rules by `id`, inputs and outputs by `name`, friction by `accept`,
    examples by `situation`, holders by `person`, keys by `key`; items without a key by their content.

      limit/client-risk.atMost
      decision/onboarding.rules[r1].'risk score'
      cycle/renewal-2026.offices.board[jane-doe]
      decision/onboarding@2025-03-01            what was in force that day

    """

  private static let fingerprintsText = """
    The fingerprint `e1` of an entry is the SHA-256 of a canonical encoding of what it means. Layout, comments,
    the order of keys and the path of the file are left out; everything else is in, and what a decision uses is in
    with its own fingerprint. Two entries mean the same exactly when their fingerprints are equal.

      encoding = "ethos e1" LF text(kind) record uses
      record   = "R" count { text(name) value }     fields in the order of `ethos schema`, then x-… fields, and
                                                    free names (maps, columns of rules), by their UTF-8 bytes
      value    = "T" text                           text, collapsed as below
               | "N" text                           number: plain decimal, no exponent, no trailing zeros
               | "B" byte                           boolean: 0 or 1
               | "D" text                           day: YYYY-MM-DD
               | "L" count { value }                list; sets are sorted by their UTF-8 bytes and hold nothing twice
               | record
      uses     = "U" count { text(name) bytes }     by name: 32 bytes of fingerprint, or none where unresolved
      text     = length, then that many bytes of UTF-8
      bytes    = length, then that many bytes
      count, length = 8 bytes, big-endian

    A field that says what its absence says is left out (`status: active`, `hitPolicy: unique`, `nullable: false`,
    an empty text or list, `-` in a cell). One line of text is collapsed to single spaces. In Markdown, white space
    is collapsed within a block of prose, while list nesting, code blocks and hard line breaks stay. In FEEL, white
    space outside strings is collapsed, and dropped beside `< > = , ( ) [ ]`, but where two signs would become one, as
    in `< =`. A cell with a comment is left as it is. Rules are sorted by id, else by content, where their order
    says nothing: under `unique`, `any` and the aggregates of `collect`.

    """

  private static var filesText: String {
    var text = """
      One file states one thing. The folder gives the kind, the file's `id` the name; the path below the folder is free.

        ethos.yaml     charter: \(Schema.of(.charter).summary)

      """
    for kind in Kind.allCases {
      guard let folder = kind.folder else { continue }
      let name = "  \(folder)/"
      text +=
        name + String(repeating: " ", count: max(1, 17 - name.count)) + "\(kind.rawValue): \(Schema.of(kind).summary)\n"
    }
    text += """

      Limits, each an error that names it:

        size of a file           \(SyntaxLimits.standard.maximumFileSize) bytes
        nesting                  \(SyntaxLimits.standard.maximumNesting) levels
        values after aliases     \(SyntaxLimits.standard.maximumNodes)
        rules of a table         \(SyntaxLimits.standard.maximumRules)
        columns of a table       \(SyntaxLimits.standard.maximumColumns)

      Numbers. A number does not begin with a zero before another digit: `060` is 60 to one reader of YAML and 48 to
      another, and is an error (`leading-zero`). In cells FEEL's own grammar holds, which reads it as 60.

      Hidden text. Characters that nobody sees are a finding of `check` (`hidden-character`): tags, zero-width and
      bidirectional characters, variation selectors, fillers, also those that escapes in quotes bring in. What belongs
      to emoji, and the joiners that the spelling of a script asks for, is none. Every command shows the others as
      `\\u{…}`, `export prompt` too; `diff` names them as `hidden-text`. A reason, an answer, a condition or a field that
      holds nothing else says nothing, and counts as left out.

      `ethos schema KIND` prints the fields of a kind as JSON Schema.

      """
    return text
  }
}
