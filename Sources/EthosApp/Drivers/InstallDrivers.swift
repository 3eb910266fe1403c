import EthosGit
import EthosModel
import EthosStore
import EthosText

/// What became of the drivers that let plain git speak of meaning.
package struct InstalledDrivers: Sendable {
  package struct Setting: Sendable {
    package var key: String
    package var value: String
    package var isNew: Bool
  }

  package var settings: [Setting]
  /// The file that says which files the drivers are for.
  package var attributes: String
  /// The lines that were, or would be, added to it.
  package var lines: [String]
}

extension Workspace {
  /// Most bytes of a `.gitattributes`.
  private static let attributesLimit = 1 << 20

  /// Makes ethos git's driver for the files of the identity: `.gitattributes` in the work tree names them, and the
  /// repository's configuration says what to run.
  ///
  /// What is there already stays.
  package func installDrivers(executable: String, isDryRun: Bool) throws -> InstalledDrivers {
    guard let root = repository.location.workTree else {
      throw Failure.cannot(
        "a bare repository has no work tree, and merges nothing", help: "install the drivers in a clone")
    }
    let attributes = (root.ends(with: "/") ? root : root + "/") + ".gitattributes"
    var known: [UInt8] = []
    switch FileSystem.entry(at: attributes) {
    case nil: break
    case .file: known = try FileSystem.read(attributes, limit: Workspace.attributesLimit)
    default: throw Failure.cannot("`\(attributes)` is no file")
    }
    guard known.count <= Workspace.attributesLimit else {
      throw Failure.cannot("`\(attributes)` is longer than \(Workspace.attributesLimit) bytes")
    }
    let present = Set(
      String(decoding: known, as: UTF8.self).split(whereSeparator: \.isNewline).map {
        $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      })
    let lines = Workspace.attributeLines.filter { !present.contains($0) }
    let settings = try Workspace.settings(executable: executable).map { key, value in
      InstalledDrivers.Setting(key: key, value: value, isNew: try repository.configuration(key) != value)
    }
    let result = InstalledDrivers(settings: settings, attributes: attributes, lines: lines)
    guard !isDryRun else { return result }
    for setting in settings where setting.isNew {
      try configure(setting)
    }
    if !lines.isEmpty {
      if let last = known.last, last != 0x0A { known.append(0x0A) }
      known += lines.flatMap { Array("\($0)\n".utf8) }
      try FileSystem.write(known, to: attributes, temporaryFolder: store.temporaryFolder)
    }
    return result
  }

  /// What `.gitattributes` says: the drivers are for the identity's files alone.
  private static let attributeLines =
    (["/\(Kind.charterPath)"] + Kind.allCases.compactMap(\.folder).map { "/\($0)/**/*.yaml" }).map {
      "\($0) diff=ethos merge=ethos"
    }

  private static func settings(executable: String) -> [(key: String, value: String)] {
    // Git hands these to a shell.
    let program = shellWord(executable)
    return [
      ("diff.ethos.textconv", "\(program) driver textconv"), ("diff.ethos.command", "\(program) driver diff"),
      ("merge.ethos.name", "merge by meaning"), ("merge.ethos.driver", "\(program) driver merge %O %A %B %P"),
    ]
  }

  /// Git itself writes its configuration: it knows the file's lock and form.
  private func configure(_ setting: InstalledDrivers.Setting) throws {
    let file = repository.location.commonDirectory + "/config"
    do {
      let outcome = try Program("git", environment: environment.variables).run(
        ["config", "--file", file, setting.key, setting.value])
      guard outcome.status == 0 else {
        throw Failure.cannot("git did not take the setting `\(setting.key)`: \(outcome.complaint)")
      }
    } catch let error as ProgramError {
      throw Failure.cannot(error.description)
    }
  }
}
