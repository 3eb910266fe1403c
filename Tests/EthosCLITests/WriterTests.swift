import EthosTestSupport
import Foundation
import Testing

/// Many writers at once: what was confirmed to one of them is there, whatever the others did.
@Suite(.serialized) struct WriterTests {
  /// Ten minutes in `make soak`, some seconds in `make test`.
  private static let seconds = soakFactor > 1 ? 60.0 * Double(soakFactor) : 6

  /// What one writer was told.
  private final class Told: @unchecked Sendable {
    private let lock = NSLock()
    private var values: [String: String] = [:]
    private var counts: [String: Int] = [:]
    private var wrong: [String] = []

    func set(_ field: String, _ value: String) { lock.withLock { values[field] = value } }
    func count(_ act: String) { lock.withLock { counts[act, default: 0] += 1 } }
    func fail(_ text: String) { lock.withLock { wrong.append(text) } }
    var all: (values: [String: String], counts: [String: Int], wrong: [String]) {
      lock.withLock { (values, counts, wrong) }
    }
  }

  @Test func `of eight writers at once nobody loses what was confirmed`() throws {
    let bench = try Bench()
    try WritingScene.found(bench)
    for person in ["ada", "mei"] {
      try bench.write("id: \(person)\nname: \(person)\nemails: [\(person)@x.example]\n", to: "people/\(person).yaml")
    }
    try bench.write("id: talk\ntitle: Talk\natMost: 1\n", to: "limits/talk.yaml")
    try bench.git("add", "-A")
    try bench.git("commit", "-qm", "More", "-m", "People.")
    try bench.run("set", "limit/talk.atMost", "2")
    try bench.run("propose", "talk", "--because", "To talk about.")
    try bench.git("switch", "-q", "main")
    let told = Told()
    let end = Date().addingTimeInterval(Self.seconds)
    let ethos = bench.ethos
    // Each knows what to type next, and what it means that it was done.
    typealias Writer = @Sendable (Int) throws -> Void
    var writers: [Writer] = []
    for field in ["x-one", "x-two", "title"] {
      writers.append { round in
        let value = "\(field) \(round)"
        if try Self.isDone(ethos, ["set", "limit/client-risk.\(field)", value], told) { told.set(field, value) }
      }
    }
    for person in ["ada", "mei"] {
      writers.append { round in
        let act = ["comment", "talk", "--because", "Round \(round)."]
        if try Self.isDone(ethos.acting(as: person, "\(person)@x.example"), act, told) { told.count(person) }
      }
    }
    writers.append { round in
      let act = ["reaffirm", "value/care", "--because", "Round \(round)."]
      if try Self.isDone(ethos, act, told) { told.count("reaffirm") }
    }
    writers.append { _ in
      if try Self.isDone(ethos, ["release", "--cycle", "first"], told) { told.count("release") }
    }
    writers.append { round in
      guard try Self.isDone(ethos, ["propose", "p\(round)", "--because", "Why."], told) else { return }
      for _ in 0..<20 where try Self.isDone(ethos, ["ratify", "p\(round)"], told) {
        told.count("ratify")
        return
      }
    }
    let acts = writers
    let done = DispatchGroup()
    for writer in acts {
      done.enter()
      Thread.detachNewThread {
        var round = 0
        repeat {
          round += 1
          do { try writer(round) } catch { told.fail("\(error)") }
        } while Date() < end || round < 3
        done.leave()
      }
    }
    done.wait()
    let (values, counts, wrong) = told.all
    #expect(wrong == [], "\(counts)")
    let text = try bench.read("limits/client-risk.yaml")
    for (field, value) in values { #expect(text.contains("\(field): \(value)\n"), "\(field): \(value) in \(text)") }
    #expect(values.count == 3)
    for person in ["ada", "mei"] {
      let said = try bench.git("log", "--format=%s", "reviews/talk/\(person)", "--author=\(person)@x.example")
      #expect(said.split(separator: "\n").count == counts[person])
    }
    let line = try bench.git("log", "--first-parent", "--format=%s", "main").split(separator: "\n")
    #expect(line.filter { $0.hasPrefix("Reaffirm") }.count == counts["reaffirm"])
    #expect(line.filter { $0.hasPrefix("Ratify ") }.count == counts["ratify", default: 0])
    let releases = try bench.git("tag", "--list", "release/*").split(separator: "\n")
    #expect(releases.count == counts["release"])
    for release in releases { try bench.git("merge-base", "--is-ancestor", "\(release)", "main") }
    #expect(try bench.git("fsck", "--strict", "--no-dangling") == "")
    #expect(try bench.locks() == [])
    #expect(try bench.run("status").errors == "")
  }

  /// Whether an act was confirmed; anything but that it was not done is wrong.
  private static func isDone(_ ethos: EthosProcess, _ arguments: [String], _ told: Told) throws -> Bool {
    let result = try ethos.run(arguments)
    if ![0, 1, 2].contains(result.status) || (result.status == 2 && !result.errors.contains("help:")) {
      told.fail("\(arguments): \(result.status) \(result.errors)")
    }
    return result.status == 0
  }

  @Test func `of two edits of one file at once both stand`() throws {
    let bench = try Bench()
    try WritingScene.found(bench)
    for round in 0..<(5 * soakFactor) {
      let running = try [("atMost", "5\(round)"), ("unit", "unit \(round)"), ("title", "title \(round)")].map {
        (field, value) in
        (field, value, try bench.ethos.start(["set", "limit/client-risk.\(field)", value]))
      }
      for (field, value, process) in running {
        #expect(process.finish().status == 0)
        #expect(try bench.read("limits/client-risk.yaml").contains("\(field): \(value)\n"))
      }
    }
  }

  @Test func `a release beside an undo is of what is in force, or is not made`() throws {
    let model = try Bench()
    try WritingScene.found(model)
    try model.run("set", "limit/client-risk.atMost", "41")
    try model.run("propose", "p", "--because", "Why.")
    try model.run("ratify", "p")
    for _ in 0..<(5 * soakFactor) {
      try KillTests.withCopy(of: model) { bench in
        let release = try bench.ethos.start(["release", "--cycle", "first"])
        usleep(UInt32.random(in: 0...60_000))
        let undo = try bench.ethos.start(["undo"])
        let results = [release.finish(), undo.finish()]
        #expect(results.allSatisfy { [0, 1, 2].contains($0.status) }, "\(results)")
        let tags = try bench.git("tag", "--list", "release/*").split(separator: "\n")
        for tag in tags {
          #expect(try bench.git("rev-parse", "\(tag)^{commit}") == bench.git("rev-parse", "main"), "\(results)")
        }
      }
    }
  }

  @Test func `what a sparse checkout leaves out is edited from where it is`() throws {
    let bench = try Bench()
    try WritingScene.found(bench)
    try bench.git("sparse-checkout", "set", "values", "people")
    try bench.run("set", "limit/client-risk.atMost", "55")
    #expect(try bench.read("limits/client-risk.yaml").contains("atMost: 55"))
    try bench.run("propose", "lower", "--because", "It is time.")
    #expect(try bench.git("show", "--name-only", "--format=", "HEAD") == "limits/client-risk.yaml\n")
  }
}
