/// A text that equals another only when their Unicode scalars are the same, as a key of dictionaries and sets.
///
/// Swift's own equality calls canonically equivalent texts equal, which are different bytes in a file and a fingerprint.
struct ExactText: Hashable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: ExactText, right: ExactText) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

  // Equal texts hash alike; canonically equivalent ones do too, which costs a comparison and is rare.
  func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
