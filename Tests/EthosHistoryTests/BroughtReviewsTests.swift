import EthosGit
import EthosGovernance
import EthosHistory
import EthosRecord
import EthosStore
import EthosTestSupport
import EthosText
import Testing

/// What a merge brings: which of its commits are reviews, of what, and what else comes along.
@Suite struct BroughtReviewsTests {
  // MARK: - drawing

  /// A line with one proposal of two commits, and what somebody puts beside it.
  ///
  /// Nothing is signed, unless said so.
  private final class Drawing {
    let test: TestRepository
    let repository: Repository
    let base: ObjectID
    let first: ObjectID
    let tip: ObjectID
    private var seconds = Git.seconds

    init() throws {
      test = try TestRepository()
      try test.commit(["ethos.yaml": "ethos: 1\norganisation: Test\n", "limits/risk.yaml": Drawing.risk(60)], "Begin")
      repository = try Repository.open(at: test.path, search: .exact, environment: Git.environment)
      base = try #require(ObjectID(hex: test.git("rev-parse", "main")))
      let start = try Drawing.write(repository, 55, on: [base], by: "eve", "Lower it\n\nLosses.", Git.seconds + 1)
      first = start
      tip = try Drawing.write(repository, 50, on: [start], by: "eve", "Lower it more\n\nLosses.", Git.seconds + 2)
      seconds += 2
    }

    static func risk(_ value: Int) -> String { "id: risk\ntitle: Risk\natMost: \(value)\n" }

    private static func signature(_ who: String, _ seconds: Int64) -> Signature {
      Signature(name: who, email: "\(who)@bank.example", when: Instant(seconds: seconds))
    }

    private static func write(
      _ repository: Repository, _ value: Int, on parents: [ObjectID], by who: String, _ message: String,
      _ seconds: Int64
    ) throws -> ObjectID {
      let blob = try repository.writeBlob(Array(risk(value).utf8))
      let leaf = TreeEdit(path: RepositoryPath("limits/risk.yaml"), leaf: TreeLeaf(mode: .file, id: blob))
      let tree = try repository.writeTree(base: repository.commit(parents[0]).tree, edits: [leaf])
      let author = signature(who, seconds)
      return try repository.writeCommit(
        tree: tree, parents: parents, author: author, committer: author, message: message)
    }

    /// A change of the limit.
    func change(
      _ value: Int, on parents: ObjectID..., by who: String = "eve", at when: Int64? = nil,
      saying message: String? = nil
    ) throws -> ObjectID {
      seconds += 1
      return try Drawing.write(
        repository, value, on: parents, by: who, message ?? "Set \(value)\n\nBecause.", when ?? seconds)
    }

    /// A review, whose tree is that of its first parent; nil for `of` names nothing.
    func review(
      _ parents: ObjectID..., by who: String, _ verdict: String = "approve", of name: String? = "lower",
      first: ObjectID? = nil
    ) throws -> ObjectID {
      seconds += 1
      let author = Drawing.signature(who, seconds)
      let subject = name.map { "Review-Of: \($0) \((first ?? self.first).hex)\n" } ?? ""
      return try repository.writeCommit(
        tree: repository.commit(parents[0]).tree, parents: parents, author: author, committer: author,
        message: "Say something\n\nWords.\n\nReview: \(verdict)\n\(subject)")
    }

    func brought(_ parents: ObjectID..., proposal: String? = "lower") throws -> BroughtReviews {
      try ProposalReader(IdentityStore(repository)).broughtReviews(by: parents, hiding: base, proposal: proposal)
    }

    /// Stores an object as its bytes are.
    func store(_ text: [UInt8]) throws -> ObjectID {
      try #require(ObjectID(hex: test.git("hash-object", "-t", "commit", "-w", "--stdin", input: text)))
    }

    /// The bytes of a commit with more headers before its message.
    func bytes(of id: ObjectID, headers: String) throws -> [UInt8] {
      let text = try Git.result(["cat-file", "commit", id.hex], in: test.path).output
      return Array(text.replacing("\n\n", with: "\n\(headers)\n\n", maxReplacements: 1).utf8)
    }
  }

  private static func names(_ reviews: [SubmittedReview]) -> [String] { reviews.map(\.author.name).sorted() }

  // MARK: - shapes

  @Test func `a proposal and its reviews are one tip and what was said of it`() throws {
    let drawing = try Drawing()
    let ada = try drawing.review(drawing.tip, by: "ada")
    let sam = try drawing.review(drawing.tip, by: "sam", "object")
    let again = try drawing.review(sam, by: "sam")
    let brought = try drawing.brought(drawing.tip, ada, again)
    #expect(brought.tips == [drawing.tip] && brought.alongside == [])
    #expect(brought.ids == [ada, sam, again])
    #expect(Self.names(brought.reviews) == ["ada", "sam", "sam"])
    #expect(brought.reviews.allSatisfy { $0.lineage == .ofTip && $0.read == drawing.tip })
    #expect(brought.graph.superseded(among: brought.ids) == [sam])
    #expect(brought.reviews.map(\.record.of?.first) == [drawing.first, drawing.first, drawing.first])
  }

