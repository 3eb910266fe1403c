package import EthosText

/// What a commit says that agrees to a release before it is made: it changes no file, and its first parent is the commit
/// that would be released.
package struct ReleaseApproval: Hashable, Sendable {
  /// Exactly what is agreed to.
  ///
  /// An approval of anything else is none of this release.
  package struct Terms: Hashable, Sendable {
    package var name: ReleaseName
    package var effective: Day
    /// The SHA-256 of the canonical bundle of the identity, in hexadecimal.
    package var bundle: String
    /// Why it is effective before it was made, on one line; nil where it is not.
    package let retroactive: String?

    package init(name: ReleaseName, effective: Day, bundle: String, retroactive: String?) {
      self.name = name
      self.effective = effective
      self.bundle = bundle
      self.retroactive = retroactive.map(collapsedLine)
    }
  }

  package var terms: Terms
  package var words: String

  package init(_ terms: Terms, words: String = "") {
    self.terms = terms
    self.words = words
  }

  /// Reads an approval; nil where the message is none, or says one of its terms twice.
  package init?(message: String) {
    let parsed = CommitMessage(parsing: message)
    let keys: [TrailerKey] = [.release, .effective, .bundle, .retroactive]
    guard keys.allSatisfy({ parsed.values($0).count <= 1 }),
      let name = parsed.value(.release).flatMap({ ReleaseName($0) }),
      let effective = parsed.value(.effective).flatMap({ Day($0) }), let bundle = parsed.value(.bundle)
    else { return nil }
    terms = Terms(name: name, effective: effective, bundle: bundle, retroactive: parsed.value(.retroactive))
    words = parsed.body
  }

  package var message: String {
    let trailers =
      [
        Trailer(.release, terms.name.description), Trailer(.effective, terms.effective.description),
        Trailer(.bundle, terms.bundle),
      ] + [terms.retroactive].compactMap { $0 }.map { Trailer(.retroactive, $0) }
    return CommitMessage(subject: "Approve release/\(terms.name)", body: words, trailers: trailers).text
  }
}

extension ReleaseManifest {
  /// What an approval of this release must say.
  package var terms: ReleaseApproval.Terms {
    ReleaseApproval.Terms(name: name, effective: effective, bundle: bundle, retroactive: retroactive)
  }
}
