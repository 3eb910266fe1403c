import Glibc

/// Threads for work that one command does on all cores.
enum Workers {
  /// How many cores there are.
  static var count: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  private final class Work: Sendable {
    let body: @Sendable (Int) -> Void
    let number: Int

    init(_ number: Int, _ body: @escaping @Sendable (Int) -> Void) {
      self.number = number
      self.body = body
    }
  }

  /// Runs a body once for each number below a count, each on a thread of its own, and returns when all are done. Where no
  /// more threads can be had the rest runs here.
  static func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    var threads: [pthread_t] = []
    for number in 1..<max(count, 1) {
      let work = Unmanaged.passRetained(Work(number, body))
      var thread = pthread_t()
      let failed = pthread_create(
        &thread, nil,
        { pointer in
          guard let pointer else { return nil }
          let work = Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue()
          work.body(work.number)
          return nil
        }, work.toOpaque())
      if failed == 0 {
        threads.append(thread)
      } else {
        work.release()
        body(number)
      }
    }
    body(0)
    for thread in threads { pthread_join(thread, nil) }
  }
}