  @Test func `a branch that ends with its reviews is merged at what they were given of`() throws {
    let drawing = try Drawing()
    let ada = try drawing.review(drawing.tip, by: "ada")
    let ruth = try drawing.review(ada, by: "ruth")
    let brought = try drawing.brought(ruth)
    #expect(brought.tips == [drawing.tip] && brought.alongside == [])
    #expect(brought.reviews.map(\.read) == [drawing.tip, drawing.tip])
  }

  @Test func `reviews of the same speaker follow one another by further parents`() throws {
    let drawing = try Drawing()
    let early = try drawing.review(drawing.first, by: "sam", "object")
    let late = try drawing.review(drawing.tip, early, by: "sam")
    let brought = try drawing.brought(drawing.tip, late)
    #expect(brought.ids == [early, late] && brought.alongside == [])
    #expect(brought.graph.superseded(among: brought.ids) == [early])
    #expect(brought.reviews.map(\.lineage) == [.ofTip, .ofTip])
  }

  @Test func `a review that carries a change is none, and what it carries is told of`() throws {
    let drawing = try Drawing()
    let bot = try drawing.change(99, on: drawing.tip, by: "omar")
    let carrying = try drawing.review(drawing.tip, bot, by: "omar", "comment")
    let brought = try drawing.brought(drawing.tip, carrying)
    #expect(brought.ids == [] && brought.reviews == [])
    #expect(Set(brought.tips + brought.alongside).isSuperset(of: [carrying]))
    // The same words with nothing to carry are a review.
    let honest = try drawing.review(drawing.tip, by: "omar", "comment")
    #expect(try drawing.brought(drawing.tip, honest).ids == [honest])
  }

  @Test func `what follows a review that is none is none either`() throws {
    let drawing = try Drawing()
    let carrying = try drawing.review(drawing.tip, drawing.change(99, on: drawing.tip, by: "omar"), by: "omar")
    let next = try drawing.review(drawing.tip, carrying, by: "omar")
    #expect(try drawing.brought(drawing.tip, next).reviews == [])
  }

  @Test func `a change that calls itself a review is none`() throws {
    let drawing = try Drawing()
    let change = try drawing.change(99, on: drawing.tip, by: "omar", saying: "Fine\n\nReview: approve\n")
    let brought = try drawing.brought(drawing.tip, change)
    #expect(brought.ids == [] && brought.tips == [change])
  }

  @Test func `an approval that brings another proposal along brings it alongside`() throws {
    let drawing = try Drawing()
    let other = try drawing.change(90, on: drawing.base, by: "omar")
    let review = try drawing.review(other, by: "ada", of: "raise", first: other)
    let brought = try drawing.brought(drawing.tip, review)
    #expect(brought.tips == [drawing.tip])
    #expect(brought.reviews.map(\.lineage) == [.foreign])
    #expect(brought.alongside == [other])
  }

  @Test func `an objection to this proposal is never left behind, whatever was read`() throws {
    let drawing = try Drawing()
    let other = try drawing.change(90, on: drawing.base, by: "omar")
    let objection = try drawing.review(other, by: "ada", "object")
    #expect(try drawing.brought(drawing.tip, objection).alongside == [])
    // An objection to another proposal brings that one.
    let foreign = try drawing.review(other, by: "ada", "object", of: "raise", first: other)
    #expect(try drawing.brought(drawing.tip, foreign).alongside == [other])
  }

  @Test func `two proposals are two tips`() throws {
    let drawing = try Drawing()
    let other = try drawing.change(90, on: drawing.base, by: "omar")
    #expect(Set(try drawing.brought(drawing.tip, other).tips) == [drawing.tip, other])
    #expect(try drawing.brought(drawing.first, drawing.tip).tips == [drawing.tip])
  }

  // MARK: - lineage

  @Test func `a re-based proposal is known by its first act, and its earlier form comes along`() throws {
    let drawing = try Drawing()
    let review = try drawing.review(drawing.tip, by: "ada")
    let when = try drawing.repository.commit(drawing.first).author.when.seconds
    let rebased = try drawing.change(50, on: drawing.base, by: "eve", at: when, saying: "Lower it, again\n\nLosses.")
    let brought = try drawing.brought(rebased, review)
    #expect(brought.tips == [rebased])
    #expect(brought.reviews.map(\.lineage) == [.rebased])
    #expect(brought.alongside == [])
  }

