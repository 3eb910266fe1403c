package import EthosDiff
import EthosText

/// One piece of running text: runs with labels. It is written as a string with labelled interpolations:
///
///     "this moves \(key, .reference) (owner: \(owner, .name))"
///
/// All of its text is taken as it stands: nothing in it is markup, and no control sequence reaches a reader.
package struct Inline: Hashable, Sendable {
  package struct Run: Hashable, Sendable {
    package var text: String
    package var label: Label

    package init(_ text: String, _ label: Label = .plain) {
      self.text = text
      self.label = label
    }
  }

  package private(set) var runs: [Run]

  package init() { runs = [] }

  package init(_ text: String, _ label: Label = .plain) { runs = text.isEmpty ? [] : [Run(text, label)] }

  package var isEmpty: Bool { runs.isEmpty }

  /// The text without its labels.
  package var text: String { runs.map(\.text).joined() }

  package mutating func append(_ text: String, _ label: Label = .plain) {
    guard !text.isEmpty else { return }
    if let last = runs.indices.last, runs[last].label == label, label != .command {
      runs[last].text += text
    } else {
      runs.append(Run(text, label))
    }
  }

  package mutating func append(_ other: Inline) {
    for run in other.runs { append(run.text, run.label) }
  }

  package static func + (left: Inline, right: Inline) -> Inline {
    var result = left
    result.append(right)
    return result
  }

  package static func += (left: inout Inline, right: Inline) { left.append(right) }

  /// A level in brackets, so that it stands out without any colour: `[critical]`.
  package static func level(_ level: Level) -> Inline { Inline("[\(level.rawValue)]", .level(level)) }

  /// Many pieces as one: `a, b, c`.
  package static func list(_ items: some Sequence<Inline>, separator: String = ", ") -> Inline {
    var result = Inline()
    for (index, item) in items.enumerated() {
      if index > 0 { result.append(separator) }
      result.append(item)
    }
    return result
  }

  /// Many texts with one label: `a, b, c`.
  package static func list(_ items: some Sequence<String>, _ label: Label, separator: String = ", ") -> Inline {
    list(items.map { Inline($0, label) }, separator: separator)
  }

  /// Many pieces as a sentence has them: `a, b and c`.
  package static func sentence(_ items: [Inline]) -> Inline {
    guard let last = items.last, items.count > 1 else { return items.first ?? Inline() }
    return list(items.dropLast()) + " and " + last
  }
}

extension Inline: ExpressibleByStringInterpolation {
  package init(stringLiteral value: String) { self.init(value) }

  package init(stringInterpolation: StringInterpolation) { self = stringInterpolation.result }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var result = Inline()

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ literal: String) { result.append(literal) }
    package mutating func appendInterpolation(_ inline: Inline) { result.append(inline) }
    package mutating func appendInterpolation(_ level: Level) { result.append(.level(level)) }

    package mutating func appendInterpolation(_ text: some CustomStringConvertible, _ label: Label = .plain) {
      result.append(text.description, label)
    }
  }
}
