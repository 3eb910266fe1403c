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

  /// The version of a namespace. Tools write `http` for `https`, or leave the last slash out.
  package init?(namespace: String) {
    func plain(_ text: String) -> Substring {
      var text = text[...]
      if text.begins(with: "https:") {
        text = text.dropFirst(6)
      } else if text.begins(with: "http:") {
        text = text.dropFirst(5)
      }
      return text.ends(with: "/") ? text.dropLast() : text
    }
    let version = DMNVersion.allCases.first { plain($0.namespace) == plain(namespace) }
    guard let version else { return nil }
    self = version
  }

  /// Whether a text names FEEL as an expression language, of whatever version.
  static func isFEEL(_ language: String) -> Bool {
    let text = language.lowercased()
    return text.isEmpty || text == "feel" || text.ends(with: "/feel/") || text.ends(with: "/feel")
      || text == "http://www.omg.org/spec/feel/20140401" || text.ends(with: "s-feel")
  }
}
