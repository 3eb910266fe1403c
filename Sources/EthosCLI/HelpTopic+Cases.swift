import EthosPractice

extension HelpTopic {
  /// How files of recorded cases are read, and what is said of them.
  static var casesText: String {
    """
    Recorded cases are decided under two revisions of a decision: `ethos replay CASES --decision D --from A --to B`, and
    `ethos review NAME --cases CASES` for what a proposal would have done to them. They are personal data: they stay outside
    of the repository, nothing of them is recorded, and answers have row numbers and counts. With `--show-cases` they also
    have what stands in the cases that are named.

    Files
      CSV (RFC 4180): the first line names the columns. Lines end with LF, CRLF or CR; fields may be in quotes, with quotes
      doubled and line ends within. A byte order mark is passed over. Columns are parted by `,`, `;` or a tab, whichever
      parts the first line into most, or by `--separator`. With `--decimal-comma` numbers are written `1,5`.
      A first line `sep=;`, as Excel writes it, names the separator and is no header.
      JSON Lines, an object a line, and JSON, one list of objects: the keys are the columns. A file that begins with a bracket
      or a brace is JSON, unless its name ends with `.csv` or `.tsv`. `NaN` and `Infinity` are no JSON: such a record is
      malformed, wherever it stands.
      Files that are no text in UTF-8 are named by what they are, with what to type: compressed files, archives, spreadsheets,
      Parquet, databases, UTF-16.
      Files of any length are read in blocks, by all cores or `--threads`; the answer is the same however many.

    Columns and values
      A column goes to the input of its name. Another is named by `--map "column=input"`, or for good in the decision's file:

        cases:
          name: onboarding-2025
          sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
          columns: {risk score: score, politically exposed: pep}
          translate: {politically exposed: {yes: "true", no: "false", unknown: "null"}}

      `translate` says what a text of the file stands for; `null` is a missing fact. `--map "=input"` says that the cases lack
      that fact altogether. An input without a column is refused, unless it may be missing (`nullable: true`): then every case is
      decided as if it were missing, and that is said on standard error and in every form of the answer.
      Numbers are written as digits with a point and a sign, days as 2026-02-01, booleans as true and false. Blanks around
      them mean nothing; in a text they do.

    What is missing
      An empty field, and in JSON null or no such key, is a missing fact. Where the input may be missing it is decided as
      such. Else the case is decided as far as the rules do not need the fact: where it is decided alike whatever the value,
      that is its answer; where it is not, the case is incomplete, and counted with the fact's name. What depends on
      conditions that compare facts with one another is not tried out.

    What is malformed
      A record with too few or too many fields, a quote that is not closed, text behind a closing quote, a NUL byte, what is
      no UTF-8, a record of more than \(CaseLimits.record) bytes, JSON that is none, a value that is not of the input's type,
      not allowed, no multiple of its step, or a day that does not exist. It is counted, told with its line, and never guessed;
      with `--strict` the first one stops the command. A value that only one of the two revisions allows is decided: the other
      one refuses it.

    What is said
      Transitions: from what to what, how many cases, and the row of the first. Rows are counted from 1, behind the header, and
      malformed records count as rows. `gained` are values that the rules behind the new answers serve and those behind the
      old did not; `lost` are those that they no longer serve, or are prepared to cost. Each has its number of cases.
      `--by column` says the same for each value of a column.

    In a database
      `ethos export sql` writes one query that counts the same where the cases lie, with `--by` in segments too; `--typed` is
      faster where the columns have the types of their facts (`ethos export sql --help`).

    A log: `ethos audit LOG --decision D`
      A log is cases with what was decided: a column of the output's name, or `--outcome "column=output"`, and the day in a
      column `day`, or `--day`; of a moment such as 2026-02-01T09:30 the day counts as it is written. `--reason` names the column
      of the reason why a rule was overridden. The decision's file has them too: `day`, `outcomes: {output: column}`, `reason`,
      `system` (the column of the system that decided), and `translate` also takes outputs. An answer that the decision does not
      give is malformed.
      Each case is held to the last release on the line in force that is effective on its day and was made by then; with
      `--with-hindsight` a release counts from its effective day. Cases before the first release are counted apart. `--at`
      holds all of them to one state of the rules, and needs no day.
      An answer is read as a fact is: `TRUE` and blanks around numbers, days and booleans mean what they mean there. Of a
      decision that collects, the answer is a list as JSON writes it, or its items between `|` or `;` (`[]` is the empty list),
      or the number that is summed or counted. Items are compared in their order.
      Each case is also held to every release that has the decision, and can read the log. A release that cannot is named with
      the reason and left out; cases of its days are counted as not decided. `--map-for "growth-2019/1:column=input"` says
      where an input of one release stands, as --map does for all of them. A case with a fact that a release does not allow is
      none of its cases; where that release was in force, it is counted apart, and is a departure for `--exit-code`.

    Whose rules a log follows
      Two releases are compared on the cases that both decide, and decide differently: how many were decided as the one has it,
      and how many as the other. The exact two-sided test (binomial, McNemar) says how likely two numbers so far apart are if
      neither is followed more. A release is behind where such a test speaks for another with p of 0.05 at most, by Holm's
      correction for all comparisons of the section. Those that nothing leaves behind cannot be told apart, and all of them are
      named: they decide every case alike, or no test supports the difference. Beside p stand the exact interval of the share
      (Clopper and Pearson, 95 %) and the least count that a preference needs. The same function judges the whole log, each
      quarter, each system, each value of `--by`; every section has its own correction, and says for how many comparisons.
      Beside it stands what the most frequent answer would agree with if every case got it: agreement beyond that is worth
      something. Departures are by release, rule, what it says and what was decided. With a reason beside it a departure is an
      unresolved disagreement. Intervals of rates are Wilson's, of 95 %.

    Parts of a log
      `--by column` groups cases by each column, and by all that are given together; departures are also by rule within each
      value. Where a group departs more often than another as a whole, and less often within the rules that both meet, or
      within the values of another column, that is said (Simpson's paradox; weighed as Mantel and Haenszel do).
      `--where 'branch = "Zug" and amount > 1000'` asks about the cases that meet a condition of FEEL over facts and columns. A
      column that is no fact is a number, a day or a boolean where it is written like one, else a text. Cases of which the
      condition is neither true nor false are not counted, and it is said how many. `--since 2026-02-01` asks about that day
      and later ones.
      `--list FILE` writes every departure with its release, rule, row and line as CSV; `--sample 20 --seed 7` draws some at
      random, shows them, and with --list writes those. Facts are in it only with --show-cases: keep such a file outside of
      the repository. What a spreadsheet would take for a formula has an apostrophe in front.
      `--sweep limit/ID` tries a limit out: the rules of --at, or the newest, with the limit at other values, all else as it
      is. It says which value the log follows, and which cannot be told apart from it, by the same test. `=FROM..TO/STEP`
      behind the limit says what is tried.
      With `--exit-code` the answer is 1 where a case departs and no exception accepts it, and 3 where nothing could be
      decided: no record can be read, none is asked about, or the release in force cannot read the log.

    More of a log
      A departure that an exception from the decision accepts is counted apart: its `when` holds for the case, its `outcome` is
      what was decided, and its last day is not before the case's. What `when` names is a fact, or else a column of the log.
      `--against FILE` holds all cases to a table outside of the repository: a decision's file, or a DMN model. What it uses is
      the identity's, today's or that of `--at`. `--system` names the column of the system that decided.

    Which values prevailed
      The stated order is that of the rules: a rule that enacts one value over another states this pair. An answer speaks for a
      value where all rules of that state with this answer enact this one value. A case that follows a rule which states a
      pair keeps it; one that departs, with an answer that speaks for the other value, reverses it; the rest is ambiguous.
      The share is of the cases that keep or reverse. There is none where no answer speaks for one of the two values: the
      cases could only count for the other. Departures from rules that state no pair are counted apart, for what follows such
      rules weighs nothing against them; so is what an exception accepts. Nothing is concluded from fewer than \(RevealedOrder.least) cases, or
      where the interval has one half in it. What the values themselves say (`outranks`) is told beside it.

    What was paid
      `friction: [{accept: slower onboarding, limit: limit/onboarding-days, measure: days to decision}]` of a value that the
      decision serves or enacts: `measure` is a column of the log with numbers. Of the cases on the days of each release it is
      told how much was paid (mean, median, the least number that nine of ten cases do not exceed), and how many are beyond
      the limit. All are exact; of more than a million different numbers the median and the 90 % are of the first four digits,
      rounded up: at most 0.1 % too high, which is said.

    The engine is held to the reference evaluation, rule by rule, by tests over random decisions and cases.

    """
  }
}
