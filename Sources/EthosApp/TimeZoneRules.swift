package import EthosText
import Glibc

/// The days of a time zone, by the system's own tz database.
package struct TimeZoneRules: Sendable {
  package let name: String
  /// Nil for UTC, which needs no database.
  private let data: TimeZoneData?

  /// Fails where the system does not know the zone.
  package init?(_ name: String) {
    self.name = name
    if name == "UTC" {
      data = nil
      return
    }
    guard TimeZoneRules.isName(name), let data = TimeZoneRules.read(name) else { return nil }
    self.data = data
  }

  private init() {
    name = "UTC"
    data = nil
  }

  /// The days of UTC, which every system knows.
  package static let utc = TimeZoneRules()

  /// The calendar day of a moment in this zone.
  package func day(of instant: Instant) -> Day {
    Day(daysSinceEpoch: Int(floorDivide(instant.seconds + Int64(offset(at: instant.seconds)), by: 86_400)))
  }

  /// The moment of a day's clock time in this zone, with the zone's offset.
  ///
  /// A time that the zone skips or repeats is taken with the offset before the change.
  package func instant(_ day: Day, hour: Int) -> Instant {
    let local = Int64(day.daysSinceEpoch) * 86_400 + Int64(hour) * 3600
    let guess = offset(at: local - Int64(offset(at: local)))
    return Instant(seconds: local - Int64(guess), offsetMinutes: guess / 60)
  }

  /// The offset from UTC in seconds at a moment.
  package func offset(at seconds: Int64) -> Int { data?.offset(at: seconds) ?? 0 }

  /// Whether the system has a tz database: without one nobody can tell which zones there are.
  package static var hasDatabase: Bool { read("UTC") != nil || read("Etc/UTC") != nil }

  private static func isName(_ name: String) -> Bool {
    let segments = name.parts(at: "/")
    guard
      segments.allSatisfy({ segment in
        !segment.isEmpty
          && segment.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x5F: true
            default: false
            }
          }
      })
    else { return false }
    // What a system keeps beside the zones of the database: its own zone, and other readings of all of them.
    guard !["posix", "right"].contains(segments[0]), !["localtime", "posixrules", "Factory"].contains(name) else {
      return false
    }
    return true
  }

  /// What a file of the database says; nil where there is none, or none of a zone: folders and tables lie among them.
  private static func read(_ name: String) -> TimeZoneData? {
    guard let file = fopen("/usr/share/zoneinfo/\(name)", "rb") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 17)
    let count = fread(&bytes, 1, bytes.count, file)
    return TimeZoneData(Array(bytes[..<count]))
  }

  private func floorDivide(_ value: Int64, by divisor: Int64) -> Int64 {
    value >= 0 ? value / divisor : -((divisor - 1 - value) / divisor)
  }
}
