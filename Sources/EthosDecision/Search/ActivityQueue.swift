/// The variables by how much they took part in recent contradictions, the most active first: a binary heap.
struct ActivityQueue: ~Copyable {
  private(set) var activity = Flat<Double>()
  private var heap = Flat<Int32>()
  /// Where a variable is in the heap; negative where it is not.
  private var places = Flat<Int32>()
  private var increment = 1.0

  private static let decay = 0.95
  private static let most = 1e100

  mutating func addVariable() {
    activity.append(0)
    places.append(-1)
    insert(activity.count - 1)
  }

  mutating func insert(_ variable: Int) {
    guard places[variable] < 0 else { return }
    places[variable] = Int32(heap.count)
    heap.append(Int32(variable))
    rise(heap.count - 1)
  }

  /// The most active variable, taken out; nil where there is none.
  mutating func popFirst() -> Int? {
    guard heap.count > 0 else { return nil }
    let first = Int(heap[0])
    let last = heap.removeLast()
    places[first] = -1
    if heap.count > 0 {
      heap[0] = last
      places[Int(last)] = 0
      sink(0)
    }
    return first
  }

  mutating func bump(_ variable: Int) {
    activity[variable] += increment
    if activity[variable] > ActivityQueue.most {
      for other in 0..<activity.count { activity[other] /= ActivityQueue.most }
      increment /= ActivityQueue.most
    }
    if places[variable] >= 0 { rise(Int(places[variable])) }
  }

  mutating func decay() { increment /= ActivityQueue.decay }

  private mutating func rise(_ start: Int) {
    var place = start
    let moved = heap[place]
    let value = activity[Int(moved)]
    while place > 0 {
      let parent = (place - 1) / 2
      guard activity[Int(heap[parent])] < value else { break }
      heap[place] = heap[parent]
      places[Int(heap[place])] = Int32(place)
      place = parent
    }
    heap[place] = moved
    places[Int(moved)] = Int32(place)
  }

  private mutating func sink(_ start: Int) {
    var place = start
    let moved = heap[place]
    let value = activity[Int(moved)]
    while true {
      var child = 2 * place + 1
      guard child < heap.count else { break }
      if child + 1 < heap.count, activity[Int(heap[child + 1])] > activity[Int(heap[child])] { child += 1 }
      guard activity[Int(heap[child])] > value else { break }
      heap[place] = heap[child]
      places[Int(heap[place])] = Int32(place)
      place = child
    }
    heap[place] = moved
    places[Int(moved)] = Int32(place)
  }
}
