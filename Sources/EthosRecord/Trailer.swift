/// One line of a commit message that programs read: `Source: minutes of 2026-01-12`.
package struct Trailer: Hashable, Sendable {
  /// Letters, digits and `-`.
  ///
  /// Keys are the same whatever their case.
  package let key: String
  /// One line of text.
  package let value: String

  /// Fails where the key is none that git would read back.
  ///
  /// White space in the value, line breaks among it, becomes single spaces: a value never ends its line, let alone the
  /// block of trailers.
  package init?(_ key: String, _ value: String) {
    guard Trailer.isKey(key) else { return nil }
    self.key = key
    self.value = collapsedLine(value)
  }

  /// One of the trailers that ethos writes.
  init(_ key: TrailerKey, _ value: String) {
    self.key = key.rawValue
    self.value = collapsedLine(value)
  }

  /// What git read, which is kept as it is.
  init(readKey key: String, value: String) {
    self.key = key
    self.value = value
  }

  /// Whether this is one of ethos's own trailers.
  func has(_ key: TrailerKey) -> Bool { hasKey(key.rawValue) }

  func hasKey(_ key: String) -> Bool { self.key.lowercased() == key.lowercased() }

  private static func isKey(_ key: String) -> Bool {
    guard let first = key.utf8.first, first != 0x2D else { return false }
    return key.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D: true
      default: false
      }
    }
  }
}

/// The trailers that ethos writes and reads.
enum TrailerKey: String {
  case source = "Source"
  case reasonFor = "Reason-For"
  case classification = "Class"
  case coAuthor = "Co-authored-by"
  case review = "Review"
  case reviewed = "Reviewed"
  case reviewOf = "Review-Of"
  case onBehalfOf = "On-Behalf-Of"
  case condition = "Condition"
  case about = "About"
  case proposal = "Proposal"
  case approvedBy = "Approved-by"
  case objectedBy = "Objected-by"
  case answer = "Answer"
  case level = "Level"
  case ruleset = "Ruleset"
  case reaffirmed = "Reaffirmed"
  case closed = "Closed"
  case adopts = "Adopts"
  case release = "Release"
  case effective = "Effective"
  case bundle = "Bundle"
  case retroactive = "Retroactive"
}

/// A text on one line: runs of white space and of what git or a terminal might take for the end of a line are one space,
/// and none at the ends.
func collapsedLine(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  var pending = false
  for scalar in text.unicodeScalars {
    if scalar.value <= 0x20 || (0x7F...0xA0).contains(scalar.value) || [0x2028, 0x2029].contains(scalar.value) {
      pending = true
      continue
    }
    if pending, !result.isEmpty { result.append(" ") }
    pending = false
    result.append(scalar)
  }
  return String(result)
}
