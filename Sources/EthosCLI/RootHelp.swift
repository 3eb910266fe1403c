/// The help of the root command, as its declarations say it.
///
/// Written by `make record`; a test holds it to them.
enum RootHelp {
  static let text = """
    OVERVIEW: Keep what an organisation values and how it decides, in git, and
    answer for it

    An identity is a folder of YAML files in a git repository: values, decisions,
    limits, exceptions, leadership cycles, people and systems. ethos says what
    changed in meaning, who changed it and why, who agreed and who objected, and
    what was in force on a day.

    Begin with `ethos init --template minimal`, or look at a whole story: `ethos
    init bank --template financial-services --story`.

    More help: `ethos help COMMAND`, and on these topics: `ethos help changes`,
    `ethos help decisions`, `ethos help cases`, `ethos help reviews`, `ethos help
    references`, `ethos help fingerprints`, `ethos help signatures`, `ethos help
    verification`, `ethos help attacks`, `ethos help forges`, `ethos help bundle`,
    `ethos help exit-codes`, `ethos help files`, `ethos help json`.

    USAGE: ethos <subcommand>

    OPTIONS:
      --version               Show the version.
      -h, --help              Show help information.

    START SUBCOMMANDS:
      init                    Make a new identity repository from a template
      import                  Bring commitments in from a document
      schema                  Print the JSON Schema of a kind of file, or of a
                              bundle
      hook                    Let git ask ethos before it commits, pushes or
                              receives
      driver                  Let plain git compare and merge the identity's files
                              by meaning

    LOOK SUBCOMMANDS:
      status                  Say where things stand: what is in force, what is
                              changed, which proposals are open
      list                    List what the identity holds
      show                    Show one entry, or one of its fields
      check                   Find what is wrong in the identity: form, references,
                              owners, order of values, authority
      diff                    Say what changed in meaning
      log                     List the changes of an entry or field, or of the
                              whole identity, newest first
      why                     Say who gave a field its value, when, why, and who
                              agreed
      blame                   Show an entry's file with who gave each line its
                              value, when and why

    CHANGE SUBCOMMANDS:
      set                     Set one field; only its bytes in the file change
      format                  Align decision tables and tidy line ends; no meaning
                              changes
      retire                  Make an entry a tombstone: retired, since a day, for
                              a reason
      propose                 Put the changed files into a proposal, with the reason
      classify                Say what a reworded text means, where no program can
      review                  Show what a proposal changes, who has agreed, and who
                              is missing
      approve                 Approve a proposal as it stands
      object                  Object to a proposal; the objection is kept for ever
                              and must be answered
      abstain                 Record that you read a proposal and take no side
      comment                 Say something of a proposal without taking a side
      collect                 Join the reviews of a proposal to its branch, for a
                              forge to merge
      merge                   Merge a revision or a proposal into the branch
                              checked out, by meaning
      ratify                  Merge a proposal that has the approvals it needs
      withdraw                Close a proposal for good; a tag keeps it with its
                              reviews
      adopt                   Ask for a later agreement to a commit that reached
                              the branch in force past its authority
      reaffirm                Record that commitments were looked at again and stand
      undo                    Take back the last record that was made here and not
                              yet pushed
      recover                 Finish what an interrupted command had begun, or take
                              it back

    RELEASE SUBCOMMANDS:
      release                 Release the identity in force for a leadership cycle
      releases                List the releases and say which is in force, or give
                              the notes of one
      handover                Say what changed from one leadership cycle to another
      verify                  Judge how each state in force came to be: authority,
                              approvals, signatures, dates, releases

    PRACTICE SUBCOMMANDS:
      decide                  Decide one case, and say by which rules and why
      test                    Run the examples of decisions and prove their
                              assertions
      replay                  Decide recorded cases under two revisions: who is
                              decided otherwise
      audit                   Say whether what was decided follows the rules, and
                              whose rules it follows best
      systems                 Say how far each automated system is from what is in
                              force

    SHARE SUBCOMMANDS:
      export                  Write parts of the identity in a form that others read

      See 'ethos help <subcommand>' for detailed help.
    """
}
