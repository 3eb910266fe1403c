internal import CGit2
internal import EthosRecord

/// The id of an object of a SHA-1 repository, in twenty bytes in place: a scan compares millions of them.
struct PackedID: Hashable, Sendable {
  static let length = 20

  private let first: UInt64
  private let second: UInt64
  private let third: UInt32

  /// Copies twenty bytes.
  init(_ bytes: UnsafeRawPointer) {
    first = bytes.loadUnaligned(as: UInt64.self)
    second = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    third = bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self)
  }

  init(_ id: ObjectID) throws(GitError) {
    var raw = try id.raw()
    self = withUnsafeBytes(of: &raw.id) { bytes in
      guard let start = bytes.baseAddress else { preconditionFailure("an id has bytes") }
      return PackedID(start)
    }
  }

  /// Reads forty hexadecimal digits; nil where one of them is none.
  init?(hex: UnsafePointer<UInt8>) {
    var id = git_oid()
    let isHex = withUnsafeMutableBytes(of: &id.id) { bytes in
      for index in 0..<PackedID.length {
        guard let high = PackedID.value(hex[2 * index]), let low = PackedID.value(hex[2 * index + 1]) else {
          return false
        }
        bytes[index] = high << 4 | low
      }
      return true
    }
    guard isHex else { return nil }
    self = withUnsafeBytes(of: &id.id) { bytes in
      guard let start = bytes.baseAddress else { preconditionFailure("an id has bytes") }
      return PackedID(start)
    }
  }

  /// The id as libgit2 wants it.
  var raw: git_oid {
    var id = git_oid()
    withUnsafeMutableBytes(of: &id.id) { bytes in
      bytes.storeBytes(of: first, as: UInt64.self)
      bytes.storeBytes(of: second, toByteOffset: 8, as: UInt64.self)
      bytes.storeBytes(of: third, toByteOffset: 16, as: UInt32.self)
    }
    return id
  }

  var objectID: ObjectID { ObjectID(raw) }

  /// Ids are digests: their first bytes are as good as all of them.
  func hash(into hasher: inout Hasher) { hasher.combine(first) }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x61...0x66: digit - 0x57
    case 0x41...0x46: digit - 0x37
    default: nil
    }
  }
}
