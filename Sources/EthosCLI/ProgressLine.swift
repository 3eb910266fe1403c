import EthosApp
import Glibc
import Synchronization

/// Tells on standard error how far a long piece of work is: after its first second, and then now and again; on a terminal
/// in one line that is wiped at the end.
final class ProgressLine: Sendable {
  static let shared = ProgressLine()

  private struct State {
    var work = ""
    var began = 0
    var shown = 0
    var isOnScreen = false
  }

  private let state = Mutex(State())

  func show(_ work: String, _ done: Int, of total: Int) { show(work) { _ in "\(done) of \(total)" } }

  /// Tells how many cases were read, how many a second, and how long the rest will take at that rate.
  func show(_ work: String, _ progress: CaseProgress) {
    show(work) { milliseconds in
      var text = "\(progress.cases)"
      guard milliseconds > 0 else { return text }
      text += ", \(progress.cases * 1_000 / milliseconds) a second"
      guard let size = progress.size, size >= progress.bytes, progress.bytes > 0 else { return text }
      let left = (size - progress.bytes) / 1_024 * milliseconds / max(progress.bytes / 1_024, 1) / 1_000
      return text + ", \(progress.bytes * 100 / size) %, \(ProgressLine.duration(seconds: left)) left"
    }
  }

  private static func duration(seconds: Int) -> String {
    seconds < 60
      ? "\(seconds) s" : seconds < 3_600 ? "\(seconds / 60) min" : "\(seconds / 3_600) h \(seconds / 60 % 60) min"
  }

  /// Shows a text that is made only where it is time to, of the milliseconds since the work began.
  private func show(_ work: String, _ text: (Int) -> String) {
    let now = ProgressLine.milliseconds()
    state.withLock { state in
      if state.work != work { state = State(work: work, began: now, shown: now) }
      let isTerminal = isatty(STDERR_FILENO) == 1
      guard now - state.began >= 1_000, now - state.shown >= (isTerminal ? 200 : 5_000) || state.shown == state.began
      else { return }
      state.shown = now
      state.isOnScreen = isTerminal
      let text = "ethos: \(work): \(text(now - state.began))"
      write(isTerminal ? "\r\u{1B}[K\(text)" : "\(text)\n", to: STDERR_FILENO)
    }
  }

  /// Wipes the line, before something else is written.
  func end() {
    state.withLock { state in
      if state.isOnScreen { write("\r\u{1B}[K", to: STDERR_FILENO) }
      state = State()
    }
  }

  private static func milliseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
  }
}
