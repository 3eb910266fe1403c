import EthosText

/// A version of the standard, by the namespace of its files.
package enum DMNVersion: String, Sendable, Hashable, CaseIterable {
  case v11 = "1.1"
  case v12 = "1.2"
  case v13 = "1.3"
  case v14 = "1.4"
  case v15 = "1.5"
  case v16 = "1.6"

  package var namespace: String {
    switch self {
    case .v11: "http://www.omg.org/spec/DMN/20151101/dmn.xsd"
    case .v12: "http://www.omg.org/spec/DMN/20180521/MODEL/"
    case .v13: "https://www.omg.org/spec/DMN/20191111/MODEL/"
    case .v14: "https://www.omg.org/spec/DMN/20211108/MODEL/"
    case .v15: "https://www.omg.org/spec/DMN/20230324/MODEL/"
    case .v16: "https://www.omg.org/spec/DMN/20240513/MODEL/"
    }
  }

  /// The version of a namespace, by the date in it.
  ///
  /// What stands around the date differs from tool to tool: `http` or `https`, the last slash, nothing at all behind the
  /// date (Flowable), `dmn11.xsd` (Camunda 7.4). The date alone names the version.
  package init?(namespace: String) {
    guard let date = DMNVersion.date(namespace),
      let version = DMNVersion.allCases.first(where: { DMNVersion.date($0.namespace) == date })
    else { return nil }
    self = version
  }

  /// The eight digits of a namespace of DMN; nil where it is another.
  private static func date(_ namespace: String) -> String? {
    for scheme in ["https:", "http:"] {
      guard let rest = namespace.dropping(scheme)?.dropping("//www.omg.org/spec/DMN/") else { continue }
      let date = rest.utf8.prefix(8)
      let next = rest.utf8.dropFirst(8).first
      guard date.count == 8, date.allSatisfy({ (0x30...0x39).contains($0) }), next == nil || next == 0x2F else {
        return nil
      }
      return String(Substring(date))
    }
    return nil
  }

  /// Whether a text names FEEL as an expression language, of whatever version.
  static func isFEEL(_ language: String) -> Bool {
    let text = language.lowercased()
    return text.isEmpty || text == "feel" || text.ends(with: "/feel/") || text.ends(with: "/feel")
      || text == "http://www.omg.org/spec/feel/20140401" || text.ends(with: "s-feel")
  }
}
