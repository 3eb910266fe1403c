/// Two versions of a prose text as their words differ: the changed sentences, with what is unchanged left out.
///
/// Words are compared by their Unicode scalars; white space between them is not, but the breaks between blocks and list
/// items are. Costs O((words) × (changed words)), with the changed words bounded: beyond the bound the text between the
/// common beginning and the common end is shown as replaced in whole.
package struct WordDiff: Hashable, Sendable {
  package enum Segment: Hashable, Sendable {
    case same(String)
    case removed(String)
    case added(String)
    /// Unchanged text was left out here.
    case omitted
    case lineBreak
  }

  package let segments: [Segment]

  /// Most words that the comparison takes as changed before it gives up finding the fewest.
  package static let defaultBound = 1_000

  /// Compares two texts.
  ///
  /// At most `context` unchanged words are shown on each side of a change, within its sentence; beyond `bound` changed
  /// words the fewest changes are not looked for.
  package init(before: String, after: String, context: Int = 12, bound: Int = defaultBound) {
    let (left, right) = (Word.words(of: before), Word.words(of: after))
    let steps = WordDiff.joiningSmallMatches(WordAlignment.steps(left, right, bound: bound))
    segments = WordDiff.excerpts(steps, context: context)
  }

  /// Whether no word differs.
  package var isEmpty: Bool { segments.isEmpty }

  // MARK: - Readable runs

  /// Takes a short unchanged run between two longer changes as changed too: alternating single words cannot be read.
  private static func joiningSmallMatches(_ steps: [WordStep]) -> [WordStep] {
    var runs: [(kind: WordStep.Kind, steps: [WordStep])] = []
    for step in steps {
      let kind: WordStep.Kind = step.kind == .same ? .same : .removed
      if let last = runs.indices.last, runs[last].kind == kind {
        runs[last].steps.append(step)
      } else {
        runs.append((kind, [step]))
      }
    }
    func length(_ steps: [WordStep], _ kind: WordStep.Kind) -> Int {
      steps.reduce(0) { $0 + ($1.kind == kind ? $1.word.text.utf8.count + 1 : 0) }
    }
    func weight(_ steps: [WordStep]) -> Int { max(length(steps, .removed), length(steps, .added)) }
    var result: [(kind: WordStep.Kind, steps: [WordStep])] = []
    for (index, run) in runs.enumerated() {
      let isBetween = run.kind == .same && !result.isEmpty && index + 1 < runs.count
      let size = length(run.steps, .same)
      if isBetween, let last = result.last, last.kind != .same, !run.steps.contains(where: \.word.isBreak),
        run.steps.count <= 3, size <= weight(last.steps), size <= weight(runs[index + 1].steps)
      {
        for step in run.steps {
          result[result.count - 1].steps.append(WordStep(kind: .removed, word: step.word))
          result[result.count - 1].steps.append(WordStep(kind: .added, word: step.word))
        }
      } else if run.kind != .same, let last = result.indices.last, result[last].kind != .same {
        result[last].steps += run.steps
      } else {
        result.append(run)
      }
    }
    // Within one change what is removed comes before what is added.
    return result.flatMap { run in
      run.kind == .same
        ? run.steps : run.steps.filter { $0.kind == .removed } + run.steps.filter { $0.kind == .added }
    }
  }

  // MARK: - Excerpts

  private static func excerpts(_ steps: [WordStep], context: Int) -> [Segment] {
    let isShown = shown(steps, context: context)
    guard isShown.contains(true) else { return [] }
    var segments: [Segment] = []
    var skipped: [WordStep] = []
    var words: [String] = []
    var kind = WordStep.Kind.same
    func flush() {
      if !words.isEmpty {
        let text = words.joined(separator: " ")
        switch kind {
        case .same: segments.append(.same(text))
        case .removed: segments.append(.removed(text))
        case .added: segments.append(.added(text))
        }
      }
      words = []
    }
    func flushSkipped(isLast: Bool) {
      guard !skipped.isEmpty else { return }
      let hasWords = skipped.contains { !$0.word.isBreak }
      let endsSentence = skipped.contains { $0.word.endsSentence }
      if hasWords { segments.append(.omitted) }
      if endsSentence, !isLast, segments.last != nil, !(segments.count == 1 && hasWords) { segments.append(.lineBreak) }
      skipped = []
    }
    for (index, step) in steps.enumerated() {
      guard isShown[index] else {
        flush()
        skipped.append(step)
        continue
      }
      flushSkipped(isLast: false)
      if step.kind == .same, step.word.isBreak {
        flush()
        segments.append(.lineBreak)
        continue
      }
      if step.kind != kind { flush() }
      kind = step.kind
      guard step.word.isBreak else {
        words.append(step.word.text)
        continue
      }
      // A break that came or went is seen by its sign, and what follows it stands on a line of its own.
      words.append("¶")
      flush()
      segments.append(.lineBreak)
    }
    flush()
    flushSkipped(isLast: true)
    return segments
  }

  /// Which steps are shown: the changes, and around each the rest of its sentence, `context` words at the most.
  private static func shown(_ steps: [WordStep], context: Int) -> [Bool] {
    var isShown = steps.map { $0.kind != .same }
    var distance = Int.max
    for (index, step) in steps.enumerated() {
      if step.kind != .same {
        distance = step.word.endsSentence && !step.word.isBreak ? Int.max : 0
      } else if distance < context, !step.word.isBreak {
        isShown[index] = true
        distance = step.word.endsSentence ? Int.max : distance + 1
      } else {
        distance = Int.max
      }
    }
    distance = Int.max
    // What a break parts are two sentences: the one before it is shown too.
    var isBehindBreak = false
    for (index, step) in steps.enumerated().reversed() {
      if step.kind != .same {
        distance = 0
      } else if distance < context, !step.word.endsSentence || isBehindBreak && !step.word.isBreak {
        isShown[index] = true
        distance += 1
      } else {
        distance = Int.max
      }
      isBehindBreak = step.kind != .same && step.word.isBreak
    }
    return isShown
  }
}

/// One word of a text, or the break (a line feed with the indentation after it) between two lines.
struct Word: Hashable {
  let text: String
  let isBreak: Bool

  static func words(of text: String) -> [Word] {
    var words: [Word] = []
    var current = String.UnicodeScalarView()
    var breaking = false
    func finish() {
      if !current.isEmpty { words.append(Word(text: String(current), isBreak: breaking)) }
      current = String.UnicodeScalarView()
    }
    for scalar in text.unicodeScalars {
      if scalar == "\n" {
        if !breaking { finish() }
        breaking = true
        current.append(scalar)
      } else if breaking, scalar == " " {
        current.append(scalar)
      } else if scalar.properties.isWhitespace {
        finish()
        breaking = false
      } else {
        if breaking { finish() }
        breaking = false
        current.append(scalar)
      }
    }
    finish()
    return words
  }

  /// Whether a sentence ends with this word.
  ///
  /// Abbreviations end one too: it is only where an excerpt stops.
  var endsSentence: Bool {
    if isBreak { return true }
    let closing: Set<Unicode.Scalar> = ["\"", "'", ")", "]", "*", "_", "”", "’", "»"]
    let last = text.unicodeScalars.reversed().first { !closing.contains($0) }
    return last.map { [".", "!", "?", "。", "！", "？"].contains($0) } ?? false
  }

  static func == (left: Word, right: Word) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

  func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
  }
}

/// One word on its way from one text to another.
struct WordStep {
  enum Kind { case same, removed, added }

  var kind: Kind
  var word: Word
}
