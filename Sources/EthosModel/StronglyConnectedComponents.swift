/// Tarjan's algorithm ("Depth-first search and linear graph algorithms", 1972) with a stack of its own, as chains may
/// be as long as there are entries.
///
/// Linear in nodes and edges. A component comes after those that its edges lead to.
package struct StronglyConnectedComponents {
  private let edges: [[Int]]
  private var numbers: [Int]
  private var lows: [Int]
  private var isOnStack: [Bool]
  private var stack: [Int] = []
  private var counter = 0
  private var components: [[Int]] = []

  private init(_ edges: [[Int]]) {
    self.edges = edges
    numbers = Array(repeating: -1, count: edges.count)
    lows = numbers
    isOnStack = Array(repeating: false, count: edges.count)
  }

  /// The components of a graph that is given by the nodes that each node leads to.
  package static func find(_ edges: [[Int]]) -> [[Int]] {
    var search = StronglyConnectedComponents(edges)
    for node in edges.indices where search.numbers[node] < 0 { search.visit(from: node) }
    return search.components
  }

  private mutating func visit(from root: Int) {
    var frames: [(node: Int, next: Int)] = []
    enter(root)
    frames.append((root, 0))
    while let (node, next) = frames.last {
      if next < edges[node].count {
        frames[frames.count - 1].next += 1
        let target = edges[node][next]
        if numbers[target] < 0 {
          enter(target)
          frames.append((target, 0))
        } else if isOnStack[target] {
          lows[node] = min(lows[node], numbers[target])
        }
      } else {
        frames.removeLast()
        if let parent = frames.last?.node { lows[parent] = min(lows[parent], lows[node]) }
        if lows[node] == numbers[node] { close(node) }
      }
    }
  }

  private mutating func enter(_ node: Int) {
    numbers[node] = counter
    lows[node] = counter
    counter += 1
    stack.append(node)
    isOnStack[node] = true
  }

  private mutating func close(_ root: Int) {
    var component: [Int] = []
    while let node = stack.popLast() {
      isOnStack[node] = false
      component.append(node)
      if node == root { break }
    }
    components.append(component)
  }
}
