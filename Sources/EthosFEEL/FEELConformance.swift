/// What of FEEL (DMN 1.5, chapter 10) is not there, or is otherwise than another engine may have it.
package enum FEELConformance {
  /// One sentence each, for the help.
  package static let leftOut: [String] = [
    "Functions outside of FEEL (`function(…) external {…}`) are refused.",
    "A named time zone (`@Europe/Paris`) has no offset unless the caller brings a table of zones; then two values of "
      + "different zones cannot be compared.",
    "Patterns have no look-around. Blocks of characters (`\\p{IsGreek}`) are those of Unicode 14.",
    "Times, and dates and times, compare by the second, as the TCK has it; texts, `second` and differences keep fractions.",
    "What a function answers is seen when it is called: one that was to answer a number, and answers a text, is null.",
    "A loop that uses `partial` makes no functions.",
    "A function may call itself by the name of the entry or variable that holds it, but no function that is defined "
      + "later.",
    "Results of `**` with a fraction, `exp`, `log`, `sqrt` and `stddev` are right to one or two units of the 34th digit.",
    "Texts, trees, lists and evaluations have limits; what goes beyond is null, with a problem that names the limit.",
  ]
}
