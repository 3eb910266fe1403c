/// That of two groups one departs from the rules more often as a whole, and less often where what is alike is compared:
/// within the rules that answer both, or within the values of another column (E.
///
/// H. Simpson, 1951).
///
/// Within is the difference of the rates in each part, weighed as Mantel and Haenszel do. It is counted, not tested.
package struct Reversal: Sendable, Hashable {
  /// Where two groups are compared.
  package enum Within: Sendable, Hashable {
    case rules
    case column(String)
  }

  package var column: String
  /// The group that departs more often as a whole.
  package var more: String
  package var less: String
  package var moreShare: Share
  package var lessShare: Share
  package var within: Within
  /// The parts that both groups have, and in how many of them the order of the whole is turned round.
  package var parts: Int
  package var turned: Int
  /// How much more often the first departs within, weighed over the parts; negative.
  package var difference: Double

  /// Most groups of one column that are compared with one another.
  static let most = 20

  private struct Part: Hashable {
    var side: Int
    var rules: [Int]
  }

  static func all(
    in segments: [AuditResult.Segment], crossed: [AuditResult.Segment], columns: [String]
  ) -> [Reversal] {
    var found: [Reversal] = []
    for (place, column) in columns.enumerated() where columns.firstIndex(of: column) == place {
      let groups = segments.filter { $0.column == column }.prefix(most)
      var departed: [String: Share] = [:]
      var byRule: [String: [Part: Share]] = [:]
      for group in groups {
        for rule in group.rules {
          departed[group.value, default: Share(0, of: 0)].add(rule.departed)
          byRule[group.value, default: [:]][Part(side: rule.side, rules: rule.rules)] = rule.departed
        }
      }
      found += compare(column, groups.map(\.value), departed, byRule, .rules)
      guard columns.count > 1 else { continue }
      for (other, name) in columns.enumerated() where name != column {
        var byValue: [String: [String: Share]] = [:]
        for cell in crossed where cell.values.count == columns.count {
          for rule in cell.rules {
            byValue[cell.values[place], default: [:]][cell.values[other], default: Share(0, of: 0)].add(rule.departed)
          }
        }
        found += compare(column, groups.map(\.value), departed, byValue, .column(name))
      }
    }
    return found
  }

  private static func compare<Key: Hashable>(
    _ column: String, _ values: [String], _ departed: [String: Share], _ parts: [String: [Key: Share]],
    _ within: Within
  ) -> [Reversal] {
    var found: [Reversal] = []
    for (place, one) in values.enumerated() {
      for other in values[(place + 1)...] {
        guard let left = departed[one], let right = departed[other],
          left.isMore(than: right) != right.isMore(than: left)
        else { continue }
        let (more, less) = left.isMore(than: right) ? (one, other) : (other, one)
        guard let above = parts[more], let below = parts[less] else { continue }
        var (weighed, weights, shared, turned) = (0.0, 0.0, 0, 0)
        for (key, share) in above {
          guard let against = below[key], share.of > 0, against.of > 0 else { continue }
          let weight = Double(share.of) * Double(against.of) / Double(share.of + against.of)
          weighed += weight * (share.rate - against.rate)
          weights += weight
          shared += 1
          turned += against.isMore(than: share) ? 1 : 0
        }
        guard shared > 0, turned > 0, weights > 0, weighed / weights < -1e-12 else { continue }
        let (moreShare, lessShare) = left.isMore(than: right) ? (left, right) : (right, left)
        found.append(
          Reversal(
            column: column, more: more, less: less, moreShare: moreShare, lessShare: lessShare, within: within,
            parts: shared, turned: turned, difference: weighed / weights))
      }
    }
    return found
  }
}

extension Share {
  /// Whether the rate is greater, exactly.
  fileprivate func isMore(than other: Share) -> Bool {
    let (left, right) = (count.multipliedFullWidth(by: other.of), other.count.multipliedFullWidth(by: of))
    return (left.high, left.low) > (right.high, right.low)
  }

  fileprivate mutating func add(_ other: Share) {
    count += other.count
    of += other.of
  }
}
