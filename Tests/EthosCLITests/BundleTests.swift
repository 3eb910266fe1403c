import EthosTestSupport
import Foundation
import Testing

/// `export bundle`: all that is in force, to the byte.
@Suite struct BundleTests {
  @Test func `the same commit gives the same bytes, whenever and wherever it is asked for`() throws {
    let bench = try NorthgateBank.afterStory()
    let first = try bench.run("export", "bundle", "--at", "release/renewal-2026/1")
    var later = bench.ethos
    later.environment["ETHOS_NOW"] = "2031-01-01T00:00:00Z"
    let second = try later.run(["export", "bundle", "--at", "release/renewal-2026/1"])
    #expect(second.output == first.output && second.errors == first.errors)
    try bench.run("export", "bundle", "--at", "renewal-2026/1", "--output", "bundle.json")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(bench.work)/bundle.json"))
    #expect(bytes == Data(first.output.utf8))
    // Another program says the same of the bytes, and of their form.
    let sum = try run("/usr/bin/env", ["sha256sum", "bundle.json"], in: bench.work).output.prefix(64)
    #expect(first.errors == "ethos: sha256 \(sum)\n")
    let parsed = try JSONSerialization.jsonObject(with: bytes)
    let again = try JSONSerialization.data(withJSONObject: parsed, options: [.sortedKeys, .withoutEscapingSlashes])
    #expect(again == bytes)
    let text = try #require(parsed as? [String: Any])
    let commit = try #require(text["commit"] as? String)
    #expect(try bench.git("rev-parse", "release/renewal-2026/1^{commit}") == "\(commit)\n")
    expectSnapshot(first.output.replacing(commit, with: String(repeating: "0", count: 40)), named: "bundle.json")
  }

  @Test func `a bundle is as its schema says, and has every entry`() throws {
    let bench = try NorthgateBank.afterStory()
    try bench.run("retire", "value/harmony", "--because", "It hid bad news.")
    try bench.git("commit", "--quiet", "--all", "--message", "Retire harmony", "--message", "It hid bad news.")
    let schema = try JSONSerialization.jsonObject(with: Data(try bench.run("schema", "bundle").output.utf8))
    for revision in ["HEAD", "2020-06-01"] {
      let bundle = try JSONSerialization.jsonObject(
        with: Data(try bench.run("export", "bundle", "--at", revision).output.utf8))
      #expect(Self.problems(of: bundle, schema) == [])
      #expect(!Self.problems(of: ["schema": "ethos.bundle.v1"], schema).isEmpty)
      let members = try #require(bundle as? [String: Any])
      let entries = try #require(members["entries"] as? [[String: Any]])
      let names = entries.map { "\($0["kind"] ?? "")/\($0["id"] as? String ?? "")" }
      #expect(Set(names).count == names.count)
      if revision == "HEAD" {
        // No release is of this commit.
        #expect(members["release"] is NSNull && members["cycle"] is NSNull)
        let retired = entries.filter { $0["retired"] as? Bool == true }.map { $0["id"] as? String }
        #expect(retired.contains("harmony"))
        let files = try bench.git("ls-tree", "-r", "--name-only", "HEAD").split(separator: "\n")
        #expect(entries.count == files.count { $0.hasSuffix(".yaml") })
        let limit = entries.first { $0["id"] as? String == "client-risk" }
        #expect((limit?["fields"] as? [String: Any])?["atMost"] as? String == "60")
      } else {
        #expect(members["release"] as? String == "growth-2019/1" && members["cycle"] as? String == "growth-2019")
      }
    }
  }

  @Test func `where nothing is in force nothing is exported`() throws {
    let bench = try Bench()
    try bench.run("init", ".", "--template", "minimal")
    let result = try bench.run("export", "bundle", status: 1)
    #expect(result.output.isEmpty && result.errors.contains("nothing is in force today"))
    #expect(try bench.run("export", "bundle", "--at", "HEAD").output.hasPrefix("{\"commit\":"))
  }

  /// What of a value is not as a schema says, as far as our schemas say anything.
  private static func problems(of value: Any, _ schema: Any, at path: String = "") -> [String] {
    guard let schema = schema as? [String: Any] else { return [] }
    var found: [String] = []
    let type: String =
      switch value {
      case is [String: Any]: "object"
      case is [Any]: "array"
      case is NSNull: "null"
      case let number as NSNumber: CFBooleanLike.isBoolean(number) ? "boolean" : "number"
      default: "string"
      }
    let types = schema["type"] as? [String] ?? (schema["type"] as? String).map { [$0] }
    if let types, !types.contains(type) { found.append("\(path): is \(type)") }
    if let text = value as? String {
      if let constant = schema["const"] as? String, constant != text { found.append("\(path): is no \(constant)") }
      if let choices = schema["enum"] as? [String], !choices.contains(text) { found.append("\(path): no such choice") }
      if let pattern = schema["pattern"] as? String, text.range(of: pattern, options: .regularExpression) == nil {
        found.append("\(path): is not as \(pattern)")
      }
    }
    if let members = value as? [String: Any] {
      let properties = schema["properties"] as? [String: Any] ?? [:]
      for name in schema["required"] as? [String] ?? [] where members[name] == nil {
        found.append("\(path).\(name): missing")
      }
      for (name, member) in members {
        if let known = properties[name] {
          found += problems(of: member, known, at: "\(path).\(name)")
        } else if schema["additionalProperties"] as? Bool == false {
          found.append("\(path).\(name): unknown")
        }
      }
    }
    if let items = value as? [Any], let schema = schema["items"] {
      for (place, item) in items.enumerated() { found += problems(of: item, schema, at: "\(path)[\(place)]") }
    }
    return found
  }
}

/// Foundation reads `true` as a number.
private enum CFBooleanLike {
  static func isBoolean(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }
}
