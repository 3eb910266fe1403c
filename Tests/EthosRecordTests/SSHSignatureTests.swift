import EthosRecord
import EthosTestSupport
import Testing

@Suite struct SSHSignatureTests {
  private static let message = Array("tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n\nBecause.\n".utf8)
  private static let pair = Result { try SSHKeyPair() }

  @Test(arguments: ["sha512", "sha256"])
  func `a signature that ssh-keygen made is one of its message alone`(_ algorithm: String) throws {
    let pair = try Self.pair.get()
    let text = try pair.signature(of: Self.message, options: ["-O", "hashalg=\(algorithm)"])
    let signature = try #require(SSHSignature(armoured: text))
    #expect(signature.hashAlgorithm.rawValue == algorithm)
    #expect(signature.publicKey.signingKey == SigningKey(.ssh, pair.publicKey))
    #expect(signature.isOfGit(Self.message) == true)
    #expect(signature.isOfGit(Self.message + [0]) == false)
    #expect(signature.isOfGit([]) == false)
  }

  @Test func `a signature for something else than git is none`() throws {
    let text = try Self.pair.get().signature(of: Self.message, for: "file")
    let signature = try #require(SSHSignature(armoured: text))
    #expect(signature.namespace == "file")
    #expect(signature.isOfGit(Self.message) == false)
  }

  @Test func `no beginning of a signature is one`() throws {
    let text = try Self.pair.get().signature(of: Self.message)
    for count in 0..<(text.count - 1) { #expect(SSHSignature(armoured: Array(text.prefix(count))) == nil, "\(count)") }
    // Its last line end is layout.
    #expect(SSHSignature(armoured: text.dropLast())?.isOfGit(Self.message) == true)
  }

  @Test func `no signature with another byte in it verifies`() throws {
    let text = try Self.pair.get().signature(of: Self.message)
    let letters = Array(" \n\r\0=-AQgw/+zZ09".utf8)
    for place in text.indices.dropLast() {
      var changes = letters
      for bit in 0..<8 { changes.append(text[place] ^ (1 << UInt8(bit))) }
      for letter in changes where letter != text[place] {
        var changed = text
        changed[place] = letter
        #expect(SSHSignature(armoured: changed)?.isOfGit(Self.message) != true, "\(place): \(letter)")
      }
      // How many letters a line has is the program's that wrote it.
      guard text[place] != UInt8(ascii: "\n") else { continue }
      var shorter = text
      shorter.remove(at: place)
      #expect(SSHSignature(armoured: shorter)?.isOfGit(Self.message) != true, "without \(place)")
    }
    #expect(SSHSignature(armoured: text + Array("and more\n".utf8)) == nil)
  }

  @Test(arguments: [("rsa", 2_048), ("rsa", 3_072), ("ecdsa", 256), ("ecdsa", 384), ("ecdsa", 521)])
  func `keys of other kinds are read, and left to ssh-keygen`(_ type: String, _ bits: Int) throws {
    let pair = try SSHKeyPair(type, bits: bits)
    #expect(SigningKey("\(pair.publicKey) a comment with words") == SigningKey(.ssh, pair.publicKey))
    let signature = try #require(SSHSignature(armoured: pair.signature(of: Self.message)))
    #expect(signature.publicKey.signingKey.text == pair.publicKey)
    #expect(signature.isOfGit(Self.message) == nil)
  }

  @Test func `what is malformed is no key`() throws {
    let key = try Self.pair.get().publicKey
    #expect(SigningKey(key) == SigningKey("  \(key)  jane@northgate.example"))
    let blob = key.dropFirst("ssh-ed25519 ".count)
    let malformed = [
      "", "ssh-ed25519", String(blob), "ssh-ed25519 AAAA", "ssh-rsa \(blob)", "ssh-ed25519 \(blob)AAAA",
      "ssh-ed25519 \(blob)=", "ssh-ed25519 \(blob.dropLast(4))", "ssh-ed25519\t\(blob)", "\(key)\nssh-rsa AAAA",
      "namespaces=\"git\" \(key)", "ssh-dss AAAAB3NzaC1kc3M=",
    ]
    for text in malformed { #expect(SigningKey(text) == nil, "\(text)") }
    for count in 0..<key.count { #expect(SigningKey(String(key.prefix(count))) == nil) }
  }

  @Test func `an OpenPGP key is its fingerprint`() {
    let digits = "0123456789ABCDEF0123456789ABCDEF01234567"
    let key = SigningKey(.openPGP, digits)
    let grouped = "0123 4567 89AB CDEF 0123  4567 89AB CDEF 0123 4567"
    for text in [digits, digits.lowercased(), "openpgp:\(digits)", "OpenPGP:\(digits.lowercased())", grouped] {
      #expect(SigningKey(text) == key)
    }
    for text in ["openpgp:", "89ABCDEF01234567", "\(digits)8", "openpgp:\(digits)G", "pgp:\(digits)"] {
      #expect(SigningKey(text) == nil, "\(text)")
    }
  }
}
