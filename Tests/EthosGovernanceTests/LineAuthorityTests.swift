import EthosGovernance
import EthosModel
import EthosRecord
import EthosSyntax
import EthosTestSupport
import EthosText
import Testing

@Suite struct LineAuthorityTests {
  /// A line of changes of a charter, an office and two people, and of a value that gives nobody anything.
  private struct Line {
    static let paths = ["ethos.yaml", "cycles/c.yaml", "people/a.yaml", "people/b.yaml", "values/v.yaml"]

    var authority = LineAuthority()
    var files: [String: String]
    private(set) var breaches: [ObjectID] = []
    private var count = 0

    init() {
      files = Dictionary(uniqueKeysWithValues: Line.paths.map { ($0, Line.text(of: $0, "founded")) })
    }

    static func text(of path: String, _ word: String) -> String {
      switch path {
      case "ethos.yaml": "ethos: 1\norganisation: \(word)\n"
      case "cycles/c.yaml": "id: c\ntitle: \(word)\nfrom: 2026-01-01\n"
      case "values/v.yaml": "id: v\ntitle: \(word)\nstatement: We do.\n"
      default:
        "id: \(path.utf8.contains(UInt8(ascii: "a")) && path == "people/a.yaml" ? "a" : "b")\nname: \(word)\nemails: []\n"
      }
    }

    var state: Snapshot { get throws { try snapshot(files) } }
    var rules: Snapshot { get throws { try authority.rules(at: state) } }

    private func snapshot(_ files: [String: String]) throws -> Snapshot {
      try identity(files, allowingErrors: true)
    }

    /// Goes on to other files; nil removes one.
    @discardableResult
    mutating func step(_ edits: [String: String?], isAgreed: Bool) throws -> ObjectID {
      let before = try state
      for (path, text) in edits { files[path] = text }
      count += 1
      let id = ObjectID(bytes: [UInt8(count)] + repeatElement(7, count: 19))
      if !isAgreed { breaches.append(id) }
      try authority.add(id, before: before, after: state, isAgreed: isAgreed)
      return id
    }

    /// Goes on at random: `word` is what every document says that the step writes.
    mutating func step(_ generator: inout SeededGenerator, word: String, isAgreed: Bool) throws {
      var edits: [String: String?] = [:]
      for path in Line.paths where generator.happens(35) {
        edits.updateValue(generator.happens(15) ? nil : Line.text(of: path, word), forKey: path)
      }
      try step(edits, isAgreed: isAgreed)
    }
  }

  private static func words(of snapshot: Snapshot) -> [EntryKey: String] {
    Adoption.authority(of: snapshot).mapValues {
      ($0.meaning["title"] ?? $0.meaning["name"] ?? $0.meaning["organisation"])?.text ?? ""
    }
  }

  @Test func `without a breach the state itself judges, whatever changes`() throws {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<(40 * soakFactor) {
      var line = Line()
      for number in 0..<8 {
        try line.step(&generator, word: "honest\(number)", isAgreed: true)
        #expect(!line.authority.isDoubtful && line.authority.moves.isEmpty)
        #expect(try Self.words(of: line.rules) == Self.words(of: line.state))
      }
    }
  }

  @Test func `what a breach writes never judges, whatever is agreed to before and after it`() throws {
    var generator = SeededGenerator(seed: 2)
    var doubtful = 0
    for _ in 0..<(80 * soakFactor) {
      var line = Line()
      for number in 0..<8 {
        let isAgreed = generator.happens(60)
        try line.step(&generator, word: isAgreed ? "honest\(number)" : "breach\(number)", isAgreed: isAgreed)
        let words = try Self.words(of: line.rules)
        #expect(!words.values.contains { $0.utf8.starts(with: "breach".utf8) }, "\(words)")
        if line.authority.isDoubtful { doubtful += 1 }
      }
    }
    #expect(doubtful > 100, "most lines had a breach in them")
  }

  @Test func `a breach takes nothing away that was there before it`() throws {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<(40 * soakFactor) {
      var line = Line()
      for number in 0..<3 { try line.step(&generator, word: "honest\(number)", isAgreed: true) }
      let before = try Self.words(of: line.rules)
      for number in 0..<4 { try line.step(&generator, word: "breach\(number)", isAgreed: false) }
      #expect(try Self.words(of: line.rules) == before)
    }
  }

  @Test func `once all breaches are adopted, in any order, the state judges again`() throws {
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<(40 * soakFactor) {
      var line = Line()
      for number in 0..<6 {
        try line.step(&generator, word: "word\(number)", isAgreed: generator.happens(50))
      }
      for breach in line.breaches.shuffled(using: &generator) { line.authority.accept(breach) }
      #expect(!line.authority.isDoubtful)
      #expect(try Self.words(of: line.rules) == Self.words(of: line.state))
    }
  }

