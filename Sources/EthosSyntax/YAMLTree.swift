import EthosText

/// The YAML of one file as it was written: elements in the order of the file, each with its style and its bytes.
///
/// The elements of a list or mapping follow it; `next` leads past them. Keys and values of a mapping alternate.
struct YAMLTree {
  enum Shape: UInt8 { case scalar, list, mapping, alias }

  enum Style: UInt8 { case plain, singleQuoted, doubleQuoted, literal, folded, flow, block }

  struct Element {
    var shape: Shape
    var style: Style
    /// Whether an anchor names it.
    var isAnchored: Bool
    /// The first byte of the content, after an anchor.
    var start: Int
    /// The byte after the content; of a list or mapping in block style, after its last item.
    var end: Int
    /// The index of the element that follows it and all that it holds; 0 while it is read.
    var next: Int
    /// Of an alias, the index of the element that it stands for.
    var target: Int
    /// The text of a scalar; the name of an alias.
    var text: String

    var span: Span { Span(start, end) }

    /// Whether it is a value left out, or a plain `~` or `null`.
    var isNull: Bool {
      shape == .scalar && style == .plain && text.utf8.count <= 4
        && (text.isEmpty || text == "~" || text == "null" || text == "Null" || text == "NULL")
    }
  }

  var elements: [Element]

  /// The element that counts: an alias is what it stands for.
  func resolved(_ index: Int) -> Int { elements[index].shape == .alias ? elements[index].target : index }

  /// The indices of the elements that a list or mapping holds directly.
  func children(of index: Int) -> [Int] {
    var result: [Int] = []
    var child = index + 1
    while child < elements[index].next {
      result.append(child)
      child = elements[child].next
    }
    return result
  }

  /// The keys and values of a mapping.
  func entries(of index: Int) -> [(key: Int, value: Int)] {
    var result: [(key: Int, value: Int)] = []
    var key = index + 1
    let end = elements[index].next
    while key < end, elements[key].next < end {
      let value = elements[key].next
      result.append((key, value))
      key = elements[value].next
    }
    return result
  }

  var hasAliases: Bool { elements.contains { $0.shape == .alias } }
}
