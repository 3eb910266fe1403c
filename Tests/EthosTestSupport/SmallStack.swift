import Dispatch
import Foundation

/// Runs a body on a thread with a stack of 512 KB, the smallest that a worker thread has on any system of ours.
package func withSmallStack(_ body: @escaping @Sendable () -> Void) {
  let done = DispatchSemaphore(value: 0)
  let thread = Thread {
    body()
    done.signal()
  }
  thread.stackSize = 512 * 1_024
  thread.start()
  done.wait()
}
