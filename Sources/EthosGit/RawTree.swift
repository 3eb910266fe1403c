internal import EthosRecord

/// The bytes of a tree object, read entry by entry: octal mode, blank, name, NUL, id.
///
/// Ids and names stay ranges until somebody asks, so that skipping an equal entry allocates nothing.
struct RawTree {
  private static let idLength = 20

  let id: ObjectID
  let bytes: [UInt8]

  struct Entry {
    let start: Int
    let mode: FileMode
    let name: Range<Int>
    let id: Range<Int>
  }

  /// The entry at a position, or nil at the end.
  ///
  /// - Throws: `.malformed` where the bytes are no entry, or the entry does not sort after `previous`: a name that is there
  ///   twice would be read as one thing by one program and as another by the next.
  func entry(at start: Int, after previous: Entry?) throws(GitError) -> Entry? {
    guard start < bytes.count else { return nil }
    var position = start
    var mode: UInt32 = 0
    while position < bytes.count, bytes[position] != UInt8(ascii: " ") {
      let digit = bytes[position]
      guard (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(digit), position - start < 7 else { throw malformed }
      mode = mode << 3 | UInt32(digit - UInt8(ascii: "0"))
      position += 1
    }
    let nameStart = position + 1
    guard position > start, nameStart < bytes.count, let end = bytes[nameStart...].firstIndex(of: 0), end > nameStart,
      end + RawTree.idLength < bytes.count, !bytes[nameStart..<end].contains(UInt8(ascii: "/"))
    else { throw malformed }
    let entry = Entry(
      start: start, mode: FileMode(rawMode: mode), name: nameStart..<end, id: (end + 1)..<(end + 1 + RawTree.idLength))
    if let previous, !RawTree.precedes(previous, in: self, entry, in: self) { throw malformed }
    return entry
  }

  private var malformed: GitError { GitError(.malformed, "the tree `\(id)` is malformed") }

  func objectID(of entry: Entry) -> ObjectID { ObjectID(bytes: bytes[entry.id]) }
  func name(of entry: Entry) -> ArraySlice<UInt8> { bytes[entry.name] }
  func leaf(of entry: Entry) -> TreeLeaf { TreeLeaf(mode: entry.mode, id: objectID(of: entry)) }

  /// All entries, as values.
  func entries() throws(GitError) -> [TreeEntry] {
    var entries: [TreeEntry] = []
    var cursor = Cursor(self)
    while let entry = try cursor.next() {
      entries.append(TreeEntry(nameBytes: Array(name(of: entry)), mode: entry.mode, id: objectID(of: entry)))
    }
    return entries
  }

  /// Whether anything in the tree is more than folders and YAML files with plain names: small letters, digits, `-`, `_`
  /// and `.`.
  ///
  /// Among plain ones no two can be taken for each other. Reads the tree to its end.
  func isOdd() throws(GitError) -> Bool {
    var isOdd = false
    var cursor = Cursor(self)
    while let entry = try cursor.next() {
      guard !isOdd else { continue }
      let name = name(of: entry)
      let isYAML = name.suffix(5).elementsEqual(".yaml".utf8) && name.count > 5
      switch entry.mode {
      case .tree: isOdd = name.contains(UInt8(ascii: "."))
      case .file, .executable: isOdd = !isYAML
      case .symbolicLink, .submodule: isOdd = true
      }
      isOdd =
        isOdd
        || !name.allSatisfy { byte in
          (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x2E || byte == 0x5F
        }
    }
    return isOdd
  }

  /// Goes over the entries of a tree, in their order.
  struct Cursor {
    let tree: RawTree
    private var position = 0
    private var previous: Entry?

    init(_ tree: RawTree) { self.tree = tree }

    mutating func next() throws(GitError) -> Entry? {
      let entry = try tree.entry(at: position, after: previous)
      if let entry {
        position = entry.id.upperBound
        previous = entry
      }
      return entry
    }
  }

  /// Git's order of the entries of a tree: by name, a folder's with a `/` at its end.
  static func precedes(_ left: Entry, in leftTree: RawTree, _ right: Entry, in rightTree: RawTree) -> Bool {
    compare(left, in: leftTree, right, in: rightTree) < 0
  }

  /// Negative, zero or positive; zero where both are folders or both are not, with the same name.
  static func compare(_ left: Entry, in leftTree: RawTree, _ right: Entry, in rightTree: RawTree) -> Int {
    let shared = min(left.name.count, right.name.count)
    for offset in 0..<shared {
      let difference =
        Int(leftTree.bytes[left.name.lowerBound + offset]) - Int(rightTree.bytes[right.name.lowerBound + offset])
      if difference != 0 { return difference }
    }
    func next(_ entry: Entry, _ tree: RawTree) -> Int {
      if entry.name.count > shared { return Int(tree.bytes[entry.name.lowerBound + shared]) }
      return entry.mode == .tree ? Int(UInt8(ascii: "/")) : 0
    }
    return next(left, leftTree) - next(right, rightTree)
  }

  /// Whether both entries say the same: same bytes of mode and id.
  static func areEqual(_ left: Entry, in leftTree: RawTree, _ right: Entry, in rightTree: RawTree) -> Bool {
    left.mode == right.mode && leftTree.bytes[left.id].elementsEqual(rightTree.bytes[right.id])
  }
}
