package import EthosDiff
import EthosGit
package import EthosRecord
package import EthosStore

/// What attribution asks of a history.
///
/// `WalkedGraph` answers from the commits themselves, `HistoryIndex` from an index over them: alike, or it is a defect.
package protocol HistoryGraph: AnyObject {
  /// Whether a commit is another, or one of its ancestors.
  func isAncestor(_ ancestor: ObjectID, of descendant: ObjectID) throws -> Bool
  /// Whether a commit is on the line of first parents that ends at a tip.
  func isOnLine(_ commit: ObjectID, of tip: ObjectID) throws -> Bool
  /// The commit of the line of a tip that brought a commit in: the commit itself where it is on the line; nil where the
  /// line does not hold it.
  func entry(of commit: ObjectID, toLineOf tip: ObjectID) throws -> ObjectID?
  /// A commit at or above this one along first parents, from which on a file did not change: as near to the one that
  /// touched it last as can be told without reading. With it the file as it stands there, or nil.
  func settled(_ path: String, at commit: ObjectID) throws -> (commit: ObjectID, file: IdentityFile?)
  /// The nearest commit at or above this one along first parents that may have changed its own first parent's state by
  /// an action, as near as can be told without reading; nil where there is none.
  func nearest(_ commit: ObjectID, mayHave action: Action) throws -> ObjectID?
  /// The files of this name below a folder at a commit, by path.
  func files(named name: String, below folder: String, at commit: ObjectID) throws -> [IdentityFile]
}
