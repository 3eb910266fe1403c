import EthosGit
import EthosModel
import EthosRecord
import EthosStore
import EthosTestSupport
import EthosText
import Testing

/// Every entry of a tree counts: what is no file of the identity, and can be taken for one, is an error.
@Suite struct EntryNameTests {
  private typealias Entry = (mode: String, name: String, id: String)

  private func store(_ test: TestRepository, limits: TreeLimits = .standard) throws -> IdentityStore {
    IdentityStore(
      try Repository.open(at: test.path, search: .exact, environment: ["GIT_CONFIG_NOSYSTEM": "1"]), treeLimits: limits)
  }

  private func id(_ hex: String) throws -> ObjectID { try #require(ObjectID(hex: hex)) }

  /// An identity with one value, to which entries are added: at the root, and in `values/`.
  private func codes(root: [Entry] = [], values: [Entry] = [], in test: TestRepository) throws -> [String] {
    let charter = try test.blob("ethos: 1\norganisation: Test\n")
    let value = try test.blob("id: a\ntitle: A\nstatement: We try.\n")
    let folder = try test.tree(sorted([("100644", "a.yaml", value)] + values))
    let names = Set(root.map { Array($0.name.utf8) })
    let own: [Entry] = [("100644", "ethos.yaml", charter), ("40000", "values", folder)]
    let tree = try test.tree(sorted(own.filter { !names.contains(Array($0.name.utf8)) } + root))
    let snapshot = try store(test).snapshot(ofTree: id(tree))
    for diagnostic in snapshot.diagnostics {
      #expect(diagnostic.help?.isEmpty == false && diagnostic.location != nil)
      #expect(!diagnostic.message.unicodeScalars.contains { $0.value < 0x20 })
    }
    return snapshot.diagnostics.filter { $0.severity > .note }.map(\.code.rawValue)
  }

  private func sorted(_ entries: [Entry]) -> [Entry] {
    func key(_ entry: Entry) -> [UInt8] { Array(entry.name.utf8) + (entry.mode == "40000" ? [0x2F] : []) }
    return entries.sorted { key($0).lexicographicallyPrecedes(key($1)) }
  }

  @Test(
    arguments: [
      "Values", "VALUES", "values ", "values.", " values", "val\u{200B}ues", "values\u{200D}", "va\u{301}lues",
      "v\u{E1}lues", "\u{FF56}alues", "v\u{430}lues", "values\u{600}", "\u{1D42F}alues", "value\u{17F}", "ETHOS.yaml",
      "ethos.yml", "Ethos.yaml", "ethos.yaml ", "etho\u{455}.yaml", "people\u{FEFF}", "People", "Systems",
      "cycles\u{A0}",
    ])
  func `what looks like a part of the identity is told`(name: String) throws {
    let test = try TestRepository()
    let blob = try test.blob("id: a\ntitle: Other\n")
    #expect(try codes(root: [("100644", name, blob)], in: test) == ["name-lookalike"], "\(name)")
    let folder = try test.tree([("100644", "a.yaml", blob)])
    #expect(try codes(root: [("40000", name, folder)], in: test) == ["name-lookalike"], "\(name)")
  }

  @Test(
    arguments: [
      "README.md", "docs", "src", "value", "ethos", "ethos.yaml.orig", "values2",
      "\u{434}\u{43E}\u{43A}\u{43B}\u{430}\u{434}",
      "caf\u{E9}", ".github", "Makefile", "\u{4FA1}\u{5024}", "policies", ".gitattributes",
    ])
  func `what else a repository holds is no matter of ours`(name: String) throws {
    let test = try TestRepository()
    let blob = try test.blob("x")
    #expect(try codes(root: [("100644", name, blob)], in: test) == [])
    #expect(try codes(root: [("40000", name, test.tree([("120000", "x", blob)]))], in: test) == [])
  }

  @Test func `the identity's own names are what they should be`() throws {
    let test = try TestRepository()
    let blob = try test.blob("x")
    let folder = try test.tree([("100644", "x.yaml", test.blob("id: x\nname: X\nemails: [x@x.example]\n"))])
    let commit = String(repeating: "ab", count: 20)
    #expect(try codes(root: [("120000", "values", blob)], in: test) == ["symbolic-link"])
    #expect(try codes(root: [("120000", "people", blob)], in: test) == ["symbolic-link"])
    #expect(try codes(root: [("160000", "values", commit)], in: test) == ["submodule"])
    #expect(try codes(root: [("100644", "values", blob)], in: test) == ["not-a-folder"])
    #expect(try codes(root: [("120000", "ethos.yaml", blob)], in: test) == ["symbolic-link"])
    #expect(try codes(root: [("160000", "ethos.yaml", commit)], in: test) == ["submodule"])
    #expect(try codes(root: [("40000", "ethos.yaml", folder)], in: test) == ["not-a-file"])
    #expect(try codes(root: [("40000", "people", folder)], in: test) == [])
  }

  @Test func `names in a folder are told where they cannot be told apart or seen`() throws {
    let test = try TestRepository()
    let blob = try test.blob("id: b\ntitle: B\nstatement: We try.\n")
    let folder = try test.tree([("100644", "c.yaml", test.blob("id: c\ntitle: C\nstatement: We try.\n"))])
    func codes(_ entries: [Entry]) throws -> [String] { try self.codes(values: entries, in: test) }
    #expect(try codes([("100644", "b.yaml", blob)]) == [])
    #expect(try codes([("40000", "more", folder)]) == [])
    #expect(try codes([("100644", "README.md", blob)]) == [])
    #expect(try codes([("100644", "b.yml", blob)]) == ["not-a-document"])
    #expect(try codes([("100644", "b.YAML", blob)]) == ["not-a-document"])
    // What editors and merges leave behind, what was meant as an entry, and what may be data of people.
    for name in ["b.yaml~", "b.yaml.orig", ".b.yaml.swp", "#b.yaml#", "b.yaml.txt", "cases.csv", "log.PARQUET"] {
      #expect(try codes([("100644", name, blob)]) == ["not-a-document"], "\(name)")
    }
    for name in ["notes.txt", ".gitkeep", "model.dmn", "data"] {
      #expect(try codes([("100644", name, blob)]) == [], "\(name)")
    }
    // Another case of the one that is there already, a second spelling, a file and a folder of one name.
    #expect(try codes([("100644", "A.yaml", blob)]) == ["name-collision"])
    let spellings = [("100644", "\u{E9}.yaml", blob), ("100644", "e\u{301}.yaml", folder)]
    #expect(try codes(Array(spellings.prefix(1))) == [])
    #expect(
      try codes([("100644", "\u{E9}.yaml", blob), ("40000", "e\u{301}.yaml", folder)]) == ["name-collision"])
    #expect(try codes([("40000", "a.yaml", folder)]) == ["name-collision"])
    #expect(try codes([("40000", "More", folder), ("40000", "more", test.tree([] as [Entry]))]) == ["name-collision"])
    for name in [
      "b\u{200B}.yaml", "b\u{202E}.yaml", "b\n.yaml", "b\u{E0041}.yaml", " b.yaml", "b\\c.yaml", "b\u{A0}.yaml",
    ] {
      #expect(try codes([("100644", name, blob)]) == ["name-invalid"], "\(name)")
    }
    for name in [".", "..", ".git", ".GIT"] {
      #expect(try codes([("40000", name, folder)]) == ["name-invalid"], "\(name)")
    }
    let latin = try test.tree([("100644", Array("caf".utf8) + [0xE9] + Array(".yaml".utf8), blob)])
    let tree = try test.tree([("40000", "values", latin)])
    #expect(try store(test).snapshot(ofTree: id(tree)).diagnostics.map(\.code.rawValue) == ["name-invalid"])
  }

