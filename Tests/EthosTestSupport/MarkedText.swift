/// Text with places marked by digits in a box (`1️⃣`), which are taken out: `let atMost: 1️⃣sixty2️⃣`.
package struct MarkedText {
  /// The text without its markers.
  package let text: String
  /// The byte offset of each marker in that text.
  package let markers: [Character: Int]

  package init(_ marked: String) {
    var text = ""
    var markers: [Character: Int] = [:]
    for character in marked {
      if character.unicodeScalars.last == "\u{20E3}" {
        markers[character] = text.utf8.count
      } else {
        text.append(character)
      }
    }
    self.text = text
    self.markers = markers
  }

  /// The offsets of markers 1 and 2: the span that is meant.
  ///
  /// Where there is no second, it is empty.
  package var span: (start: Int, end: Int) {
    let start = markers["1️⃣"] ?? 0
    return (start, markers["2️⃣"] ?? start)
  }
}
