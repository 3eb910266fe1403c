import EthosDMN
import EthosDecision
import EthosFEEL

extension HelpTopic {
  /// How decisions are evaluated and compared, and what is left out.
  static var decisionsText: String {
    """
    A decision is a table as in DMN (OMG Decision Model and Notation): facts in, an answer out. Cells are FEEL, the
    standard's expression language: a condition is unary tests (`> 60`, `[18..65)`, `"low", "medium"`, `not("high")`),
    an answer is an expression. `-` or nothing is anything.

    Names in cells are the inputs and the names of `uses`, nothing else. In a column with `allowed` values a bare word
    that is one of them is that text. A name of `uses` that is another decision's output may have a column.

    Evaluation
      Every input is required unless it says `nullable: true`. What is missing, of another type, not `allowed`, or no
      multiple of `step` is refused: nothing is decided. `-` also matches a fact that is missing and may be.
      A cell that cannot be evaluated makes the whole decision fail; it never gives way to a later rule.
      Without a rule that applies the answer is `default`, else there is none.
      `unique` allows one rule to apply, `any` several that answer alike; else the rules collide and nothing is decided.
      Numbers are decimals of 34 digits, rounded half to even. Texts are compared by their Unicode scalars.
      Only a number has a step.

    What changed in behaviour (`ethos diff`)
      Two revisions are compared case by case, not cell by cell. Every case is one point of a grid whose lines are the
      constants in the cells of both; with `step: 1`, `> 17` and `>= 18` are the same line.
      equivalent   proved: every case is decided as before, however the table was rewritten
      different    some cases are decided otherwise: which, from what to what, by which rules, with a case of each that
                   was evaluated rule by rule on both sides
      undecided    not proved either way, with the reason and what was tried
      A changed limit, or a changed decision that is used, shows what it does to the decisions that use it.
      The share of a region counts values (multiples of the step, words, yes and no) where a fact has a bound, and
      length where numbers are dense; it says how much of the declared space moved, and is no probability. A single
      value in dense numbers has the share 0 and still is a difference.
      A condition that compares facts with one another, applies a function, or asks for the order of texts or of times is
      taken as a fact of its own: a proof stays a proof, and a difference counts only when a case was found.
      A rewrite that decides every case as before is tried again with the limits that it names moved: a table that
      names a limit and leans on it no longer is not settled.
      An answer is stricter or more permissive by `strictest: first | last` of its output, in an order that both sides
      declare; where there is none, and where some cases became stricter and others more permissive, it is `changed`.
      Regions may overlap; the share of all of them counts every case once.
      The search is bounded by its work, not by the clock, so a verdict is the same on every machine.

    What rules, the default and examples answer is of the output's type and among its `allowed` values; an answer that is
    left out is null, and may always be. `check` reports others at the cell. An answer that is computed, and is none of
    them, decides nothing in that case. A decision with an error, in its file or in what it uses, decides nothing at all:
    every command refuses it with the reason. It cannot be proposed, ratified or released.

    `ethos check --decisions` reports gaps, collisions, rules that never apply, rules that could be one, thresholds that
    no rule needs, examples that are decided otherwise, and assertions that do not hold, each at its cell.

    Left out of FEEL
    \(lines(FEELConformance.leftOut))

    """
  }

  private static func lines(_ items: [String]) -> String { items.map { "  \($0)" }.joined(separator: "\n") }
}
