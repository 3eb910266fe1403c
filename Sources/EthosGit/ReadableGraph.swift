internal import EthosRecord
internal import EthosText

/// The graph of commits as far as it can be read.
///
/// libgit2 gives up a walk at the first commit that it cannot parse, which anybody can push. Here such a commit has the
/// parents that git reads of it, and, where not even these can be read, none: what lies behind it is not known, and
/// nothing is said of it. Costs a read of every commit on the way, so that it is asked only after libgit2 gave up.
struct ReadableGraph {
  let repository: Repository

  private func parents(of id: ObjectID) throws(GitError) -> [ObjectID] {
    do throws(GitError) {
      return try repository.parents(of: id)
    } catch {
      guard error.isOfObject else { throw error }
      return []
    }
  }

  /// The commits and all that can be reached from them.
  func ancestors(of starts: [ObjectID], until known: Set<ObjectID> = []) throws(GitError) -> Set<ObjectID> {
    var seen = Set(starts).subtracting(known)
    var open = Array(seen)
    while let id = open.popLast() {
      for parent in try parents(of: id) where !known.contains(parent) && seen.insert(parent).inserted {
        open.append(parent)
      }
    }
    return seen
  }

  /// The best common ancestors, sorted: those without a child that is common too.
  func mergeBases(_ left: ObjectID, _ right: ObjectID) throws(GitError) -> [ObjectID] {
    let common = try ancestors(of: [left]).intersection(ancestors(of: [right]))
    var best = common
    for id in common { best.subtract(try parents(of: id)) }
    return best.sorted()
  }

  /// Children before their parents; where the graph leaves it open, the newer committer date first.
  func walk(from starts: [ObjectID], hiding hidden: [ObjectID]) throws(GitError) -> [ObjectID] {
    let shown = try ancestors(of: starts, until: try ancestors(of: hidden))
    var children: [ObjectID: Int] = [:]
    for id in shown {
      for parent in Set(try parents(of: id)) where shown.contains(parent) { children[parent, default: 0] += 1 }
    }
    var ready = try shown.filter { children[$0] == nil }.map { id throws(GitError) in try Ready(id, of: repository) }
    ready.sort()
    var order: [ObjectID] = []
    while let next = ready.popLast() {
      order.append(next.id)
      for parent in Set(try parents(of: next.id)) {
        guard let left = children[parent] else { continue }
        children[parent] = left - 1
        guard left == 1 else { continue }
        let entry = try Ready(parent, of: repository)
        var (low, high) = (0, ready.count)
        while low < high {
          let middle = (low + high) / 2
          if ready[middle] < entry { low = middle + 1 } else { high = middle }
        }
        ready.insert(entry, at: low)
      }
    }
    return order
  }

  /// A commit whose children were all given.
  private struct Ready: Comparable {
    let id: ObjectID
    let seconds: Int64

    init(_ id: ObjectID, of repository: Repository) throws(GitError) {
      self.id = id
      do throws(GitError) {
        seconds = try repository.commit(id).committer.when.seconds
      } catch {
        guard error.isOfObject else { throw error }
        seconds = .min
      }
    }

    static func < (left: Ready, right: Ready) -> Bool {
      left.seconds == right.seconds ? left.id < right.id : left.seconds < right.seconds
    }
  }
}
