/// Decodes the fields of a case into places.
final class FieldMemory {
  private let coders: [FactCoder]
  private let lanes: UnsafeMutablePointer<FieldLane>
  private let count: Int
  /// The place of each coder's fact in the case that was decoded last.
  let places: UnsafeMutablePointer<Int32>

  init(_ coders: [FactCoder]) {
    self.coders = coders
    count = coders.count
    lanes = .allocate(capacity: max(count, 1))
    for (index, coder) in coders.enumerated() { (lanes + index).initialize(to: FieldLane(coder)) }
    places = .allocate(capacity: max(count, 1))
    places.initialize(repeating: 0, count: max(count, 1))
  }

  deinit {
    for index in 0..<count { lanes[index].deallocate() }
    lanes.deallocate()
    places.deallocate()
  }

  /// Decodes a case.
  ///
  /// Returns the coder of the first field that cannot be read; negative where all can.
  @inline(__always)
  func decode(_ slots: UnsafeMutablePointer<FieldSlot>) -> Int {
    var wrong = -1
    for index in 0..<count {
      let field = lanes[index].field
      guard field >= 0 else { continue }
      let start = slots[field].start
      let length = slots[field].count
      guard length > 0 else {
        places[index] = 0
        continue
      }
      var place = lanes[index].place(start, length)
      if place < 0 {
        place = ask(index, start, length)
        if place < 0 {
          place = coders[index].unreadablePlace
          if wrong < 0 { wrong = index }
        }
      }
      places[index] = place
    }
    return wrong
  }

  @inline(never)
  private func ask(_ index: Int, _ start: UnsafePointer<UInt8>, _ length: Int) -> Int32 {
    let place = coders[index].place(start, length)
    if place >= 0 { lanes[index].remember(start, length, place) }
    return place
  }
}
