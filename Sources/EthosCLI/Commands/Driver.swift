import ArgumentParser
import EthosApp
import EthosStore
import EthosText

struct Driver: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Let plain git compare and merge the identity's files by meaning",
    discussion: """
      `ethos driver install` names the files in `.gitattributes` and the programs in the repository's configuration. From \
      then on `git diff` says what changed in meaning, `git log -p` and `git show` compare the canonical text of the files, \
      and `git merge`, `git rebase` and `git cherry-pick` merge by commitment and field. A conflict is left in the file with \
      both sides' values between git's marks. The other commands are the ones that git runs.
      """, subcommands: [DriverInstall.self, DriverTextconv.self, DriverDiff.self, DriverMerge.self])
}

struct DriverInstall: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install", abstract: "Write .gitattributes and the repository's configuration; what is there stays",
    discussion: """
      Each clone needs it once: git takes no programs from a repository. `.gitattributes` is a file of the work tree; \
      commit it, so that clones find it.
      """)

  @OptionGroup var dryRun: DryRunOption
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let drivers = try context.workspace().installDrivers(
      executable: context.process.executable, isDryRun: dryRun.isDryRun)
    context.answer(DriverPage.make(drivers, isDryRun: dryRun.isDryRun))
  }
}

struct DriverTextconv: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "textconv", abstract: "Print the canonical text of a file: what it means, without its layout")

  @Argument(help: "The file") var file: String
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    context.answer(bytes: MeaningText.of(try context.whole(file), named: file))
  }
}

struct DriverDiff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Say what changed in meaning in one file, as git calls it",
    discussion: "For `diff.ethos.command`: git gives the path, and of each side a file, an id and a mode.")

  @Argument(help: "PATH OLD-FILE OLD-ID OLD-MODE NEW-FILE NEW-ID NEW-MODE [NEW-PATH RENAME]")
  var arguments: [String] = []
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    guard let path = arguments.first else { throw Failure.usage("git gives this driver a path and two files") }
    // Of a path that is not merged yet git gives the path alone.
    guard arguments.count >= 7 else {
      context.answer(text: "\(visibleText(path)) is not merged yet")
      return
    }
    func bytes(_ file: String) throws -> [UInt8]? { file == "/dev/null" ? nil : try context.whole(file) }
    let result = try context.workspace().compareFile(
      before: (path, try bytes(arguments[1])),
      after: (arguments.count > 7 ? arguments[7] : path, try bytes(arguments[4])))
    guard let result else { return try printLines(context) }
    context.answer(ComparisonPage.make(result))
  }

  /// What is no file of an identity, or cannot be read, git compares line by line.
  private func printLines(_ context: CommandContext) throws {
    let git = Program("git", environment: context.process.variables)
    let outcome = try git.run([
      "diff", "--no-index", "--no-ext-diff", "--no-textconv", "--", context.place(of: arguments[1]),
      context.place(of: arguments[4]),
    ])
    context.answer(bytes: outcome.output)
  }
}

struct DriverMerge: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Merge one file by meaning, as git calls it",
    discussion: """
      For `merge.ethos.driver`: the result is written to OURS. Exits with 0 where it is merged, with 1 where OURS holds \
      a conflict between git's marks, and with 2 where a side cannot be read: then OURS holds git's own merge by lines.
      """)

  @Argument(help: "The common ancestor, %O; an empty file where there is none") var base: String
  @Argument(help: "Our file, %A") var ours: String
  @Argument(help: "Their file, %B") var theirs: String
  @Argument(help: "The path in the repository, %P") var path: String
  @OptionGroup var options: GlobalOptions

  func run() throws {
    let context = CommandContext(options)
    let workspace = try context.workspace()
    let result = try workspace.mergeFile(
      path: path, base: try context.whole(base), ours: try context.whole(ours),
      theirs: try context.whole(theirs))
    func write(_ bytes: [UInt8]) throws {
      try FileSystem.write(bytes, to: context.place(of: ours), temporaryFolder: workspace.store.temporaryFolder)
    }
    switch result {
    case .merged(let bytes): try write(bytes)
    case .conflict(let bytes, let conflicts):
      try write(bytes)
      context.tell(DriverPage.make(conflicts))
      throw ExitCode(1)
    case .unreadable:
      let git = Program("git", environment: context.process.variables)
      _ = try git.run(
        ["merge-file", "-L", "ours", "-L", "base", "-L", "theirs"]
          + [ours, base, theirs].map { context.place(of: $0) })
      throw Failure.cannot(
        "`\(path)` is merged by lines: a side cannot be read, or has another id", help: "look at it: `ethos check`")
    }
  }
}

extension CommandContext {
  /// All bytes of a file that git gave; git itself holds larger ones in memory.
  fileprivate func whole(_ name: String) throws -> [UInt8] {
    try FileSystem.read(place(of: name), limit: 1 << 30)
  }

  /// The place of a file that a command was given.
  func place(of name: String) -> String { name.begins(with: "/") ? name : directory + "/" + name }
}
