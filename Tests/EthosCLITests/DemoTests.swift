import EthosTestSupport
import Foundation
import Testing

/// `make demo` does what it promises.
@Suite struct DemoTests {
  @Test func `the demonstration runs to its end and says what a person wants to read`() throws {
    let bench = try Bench()
    let script = "\(EthosProcess.projectFolder)/Tests/demo.sh"
    let places = bench.ethos.with("TMPDIR", bench.root).with("GIT_DIR", "/nowhere").with("ETHOS_TEMPLATES", "/nowhere")
    let result = try places.run(program: "/bin/sh", [script, EthosProcess.binary])
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(result.errors == "")
    for words in [
      "~ atMost: 60 → 55  [major] limit-tightened", "kenji-watanabe objected to appetite-55",
      "objected and is not answered", "ratified appetite-55", "atMost is 55; before, it was 60.",
      "released release/renewal-2026/2, effective from 2026-12-01", "Hand-over from Consolidation to Renewal",
      "1606 of 2380 cases follow the rules of release/prudence-1990/2 (67.5 %)",
      "answering grant to every case would agree with 2095 of 2380 (88.0 %)",
      "prudence over access-to-housing: 23.6 % keep the order",
      "1988 of 2380 cases follow", "added 11 values, updated 51, retired 5", "rank: platform → root", "on 16 values",
      "45 value-reworded",
      "its content is now", "To explore",
    ] {
      #expect(result.output.contains(words), "`\(words)` is not in \(result.output)")
    }
    #expect(result.output.components(separatedBy: "  clean; ").count == 4)
    // It leaves nothing behind.
    let left = try FileManager.default.contentsOfDirectory(atPath: bench.root)
    #expect(left.sorted() == ["home", "work"])
  }
}
