import EthosText

/// A text as words, numbers, days and sentences.
struct WordedText {
  struct Sentence {
    var text: String
    var words: [String]

    /// Whether two sentences have half of the longer one's words in common, each word as often as it is there.
    func resembles(_ other: Sentence) -> Bool {
      let longer = max(words.count, other.words.count)
      guard 2 * min(words.count, other.words.count) >= longer else { return false }
      return 2 * commonWords(words, other.words) >= longer
    }
  }

  /// Everything that is no white space or punctuation, as it is written.
  private(set) var written: [String] = []
  private(set) var words: [String] = []
  private(set) var numbers: [String] = []
  private(set) var days: [String] = []
  private(set) var sentences: [Sentence] = []

  init(_ text: String) {
    var current = Sentence(text: "", words: [])
    func isEnd(_ character: Character) -> Bool { ".!?。！？".contains(character) }
    var wasEnd = false
    for token in WordedText.tokens(text) {
      switch token {
      case .word(let word):
        let lowered = word.lowercased()
        record(String(word), lowered)
        current.words.append(lowered)
        current.text += word
        wasEnd = false
      case .other(let character):
        let isBreak = character.isNewline || (wasEnd && character.isWhitespace)
        if isBreak { finish(&current) } else { current.text.append(character) }
        wasEnd = isEnd(character) || (wasEnd && !character.isWhitespace)
      }
    }
    finish(&current)
  }

  /// The words of a list in the order of the text; `n't` is `not`.
  func words(in list: Set<String>) -> [String] { words.filter(list.contains) }

  private mutating func finish(_ sentence: inout Sentence) {
    let text = sentence.text.drop { $0.isWhitespace }
    if !sentence.words.isEmpty { sentences.append(Sentence(text: String(text), words: sentence.words)) }
    sentence = Sentence(text: "", words: [])
  }

  private mutating func record(_ word: String, _ lowered: String) {
    written.append(word)
    if word.first?.isNumber ?? false {
      if Day(word) != nil { days.append(word) } else { numbers.append(word) }
    } else {
      let lowered = lowered.replacingText("’", with: "'")
      if lowered.ends(with: "n't") {
        words.append(String(lowered.dropLast(lowered == "can't" ? 2 : 3)))
        words.append("not")
      } else {
        words.append(lowered)
      }
    }
  }

  private enum Token {
    case word(Substring)
    case other(Character)
  }

  /// Words, with the points, commas, hyphens and apostrophes within them: `2026-01-31`, `1,000.5`, `don't`, `50%`.
  private static func tokens(_ text: String) -> [Token] {
    var tokens: [Token] = []
    var rest = text[...]
    while let character = rest.first {
      guard character.isLetter || character.isNumber else {
        tokens.append(.other(character))
        rest = rest.dropFirst()
        continue
      }
      var end = rest.startIndex
      while end < rest.endIndex {
        let next = rest.index(after: end)
        if rest[end].isLetter || rest[end].isNumber {
          end = next
        } else if rest[end] == "%" {
          end = next
          break
        } else if ".,-'’".contains(rest[end]), next < rest.endIndex, rest[next].isNumber || rest[next].isLetter {
          end = next
        } else {
          break
        }
      }
      tokens.append(.word(rest[..<end]))
      rest = rest[end...]
    }
    return tokens
  }
}

/// How many words two lists have in common, each as often as it is in both.
func commonWords(_ left: [String], _ right: [String]) -> Int {
  var counts = left.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  var common = 0
  for word in right {
    guard let count = counts[word], count > 0 else { continue }
    counts[word] = count - 1
    common += 1
  }
  return common
}
