import Foundation
package import Testing

/// Compares a long text with the file of that name in the folder `Snapshots` of the test's target.
///
/// With `ETHOS_RECORD=1` in the environment the file is written instead and the test fails, so that nobody records by
/// accident, and never in CI; what was recorded is read like prose before it is committed.
package func expectSnapshot(_ text: String, named name: String, sourceLocation: SourceLocation = #_sourceLocation) {
  // A file id is `Module/File.swift`; targets of tests are folders of the same name.
  let target = String(sourceLocation.fileID.prefix { $0 != "/" })
  let file = Fixtures.tests.appending(path: target).appending(path: "Snapshots").appending(path: name)
  let environment = ProcessInfo.processInfo.environment
  let known = try? Data(contentsOf: file)
  if environment["ETHOS_RECORD"] != nil, environment["CI"] == nil, known != Data(text.utf8) {
    do {
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      Issue.record("recorded \(name)", sourceLocation: sourceLocation)
    } catch {
      Issue.record(error, sourceLocation: sourceLocation)
    }
    return
  }
  guard let recorded = try? Data(contentsOf: file) else {
    Issue.record("there is no snapshot \(name); record it with ETHOS_RECORD=1", sourceLocation: sourceLocation)
    return
  }
  let old = String(decoding: recorded, as: UTF8.self)
  guard old != text else { return }
  // The first line that differs says more than two long texts.
  let lines = zip(
    old.split(separator: "\n", omittingEmptySubsequences: false),
    text.split(separator: "\n", omittingEmptySubsequences: false))
  let first = lines.enumerated().first { $0.element.0 != $0.element.1 }
  Issue.record(
    """
    \(name) is not as recorded; first at line \((first?.offset ?? 0) + 1):
      recorded: \(first.map { String($0.element.0) } ?? "(ends)")
      now:      \(first.map { String($0.element.1) } ?? "(ends)")
    """, sourceLocation: sourceLocation)
}
