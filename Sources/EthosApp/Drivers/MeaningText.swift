import EthosModel
import EthosSyntax
import EthosText

/// The text of a file by its meaning alone, for git to compare line by line.
package enum MeaningText {
  /// The canonical text of a file: fields in the order of the schema, sets sorted, tables aligned.
  ///
  /// What cannot be read as a file of an identity is given back as it is. Git shows the text to people: what nobody
  /// would see is escaped.
  ///
  /// Git names a copy of the file, whose path does not tell the kind: then the kind is the one as which it reads best.
  package static func of(_ bytes: [UInt8], named name: String) -> [UInt8] {
    guard let document = document(bytes, named: name) else {
      guard let text = String(validating: bytes, as: UTF8.self) else { return bytes }
      return Array(visibleText(text, keepsLines: true).utf8)
    }
    return Array(
      visibleText(DocumentPrinter.text(kind: document.kind, fields: document.meaning), keepsLines: true).utf8)
  }

  private static func document(_ bytes: [UInt8], named name: String) -> Document? {
    for kind in candidates(name) {
      let path = kind.folder.map { "\($0)/file.yaml" } ?? Kind.charterPath
      let result = DocumentReader.read(SourceText(path: path, bytes: bytes))
      if !result.hasErrors, let document = result.document { return document }
    }
    return nil
  }

  /// The kinds that a file of this name may be of.
  private static func candidates(_ name: String) -> [Kind] {
    if let kind = Kind(path: name) { return [kind] }
    let base = name.parts(at: "/", omittingEmpty: true).last ?? name
    return base.ends(with: Kind.charterPath) ? Kind.allCases : Kind.allCases.filter { $0 != .charter }
  }
}
