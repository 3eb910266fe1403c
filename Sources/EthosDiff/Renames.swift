import EthosModel
import EthosText

extension Rename {
  /// The share of words, in percent, from which two entries pass for one that changed its id.
  static let threshold = 55
  /// The share for short entries, which have many words in common by chance.
  static let shortThreshold = 80
  /// An entry of fewer words is short.
  static let shortEntry = 12
  /// A word that is in more entries than this finds no candidates: it is in all of them.
  static let commonWord = 64

  /// The entries that went, paired with those that came with nearly the same content, the most alike first.
  ///
  /// Alike is twice the words in common, each as often as it is in both, over the words of both. What went was removed
  /// or retired, what came was added or restored. Costs the words of the entries that came and went.
  static func found(in changes: [Change]) -> [Rename] {
    let gone = changes.compactMap { Content($0, [.removed, .retired], $0.before) }
    let come = changes.compactMap { Content($0, [.added, .restored], $0.after) }
    guard !gone.isEmpty, !come.isEmpty else { return [] }
    var candidates = pairs(gone, come).compactMap { pair -> Rename? in
      let (old, new) = (gone[pair.before], come[pair.after])
      guard let similarity = similarity(old.words, new.words) else { return nil }
      return Rename(before: old.entry, after: new.entry, similarity: similarity)
    }
    // Ties are broken by the two ids alike, so that exchanged sides give the exchanged renames.
    candidates.sort { left, right in
      if left.similarity != right.similarity { return left.similarity > right.similarity }
      let (first, second) = ([left.before, left.after].sorted(), [right.before, right.after].sorted())
      return first.lexicographicallyPrecedes(second)
    }
    var taken: Set<EntryKey> = []
    var renames: [Rename] = []
    for candidate in candidates where !taken.contains(candidate.before) && !taken.contains(candidate.after) {
      taken.formUnion([candidate.before, candidate.after])
      renames.append(candidate)
    }
    return renames.sorted { $0.before < $1.before }
  }

  /// The similarity in percent, or nil where it is below the threshold.
  static func similarity(_ left: [String], _ right: [String]) -> Int? {
    let all = left.count + right.count
    guard all > 0 else { return nil }
    let share = 200 * commonWords(left, right) / all
    return share >= (min(left.count, right.count) < shortEntry ? shortThreshold : threshold) ? share : nil
  }

  /// An entry that came or went, as words.
  private struct Content {
    let entry: EntryKey
    let words: [String]

    init?(_ change: Change, _ actions: Set<Action>, _ node: Node?) {
      guard change.field.isEmpty, actions.contains(change.kind.action), let record = node?.record,
        record["status"]?.text != "retired"
      else { return nil }
      entry = change.entry
      let fields = record.entries.filter { !Content.ignored.contains($0.name) && !$0.name.begins(with: "x-") }
      words = fields.flatMap { WordedText($0.value.summaryText).sentences.flatMap(\.words) }
    }

    /// What many entries share, or what belongs to the id's life and not to its content.
    private static let ignored: Set<String> = [
      "id", "status", "since", "because", "owner", "rank", "outranks", "serves", "audience",
    ]
  }

  private struct Pair: Hashable {
    var before: Int
    var after: Int
  }

  /// The pairs of one kind that have a rare enough word in common.
  private static func pairs(_ gone: [Content], _ come: [Content]) -> Set<Pair> {
    struct Word: Hashable {
      var kind: Kind
      var text: String
    }
    func postings(_ contents: [Content]) -> [Word: [Int]] {
      var result: [Word: [Int]] = [:]
      for (index, content) in contents.enumerated() {
        for word in Set(content.words) { result[Word(kind: content.entry.kind, text: word), default: []].append(index) }
      }
      return result
    }
    let others = postings(come)
    var pairs: Set<Pair> = []
    for (word, indices) in postings(gone) {
      guard let matches = others[word], indices.count + matches.count <= commonWord else { continue }
      for before in indices { for after in matches { pairs.insert(Pair(before: before, after: after)) } }
    }
    return pairs
  }
}
