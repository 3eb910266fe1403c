import EthosGovernance
import EthosRecord

/// What the signatures of one step say.
struct StepSignatures {
  var findings: [Finding] = []
  var assurance: Assurance = .unsigned
}

extension Workspace {
  func signatures(of step: inout LineStep) throws -> StepSignatures { StepSignatures() }
  func trustFindings(_ key: String?, root: ObjectID) throws -> [Finding] { [] }
  func releaseFindings(pushed tag: PushedReference, line head: ObjectID?) throws -> [Finding] { [] }
  func releaseFindings(line head: ObjectID) throws -> [Finding] { [] }
}
