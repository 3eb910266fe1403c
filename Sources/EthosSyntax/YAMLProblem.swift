import EthosText

/// What libyaml says of text that is no YAML, in the words of our messages.
struct YAMLProblem {
  var code: Diagnostic.Code = "yaml-syntax"
  var message: String
  var help: String?

  init(problem: String, at byte: UInt8?) {
    if byte == 0x09, problem.holds("cannot start any token") || problem.holds("tab character") {
      code = "tab-indentation"
      message = "a tab cannot indent"
      help = "indent with spaces"
      return
    }
    if problem.holds("control characters") {
      code = "control-character"
      message = "a control character is not allowed in a file"
      help = "delete it, or write it as an escape in double quotes"
      return
    }
    message = "the YAML is not understood: \(problem)"
    help = YAMLProblem.helps.first { problem.contains($0.key) }?.value
  }

  private static let helps: KeyValuePairs = [
    "mapping values are not allowed": "put text that holds `: ` in quotes, and check the indentation",
    "did not find expected key": "check the indentation of this line and of the one above",
    "could not find expected ':'": "a key ends with `:`; longer text belongs further in than its key",
    "did not find expected '-' indicator": "items of one list begin in the same column",
    "did not find expected ',' or ']'": "close the list with `]`",
    "did not find expected ',' or '}'": "close the mapping with `}`",
    "unexpected end of stream": "close what was opened: a quote, `[` or `{`",
    "cannot start any token": "put text that begins with this character in quotes",
    "found unknown escape character": "write a backslash as `\\\\` in double quotes, or use single quotes",
    "block sequence entries are not allowed": "begin the list on a line of its own",
  ]
}
