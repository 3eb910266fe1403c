/// What of FEEL (DMN 1.5, chapter 10) is not there, or is otherwise than another engine may have it.
package enum FEELConformance {
  /// One sentence each, for the help.
  package static let leftOut: [String] = [
    "Functions outside of FEEL (`function(…) external {…}`) are refused.",
    "A named time zone (`@Europe/Paris`) has no offset unless the caller brings a table of zones; then two values of "
      + "different zones cannot be compared.",
    "Patterns have no blocks of characters (`\\p{IsGreek}`) and no look-around.",
    "`(!= x)` is a test, but not a range as a value; `(= x)` as a value is the range `[x..x]`.",
    "Times are exact to the nanosecond and compare so; the TCK has two times equal that differ by less than a second.",
    "A loop that uses `partial` makes no functions.",
    "A function may call itself by the name of the entry or variable that holds it, but no function that is defined "
      + "later.",
    "Results of `**` with a fraction, `exp`, `log`, `sqrt` and `stddev` are right to one or two units of the 34th digit.",
    "Texts, trees, lists and evaluations have limits; what goes beyond is null, with a problem that names the limit.",
  ]
}
