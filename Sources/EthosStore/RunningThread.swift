import Glibc

/// A thread that runs one body, and is waited for.
package struct RunningThread {
  private let thread: pthread_t

  private final class Body: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Starts a body on a thread of its own.
  ///
  /// Whoever starts it joins it.
  ///
  /// - Throws: `ThreadError` where no thread can be had; then the body does not run.
  package init(_ run: @escaping @Sendable () -> Void) throws(ThreadError) {
    let body = Unmanaged.passRetained(Body(run))
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { pointer in
        guard let pointer else { return nil }
        Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run()
        return nil
      }, body.toOpaque())
    guard code == 0 else {
      body.release()
      throw ThreadError(code: code)
    }
    self.thread = thread
  }

  /// Waits until the body has ended; once.
  package func join() { pthread_join(thread, nil) }
}

/// No more threads could be had.
package struct ThreadError: Error, CustomStringConvertible {
  package let code: Int32

  package var description: String { "no thread could be made: \(String(cString: strerror(code)))" }
}