  @Test(arguments: ["omar", "eve"])
  func `the same change by somebody else, or begun anew, is another proposal`(_ author: String) throws {
    let drawing = try Drawing()
    let review = try drawing.review(drawing.tip, by: "ada")
    let replay = try drawing.change(50, on: drawing.base, by: author)
    let brought = try drawing.brought(replay, review)
    #expect(brought.reviews.map(\.lineage) == [.foreign])
    #expect(Set(brought.alongside) == [drawing.first, drawing.tip])
  }

  @Test func `a review that names a first commit which it did not read is of something else`() throws {
    let drawing = try Drawing()
    let when = try drawing.repository.commit(drawing.first).author.when.seconds
    let rebased = try drawing.change(50, on: drawing.base, by: "eve", at: when)
    let elsewhere = try drawing.change(90, on: drawing.base, by: "omar")
    let review = try drawing.review(elsewhere, by: "ada", first: drawing.first)
    #expect(try drawing.brought(rebased, review).reviews.map(\.lineage) == [.foreign])
    let ofNothing = try drawing.review(drawing.tip, by: "ruth", of: nil)
    #expect(try drawing.brought(rebased, ofNothing).reviews.map(\.lineage) == [.foreign])
  }

  @Test func `what was taken in from the line leaves reviews of the proposal's earlier tip its own`() throws {
    let drawing = try Drawing()
    let review = try drawing.review(drawing.tip, by: "ada")
    let main = try drawing.change(58, on: drawing.base, by: "jane")
    let updated = try drawing.change(50, on: drawing.tip, main, saying: "Merge branch 'main'")
    let reader = ProposalReader(IdentityStore(drawing.repository))
    let brought = try reader.broughtReviews(by: [updated, review], hiding: main, proposal: "lower")
    #expect(brought.tips == [updated] && brought.alongside == [])
    #expect(brought.reviews.map(\.lineage) == [.ofTip])
    #expect(try reader.firstCommit(ofProposal: updated, base: main) == drawing.first)
  }

  // MARK: - twins

  private static let armour = "gpgsig -----BEGIN SSH SIGNATURE-----\n QUJD\n -----END SSH SIGNATURE-----"
  private static let otherArmour = "gpgsig -----BEGIN SSH SIGNATURE-----\n REVG\n -----END SSH SIGNATURE-----"
  private static let openPGP = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n QUJD\n -----END PGP SIGNATURE-----"

  @Test(arguments: [otherArmour, openPGP])
  func `the same signed content under another form of a signature is not given twice`(_ headers: String) throws {
    let drawing = try Drawing()
    let plain = try drawing.review(drawing.tip, by: "sam", "object")
    let objection = try drawing.store(drawing.bytes(of: plain, headers: Self.armour))
    let twin = try drawing.store(drawing.bytes(of: plain, headers: headers))
    let withdrawn = try drawing.review(objection, by: "sam")
    try #require(twin != objection)
    let brought = try drawing.brought(drawing.tip, withdrawn, twin)
    #expect(brought.ids == [objection, twin, withdrawn])
    #expect(brought.reviews.count == 2)
    let objections = Set(brought.reviews.filter { $0.record.verdict == .object }.map(\.id))
    #expect(objections.count == 1)
    #expect(Set(brought.reviews.flatMap(\.forms)) == brought.ids)
    #expect(brought.graph.superseded(among: Set(brought.reviews.map(\.id))) == objections)
    // The honest twin: the same words, said again later, are said again.
    let again = try drawing.review(drawing.tip, by: "sam", "object")
    #expect(try drawing.brought(drawing.tip, withdrawn, again).reviews.count == 3)
  }

  @Test func `a header that no signature covers makes no second review of a commit without one`() throws {
    let drawing = try Drawing()
    let plain = try drawing.review(drawing.tip, by: "sam", "object")
    let other = try drawing.store(drawing.bytes(of: plain, headers: "note whatever"))
    // Nothing says that these are one; where nothing is signed anybody can type as many as they like.
    #expect(try drawing.brought(drawing.tip, plain, other).ids == [plain, other])
  }

  // MARK: - cost

  @Test(.timeLimit(.minutes(1))) func `three thousand comments are read once each`() throws {
    let drawing = try Drawing()
    func comments(_ count: Int) throws -> ObjectID {
      var last = drawing.tip
      for _ in 0..<count { last = try drawing.review(last, by: "mei", "comment") }
      return last
    }
    let many = try comments(3_000)
    let clock = ContinuousClock()
    var brought = BroughtReviews()
    let time = try clock.measure { brought = try drawing.brought(drawing.tip, many) }
    #expect(brought.reviews.count == 3_000 && brought.reviews.allSatisfy { $0.read == drawing.tip })
    #expect(time < .seconds(5), "\(time)")
  }
}
