import EthosText

/// Collects what is wrong in one file, up to the limit.
struct Findings {
  let source: SourceText
  private let maximum: Int
  private var list: [Diagnostic] = []
  private var omitted = 0

  init(_ source: SourceText, limits: SyntaxLimits) {
    self.source = source
    maximum = limits.maximumDiagnostics
  }

  /// Adds a diagnostic.
  ///
  /// The location costs a pass over its line, so none is made beyond the limit.
  mutating func add(
    _ code: Diagnostic.Code, _ message: @autoclosure () -> String, at span: Span,
    help: @autoclosure () -> String? = nil, severity: Diagnostic.Severity = .error
  ) {
    guard list.count < maximum else {
      omitted += 1
      return
    }
    list.append(Diagnostic(code, severity, message(), at: source.location(span), help: help()))
  }

  /// What was found, in the order of the file.
  var diagnostics: [Diagnostic] {
    var result = list.sorted(by: Diagnostic.precedes)
    if omitted > 0 {
      result.append(
        Diagnostic(
          "diagnostics-omitted", .error, "\(omitted) more problems of this file are not shown",
          at: source.location(Span(source.bytes.count, source.bytes.count)), help: "repair those above first"))
    }
    return result
  }
}
