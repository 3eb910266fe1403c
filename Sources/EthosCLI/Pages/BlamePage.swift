import EthosApp
import EthosHistory
import EthosModel
import EthosReport

enum BlamePage {
  static func make(_ answer: BlameAnswer) -> Report {
    let blame = answer.blame
    let fields = blame.entries.keys.sorted { $0.description < $1.description }
    let places = Dictionary(uniqueKeysWithValues: fields.enumerated().map { ($1, $0) })
    return BlameReport(
      reference: answer.key.description, title: answer.title, file: blame.path, revision: answer.revision.name,
      lines: blame.lines.map { BlameReport.Line(text: $0.text, entry: $0.field.flatMap { places[$0] }) },
      entries: fields.compactMap { blame.entries[$0] }
    ).report
  }
}
