import EthosDiff
import EthosGit
import EthosModel
import EthosSyntax
import EthosText

/// Writes a merged entry so that the comments, order and layout of both sides stay.
///
/// Comments are content for people: what git's merge of lines gives is taken where it says what is meant. Where it does
/// not, each of the three texts is edited to say it, and what is left between them, words about it, is merged by lines.
struct MergedText {
  let base: Document?
  let ours: Document
  let theirs: Document
  /// Merges lines as git does.
  let lines: Repository

  /// The text that says the merged fields; of lines that both changed `choice` is taken, where one is made.
  func bytes(saying merged: Record, choosing choice: LineChoice = .none) -> Result<[UInt8], DiagnosticsError> {
    guard let texts = texts([base, ours, theirs].map { $0?.source?.bytes }) else { return edited(merged, choice) }
    if let text = mergedLines(texts, [choice], saying: merged) { return .success(text) }
    let alike = [base, ours, theirs].map { document -> [UInt8]? in
      guard let document,
        case .success(let bytes) = MergedText.bytes(document, becoming: merged, inWordsOf: [theirs, ours])
      else { return nil }
      return bytes
    }
    // Of words that both put in one place both stay.
    let sides: [LineChoice] = [.none, .both, choice == .theirs ? .theirs : .ours]
    let text =
      self.texts(alike).flatMap { mergedLines($0, sides, saying: merged) }.map(Result.success) ?? edited(merged, choice)
    return text.map { bytes in
      [ours, theirs].compactMap(\.source).reduce(bytes) { text, side in
        CommentCarry.text(text, with: side, without: base?.source?.bytes ?? [], saying: merged)
      }
    }
  }

  private func edited(_ merged: Record, _ choice: LineChoice) -> Result<[UInt8], DiagnosticsError> {
    MergedText.bytes(choice == .theirs ? theirs : ours, becoming: merged, inWordsOf: [theirs, ours])
  }

  private func texts(_ sides: [[UInt8]?]) -> (base: [UInt8], ours: [UInt8], theirs: [UInt8])? {
    guard let base = sides[0], let ours = sides[1], let theirs = sides[2] else { return nil }
    return (base, ours, theirs)
  }

  /// The first merge of lines that says the merged fields.
  private func mergedLines(
    _ texts: (base: [UInt8], ours: [UInt8], theirs: [UInt8]), _ choices: [LineChoice], saying merged: Record
  ) -> [UInt8]? {
    for choice in choices {
      do {
        let bytes = try lines.mergedLines(base: texts.base, ours: texts.ours, theirs: texts.theirs, choosing: choice)
        if let bytes, isWhole(SourceText(path: ours.path, bytes: bytes), saying: merged) { return bytes }
      } catch {
        // What git cannot merge by lines is merged without.
        continue
      }
    }
    return nil
  }

  /// Whether a text says the merged fields, and no item twice that neither side has twice.
  ///
  /// A list without an order means the same with an item written twice, as lines of both sides may leave it.
  private func isWhole(_ text: SourceText, saying merged: Record) -> Bool {
    let result = DocumentReader.read(text)
    guard !result.hasErrors, let document = result.document, document.meaning == merged else { return false }
    return MergedText.repeated(document) <= max(MergedText.repeated(ours), MergedText.repeated(theirs))
  }

  /// How many items of lists are written beside those that are meant.
  private static func repeated(_ document: Document) -> Int {
    func items(_ record: Record) -> Int { record.entries.reduce(0) { $0 + items($1.value) } }
    func items(_ node: Node) -> Int {
      switch node.content {
      case .list(let list): list.count + list.reduce(0) { $0 + items($1) }
      case .record(let record): items(record)
      default: 0
      }
    }
    return items(document.fields) - items(document.meaning)
  }

  /// Most bytes that the edits of one file read, and how many edits are made however large it is.
  private static let mostBytes = 1 << 25
  private static let leastEdits = 32

  /// The bytes of a side's file that say what the merged fields say.
  ///
  /// What differs is edited in, in the words of the side that has it; where that does not reach the merged fields, the
  /// fields that differ are written anew, and at last the whole entry. The result is read again: it says the merged fields
  /// or nothing is given back.
  static func bytes(
    _ ours: Document, becoming merged: Record, inWordsOf others: [Document?]
  ) -> Result<[UInt8], DiagnosticsError> {
    let kind = ours.kind
    guard let source = ours.source else { return printed(merged, ours) }
    var text = source
    var edits = RecordDifference.edits(from: ours.meaning, to: merged, kind: kind).filter { $0.form != .order }
    // Each edit reads the whole file: of many in a large one the fields are written anew, or all of it.
    var budget = max(MergedText.leastEdits, MergedText.mostBytes / max(1, source.bytes.count))
    // An edit may wait for another: a tombstone's status for its day, one bound of a limit for the other to go.
    while !edits.isEmpty, edits.count <= budget {
      budget -= edits.count
      let waiting = edits.filter { edit in
        guard case .success(let bytes) = applied(edit, to: text, kind, others) else { return true }
        text = SourceText(path: source.path, bytes: bytes)
        return false
      }
      if waiting.count == edits.count { break }
      edits = waiting
    }
    for name in Set(merged.names + ours.meaning.names).sorted() where budget > 0 {
      budget -= 1
      guard let now = DocumentReader.read(text).document?.meaning, now[name] != merged[name] else { continue }
      let result =
        merged[name].map { DocumentEditor.set(text, path: FieldPath(name), node: $0) }
        ?? DocumentEditor.remove(text, path: FieldPath(name))
      if case .success(let bytes) = result { text = SourceText(path: source.path, bytes: bytes) }
    }
    return says(text, merged) ? .success(text.bytes) : printed(merged, ours)
  }

  private static func applied(
    _ edit: Edit, to text: SourceText, _ kind: Kind, _ others: [Document?]
  ) -> Result<[UInt8], DiagnosticsError> {
    var path = edit.path
    if edit.form == .pair, let before = edit.before, let type = Schema.of(kind).type(at: path) {
      path = path.appending(.item(type.key(of: before)))
    }
    guard let after = edit.after else { return DocumentEditor.remove(text, path: path) }
    let words = others.lazy.compactMap { document -> Node? in
      guard let document, document.value(at: edit.path) == after else { return nil }
      return document.written(at: edit.path)
    }.first
    return DocumentEditor.set(text, path: path, node: words ?? after)
  }

  private static func printed(_ merged: Record, _ ours: Document) -> Result<[UInt8], DiagnosticsError> {
    let text = SourceText(path: ours.path, text: DocumentPrinter.text(kind: ours.kind, fields: merged))
    if says(text, merged) { return .success(text.bytes) }
    let errors = DocumentReader.read(text).diagnostics.filter { $0.severity == .error }
    return .failure(
      DiagnosticsError(
        errors.isEmpty
          ? [
            Diagnostic(
              "merge-unsafe", .error, "the merged `\(ours.key)` cannot be written so that it reads as it is meant")
          ]
          : errors))
  }

  static func says(_ text: SourceText, _ merged: Record) -> Bool {
    let result = DocumentReader.read(text)
    return !result.hasErrors && result.document?.meaning == merged
  }
}
