/// Numbers for the values by which cases are grouped, all columns together; 0 is all cases.
struct SegmentNumbers {
  private var texts: [ByteStrings]
  private var numbers: [[Int]]
  private var all: [(column: Int, value: Int)] = []

  init(columns: Int) {
    texts = Array(repeating: ByteStrings(), count: columns)
    numbers = Array(repeating: [], count: columns)
  }

  mutating func number(_ column: Int, _ slot: FieldSlot, _ name: String) throws(CaseProblem) -> Int {
    let place = Int(texts[column].insert(slot.start, slot.count))
    if place == numbers[column].count {
      guard place < CaseLimits.segments, all.count < 60_000 else {
        throw CaseProblem(
          "`\(name)` has more than \(CaseLimits.segments) values, which are too many to group cases by",
          help: "group by a column with fewer: `--by COLUMN`")
      }
      all.append((column, place))
      numbers[column].append(all.count)
    }
    return numbers[column][place]
  }

  func segment(_ number: Int) -> (column: Int, value: [UInt8])? {
    guard number > 0 else { return nil }
    let (column, value) = all[number - 1]
    return (column, Array(texts[column][value]))
  }
}
