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
    `null`, `true`, `some` and the like are such words too, where one of them is a whole test of a cell, a whole answer
    or a whole fact of `ethos decide`. Inside an expression they stay FEEL's own: `= null` and `? = null` ask whether
    the fact is missing. What is printed of a case can be typed again: a text that needs quotes has them.
    In a filter a name is first a field of the item: `orders[cap > 3]` asks for the `cap` of each order that has one.

    Evaluation
      Every input is required unless it says `nullable: true`. What is missing, of another type, not `allowed`, or no
      multiple of `step` is refused: nothing is decided. `-` also matches a fact that is missing and may be.
      A cell that cannot be evaluated makes the whole decision fail; it never gives way to a later rule.
      Without a rule that applies the answer is `default`, else there is none.
      `unique` allows one rule to apply, `any` several that answer alike; else the rules collide and nothing is decided.
      The order of the rules decides under `first`; it is the order of the list under `rule order` and `collect`. Under
      `priority` and `output order` answers come by their place in `allowed`, the first output first, and equal ones in
      the order of the rules. Under `unique`, `any` and the aggregates of `collect` it says nothing.
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
      Formulas (a condition that compares facts, applies a function or asks for the order of texts, an answer that is
      computed; also a time where some constants have a zone and others none) are told case by case
      where the facts that they ask for have few values, or are compared with constants alone. Elsewhere a condition is
      taken as a fact of its own, and an answer as its text: a proof stays a proof, a difference counts only when a case
      was found, and the share is a bound. A region says `some` where its case speaks for itself alone.
      A fact under another name is read as the same fact where its type and values are the same and something speaks for
      it: an `allowed` that both declare, or a word in both names. That is said to be assumed, and is `behaviour-unsettled`.
      A rewrite that decides every case as before is tried again with the limits that it names moved: a table that
      names a limit and leans on it no longer is not settled.
      An answer is stricter or more permissive by `strictest: first | last` of its output, in an order that both sides
      declare; where there is none, and where some cases became stricter and others more permissive, it is `changed`.
      Points that are added up (`collect sum`, `collect count`) are compared by what they add up to, also where another
      decision compares the sum with limits: where a region has several sums, it says between which they lie.
      Regions may overlap; the share of all of them counts every case once.
      The search is bounded by its work, not by the clock, so a verdict is the same on every machine.

    What rules, the default and examples answer is of the output's type and among its `allowed` values; an answer that is
    left out is null, and may always be. `check` reports others at the cell. An answer that is computed, and is none of
    them, decides nothing in that case. A decision with an error, in its file or in what it uses, decides nothing at all:
    every command refuses it with the reason. It cannot be proposed, ratified or released.

    A merge may decide no case as neither side does, nor as before where one side alone changed it. `ethos merge` and
    `ethos ratify` search for such a case, and what cannot be searched within the budget is a conflict that says so.

    `ethos check --decisions` reports gaps, collisions, rules that never apply, rules that could be one, thresholds that
    no rule needs, examples that are decided otherwise, and assertions that do not hold, each at its cell.

    Left out of FEEL
    \(lines(FEELConformance.leftOut))

    """
  }

  private static func lines(_ items: [String]) -> String { items.map { "  \($0)" }.joined(separator: "\n") }
}
