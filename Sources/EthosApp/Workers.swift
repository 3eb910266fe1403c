import EthosStore
import Glibc

/// Threads for work that one command does on all cores.
enum Workers {
  /// How many cores there are.
  static var count: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Runs a body once for each number below a count, each on a thread of its own, and returns when all are done.
  ///
  /// Where no more threads can be had the rest runs here.
  static func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    var threads: [RunningThread] = []
    for number in 1..<max(count, 1) {
      if let thread = try? RunningThread({ body(number) }) { threads.append(thread) } else { body(number) }
    }
    body(0)
    for thread in threads { thread.join() }
  }
}
