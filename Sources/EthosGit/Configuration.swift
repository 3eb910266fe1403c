internal import CGit2
import EthosText

extension Repository {
  /// The value of a configuration key as git would read it, the last one where there are several; nil where there is none.
  ///
  /// Beyond what libgit2 reads, these of git's environment are honoured: `GIT_CONFIG_COUNT` with its keys and values,
  /// `GIT_CONFIG_GLOBAL`, `GIT_CONFIG_SYSTEM` and `GIT_CONFIG_NOSYSTEM`.
  package func configuration(_ key: String) throws(GitError) -> String? {
    try configuration(key, environment: environment)
  }

  /// Whether a configuration key says yes, in one of git's ways of saying it: its name alone is one.
  ///
  /// No key is no.
  ///
  /// - Throws: `.invalid` for what is neither yes nor no, as git does.
  package func flag(_ key: String) throws(GitError) -> Bool {
    try validateText(key, "configuration key")
    if let askedSettings {
      guard let found = askedSettings.value(of: Repository.normalised(key)) else { return false }
      // A name alone says yes.
      guard let text = found else { return true }
      var value: Int32 = 0
      try check(git_config_parse_bool(&value, text), "read the configuration value `\(key)`")
      return value != 0
    }
    if let value = Repository.configurationOfEnvironment(key, environment) { return Repository.isTrue(value) }
    let handle = try configurationSnapshot(environment)
    var value: Int32 = 0
    let result = git_config_get_bool(&value, handle.pointer, key)
    if result == GIT_ENOTFOUND.rawValue {
      git_error_clear()
      return false
    }
    try check(result, "read the configuration value `\(key)`")
    return value != 0
  }

  /// Whether the configuration may hold what libgit2 passes over or takes otherwise than git: then only git can say.
  package func isConfigurationInDoubt() throws(GitError) -> Bool {
    let parameters = environment["GIT_CONFIG_PARAMETERS"] ?? ""
    if !parameters.isEmpty { return true }
    if FileSystem.exists("\(location.gitDirectory)/config.worktree") { return true }
    let configuration = try openConfiguration(environment)
    var iterator: OpaquePointer?
    try check(
      git_config_iterator_glob_new(&iterator, configuration.pointer, "^includeif\\."), "read the configuration")
    defer { git_config_iterator_free(iterator) }
    var entry: UnsafeMutablePointer<git_config_entry>?
    while git_config_next(&entry, iterator) == 0, let found = entry {
      let key = String(cString: found.pointee.name).dropping("includeif.") ?? ""
      // These it knows.
      let isKnown = ["gitdir:", "gitdir/i:", "onbranch:"].contains { key.utf8.starts(with: $0.utf8) }
      if !isKnown { return true }
    }
    git_error_clear()
    return false
  }

  func configuration(_ key: String, environment: [String: String]) throws(GitError) -> String? {
    try validateText(key, "configuration key")
    if let askedSettings {
      guard let found = askedSettings.value(of: Repository.normalised(key)) else { return nil }
      guard let value = found else {
        throw GitError(
          .invalid, "the configuration key `\(key)` has no value", help: "see `git config --show-origin \(key)`")
      }
      return value
    }
    if let value = Repository.configurationOfEnvironment(key, environment) { return value }
    let handle = try configurationSnapshot(environment)
    var value: UnsafePointer<CChar>?
    let result = git_config_get_string(&value, handle.pointer, key)
    if result == GIT_ENOTFOUND.rawValue {
      git_error_clear()
      return nil
    }
    try check(result, "read the configuration value `\(key)`")
    return value.map { String(cString: $0) }
  }

  private func configurationSnapshot(_ environment: [String: String]) throws(GitError) -> Handle {
    let configuration = try openConfiguration(environment)
    return try Handle(.configuration, of: self, doing: "read the configuration") {
      git_config_snapshot($0, configuration.pointer)
    }
  }

