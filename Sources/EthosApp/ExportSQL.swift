import EthosModel
package import EthosPractice
import EthosRecord
import EthosStore
import EthosText

extension Workspace {
  /// One query that counts, where recorded cases lie in a database, what a replay of them counts.
  package func exportSQL(
    _ name: String, from: String?, to: String?, dialect: SQLDialect, table: String, maps: [String],
    by: [String] = [], typed: Bool = false
  ) throws -> String {
    let (before, after) = try replayStates(of: name, from: from, to: to)
    do {
      return try ReplayQuery(
        before: ReplayQuery.Side(before.side, name: before.name, commit: before.commit),
        after: ReplayQuery.Side(after.side, name: after.name, commit: after.commit),
        mapping: after.mapping.overridden(by: try CaseMapping.typed(maps)), table: try SQLTable(table),
        dialect: dialect,
        by: by, typed: typed
      ).text
    } catch {
      throw Failure(.cannot, error.message, help: error.help.map { [$0] } ?? [])
    }
  }

  /// Writes an export to a file, whole or not at all.
  package func write(_ text: String, to path: String) throws {
    let path = path.begins(with: "/") ? path : environment.workingDirectory + "/" + path
    try FileSystem.writeOutput(Array(text.utf8), to: path)
  }
}
