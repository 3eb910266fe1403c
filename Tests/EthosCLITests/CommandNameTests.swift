import ArgumentParser
import EthosApp
import EthosTestSupport
import Testing

@testable import EthosCLI

/// A mistyped word is told with the nearest that is known, and no known word is refused.
@Suite struct CommandNameTests {
  @Test(arguments: [
    (["stauts"], "`ethos status`"), (["help", "chnages"], "`ethos help changes`"),
    (["help", "ratfy"], "`ethos help ratify`"),
    (["hook", "instal"], "`ethos hook install`"), (["export", "prmpt", "--for", "x"], "`ethos export prompt`"),
    (["help", "import", "markdwn"], "`ethos help import markdown`"), (["halp"], "`ethos help`"),
  ])
  func `a mistyped word names the nearest`(_ arguments: [String], _ near: String) throws {
    let failure = try #require(CommandName.failure(arguments))
    #expect(failure.kind == .usage)
    #expect(failure.help == ["did you mean \(near)?"])
  }

  @Test func `a word that is near nothing is told where the words are listed`() throws {
    #expect(try #require(CommandName.failure(["qwertyuiop"])).help == ["see which there are: `ethos help`"])
    #expect(
      try #require(CommandName.failure(["export", "qwertyuiop"])).help == ["see which there are: `ethos help export`"])
    #expect(try #require(CommandName.failure(["help", "nonsense"])).message.contains("command or topic"))
  }

  @Test func `every command and topic is known, and what follows is not judged`() {
    for command in Ethos.configuration.subcommands {
      let name = command._commandName
      #expect(
        CommandName.failure([name, "anything", "--at", "all"]) == nil || !command.configuration.subcommands.isEmpty)
      #expect(CommandName.failure(["help", name]) == nil)
      for inner in command.configuration.subcommands {
        #expect(CommandName.failure([name, inner._commandName, "whatever"]) == nil)
        #expect(CommandName.failure(["help", name, inner._commandName]) == nil)
      }
    }
    for topic in HelpTopic.allCases { #expect(CommandName.failure(["help", topic.rawValue]) == nil) }
    for arguments in [[], ["--help"], ["-C", "folder", "status"], ["help", "help"], ["--version"]] {
      #expect(CommandName.failure(arguments) == nil)
    }
  }
}
