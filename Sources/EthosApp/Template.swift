import EthosModel
import EthosStore
import EthosSyntax
import EthosText

/// A file that a template puts into a new identity.
package struct TemplateFile: Hashable, Sendable {
  package var path: String
  package var bytes: [UInt8]
}

/// A named set of files to begin an identity with.
package struct Template: Sendable {
  package let name: String
  package let title: String
  package let summary: String
  /// The folder that holds it.
  let folder: String

  /// The folder of the template's history, where it tells one.
  package var story: String? {
    FileSystem.entry(at: folder + "/story/story.yaml") == nil ? nil : folder + "/story"
  }

  /// The names of all templates in the first of the folders that exists.
  package static func names(in folders: [String]) throws -> [String] {
    guard let folder = folders.first(where: { FileSystem.entry(at: $0) == .folder }) else { return [] }
    return try FileSystem.names(in: folder).filter { FileSystem.entry(at: "\(folder)/\($0)/template.yaml") != nil }
  }

  package static func named(_ name: String, in folders: [String]) throws -> Template {
    guard let root = folders.first(where: { FileSystem.entry(at: $0) == .folder }) else {
      throw Failure.cannot(
        "the templates are not installed", help: "name their folder: `ETHOS_TEMPLATES=DIR ethos init …`")
    }
    let names = try names(in: folders)
    guard names.contains(name) else {
      let near = nearestName(to: name, among: names)
      throw Failure.usage(
        "there is no template `\(name)`",
        help: near.map { "did you mean `\($0)`?" } ?? "the templates are \(names.joined(separator: ", "))")
    }
    let folder = "\(root)/\(name)"
    let file = SourceText(
      path: "template.yaml", bytes: try FileSystem.read(folder + "/template.yaml", limit: 1 << 20))
    let (node, diagnostics) = PlainDocument.read(file)
    guard let record = node?.record else {
      throw Failure(.cannot, "the template `\(name)` cannot be read", diagnostics: diagnostics)
    }
    return Template(
      name: name, title: record["title"]?.text ?? name, summary: record["summary"]?.text ?? "", folder: folder)
  }

  /// The files of the identity, by path.
  package func files() throws -> [TemplateFile] { try Template.files(below: folder + "/identity") }

  /// All files below a folder, by path.
  static func files(below root: String, prefix: String = "") throws -> [TemplateFile] {
    var files: [TemplateFile] = []
    for name in try FileSystem.names(in: root) {
      let place = "\(root)/\(name)"
      switch FileSystem.entry(at: place) {
      case .folder: files += try Template.files(below: place, prefix: prefix + name + "/")
      case .file: files.append(TemplateFile(path: prefix + name, bytes: try FileSystem.read(place, limit: 1 << 20)))
      case .symbolicLink, .other, nil: continue
      }
    }
    return files.sorted { $0.path < $1.path }
  }
}
