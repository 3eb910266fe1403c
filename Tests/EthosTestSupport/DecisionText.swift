/// The texts of decisions for tests.
package enum DecisionText {
  /// A decision's file from its parts; the table is given without its indentation.
  package static func text(
    inputs: [String], outputs: [String], hitPolicy: String = "first", rules: String, more: String = ""
  ) -> String {
    """
    id: d
    title: D
    question: What?
    inputs:
    \(inputs.map { "  - {\($0)}" }.joined(separator: "\n"))
    outputs:
    \(outputs.map { "  - {\($0)}" }.joined(separator: "\n"))
    hitPolicy: \(hitPolicy)
    rules: |
    \(rules.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n"))
    \(more)
    """
  }
}
