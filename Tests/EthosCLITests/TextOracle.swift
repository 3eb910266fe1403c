/// Says which commit gave each place of an entry its value, from what `git log -p` prints and nothing of ethos.
///
/// A file is taken apart as text: a block per top-level key, then rows of tables, items of lists and members of maps.
/// White space is normalised, comments are dropped, and the order of lists that are sets does not count.
struct TextOracle {
  /// One commit's version of a file, and the version before.
  struct Step {
    var commit: String
    var before: [String: String]
    var after: [String: String]
  }

  private(set) var steps: [Step] = []

  /// Reads the output of `git log -p -U100000 --format=@%H`, newest first.
  init(log: String) {
    var commit = ""
    var before: [Substring] = []
    var after: [Substring] = []
    var isInHunk = false
    func finish(_ steps: inout [Step]) {
      guard !commit.isEmpty else { return }
      steps.append(Step(commit: commit, before: Self.places(before), after: Self.places(after)))
    }
    for line in log.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("@@ ") {
        isInHunk = true
      } else if line.hasPrefix("@") {
        finish(&steps)
        (commit, before, after, isInHunk) = (String(line.dropFirst()), [], [], false)
      } else if isInHunk {
        switch line.first {
        case "+": after.append(line.dropFirst())
        case "-": before.append(line.dropFirst())
        case " ":
          before.append(line.dropFirst())
          after.append(line.dropFirst())
        default: break
        }
      }
    }
    finish(&steps)
  }

  /// The places of the newest version, each with the newest commit in which its text changed.
  var answers: [String: String] {
    guard let newest = steps.first else { return [:] }
    var answers: [String: String] = [:]
    for (place, _) in newest.after {
      answers[place] = steps.first { $0.before[place] != $0.after[place] }?.commit
    }
    return answers
  }

  // MARK: - Taking a file apart

  /// The fields whose lists are sets.
  private static let sets: Set<String> = ["serves", "outranks", "audience", "emails", "implements", "board"]

  static func places(_ lines: [Substring]) -> [String: String] {
    var blocks: [(name: String, lines: [String])] = []
    for line in lines {
      let text = withoutComment(String(line))
      if let first = text.first, first.isLetter, let colon = text.firstIndex(of: ":") {
        blocks.append((String(text[..<colon]), [String(text[text.index(after: colon)...])]))
      } else if !blocks.isEmpty {
        blocks[blocks.count - 1].lines.append(text)
      }
    }
    var places: [String: String] = [:]
    for (name, lines) in blocks where name != "id" {
      for (path, value) in split(name, lines) { places[name + path] = value }
    }
    return places
  }

  /// The parts of one block: paths below its key, each with its normalised text.
  private static func split(_ name: String, _ lines: [String]) -> [String: String] {
    let rows = lines.map(collapsed).filter { $0.hasPrefix("|") && $0.count > 1 }
    if rows.count > 2 { return table(rows) }
    let key = ["friction": "accept", "examples": "situation", "inputs": "name", "outputs": "name"][name]
    let items = listItems(lines)
    if let key, let items, items.allSatisfy({ member(key, of: $0) != nil }) {
      let pairs = items.map { ("[\(member(key, of: $0) ?? "")]", $0.sorted().joined(separator: ", ")) }
      return Dictionary(pairs) { first, _ in first }
    }
    if name == "recorders", let items {
      return Dictionary(items.map { ("[\($0[0])]", $0[0]) }) { first, _ in first }
    }
    if ["uses", "offices", "when", "outcome", "severity", "default"].contains(name) {
      let pairs = members(lines).map { (".\(quoted($0.name))", normal($0.value, isSet: sets.contains($0.name))) }
      return Dictionary(pairs) { first, _ in first }
    }
    return ["": normal(collapsed(lines.joined(separator: " ")), isSet: sets.contains(name))]
  }

  /// A decision table by the ids of its rows, each as its cells by column; a cell that says nothing is left out.
  private static func table(_ rows: [String]) -> [String: String] {
    let cells = rows.map {
      $0.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map { collapsed(String($0)) }
    }
    var places: [String: String] = [:]
    for row in cells.dropFirst(2) {
      let named = zip(cells[0], row).filter { !["", "-"].contains($0.1) }
      guard let id = named.first(where: { $0.0 == "id" })?.1 else { continue }
      places["[\(id)]"] = named.map { "\($0.0)=\($0.1)" }.sorted().joined(separator: ";")
    }
    return places
  }

  /// The items of a list in either style of YAML, each as its members; nil where the block is no list.
  private static func listItems(_ lines: [String]) -> [[String]]? {
    let text = collapsed(lines.joined(separator: " "))
    if text.hasPrefix("[") { return parts(of: text).map { $0.hasPrefix("{") ? parts(of: $0) : [$0] } }
    guard text.hasPrefix("-") else { return nil }
    var items: [[String]] = []
    let indent = lines.first { $0.contains("-") }?.prefix { $0 == " " }.count ?? 0
    for line in lines where !collapsed(line).isEmpty {
      let rest = line.dropFirst(indent)
      if rest.hasPrefix("- ") {
        items.append([collapsed(String(rest.dropFirst(2)))])
      } else if !items.isEmpty {
        let item = items.count - 1
        if rest.dropFirst(2).first != " " {
          items[item].append(collapsed(line))
        } else {
          items[item][items[item].count - 1] += " " + collapsed(line)
        }
      }
    }
    return items.map { $0.count == 1 && $0[0].hasPrefix("{") ? parts(of: $0[0]) : $0 }
  }

  private static func members(_ lines: [String]) -> [(name: String, value: String)] {
    let text = collapsed(lines.joined(separator: " "))
    let texts = text.hasPrefix("{") ? parts(of: text) : lines.map(collapsed).filter { !$0.isEmpty }
    return texts.compactMap(pair)
  }

  private static func member(_ name: String, of item: [String]) -> String? {
    item.compactMap(pair).first { $0.name == name }?.value
  }

  private static func pair(_ text: String) -> (name: String, value: String)? {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    return (collapsed(String(text[..<colon])), collapsed(String(text[text.index(after: colon)...])))
  }

  /// What stands between the outermost brackets, parted at the commas that no quote and no inner bracket holds.
  private static func parts(of text: String) -> [String] {
    var parts: [String] = []
    var part = ""
    var depth = 0
    var quote: Character?
    for character in text.dropFirst().dropLast() {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || (character == "'" && (part.last.map { " :[{,".contains($0) } ?? true)) {
        quote = character
      } else if "[{".contains(character) {
        depth += 1
      } else if "]}".contains(character) {
        depth -= 1
      } else if character == ",", depth == 0 {
        parts.append(collapsed(part))
        part = ""
        continue
      }
      part.append(character)
    }
    if !collapsed(part).isEmpty { parts.append(collapsed(part)) }
    return parts
  }

  private static func normal(_ text: String, isSet: Bool) -> String {
    isSet && text.hasPrefix("[") ? parts(of: text).sorted().joined(separator: ", ") : text
  }

  private static func quoted(_ name: String) -> String { name.contains(" ") ? "'\(name)'" : name }

  private static func collapsed(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func withoutComment(_ line: String) -> String {
    if collapsed(line).hasPrefix("#") { return "" }
    var previous: Character = "x"
    for index in line.indices {
      if line[index] == "#", previous == " " { return String(line[..<index]) }
      previous = line[index]
    }
    return line
  }
}
