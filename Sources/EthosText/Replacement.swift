extension String {
  /// The text with each occurrence of another one replaced, byte by byte.
  ///
  /// What the standard library does here runs its pattern matcher, which costs a hundred times as much where nothing is
  /// to be replaced.
  package func replacingText(_ old: StaticString, with new: StaticString) -> String {
    let pattern = UnsafeBufferPointer(start: old.utf8Start, count: old.utf8CodeUnitCount)
    guard let first = pattern.first, utf8.contains(first) else { return self }
    let bytes = Array(utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == first, bytes[index...].starts(with: pattern) {
        result += UnsafeBufferPointer(start: new.utf8Start, count: new.utf8CodeUnitCount)
        index += pattern.count
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
