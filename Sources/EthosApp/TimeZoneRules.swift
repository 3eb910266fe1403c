package import EthosText
import Glibc
import Synchronization

/// The days of a time zone, by the system's own tz database.
package struct TimeZoneRules: Sendable {
  package let name: String

  // glibc keeps the zone in process-wide state; one caller at a time may set it.
  private static let turn = Mutex(())

  /// Fails where the system does not know the zone.
  package init?(_ name: String) {
    guard name == "UTC" || TimeZoneRules.isKnown(name) else { return nil }
    self.name = name
  }

  private init(known name: String) { self.name = name }

  /// The days of UTC, which every system knows.
  package static let utc = TimeZoneRules(known: "UTC")

  /// The calendar day of a moment in this zone.
  package func day(of instant: Instant) -> Day {
    Day(daysSinceEpoch: Int(floorDivide(instant.seconds + Int64(offset(at: instant.seconds)), by: 86_400)))
  }

  /// The moment of a day's clock time in this zone, with the zone's offset. A time that the zone skips or repeats is
  /// taken with the offset before the change.
  package func instant(_ day: Day, hour: Int) -> Instant {
    let local = Int64(day.daysSinceEpoch) * 86_400 + Int64(hour) * 3600
    let guess = offset(at: local - Int64(offset(at: local)))
    return Instant(seconds: local - Int64(guess), offsetMinutes: guess / 60)
  }

  /// The offset from UTC in seconds at a moment.
  package func offset(at seconds: Int64) -> Int {
    guard name != "UTC" else { return 0 }
    return TimeZoneRules.turn.withLock { _ in
      let previous = getenv("TZ").map { String(cString: $0) }
      setenv("TZ", ":\(name)", 1)
      tzset()
      var time = time_t(seconds)
      var parts = tm()
      localtime_r(&time, &parts)
      if let previous { setenv("TZ", previous, 1) } else { unsetenv("TZ") }
      tzset()
      return parts.tm_gmtoff
    }
  }

  /// Whether the system has a tz database: without one nobody can tell which zones there are.
  package static var hasDatabase: Bool { isZone("UTC") || isZone("Etc/UTC") }

  private static func isKnown(_ name: String) -> Bool {
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
    return isZone(name)
  }

  /// Whether a file of the database holds a zone (RFC 9636): folders and tables lie among them.
  private static func isZone(_ name: String) -> Bool {
    guard let file = fopen("/usr/share/zoneinfo/\(name)", "rb") else { return false }
    defer { fclose(file) }
    var magic = [UInt8](repeating: 0, count: 4)
    return fread(&magic, 1, 4, file) == 4 && magic.elementsEqual("TZif".utf8)
  }

  private func floorDivide(_ value: Int64, by divisor: Int64) -> Int64 {
    value >= 0 ? value / divisor : -((divisor - 1 - value) / divisor)
  }
}
