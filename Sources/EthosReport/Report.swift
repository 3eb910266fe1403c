package import EthosText

/// The answer of one command, before it is known who reads it: blocks for people, JSON for programs.
///
/// To add a report:
///
/// 1. Write a `struct` in a file of its own whose properties are the values that the use case hands over, with
///    `package var report: Report`. It reads no clock and no repository, and prints nothing.
/// 2. Say the blocks with the helpers below: each is one line.
///
///        var blocks: [Block] = []
///        blocks.title("Releases of \(organisation, .name)")
///        blocks.table(["release", "effective"], releases.map { ["\($0.name, .reference)", "\($0.effective)"] })
///        blocks.paragraph("to see what changed: \("ethos diff \(before) \(after)", .command)")
///
///    Put users' text into interpolations or into `quote` and `prose`; never build markup or escapes by hand. Label what
///    a text is, and let the text (or an item's mark) say whatever the label says.
/// 3. Say the JSON with a literal that begins with `"schema": "ethos.NAME.v1"`. Numbers of the model are strings
///    (`Node.json`), people come from `JSON.person`, absent single values are `.null`, lists are never left out.
/// 4. Test the text at width 80 and 40 and in Markdown, with hostile names, against literals.
package struct Report: Sendable {
  package var blocks: [Block]
  package var json: JSON

  package init(_ blocks: [Block], json: JSON) {
    self.blocks = blocks
    self.json = json
  }
}

/// Helpers to write a report a line at a time.
extension [Block] {
  /// The title of the report.
  package mutating func title(_ text: Inline) { append(.heading(level: 1, text)) }

  /// The heading of a section.
  package mutating func section(_ text: Inline) { append(.heading(level: 2, text)) }

  package mutating func paragraph(_ text: Inline) { append(.paragraph(text)) }

  package mutating func blank() { append(.blank) }

  /// A list; nothing where there are no items.
  package mutating func list(_ items: [Item]) {
    if !items.isEmpty { append(.list(items)) }
  }

  /// A table without its empty columns; nothing where there are no rows.
  package mutating func table(_ columns: [Table.Column], _ rows: [[Inline]]) {
    let table = Table(columns, rows).withoutEmptyColumns
    if !table.columns.isEmpty { append(.table(table)) }
  }

  /// Facts, without those that have no value; nothing where none is left.
  package mutating func facts(_ facts: [Fact]) {
    let known = facts.filter { !$0.value.isEmpty }
    if !known.isEmpty { append(.facts(known)) }
  }

  package mutating func quote(_ text: String) { append(.quote(text)) }

  package mutating func prose(_ text: String) { append(.prose(text)) }
}

/// A number with its noun: `1 rule`, `2 rules`.
package func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
  count == 1 ? "1 \(one)" : "\(count) \(many ?? "\(one)s")"
}

extension JSON {
  /// A person, as every document has them: `name`, `email` and, where known, `id`.
  package static func person(name: String, email: String, id: String? = nil) -> JSON {
    .members(["name": .string(name), "email": .string(email), "id": id.map(JSON.string)])
  }
}
