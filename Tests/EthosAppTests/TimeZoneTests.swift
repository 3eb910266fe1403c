import EthosApp
import EthosTestSupport
import EthosText
import Foundation
import Testing

/// The offsets of every zone of this system, held to those that `date` prints, which shares no code with ours.
@Suite struct TimeZoneTests {
  private static func zones() throws -> [String] {
    let root = "/usr/share/zoneinfo"
    return try FileManager.default.subpathsOfDirectory(atPath: root).filter { TimeZoneRules($0) != nil }.sorted()
  }

  /// What `date` says of these moments in a zone: hours, minutes and seconds east of UTC.
  private static func offsets(_ zone: String, at moments: [Int64]) throws -> [Int] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["date", "-f", "-", "+%::z"]
    process.environment = ["TZ": zone, "PATH": "/usr/bin:/bin", "LC_ALL": "C"]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    input.fileHandleForWriting.write(Data(moments.map { "@\($0)\n" }.joined().utf8))
    try input.fileHandleForWriting.close()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text.split(separator: "\n").map { line in
      let parts = line.dropFirst().split(separator: ":").compactMap { Int($0) }
      let seconds = parts.reduce(0) { $0 * 60 + $1 }
      return line.hasPrefix("-") ? -seconds : seconds
    }
  }

  @Test func `every zone has the offsets that the system gives it, long ago and far ahead`() throws {
    var generator = SeededGenerator(seed: 14)
    var zones = try Self.zones()
    try #require(zones.count > 300)
    if soakFactor == 1 {
      zones = ["Europe/Zurich", "Africa/Casablanca", "America/Nuuk"] + zones.shuffled(using: &generator).prefix(20)
    }
    for zone in zones {
      // From 1900 to 2399, and around the ends of summer.
      var moments = (0..<300).map { _ in Int64.random(in: -2_208_988_800..<13_569_465_600, using: &generator) }
      let rules = try #require(TimeZoneRules(zone))
      for moment in moments.prefix(30) where rules.offset(at: moment) != rules.offset(at: moment + 16_000_000) {
        var (low, high) = (moment, moment + 16_000_000)
        while high - low > 1 {
          let middle = (low + high) / 2
          if rules.offset(at: middle) == rules.offset(at: low) { low = middle } else { high = middle }
        }
        moments += [low, high]
      }
      let found = moments.map { rules.offset(at: $0) }
      #expect(try Self.offsets(zone, at: moments) == found, "\(zone)")
    }
  }

  @Test func `moments beyond the calendar have an offset too`() throws {
    let rules = try #require(TimeZoneRules("Europe/Zurich"))
    for moment in [Int64.min, Int64.max] { #expect(abs(rules.offset(at: moment)) <= 7200) }
  }

  @Test func `what is no zone is none`() {
    for name in ["Europe/Zurch", "../etc/passwd", "posix/Europe/Zurich", "zone.tab", "Europe", ""] {
      #expect(TimeZoneRules(name) == nil)
    }
  }

  @Test func `a file that is cut off or changed is no zone, or one, and never the end`() throws {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/Europe/Zurich")))
    #expect(TimeZoneData(bytes) != nil)
    for length in 0..<(bytes.count - 1) { #expect(TimeZoneData(Array(bytes[..<length])) == nil) }
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<2_000 {
      var changed = bytes
      for _ in 0..<3 {
        changed[Int.random(in: 0..<changed.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      _ = TimeZoneData(changed)?.offset(at: Int64.random(in: Int64.min...Int64.max, using: &generator))
    }
  }
}
