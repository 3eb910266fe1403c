import EthosText

/// One line of text output: runs that are safe to print, with the columns they take.
struct TextLine {
  private(set) var runs: [Inline.Run] = []
  private(set) var width = 0

  init() {}

  init(_ text: String, _ label: Label = .plain) { append(text, label, width: displayWidth(text)) }

  /// A line that stands as it is.
  init(unbroken text: Inline) {
    for run in text.runs {
      let visible = visibleText(run.text)
      append(visible, run.label, width: displayWidth(visible))
    }
  }

  var isEmpty: Bool { runs.isEmpty }

  /// Appends text that was made visible before.
  mutating func append(_ text: String, _ label: Label, width: Int) {
    guard !text.isEmpty else { return }
    self.width += width
    if let last = runs.indices.last, runs[last].label == label {
      runs[last].text += text
    } else {
      runs.append(Inline.Run(text, label))
    }
  }

  mutating func append(_ other: TextLine) {
    for run in other.runs { append(run.text, run.label, width: 0) }
    width += other.width
  }

  mutating func pad(to width: Int) {
    if self.width < width {
      append(String(repeating: " ", count: width - self.width), .plain, width: width - self.width)
    }
  }

  func indented(by columns: Int) -> TextLine {
    guard columns > 0, !isEmpty else { return self }
    var line = TextLine()
    line.pad(to: columns)
    line.append(self)
    return line
  }
}

/// Breaks running text into lines.
struct LineBreaker {
  private let limit: Int
  private var lines: [TextLine] = []
  private var line = TextLine()
  private var word = TextLine()
  private var wordIsCommand = false
  private var spaces = 0

  /// The text in lines of at most `width` columns, broken at spaces; a longer word is broken between graphemes, a
  /// command not at all.
  ///
  /// There is always a line, if an empty one. Costs one pass over the text.
  static func lines(_ inline: Inline, width: Int) -> [TextLine] {
    var breaker = LineBreaker(limit: max(1, width))
    for run in inline.runs { breaker.add(run) }
    return breaker.finished()
  }

  private init(limit: Int) { self.limit = limit }

  private mutating func add(_ run: Inline.Run) {
    let text = visibleText(run.text)
    if run.label == .command {
      word.append(text, .command, width: displayWidth(text))
      wordIsCommand = true
      return
    }
    var start = text.startIndex
    while start < text.endIndex {
      if text[start] == " " {
        finishWord()
        spaces += 1
        start = text.index(after: start)
        continue
      }
      let end = text[start...].firstIndex(of: " ") ?? text.endIndex
      word.append(String(text[start..<end]), run.label, width: displayWidth(text[start..<end]))
      start = end
    }
  }

  private mutating func finishWord() {
    guard !word.isEmpty else { return }
    if line.width > 0, line.width + spaces + word.width > limit {
      lines.append(line)
      line = TextLine()
      spaces = 0
    }
    line.append(String(repeating: " ", count: spaces), .plain, width: spaces)
    spaces = 0
    if word.width <= limit || wordIsCommand {
      line.append(word)
    } else {
      breakWord()
    }
    word = TextLine()
    wordIsCommand = false
  }

  private mutating func breakWord() {
    for run in word.runs {
      for character in run.text {
        let width = displayWidth(character)
        if line.width > 0, line.width + width > limit {
          lines.append(line)
          line = TextLine()
        }
        line.append(String(character), run.label, width: width)
      }
    }
  }

  private mutating func finished() -> [TextLine] {
    finishWord()
    return lines + (line.isEmpty && !lines.isEmpty ? [] : [line])
  }
}