  @Test func `what cannot be read of a tree is an error there, and the rest is read`() throws {
    let test = try TestRepository()
    let blob = try test.blob("id: b\ntitle: B\nstatement: We try.\n")
    let gone = String(repeating: "1", count: 40)
    let unsorted = try test.tree([("100644", "c.yaml", blob), ("100644", "b.yaml", blob)])
    let twice = try test.tree([("100644", "b.yaml", blob), ("100644", "b.yaml", blob)])
    for folder in [unsorted, twice, gone, blob] {
      #expect(try codes(values: [("40000", "more", folder)], in: test) == ["object-unreadable"])
      #expect(try codes(root: [("40000", "people", folder)], in: test) == ["object-unreadable"])
      // As the whole tree.
      let snapshot = try store(test).snapshot(ofTree: id(folder))
      #expect(snapshot.diagnostics.map(\.code) == ["object-unreadable"])
      #expect(snapshot.documents.isEmpty)
    }
    #expect(try codes(values: [("100644", "b.yaml", gone)], in: test) == ["object-unreadable"])
    #expect(try codes(values: [("100644", "b.yaml", unsorted)], in: test) == ["object-unreadable"])
    #expect(try codes(root: [("40000", "values", test.deepTree(1_100))], in: test) == ["folder-too-deep"])
    #expect(try codes(root: [("40000", "values", test.deepTree(60))], in: test) == [])
    var endless = try test.tree([("100644", "b.yaml", blob)])
    for _ in 0..<40 { endless = try test.tree([("40000", "a", endless), ("40000", "b", endless)]) }
    let tree = try test.tree([("40000", "values", endless)])
    let limited = try store(test, limits: TreeLimits(depth: 65, entries: 5_000, folders: 500))
    #expect(try limited.snapshot(ofTree: id(tree)).diagnostics.map(\.code) == ["tree-too-large"])
  }