  private func openConfiguration(_ environment: [String: String]) throws(GitError) -> Handle {
    let isSystemOff = Repository.isTrue(environment["GIT_CONFIG_NOSYSTEM"])
    let (global, system) = (environment["GIT_CONFIG_GLOBAL"], environment["GIT_CONFIG_SYSTEM"])
    guard isSystemOff || global != nil || system != nil else {
      return try Handle(.configuration, of: self, doing: "read the configuration") {
        git_repository_config($0, pointer)
      }
    }
    let configuration = try Handle(.configuration, of: self, doing: "read the configuration") { git_config_new($0) }
    if !isSystemOff {
      try add(system ?? Repository.found(git_config_find_system), GIT_CONFIG_LEVEL_SYSTEM, to: configuration)
    }
    if let global {
      try add(global, GIT_CONFIG_LEVEL_GLOBAL, to: configuration)
    } else {
      try add(Repository.found(git_config_find_xdg), GIT_CONFIG_LEVEL_XDG, to: configuration)
      try add(Repository.found(git_config_find_global), GIT_CONFIG_LEVEL_GLOBAL, to: configuration)
    }
    try add("\(location.commonDirectory)/config", GIT_CONFIG_LEVEL_LOCAL, to: configuration)
    return configuration
  }

  private func add(_ path: String?, _ level: git_config_level_t, to configuration: borrowing Handle) throws(GitError) {
    guard let path, !path.isEmpty else { return }
    let result = git_config_add_file_ondisk(configuration.pointer, path, level, pointer, 0)
    if result == GIT_ENOTFOUND.rawValue {
      git_error_clear()
    } else {
      try check(result, "read the configuration file `\(path)`")
    }
  }

  private static func found(_ find: (UnsafeMutablePointer<git_buf>?) -> Int32) -> String? {
    var buffer = git_buf()
    defer { git_buf_dispose(&buffer) }
    guard find(&buffer) == 0 else {
      git_error_clear()
      return nil
    }
    return buffer.ptr.map { String(cString: $0) }
  }

  /// The value that `GIT_CONFIG_COUNT`, `GIT_CONFIG_KEY_n` and `GIT_CONFIG_VALUE_n` give, which goes before all files.
  private static func configurationOfEnvironment(_ key: String, _ environment: [String: String]) -> String? {
    guard let count = environment["GIT_CONFIG_COUNT"].flatMap({ Int($0) }), count > 0 else { return nil }
    for index in (0..<min(count, 1_000)).reversed() {
      guard let name = environment["GIT_CONFIG_KEY_\(index)"], normalised(name) == normalised(key) else { continue }
      return environment["GIT_CONFIG_VALUE_\(index)"]
    }
    return nil
  }

  /// Section and variable names have no case, what is between them has.
  private static func normalised(_ key: String) -> String {
    let parts = key.parts(at: ".")
    guard parts.count > 2, let first = parts.first, let last = parts.last else { return key.lowercased() }
    return ([first.lowercased()] + parts[1..<(parts.count - 1)] + [last.lowercased()])
      .joined(separator: ".")
  }

  private static func isTrue(_ value: String?) -> Bool {
    guard let value = value?.lowercased() else { return false }
    return ["1", "true", "yes", "on"].contains(value)
  }
}

/// The settings of git's configuration as git itself lists them: all files, conditions and the environment considered.
package struct GitSettings: Sendable {
  private var values: [String: String?] = [:]

  /// Reads what `git config --list -z` prints; of a key that is given several times, the last counts.
  package init(_ listed: [UInt8]) {
    for entry in listed.split(separator: 0) {
      let end = entry.firstIndex(of: UInt8(ascii: "\n"))
      let key = String(decoding: entry[..<(end ?? entry.endIndex)], as: UTF8.self)
      values[key] = .some(end.map { String(decoding: entry[($0 + 1)...], as: UTF8.self) })
    }
  }

  /// The value of a key; nil where there is none, and a nil in that where the key stands without a value.
  func value(of key: String) -> String?? { values[key] }
}