  @Test func `putting back what stood ends the doubt, and a look-alike does not`() throws {
    var line = Line()
    try line.step(["ethos.yaml": "ethos: 1\norganisation: Mine\n"], isAgreed: false)
    try line.step(["ethos.yaml": "ethos: 1\norganisation: Founded\n"], isAgreed: false)
    #expect(line.authority.isDoubtful)
    try line.step(["ethos.yaml": "# as it was\nethos: 1\norganisation: founded\n"], isAgreed: false)
    #expect(!line.authority.isDoubtful, "a comment means nothing")
    #expect(try Self.words(of: line.rules) == Self.words(of: line.state))
  }

  @Test func `putting the charter back leaves in doubt who was put in office meanwhile`() throws {
    var line = Line()
    let founded = Line.text(of: "ethos.yaml", "founded")
    try line.step(["ethos.yaml": Line.text(of: "ethos.yaml", "mine")], isAgreed: false)
    try line.step(["cycles/c.yaml": Line.text(of: "cycles/c.yaml", "mine")], isAgreed: false)
    try line.step(["ethos.yaml": founded], isAgreed: false)
    #expect(line.authority.isDoubtful)
    #expect(try Self.words(of: line.rules)[EntryKey(.cycle, "c")] == "founded")
    try line.step(["cycles/c.yaml": Line.text(of: "cycles/c.yaml", "founded")], isAgreed: false)
    #expect(!line.authority.isDoubtful)
  }

  @Test(arguments: [nil, "ethos: 1\norganisation: [\n", "ethos: 2\norganisation: founded\n"])
  func `a charter that is gone, cannot be read or is of another format judges nothing`(_ text: String?) throws {
    var line = Line()
    try line.step(["ethos.yaml": text], isAgreed: false)
    #expect(line.authority.isDoubtful)
    #expect(try Self.words(of: line.rules)[.charter] == "founded")
    try line.step(["ethos.yaml": Line.text(of: "ethos.yaml", "founded")], isAgreed: false)
    #expect(!line.authority.isDoubtful)
  }

  @Test func `what is agreed to in doubt counts where it builds on nothing doubtful`() throws {
    var line = Line()
    let breach = try line.step(["people/a.yaml": Line.text(of: "people/a.yaml", "mine")], isAgreed: false)
    try line.step(["people/b.yaml": Line.text(of: "people/b.yaml", "agreed")], isAgreed: true)
    try line.step(["people/a.yaml": Line.text(of: "people/a.yaml", "on top")], isAgreed: true)
    var words = try Self.words(of: line.rules)
    #expect(words[EntryKey(.person, "b")] == "agreed")
    #expect(words[EntryKey(.person, "a")] == "founded")
    #expect(line.authority.moves.map(\.isAgreed) == [false, true, true])
    line.authority.accept(breach)
    words = try Self.words(of: line.rules)
    #expect(words[EntryKey(.person, "a")] == "on top" && !line.authority.isDoubtful)
  }

  @Test func `adopting a later breach before an earlier one gives it nothing to stand on`() throws {
    var line = Line()
    let path = "people/a.yaml"
    let first = try line.step([path: Line.text(of: path, "first")], isAgreed: false)
    let second = try line.step([path: Line.text(of: path, "second")], isAgreed: false)
    line.authority.accept(second)
    #expect(try line.authority.isDoubtful && Self.words(of: line.rules)[EntryKey(.person, "a")] == "founded")
    line.authority.accept(first)
    #expect(!line.authority.isDoubtful)
  }

  private static let powers = """
    ethos: 1
    organisation: founded
    authority:
      - {change: ["*"], level: critical, quorum: {anyone: 1}}

    """

  @Test(arguments: [nil, "ethos: 1\norganisation: founded\n", "ethos: 1\norganisation: [\n"])
  func `adopting that there is no authority opens nothing`(_ broken: String?) throws {
    var line = Line()
    line.files["ethos.yaml"] = Self.powers
    let first = try line.step(
      ["ethos.yaml": broken, "people/a.yaml": Line.text(of: "people/a.yaml", "mine")], isAgreed: false)
    line.authority.accept(first)
    #expect(try line.authority.isDoubtful && Charter(snapshot: line.rules).hasAuthority)
    let second = try line.step(["ethos.yaml": Self.powers], isAgreed: false)
    #expect(!line.authority.isDoubtful, "what was adopted is trusted, and the charter is back")
    #expect(try Self.words(of: line.rules)[EntryKey(.person, "a")] == "mine")
    line.authority.accept(second)
    #expect(try Charter(snapshot: line.rules).hasAuthority)
  }

  @Test func `adopting what is none of the line changes nothing`() throws {
    var line = Line()
    try line.step(["people/a.yaml": Line.text(of: "people/a.yaml", "mine")], isAgreed: false)
    line.authority.accept(ObjectID(bytes: repeatElement(9, count: 20)))
    #expect(try line.authority.isDoubtful && Self.words(of: line.rules)[EntryKey(.person, "a")] == "founded")
  }

  @Test func `what gives nobody anything is in doubt never`() throws {
    var line = Line()
    try line.step(["values/v.yaml": Line.text(of: "values/v.yaml", "mine")], isAgreed: false)
    #expect(!line.authority.isDoubtful)
    #expect(try line.rules[EntryKey(.value, "v")]?.title == "mine")
  }
}
