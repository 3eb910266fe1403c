package import EthosRecord

extension Repository {
  /// The same repository, opened once more, as it would be with these references moved, made or gone.
  ///
  /// A server asks so what a push would make of it, by the same questions that are asked of what stands. Only whole names
  /// are answered otherwise; and nothing can be written through it.
  package func supposing(_ references: [(name: String, target: ObjectID?)]) throws(GitError) -> Repository {
    var variables = environment
    variables["GIT_DIR"] = nil
    let other = try Repository.open(at: location.gitDirectory, search: .exact, environment: variables)
    other.supposed = supposed
    // Names are compared by their bytes: two that look alike are two.
    for reference in references { other.supposed[Array(reference.name.utf8)] = .some(reference.target) }
    return other
  }
}
