import EthosGit
import EthosRecord
import EthosStore
import EthosText

/// References as a command found them before it read anything else: what its record rests on.
extension [RepositoryReference] {
  func basis(of name: String) -> TransactionBasis {
    .reference(name, at: first { $0.name.utf8.elementsEqual(name.utf8) }?.target)
  }

  func basis(under prefix: String) -> TransactionBasis {
    .references(under: prefix, filter { $0.name.begins(with: prefix) })
  }
}
