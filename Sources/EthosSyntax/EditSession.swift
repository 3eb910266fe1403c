import EthosModel
import EthosText

/// A change of some bytes of a file.
struct ByteEdit {
  var range: Range<Int>
  var bytes: [UInt8]

  init(_ start: Int, _ end: Int, _ text: String) {
    range = start..<max(start, end)
    bytes = Array(text.utf8)
  }
}

/// One file that is being edited.
struct EditSession {
  let reading: Reading
  let tree: YAMLTree
  let fields: Record
  let columns: TableColumns
  /// The line end that the file uses.
  let lineEnd: String

  var source: SourceText { reading.source }
  var bytes: [UInt8] { reading.source.bytes }
  var rootType: FieldType { .record(Schema.of(reading.kind).fields) }

  var writer: YAMLWriter { YAMLWriter(lineEnd: lineEnd, columns: columns) }

  /// Reads the file; a file whose YAML is not understood cannot be edited, one with wrong fields can.
  static func open(_ source: SourceText) -> Result<EditSession, DiagnosticsError> {
    guard let kind = Kind(path: source.path) else {
      return .failure(DiagnosticsError(DocumentReader.read(source).diagnostics))
    }
    let reading = Reading(source, kind: kind, limits: .standard)
    guard let tree = reading.tree, let fields = reading.fields else {
      return .failure(DiagnosticsError(reading.errors))
    }
    return .success(EditSession(reading: reading, tree: tree, fields: fields))
  }

  private init(reading: Reading, tree: YAMLTree, fields: Record) {
    self.reading = reading
    self.tree = tree
    self.fields = fields
    columns = reading.kind == .decision ? TableColumns(tree.entries(of: 0), tree) : TableColumns()
    let firstBreak = reading.source.bytes.firstIndex { $0 == 0x0A || $0 == 0x0D }
    if let firstBreak, reading.source.bytes[firstBreak] == 0x0D {
      let isPair = firstBreak + 1 < reading.source.bytes.count && reading.source.bytes[firstBreak + 1] == 0x0A
      lineEnd = isPair ? "\r\n" : "\r"
    } else {
      lineEnd = "\n"
    }
  }

  /// The type of the value at a path, with the type of the list whose item it is.
  func type(at path: FieldPath) -> Result<(type: FieldType, list: FieldType?), DiagnosticsError> {
    guard !path.isEmpty else {
      return failure("unknown-field", "no field is named", help: "write `KIND/ID.FIELD`")
    }
    var type = rootType
    var list: FieldType?
    for segment in path.segments {
      guard let next = type.step(segment, columns) else { return .failure(unknown(segment, in: type, path)) }
      if case .item = segment { list = type } else { list = nil }
      type = next
    }
    return .success((type, list))
  }

  private func unknown(_ segment: FieldPath.Segment, in type: FieldType, _ path: FieldPath) -> DiagnosticsError {
    var help = "`\(path)` is a path like `atMost`, `friction[KEY].limit` or `rules[ID].'COLUMN'`"
    if case .name(let name) = segment, case .record(let fields) = type {
      let names = fields.map(\.name)
      help =
        nearestName(to: name, among: names).map { "did you mean `\($0)`?" }
        ?? "the fields are \(names.joined(separator: ", "))"
    }
    return DiagnosticsError([
      Diagnostic("unknown-field", .error, "`\(path)` is no field of a \(reading.kind.rawValue)", help: help)
    ])
  }

  func failure<Success>(
    _ code: Diagnostic.Code, _ message: String, help: String? = nil
  ) -> Result<Success, DiagnosticsError> {
    .failure(DiagnosticsError([Diagnostic(code, .error, message, help: help)]))
  }

  // MARK: - Edits

  func set(_ path: FieldPath, to node: Node) -> Result<[UInt8], DiagnosticsError> {
    if case .item(let key)? = path.segments.last,
      case .success(let (_, list?)) = type(at: path), target(of: path)?.isWhole == false,
      !list.keys(of: Node.keyed(node, key, list)).contains(key), !isNewRule(list)
    {
      return failure("item-key", "the item that is given is not `\(key)`", help: "name in brackets what is added")
    }
    let expected = fields.setting(path.segments[...], to: node, rootType, columns)
    if Meaning.of(expected, kind: reading.kind) == Meaning.of(fields, kind: reading.kind), isRead(path) {
      return .success(bytes)
    }
    guard let target = target(of: path) else { return unsafe(path) }
    if case .plain = target.type, !target.isWhole, isText(target.element) {
      return failure(
        "wrong-type", "`\(path)` leads into text, which holds no fields",
        help: "set the text itself, or remove it first")
    }
    let edits: Result<[ByteEdit], DiagnosticsError> =
      if case .rules = target.type, !target.isWhole {
        tableEdits(target, node)
      } else {
        .success(edits(for: target, path, node, expected))
      }
    return edits.flatMap { verified($0, path, expected) }
  }

  func remove(_ path: FieldPath) -> Result<[UInt8], DiagnosticsError> {
    guard let target = target(of: path) else { return unsafe(path) }
    let expected = fields.setting(path.segments[...], to: nil, rootType, columns)
    if case .rules = target.type, !target.isWhole {
      return tableRemoval(target).flatMap { verified($0, path, expected) }
    }
    guard target.isWhole, let step = target.steps.last else {
      return failure("unknown-field", "`\(path)` is not set", help: "there is nothing to remove")
    }
    return verified([removal(of: target, step)], path, expected)
  }

  private func isText(_ index: Int) -> Bool {
    let element = tree.elements[tree.resolved(index)]
    return element.shape == .scalar && !element.isNull
  }

  private func isNewRule(_ list: FieldType) -> Bool { if case .rules = list { true } else { false } }

  private func target(of path: FieldPath) -> EditTarget? { reading.target(of: path, columns) }

  /// Whether the path holds a value that was read without an error.
  private func isRead(_ path: FieldPath) -> Bool {
    fields.value(at: path, in: Schema.of(reading.kind)) != nil || target(of: path)?.isWhole == false
  }

  // MARK: - Verification

  /// The bytes after some edits, where they change the meaning as asked and nothing else.
  func verified(
    _ edits: [ByteEdit], _ path: FieldPath, _ expected: Record
  ) -> Result<[UInt8], DiagnosticsError> {
    let after = applied(edits)
    let result = Reading(SourceText(path: source.path, bytes: after), kind: reading.kind, limits: .standard)
    let known = Set(reading.errors.map { "\($0.code) \($0.message)" })
    let new = result.errors.filter { !known.contains("\($0.code) \($0.message)") }
    guard let fields = result.fields, new.isEmpty else {
      return .failure(DiagnosticsError(new.isEmpty ? result.errors : new).withoutLocations)
    }
    guard Meaning.of(fields, kind: reading.kind) == Meaning.of(expected, kind: reading.kind) else {
      return unsafe(path)
    }
    return .success(after)
  }

  func applied(_ edits: [ByteEdit]) -> [UInt8] {
    var after = bytes
    for edit in edits.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
      after.replaceSubrange(edit.range, with: edit.bytes)
    }
    return after
  }

  private func unsafe(_ path: FieldPath) -> Result<[UInt8], DiagnosticsError> {
    if tree.hasAliases {
      return failure(
        "shared-value", "`\(path)` is shared through an anchor, so that an edit would change more than it",
        help: "write the value out in each place, or edit the file by hand")
    }
    return failure(
      "edit-unsafe", "the edit of `\(path)` would change more than it, so nothing is changed",
      help: "edit the file by hand; the way it is written is not understood well enough to edit it")
  }
}
