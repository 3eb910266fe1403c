import EthosText

/// Finds what a person should look at in a text that is worded otherwise: words of obligation, negation and quantity,
/// numbers, days, sentences that came or went, the words themselves where they are few, and that no word changed.
///
/// These are hints and no judgement. The words are English; the rest is found in any language.
/// Costs one pass over both texts and a comparison of the sentences that differ.
enum Signals {
  /// At most this many sentences of each sort are quoted; the rest is counted.
  static let maximumSentences = 5
  /// The words themselves are told where at most this many came or went.
  static let maximumWords = 12

  static func between(_ before: String, _ after: String) -> [Signal] {
    let (old, new) = (WordedText(before), WordedText(after))
    var signals: [Signal] = []
    for (name, words) in wordLists {
      signals += replacements(name, old.words(in: words), new.words(in: words))
    }
    let (lost, gained) = difference(old.words(in: negations), new.words(in: negations))
    signals +=
      distinct(lost).map { Signal("negation-removed", $0) } + distinct(gained).map { Signal("negation-added", $0) }
    signals += replacements("number", old.numbers, new.numbers)
    signals += replacements("date", old.days, new.days)
    signals += sentences("sentence-removed", in: old.sentences, notIn: new.sentences)
    signals += sentences("sentence-added", in: new.sentences, notIn: old.sentences)
    let unseen = replacements("hidden-text", unseenText(before), unseenText(after))
    signals += unseen
    if old.written == new.written, !unseen.isEmpty { return signals }
    if old.written == new.written { return signals + [Signal("punctuation", "the words are the same")] }
    let known = Set(signals.map { $0.detail.lowercased() })
    return signals
      + fewWords(old.written, new.written).filter { !known.contains($0.lowercased()) }.map { Signal("words", $0) }
  }

  private static let wordLists: [(String, Set<String>)] = [
    (
      "obligation",
      [
        "must", "shall", "should", "may", "might", "can", "could", "will", "would", "ought", "need", "needs",
        "required",
        "requires", "always", "never", "forbidden", "prohibited", "allowed", "permitted", "optional", "mandatory",
      ]
    ),
    (
      "quantifier",
      [
        "all", "any", "every", "each", "some", "most", "many", "few", "several", "none", "only", "both", "either",
        "more", "less", "fewer", "least", "everyone", "anyone", "everybody", "anybody", "someone", "somebody",
      ]
    ),
  ]

  private static let negations: Set<String> = [
    "not", "no", "nor", "neither", "nobody", "nothing", "nowhere", "without", "cannot", "unless", "except",
  ]

  /// The runs of what a reader does not see, as escapes: the words around them are the same, and the text is not.
  private static func unseenText(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    // Carriage returns are a matter of layout.
    return Unseen.runs(in: text).map { bytes[$0].filter { $0 != 0x0D } }.filter { !$0.isEmpty }
      .map { visibleText(String(decoding: $0, as: UTF8.self)) }
  }

  /// Pairs what is lost with what is gained in the order of the texts: `must → should`.
  private static func replacements(_ name: String, _ before: [String], _ after: [String]) -> [Signal] {
    let (lost, gained) = difference(before, after)
    let details = (0..<max(lost.count, gained.count)).map { index in
      "\(index < lost.count ? lost[index] : "–") → \(index < gained.count ? gained[index] : "–")"
    }
    return distinct(details).map { Signal(name, $0) }
  }

  /// What the one list has more of than the other, in its order.
  private static func difference(_ before: [String], _ after: [String]) -> (lost: [String], gained: [String]) {
    func surplus(_ list: [String], over other: [String]) -> [String] {
      var counts = other.reduce(into: [:]) { $0[$1, default: 0] += 1 }
      return list.filter { word in
        guard let count = counts[word], count > 0 else { return true }
        counts[word] = count - 1
        return false
      }
    }
    return (surplus(before, over: after), surplus(after, over: before))
  }

  /// What became of which words, where few did: `platform-level → root-level`.
  ///
  /// Empty where many did, which the sentences tell better.
  private static func fewWords(_ before: [String], _ after: [String]) -> [String] {
    guard let alignment = WordAlignment(before, after, maximum: maximumWords) else { return [] }
    var (old, new) = (0, 0)
    var details: [String] = []
    while old < before.count || new < after.count {
      var (from, to): ([String], [String]) = ([], [])
      while alignment.removed.contains(old) {
        from.append(before[old])
        old += 1
      }
      while alignment.inserted.contains(new) {
        to.append(after[new])
        new += 1
      }
      if !from.isEmpty || !to.isEmpty {
        details.append(
          "\(from.isEmpty ? "–" : from.joined(separator: " ")) → "
            + "\(to.isEmpty ? "–" : to.joined(separator: " "))")
      }
      old += 1
      new += 1
    }
    return distinct(details)
  }

  /// Each text once, with how often it was there.
  private static func distinct(_ texts: [String]) -> [String] {
    var counts: [String: Int] = [:]
    var order: [String] = []
    for text in texts {
      if counts[text] == nil { order.append(text) }
      counts[text, default: 0] += 1
    }
    return order.map { text in (counts[text] ?? 1) > 1 ? "\(text) (\(counts[text] ?? 1) times)" : text }
  }

  private static func sentences(_ name: String, in texts: [WordedText.Sentence], notIn others: [WordedText.Sentence])
    -> [Signal]
  {
    let known = Set(others.map(\.words))
    let knownHere = Set(texts.map(\.words))
    let rest = others.filter { !knownHere.contains($0.words) }
    // A long text that differs everywhere is not compared sentence by sentence with all of another.
    let comparable = rest.prefix(200)
    var gone: [String] = []
    for sentence in texts.prefix(1_000) where !known.contains(sentence.words) && !sentence.words.isEmpty {
      if !comparable.contains(where: { sentence.resembles($0) }) { gone.append(sentence.text) }
    }
    var signals = gone.prefix(maximumSentences).map { Signal(name, excerpt($0)) }
    if gone.count > maximumSentences { signals.append(Signal(name, "and \(gone.count - maximumSentences) more")) }
    return signals
  }

  private static func excerpt(_ text: String) -> String {
    text.count <= 120 ? text : text.prefix(119).trimmed() + "…"
  }
}

extension Substring {
  fileprivate func trimmed() -> String {
    var text = self
    while text.last?.isWhitespace ?? false { text.removeLast() }
    return String(text)
  }
}
