extension HelpTopic {
  /// How reviews are made, exchanged and counted.
  static let reviewsText = """
    Who must agree to a change says the charter's `authority`. What people say of a proposal are commits that change no
    file, on branches of their own: reviews/NAME/PERSON.

      ethos review NAME                             what changes, who said what, what is missing, what to type
      ethos approve NAME --because "why"            agree to it as it stands
      ethos approve NAME --condition "words"        agree once something is met
      ethos object NAME --because "why"             kept for ever; answered when the proposal is ratified
      ethos abstain NAME                            read it and take no side
      ethos comment NAME --because "words"           say something; what you approved stays approved
      ethos approve NAME --for PERSON --source FILE record what a person decided elsewhere, as in a meeting of the board

    What counts. A review counts for a commitment while its meaning before and after is what was read. Of one person's
    the last in the history counts; of concurrent ones the objection. Distinct people fill distinct seats. Who wrote a
    change fills none, unless the charter's row has `selfApproval: true`; then the page says so.

    Conditions. An approval with a condition fills no seat. Whoever set the condition says that it is met by approving
    again without one. Nobody else can, and without it the proposal needs somebody else's approval; what was never met is
    kept in the record with its words, and stands there among those who took no side.

    Words. A reason or an answer has something that can be seen. One of blanks and of characters that nobody sees is none,
    whoever wrote it and with whatever program.

    Decisions taken elsewhere. The charter's `recorders` are offices that may record them, and up to which level:
    `recorders: [{office: secretary, level: major}]`. The record names the file and its SHA-256, counts for the person,
    never for the recorder, and is shown as "recorded by" everywhere. It does not count where the recorder wrote the
    change or holds no such office on the day of ratification. A person's own word goes before a concurrent record; an
    objection in their own name only they take back; and what lowers the level of a change is confirmed in one's own name.

    Deputies. With `offices: {risk: [{person: omar, deputy: mei}]}`, mei may fill omar's seat while omar has said nothing
    of the commitment. Who approved, objected or abstained has spoken and needs no deputy; a comment does not count as
    speaking. Nobody stands in for the author of a change. A veto, the making of a release, and the confirmation of what
    lowers a level are the holder's own.

    Decisions that move. A limit changes what the decisions that use it decide. Their owners are named and asked; their
    agreement is not needed, and their objection needs an answer like any other.

    Other proposals. `review` and `status` name open proposals that touch the same commitment, or a decision through
    what it uses. Where two together decide a case as neither does alone, that case is shown. The search tries the cases
    at which the states differ, up to a bound: that it finds none is no proof.

    Exchange. Proposals and reviews are ordinary branches, and nobody writes to another's:

      git push origin 'refs/heads/proposals/*' 'refs/heads/reviews/*'
      git fetch origin

    After that `status`, `review` and `ratify` see what others wrote, and a proposal that is known from a remote alone can
    be reviewed like any other. The newest state of a proposal counts; where two diverge, yours does, and you are told.

    """
}
