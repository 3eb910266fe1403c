import EthosModel
import EthosText

/// Gives ids to the sections whose headings carry none.
///
/// A section that came before keeps its id: the heading says so, or its text does where the heading has other words. What
/// has neither is new, and its id is made of the words of its heading.
enum MarkdownIDs {
  /// The outline with an id for each section.
  static func assign(_ outline: MarkdownOutline, ours: [Document], taken: Set<String>) -> MarkdownOutline {
    var outline = outline
    var used = Set(outline.headings.map(\.id).filter { !$0.isEmpty })
    var free = ours.filter { !used.contains($0.key.id) }
    func take(_ index: Int, _ isSame: (Document) -> Bool) {
      let found = free.filter(isSame)
      guard outline.headings[index].id.isEmpty, let only = found.first, found.count == 1 else { return }
      outline.headings[index].id = only.key.id
      used.insert(only.key.id)
      free.removeAll { $0.key == only.key }
    }
    let indices = outline.headings.indices
    for index in indices {
      let heading = outline.headings[index]
      take(index) { areEqual($0.title, heading.title) && areEqual(text($0), text(heading)) }
    }
    for index in indices {
      let heading = outline.headings[index]
      take(index) { areEqual($0.title, heading.title) }
    }
    for index in indices where !text(outline.headings[index]).isEmpty {
      let heading = outline.headings[index]
      let isOnly = outline.headings.filter { $0.id.isEmpty && areEqual(text($0), text(heading)) }.count == 1
      if isOnly { take(index) { areEqual(text($0), text(heading)) } }
    }
    let others = taken.union(ours.map(\.key.id))
    for index in indices where outline.headings[index].id.isEmpty {
      let wanted = slug(outline.headings[index].title)
      var id = wanted
      var number = 2
      while used.contains(id) || others.contains(id) {
        id = "\(wanted)-\(number)"
        number += 1
      }
      used.insert(id)
      outline.headings[index].id = id
    }
    return outline
  }

  private static func text(_ document: Document) -> String {
    document.fields["statement"]?.text.map { Prose.collapsed($0) } ?? ""
  }

  private static func text(_ heading: MarkdownOutline.Heading) -> String { Prose.collapsed(heading.body) }

  private static func areEqual(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }

  /// The words of a heading as an id: letters without their marks, at most some sixty of them.
  static func slug(_ title: String) -> String {
    var words: [String] = [""]
    var isTarget = false
    var last: Unicode.Scalar?
    for scalar in title.unicodeScalars {
      defer { last = scalar }
      // The target of a link is not read with its words.
      if scalar == "(", last == "]" { isTarget = true }
      if isTarget {
        if scalar == ")" { isTarget = false }
        continue
      }
      if let letters = letters(scalar) {
        words[words.count - 1] += letters
      } else if scalar != "'" && scalar != "\u{2019}" && !words[words.count - 1].isEmpty {
        words.append("")
      }
    }
    var id = ""
    for word in words where !word.isEmpty {
      if !id.isEmpty, id.utf8.count + word.utf8.count > 60 { break }
      id += id.isEmpty ? String(word.prefix(60)) : "-\(word)"
    }
    return id.isEmpty ? "section" : id
  }

  private static func letters(_ scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0x30...0x39, 0x61...0x7A: return String(scalar)
    case 0x41...0x5A: return String(scalar).lowercased()
    case 0xDF: return "ss"
    case 0xE4, 0xC4: return "ae"
    case 0xF6, 0xD6: return "oe"
    case 0xFC, 0xDC: return "ue"
    // A mark that stands by itself belongs to the letter before it.
    case 0x300...0x36F: return ""
    default:
      guard let name = scalar.properties.name else { return nil }
      for size in ["LATIN SMALL LETTER ", "LATIN CAPITAL LETTER "] {
        guard let rest = name.dropping(size), rest.utf8.count > 1, let letter = rest.unicodeScalars.first,
          rest.dropping("\(letter) WITH ") != nil
        else { continue }
        return String(letter).lowercased()
      }
      return nil
    }
  }
}
