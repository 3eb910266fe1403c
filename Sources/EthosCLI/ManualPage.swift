import ArgumentParser
import EthosText

/// The manual page, made from the same declarations as the help of the commands.
enum ManualPage {
  static var text: String {
    var page = """
      .TH ETHOS 1 "" "ethos \(EthosCommandLine.version)" "User Commands"
      .SH NAME
      ethos \\- \(escaped(lowercasedFirst(Ethos.configuration.abstract)))
      .SH SYNOPSIS
      .B ethos
      \\fICOMMAND\\fR [\\fIARGUMENTS\\fR]
      .SH DESCRIPTION
      \(paragraphs(Ethos.configuration.discussion))

      """
    for group in Ethos.configuration.groupedSubcommands {
      page += ".SH \(group.name.uppercased())\n"
      for command in group.subcommands { page += section(of: command) }
    }
    page += ".SH TOPICS\n"
    for topic in HelpTopic.allCases where topic != .man {
      page += ".SS \(escaped(topic.rawValue))\n\(preformatted(topic.text))"
    }
    page += """
      .SH ENVIRONMENT
      .TP
      .B ETHOS_TEMPLATES
      the folder of the templates
      .TP
      .B ETHOS_NOW
      the moment that counts as now, as 2026\\-02\\-01T09:00:00+01:00; for replays and tests
      .TP
      .B ETHOS_PAGER
      the pager, in place of GIT_PAGER, PAGER and less
      .TP
      .B NO_COLOR, CLICOLOR_FORCE
      no colour, or colour always
      .TP
      .B GIT_AUTHOR_NAME, GIT_AUTHOR_EMAIL, GIT_AUTHOR_DATE, GIT_COMMITTER_NAME, GIT_COMMITTER_EMAIL, GIT_COMMITTER_DATE
      who writes, and when, as for git
      .SH SEE ALSO
      .BR git (1),
      .BR git\\-interpret\\-trailers (1)

      """
    return page
  }

  private static func section(of command: any ParsableCommand.Type, under parent: String = "ethos") -> String {
    let name = "\(parent) \(command._commandName)"
    var text = ".SS \(escaped(name))\n\(preformatted(Ethos.helpMessage(for: command, columns: 76)))"
    for subcommand in command.configuration.subcommands { text += section(of: subcommand, under: name) }
    return text
  }

  private static func preformatted(_ text: String) -> String {
    ".nf\n"
      + text.split(separator: "\n", omittingEmptySubsequences: false).map { escaped(String($0)) }.joined(
        separator: "\n")
      + "\n.fi\n"
  }

  private static func paragraphs(_ text: String) -> String {
    text.split(separator: "\n\n").map { escaped(String($0)) }.joined(separator: "\n.PP\n")
  }

  private static func lowercasedFirst(_ text: String) -> String { text.prefix(1).lowercased() + text.dropFirst() }

  /// Text that roff takes as it stands: no escapes, no requests at the beginning of a line.
  private static func escaped(_ text: String) -> String {
    let inert = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    return inert.begins(with: ".") || inert.begins(with: "'") ? "\\&" + inert : inert
  }
}
