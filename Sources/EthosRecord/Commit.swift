/// A commit as a value.
package struct Commit: Hashable, Sendable {
  package var id: ObjectID
  package var tree: ObjectID
  package var parents: [ObjectID]
  package var author: Signature
  package var committer: Signature
  /// The whole message, read in the encoding that the commit names; bytes that are no text in it are written as `\xF6`.
  package var message: String
  /// Whether all of the message could be read as text.
  package var isDecoded = true

  package init(
    id: ObjectID, tree: ObjectID, parents: [ObjectID], author: Signature, committer: Signature, message: String
  ) {
    self.id = id
    self.tree = tree
    self.parents = parents
    self.author = author
    self.committer = committer
    self.message = message
  }
}

/// An annotated tag as a value.
package struct AnnotatedTag: Hashable, Sendable {
  package var id: ObjectID
  /// The tag's own name, without `refs/tags/`.
  package var name: String
  package var target: ObjectID
  package var tagger: Signature?
  /// The whole message, without a signature after it, read like that of a commit.
  package var message: String

  package init(id: ObjectID, name: String, target: ObjectID, tagger: Signature?, message: String) {
    self.id = id
    self.name = name
    self.target = target
    self.tagger = tagger
    self.message = message
  }
}
