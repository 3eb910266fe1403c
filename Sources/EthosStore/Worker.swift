import Glibc

/// Does two things at once: `produce` makes items on this thread, and `consume` takes them, in their order, on another.
///
/// Not many items wait: who makes them faster than they are taken waits. Both have ended when this returns; where either
/// fails, its error is thrown, that of `produce` first. Costs a thread.
package func withWorker<Item: Sendable, Product: Sendable, Result>(
  consuming consume: @escaping @Sendable (_ next: () -> Item?) throws -> Product,
  _ produce: (_ give: @escaping (Item) -> Void) throws -> Result
) throws -> (Result, Product) {
  let line = WaitingLine<Item, Product>(consume)
  let thread = try RunningThread { line.run() }
  let result = Swift.Result { try produce(line.give) }
  line.close()
  thread.join()
  return (try result.get(), try line.product())
}

/// The items between two threads.
// `@unchecked`: every variable is read and written with the lock held, which the compiler cannot see; `Mutex` has no way to
// wait for a change.
private final class WaitingLine<Item: Sendable, Product: Sendable>: @unchecked Sendable {
  private static var room: Int { 32 }

  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var items: [Item] = []
  private var next = 0
  private var isClosed = false
  private var outcome: Swift.Result<Product, any Error>?
  private let consume: @Sendable (() -> Item?) throws -> Product

  init(_ consume: @escaping @Sendable (() -> Item?) throws -> Product) {
    self.consume = consume
    pthread_mutex_init(lock, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_mutex_destroy(lock)
    pthread_cond_destroy(changed)
    lock.deallocate()
    changed.deallocate()
  }

  /// Adds an item; where nobody takes any more, it is dropped.
  func give(_ item: Item) {
    pthread_mutex_lock(lock)
    while items.count - next >= Self.room, outcome == nil { pthread_cond_wait(changed, lock) }
    if outcome == nil { items.append(item) }
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(lock)
  }

  func close() {
    pthread_mutex_lock(lock)
    isClosed = true
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(lock)
  }

  /// What was made of the items; asked for once the thread has ended.
  func product() throws -> Product {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    guard let outcome else { throw ThreadError(code: ECANCELED) }
    return try outcome.get()
  }

  func run() {
    let result = Swift.Result { try consume(take) }
    pthread_mutex_lock(lock)
    outcome = result
    items = []
    next = 0
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(lock)
  }

  private func take() -> Item? {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    while next == items.count, !isClosed { pthread_cond_wait(changed, lock) }
    guard next < items.count else { return nil }
    let item = items[next]
    next += 1
    if next == items.count {
      items.removeAll(keepingCapacity: true)
      next = 0
    }
    pthread_cond_broadcast(changed)
    return item
  }
}
