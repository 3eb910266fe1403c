/// Clauses side by side in one run of memory: how many literals, how good a learned one is, how useful it was, literals.
struct ClauseArena: ~Copyable {
  private(set) var words = Flat<Int32>(capacity: 1_024)

  private static let header = 3

  /// How many words there are: where the next clause will start.
  var end: Int { words.count }

  /// Adds a clause.
  ///
  /// `levels` is the number of levels of decisions that a learned clause connects, nought for others.
  mutating func append(_ literals: borrowing Flat<Literal>, levels: Int) -> Int {
    let start = words.count
    words.append(Int32(literals.count))
    words.append(Int32(levels))
    words.append(0)
    for index in 0..<literals.count { words.append(literals[index].code) }
    return start
  }

  @inline(__always) func size(_ clause: Int) -> Int { Int(words.base[clause]) }
  @inline(__always) func levels(_ clause: Int) -> Int { Int(words.base[clause + 1]) }
  @inline(__always) func activity(_ clause: Int) -> Float {
    Float(bitPattern: UInt32(bitPattern: words.base[clause + 2]))
  }
  @inline(__always) func setActivity(_ clause: Int, _ value: Float) {
    words.base[clause + 2] = Int32(bitPattern: value.bitPattern)
  }
  @inline(__always) func literals(_ clause: Int) -> UnsafeMutablePointer<Int32> {
    words.base + clause + ClauseArena.header
  }
  @inline(__always) func literal(_ clause: Int, _ index: Int) -> Literal { Literal(code: literals(clause)[index]) }
  /// Where the clause behind this one starts.
  @inline(__always) func next(after clause: Int) -> Int { clause + ClauseArena.header + size(clause) }
}