  @Test func `what is missing is read once it is there`() throws {
    let test = try TestRepository()
    let other = try TestRepository()
    let text = "id: b\ntitle: B\nstatement: We try.\n"
    let blob = try other.blob(text)
    let tree = try id(test.tree([("40000", "values", test.tree([("100644", "b.yaml", blob)]))]))
    let store = try store(test)
    #expect(try store.snapshot(ofTree: tree).diagnostics.map(\.code) == ["object-unreadable"])
    _ = try test.blob(text)
    #expect(try store.snapshot(ofTree: tree).diagnostics == [])
    #expect(try store.snapshot(ofTree: tree).documents.count == 1)
  }

  /// Random trees, honest and not: what is said of one does not depend on what was read before it.
  @Test(arguments: 0..<6)
  func `a snapshot made near another has the diagnostics of one that is read whole`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let test = try TestRepository()
    let blob = try test.blob("id: [")
    let bad = try test.tree([("100644", "b.yaml", blob), ("100644", "a.yaml", blob)])
    let names = [
      "a.yaml", "b.yaml", "A.yaml", "c.yml", "README.md", "d\u{200B}.yaml", "e.yaml", "\u{E9}.yaml", "e\u{301}.yaml",
    ]
    let roots = ["values", "Values", "limits", "people", "docs", "ethos.yml"]
    func folder(_ depth: Int) throws -> String {
      var entries: [Entry] = []
      for (number, name) in names.enumerated() where random.happens(30) {
        // Ids of their own: what is told of an id in two files takes all documents.
        let id = "v\(depth)-\(number)"
        let text = random.happens(10) ? "id: [" : "id: \(id)\ntitle: V\(random.pick([1, 2]))\nstatement: We try.\n"
        entries.append((random.happens(1) ? "120000" : "100644", name, try test.blob(text)))
      }
      if depth > 0, random.happens(40) { entries.append(("40000", "more", try folder(depth - 1))) }
      if random.happens(2) { entries.append(("40000", "worse", bad)) }
      return try test.tree(sorted(entries))
    }
    var trees: [ObjectID] = []
    for _ in 0..<12 {
      var entries: [Entry] = []
      for root in roots where random.happens(60) {
        entries.append(random.happens(97) ? ("40000", root, try folder(2)) : ("100644", root, blob))
      }
      trees.append(try id(test.tree(sorted(entries))))
    }
    let store = try store(test)
    var made = 0
    for before in trees {
      for after in trees {
        let other = try store.snapshot(ofTree: before)
        guard let near = try store.snapshot(ofTree: after, near: (before, other)) else { continue }
        made += 1
        let whole = try store.snapshot(ofTree: after)
        #expect(near.diagnostics == whole.diagnostics)
        #expect(near.documents.mapValues(\.path) == whole.documents.mapValues(\.path))
        let hasErrors = { (snapshot: Snapshot) in
          Set(snapshot.diagnostics.filter { $0.code.rawValue.hasPrefix("name-") }.map(\.message))
        }
        #expect(try hasErrors(other) == hasErrors(whole) || store.namesDiffer(before: before, after: after))
      }
    }
    #expect(made >= 12)
  }
}
