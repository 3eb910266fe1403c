internal import CGit2

/// What becomes of lines that both sides changed.
package enum LineChoice: Sendable {
  /// There is no merge then.
  case none
  case ours, theirs
  /// Ours, and theirs after them.
  case both
}

extension Repository {
  /// Merges two texts that come from a third by lines, as git does; nil where both changed the same lines and nothing is
  /// chosen, and for what is no text.
  package func mergedLines(
    base: [UInt8], ours: [UInt8], theirs: [UInt8], choosing choice: LineChoice
  ) throws(GitError) -> [UInt8]? {
    var options = git_merge_file_options()
    try check(git_merge_file_options_init(&options, UInt32(GIT_MERGE_FILE_OPTIONS_VERSION)), "merge lines")
    options.favor =
      switch choice {
      case .none: GIT_MERGE_FILE_FAVOR_NORMAL
      case .ours: GIT_MERGE_FILE_FAVOR_OURS
      case .theirs: GIT_MERGE_FILE_FAVOR_THEIRS
      case .both: GIT_MERGE_FILE_FAVOR_UNION
      }
    var result = git_merge_file_result()
    defer { git_merge_file_result_free(&result) }
    let code = base.withUnsafeBufferPointer { base in
      ours.withUnsafeBufferPointer { ours in
        theirs.withUnsafeBufferPointer { theirs in
          var inputs = [base, ours, theirs].map { bytes in
            var input = git_merge_file_input()
            git_merge_file_input_init(&input, UInt32(GIT_MERGE_FILE_INPUT_VERSION))
            bytes.withMemoryRebound(to: CChar.self) { input.ptr = $0.baseAddress }
            input.size = bytes.count
            return input
          }
          return git_merge_file(&result, &inputs[0], &inputs[1], &inputs[2], &options)
        }
      }
    }
    try check(code, "merge lines")
    guard result.automergeable == 1, let bytes = result.ptr else { return nil }
    return Array(UnsafeRawBufferPointer(start: bytes, count: result.len))
  }
}
