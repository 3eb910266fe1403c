/// Two versions of a text as one, with git's marks around the lines in which they differ.
enum ConflictMarks {
  /// Nil where the two do not differ.
  static func text(ours: [UInt8], theirs: [UInt8]) -> [UInt8]? {
    let (left, right) = (lines(ours), lines(theirs))
    guard left != right else { return nil }
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in right.difference(from: left) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var result: [UInt8] = []
    var (old, new) = (0, 0)
    while old < left.count || new < right.count {
      var sides: (ours: [UInt8], theirs: [UInt8]) = ([], [])
      let start = (old, new)
      while old < left.count, removed.contains(old) {
        sides.ours += left[old]
        old += 1
      }
      while new < right.count, inserted.contains(new) {
        sides.theirs += right[new]
        new += 1
      }
      if start != (old, new) {
        result += Array("<<<<<<< ours\n".utf8) + sides.ours + Array("=======\n".utf8) + sides.theirs
        result += Array(">>>>>>> theirs\n".utf8)
      } else {
        if old < left.count { result += left[old] }
        old += 1
        new += 1
      }
    }
    return result
  }

  /// The lines with their ends; the last has one too, so that a mark stands on a line of its own.
  private static func lines(_ bytes: [UInt8]) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var line: [UInt8] = []
    for byte in bytes {
      line.append(byte)
      if byte == 0x0A {
        lines.append(line)
        line = []
      }
    }
    if !line.isEmpty { lines.append(line + [0x0A]) }
    return lines
  }
}
