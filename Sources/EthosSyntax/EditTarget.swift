import EthosModel
import EthosText

/// How far a path leads into the YAML of a file.
struct EditTarget {
  /// One step that was taken: from a list or mapping to what it holds.
  struct Step {
    /// The list or mapping, aliases followed.
    var container: Int
    /// The key, where the container is a mapping.
    var key: Int?
    /// Which of the container's entries or items it is, from 0.
    var position: Int
  }

  /// The deepest element that the path reaches.
  var element: Int
  /// The type of that element.
  var type: FieldType
  /// The types of what the remaining segments lead to, one each.
  var steps: [Step] = []
  /// What the file does not hold yet.
  var remaining: [FieldPath.Segment]
  /// Whether brackets enclose the element, so that it stands in flow style.
  var isInFlow = false

  var isWhole: Bool { remaining.isEmpty }
}

extension FieldType {
  /// The type of what a segment leads to, or nil where the schema knows none.
  func step(_ segment: FieldPath.Segment, _ columns: TableColumns) -> FieldType? {
    switch (self, segment) {
    case (.record(let fields), .name(let name)):
      fields.first { $0.name == name }?.type ?? (name.begins(with: "x-") ? .plain : nil)
    case (.map(let value), .name): value
    case (.sequence, .item), (.set, .item), (.items, .item): itemType
    case (.rules, .item): .record(columns.fields)
    case (.plain, _): .plain
    default: nil
    }
  }
}

extension Reading {
  /// Follows a path into the YAML as far as it goes.
  ///
  /// Tables are not entered: their cells are no YAML.
  func target(of path: FieldPath, _ columns: TableColumns) -> EditTarget? {
    guard let tree else { return nil }
    var target = EditTarget(element: 0, type: .record(Schema.of(kind).fields), remaining: path.segments)
    while let segment = target.remaining.first {
      let actual = tree.resolved(target.element)
      guard let type = target.type.step(segment, columns),
        let step = step(segment, from: actual, target.type, tree)
      else { break }
      if tree.elements[actual].style == .flow { target.isInFlow = true }
      target.steps.append(step.step)
      target.element = step.element
      target.type = type
      target.remaining.removeFirst()
    }
    return target
  }

  private func step(
    _ segment: FieldPath.Segment, from container: Int, _ type: FieldType, _ tree: YAMLTree
  ) -> (step: EditTarget.Step, element: Int)? {
    switch (segment, tree.elements[container].shape) {
    case (.name(let name), .mapping):
      for (position, entry) in tree.entries(of: container).enumerated()
      where Prose.collapsed(tree.elements[entry.key].text) == name {
        return (EditTarget.Step(container: container, key: entry.key, position: position), entry.value)
      }
    case (.item(let key), .list):
      for (position, child) in tree.children(of: container).enumerated() {
        guard let node = typed(child, itemOf: type), type.keys(of: node).contains(key) else { continue }
        return (EditTarget.Step(container: container, key: nil, position: position), child)
      }
    default: break
    }
    return nil
  }

  /// The typed value of one item of a list, or nil where it is wrong.
  private func typed(_ child: Int, itemOf type: FieldType) -> Node? {
    guard let tree else { return nil }
    var reader = FieldReader(tree: tree, findings: Findings(source, limits: .standard), limits: .standard)
    return reader.item(child, of: type)
  }
}

extension FieldType {
  /// The keys by which an item may be addressed: as it was written, and as it counts.
  func keys(of item: Node) -> [String] {
    let canonical =
      if case .rules = self {
        Meaning.of(.list([item]), type: self)?.list?.first
      } else {
        Meaning.of(item, type: itemType)
      }
    return [key(of: item)] + (canonical.map { [key(of: $0)] } ?? [])
  }
}
