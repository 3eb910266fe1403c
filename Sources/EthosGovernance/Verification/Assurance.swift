/// What a verdict on a history rests on.
package enum Assurance: String, Hashable, Sendable {
  /// Every ratification, and every approval that it needed, is signed by a key of the person, as known at the time.
  case signed
  case partlySigned = "partly signed"
  /// Nothing is signed.
  case unsigned

  /// The assurance of many steps, by how many of each there are; unsigned where there are none.
  package init(signed: Int, partly: Int, unsigned: Int) {
    if partly == 0, unsigned == 0, signed > 0 {
      self = .signed
    } else {
      self = signed + partly > 0 ? .partlySigned : .unsigned
    }
  }

  package var inWords: String {
    switch self {
    case .signed: "signed: each approval that counted was signed by a key of the person"
    case .partlySigned:
      "partly signed: some approvals that counted, or the first commit, could have been typed by anybody"
    case .unsigned: "unsigned: anybody could have typed these names"
    }
  }
}
