import EthosGit
import EthosModel
import EthosStore

/// What one commit did to the files of an identity, against its first parent.
struct CommitStep: Sendable {
  /// A version of a file, with the place of its path among all paths.
  struct File: Sendable {
    var place: Int
    var file: IdentityFile
  }

  var number: Int
  /// Whether it has no parent: whatever it has, it adds.
  var isFirst = false
  var before: [File] = []
  var after: [File] = []
  /// The charter that the first parent has, and that of the commit.
  var charterBefore: File?
  var charterAfter: File?
}

/// Turns what a scan finds of each commit into steps of the identity.
struct StepReader {
  private let touches: TouchScan
  private let scan: CommitScan
  /// By the scan's place of a path; nil for one that is no file of an identity.
  private var paths: [String?] = []

  init(_ touches: TouchScan, _ scan: CommitScan) {
    self.touches = touches
    self.scan = scan
  }

  mutating func step(_ number: Int, _ place: Int, _ found: [FileTouch]) throws -> CommitStep {
    let parent = scan.parents(of: place).first
    var step = CommitStep(number: number, isFirst: parent == nil)
    for touch in found {
      guard let path = path(touch.path) else { continue }
      if let leaf = touch.after { step.after.append(CommitStep.File(touch.path + 1, path, leaf)) }
      if let leaf = touch.before { step.before.append(CommitStep.File(touch.path + 1, path, leaf)) }
    }
    // The charter only helps to read what was touched.
    guard !step.isFirst, !(step.before.isEmpty && step.after.isEmpty) else { return step }
    func charter(_ place: Int) throws -> CommitStep.File? {
      // It stands before all paths that were touched: it may be none of them.
      try touches.file(named: Kind.charterPath, at: place).map { CommitStep.File(0, Kind.charterPath, $0) }
    }
    step.charterAfter = try charter(place)
    step.charterBefore = try parent.flatMap { try charter($0) }
    return step
  }

  private mutating func path(_ place: Int) -> String? {
    while paths.count < touches.paths.count {
      let path = touches.paths[paths.count].string
      paths.append(path.flatMap { Kind(path: $0) == nil ? nil : $0 })
    }
    return paths[place]
  }
}

extension CommitStep.File {
  fileprivate init(_ place: Int, _ path: String, _ leaf: TreeLeaf) {
    self.init(place: place, file: IdentityFile(path: path, mode: leaf.mode, blob: leaf.id))
  }
}
