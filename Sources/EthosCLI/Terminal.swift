import Glibc

/// What is known of the place that output goes to.
struct Terminal: Sendable {
  var isTerminal: Bool
  var width: Int
  var usesColor: Bool

  /// The state of a descriptor under the conventions of `NO_COLOR`, `CLICOLOR_FORCE`, `TERM` and `COLUMNS`.
  static func of(_ descriptor: Int32, color: ColorChoice, variables: [String: String]) -> Terminal {
    let isTerminal = isatty(descriptor) == 1
    var width = variables["COLUMNS"].flatMap { Int($0) }.map { min(max($0, 20), 400) }
    if width == nil, isTerminal {
      var size = winsize()
      if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
        width = min(max(Int(size.ws_col), 20), 120)
      }
    }
    let usesColor =
      switch color {
      case .always: true
      case .never: false
      case .auto:
        if let forced = variables["CLICOLOR_FORCE"], forced != "0" {
          true
        } else {
          isTerminal && (variables["NO_COLOR"] ?? "").isEmpty && variables["TERM"] != "dumb"
        }
      }
    return Terminal(isTerminal: isTerminal, width: width ?? 100, usesColor: usesColor)
  }
}

/// Writes all of a text to a descriptor.
///
/// A reader that went away is no error of ours.
func write(_ text: String, to descriptor: Int32) { write(Array(text.utf8), to: descriptor) }

/// Writes all bytes to a descriptor.
func write(_ whole: [UInt8], to descriptor: Int32) {
  var bytes = whole[...]
  while !bytes.isEmpty {
    let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    if written < 0 {
      if errno == EINTR { continue }
      if errno == EPIPE || descriptor == STDERR_FILENO { return }
      let reason = String(cString: strerror(errno))
      write("ethos: cannot write the answer: \(reason)\n", to: STDERR_FILENO)
      exit(2)
    }
    bytes = bytes.dropFirst(written)
  }
}

/// Shows a text through the user's pager, as git does: `ETHOS_PAGER`, `GIT_PAGER`, `PAGER`, else `less`.
///
/// Returns false where there is no pager to run.
func page(_ text: String, variables: [String: String]) -> Bool {
  let pager = variables["ETHOS_PAGER"] ?? variables["GIT_PAGER"] ?? variables["PAGER"] ?? "less"
  guard !pager.isEmpty, pager != "cat" else { return false }
  // A pager that is closed early must not end us by a signal before we have tidied up.
  signal(SIGPIPE, SIG_IGN)
  // The shell tells the pager, and this process, whose threads may read their environment, stays as it is.
  let command = variables["LESS"] == nil ? "LESS=FRX; export LESS; \(pager)" : pager
  guard let stream = popen(command, "w") else { return false }
  fputs(text, stream)
  let status = pclose(stream)
  // The shell answers 127 for a program that is not there; nothing was shown then.
  return status >> 8 != 127
}
