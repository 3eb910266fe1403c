import EthosDiff
import EthosGit
import EthosModel
import EthosRecord
import EthosStore
import EthosSyntax

/// Finds by which actions commits changed the state of their first parents, by reading and comparing what they touched.
///
/// It runs beside the scan that finds the steps: reading git's trees, and reading, parsing and comparing files, cost about
/// the same. Of two steps that follow each other on a file, the later one's state before is the earlier one's state after,
/// so that each version is parsed once.
final class MeaningPass {
  /// Steps are handed over in lots of so many.
  private static let lot = 128

  private final class Version {
    let blob: ObjectID
    let document: Document?

    init(_ blob: ObjectID, _ document: Document?) {
      self.blob = blob
      self.document = document
    }
  }

  private let store: IdentityStore
  /// By the place of the path, the two versions that were met last.
  private var known: [(older: Version?, newer: Version?)] = []

  private init(_ repository: Repository) { store = IdentityStore(repository) }

  /// Runs a scan and compares what it finds on another thread; gives the actions by the numbers of the commits.
  static func beside<Result>(
    _ repository: Repository, _ scan: (_ give: @escaping (CommitStep) -> Void) throws -> Result
  ) throws -> (Result, [Int: ActionSet]) {
    let open = repository.openerForThread
    return try withWorker { (next: () -> [CommitStep]?) -> [Int: ActionSet] in
      let pass = MeaningPass(try open())
      var actions: [Int: ActionSet] = [:]
      while let steps = next() {
        for step in steps { actions[step.number] = try pass.actions(of: step) }
      }
      return actions
    } _: { give in
      var steps: [CommitStep] = []
      let result = try scan { step in
        steps.append(step)
        guard steps.count == lot else { return }
        give(steps)
        steps.removeAll(keepingCapacity: true)
      }
      give(steps)
      return result
    }
  }

  private func actions(of step: CommitStep) throws -> ActionSet {
    if step.isFirst { return step.after.isEmpty ? [] : ActionSet(.added) }
    if step.before.isEmpty, step.after.isEmpty { return [] }
    let after = try step.after.compactMap { try document($0) }
    let before = try step.before.compactMap { try document($0) }
    let charters = (
      before: try step.charterBefore.flatMap { try document($0) },
      after: try step.charterAfter.flatMap { try document($0) }
    )
    return ActionSet(Comparison.kinds(from: before, to: after, charters: charters))
  }

  private func document(_ version: CommitStep.File) throws -> Document? {
    while known.count <= version.place { known.append((nil, nil)) }
    let (older, newer) = known[version.place]
    if let newer, newer.blob == version.file.blob { return newer.document }
    if let older, older.blob == version.file.blob { return older.document }
    let made = Version(version.file.blob, try store.readAnew(version.file).document)
    known[version.place] = (newer, made)
    return made.document
  }
}
