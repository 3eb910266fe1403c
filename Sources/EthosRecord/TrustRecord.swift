import EthosText

/// What a tag `trust/NAME` says beside its signature: which keys are to vouch for the first commit from now on.
///
/// It is the last paragraph of the tag's message and has one form, so that those who sign the same keys sign the same
/// record. The words before it are free.
package struct TrustRecord: Hashable, Sendable {
  /// What a message holds.
  package enum Reading: Hashable, Sendable {
    /// It names no keys: whoever signed it vouches for the first commit.
    case none
    case record(TrustRecord)
    /// It names keys, in another form than the one that counts; with the reason.
    case malformed(String)
  }

  /// By their bytes, each once.
  package let keys: [SigningKey]
  /// How many of them have to vouch.
  package let threshold: Int
  /// How often the keys were handed over with this, from 1.
  package let rotation: Int

  /// Fails where there are no keys, or the numbers cannot be.
  package init?(keys: some Sequence<SigningKey>, threshold: Int, rotation: Int) {
    self.keys = Set(keys).sorted { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
    (self.threshold, self.rotation) = (threshold, rotation)
    guard (1...max(1, self.keys.count)).contains(threshold), !self.keys.isEmpty, (1...9999).contains(rotation) else {
      return nil
    }
  }

  /// The paragraph, as it is typed.
  package var text: String {
    (["Rotation: \(rotation)", "Threshold: \(threshold)"] + keys.map { "Trusts: \($0)" }).joined(separator: "\n")
  }

  package static func reading(of message: String) -> Reading {
    var paragraphs: [[String]] = [[]]
    for line in message.parts(at: "\n") {
      if line.utf8.isEmpty { paragraphs.append([]) } else { paragraphs[paragraphs.count - 1].append(line) }
    }
    paragraphs.removeAll { $0.isEmpty }
    let isNamed = paragraphs.joined().contains(where: isOfRecord)
    guard isNamed, let last = paragraphs.last else { return .none }
    guard !paragraphs.dropLast().joined().contains(where: isOfRecord) else {
      return .malformed("the lines of the record are its last paragraph, and stand nowhere else")
    }
    let form = "the last paragraph is `Rotation: N`, `Threshold: N`, and a line `Trusts: KEY` for each key, sorted"
    guard last.count >= 3, let rotation = last[0].dropping("Rotation: ").flatMap({ Int($0) }),
      let threshold = last[1].dropping("Threshold: ").flatMap({ Int($0) })
    else { return .malformed(form) }
    let keys = last[2...].compactMap { $0.dropping("Trusts: ").flatMap { SigningKey($0) } }
    guard let record = TrustRecord(keys: keys, threshold: threshold, rotation: rotation),
      record.text.utf8.elementsEqual(last.joined(separator: "\n").utf8)
    else { return .malformed(form) }
    return .record(record)
  }

  /// Whether a line is meant as one of a record, however it is written.
  private static func isOfRecord(_ line: String) -> Bool {
    let letters = line.unicodeScalars.filter { ("A"..."Z").contains($0) || ("a"..."z").contains($0) || $0 == ":" }
    let word = String(String.UnicodeScalarView(letters)).lowercased()
    return ["trusts:", "threshold:", "rotation:"].contains { word.begins(with: $0) }
  }
}
