import EthosModel

/// A decision with a limit under the name `cap`, a hit policy and rules.
private func decision(_ policy: String, _ rules: [Written], uses: Written = ["cap": "limit/cap"]) -> [Document] {
  [
    document(
      .decision, "it",
      [
        "uses": uses, "hitPolicy": .text(policy), "inputs": [["name": "cap score", "type": "number"]],
        "rules": .list(rules),
      ])
  ]
}

private func rule(_ id: String, _ risk: String, _ route: String) -> Written {
  ["id": .text(id), "risk": .text(risk), "route": .text(route)]
}

private func rules(
  _ name: String, _ before: [Written], _ after: [Written], policy: String = "first", _ changes: [String]
) -> Case {
  Case(name, decision(policy, before), decision(policy, after), changes)
}

let decisionCases: [Case] = [
  Case(.decision, "question", "Do we?", "Should we?", ["question-reworded decision/it.question"]),
  Case(.decision, "enforcement", "guideline", "strict", ["enforcement-strengthened decision/it.enforcement"]),
  Case(.decision, "enforcement", nil, "strict", ["enforcement-changed decision/it.enforcement"]),
  Case(.decision, "hitPolicy", "first", "any", ["hit-policy-changed decision/it.hitPolicy"]),
  Case(.decision, "hitPolicy", nil, "unique", []),
  Case(.decision, "uses", ["cap": "limit/cap"], nil, ["limit-bypassed decision/it.uses.cap"]),
  Case(
    .decision, "uses", ["cap": "limit/cap"], ["cap": "limit/other"],
    ["limit-bypassed decision/it.uses.cap", "limit-applied decision/it.uses.cap"]),
  Case(
    .decision, "uses", ["cap": "limit/cap"], ["cap": "decision/other.route"], ["limit-bypassed decision/it.uses.cap"]),
  Case(
    .decision, "uses", ["cap": "limit/cap"], ["bound": "limit/cap"],
    ["use-added decision/it.uses.bound", "use-removed decision/it.uses.cap"]),
  Case(.decision, "uses", ["cap": "limit/cap"], ["cap": "limit/cap.atMost"], ["use-changed decision/it.uses.cap"]),
  Case(.decision, "uses", nil, ["class": "decision/class"], ["use-added decision/it.uses.class"]),
  Case(
    .decision, "inputs", nil, [["name": "risk", "type": "number"]], ["input-added decision/it.inputs[risk]"]),
  Case(
    .decision, "inputs", [["name": "risk", "type": "number"]],
    [["name": "risk", "type": "number", "allowed": "[0..100]", "step": "1", "nullable": "true"]],
    [
      "input-changed decision/it.inputs[risk].allowed", "input-changed decision/it.inputs[risk].nullable",
      "input-changed decision/it.inputs[risk].step",
    ]),
  Case(
    .decision, "outputs", [["name": "route", "type": "string"]],
    [["name": "desk", "type": "string"], ["name": "route", "type": "number"]],
    ["output-added decision/it.outputs[desk]", "output-changed decision/it.outputs[route].type"]),
  Case(
    .decision, "outputs", [["name": "route", "type": "string", "allowed": "1, 2", "strictest": "first"]],
    [["name": "route", "type": "string", "allowed": "2, 1", "strictest": "last"]],
    [
      "output-order-changed decision/it.outputs[route].allowed",
      "output-order-changed decision/it.outputs[route].strictest",
    ]),
  Case(
    .decision, "outputs", [["name": "route", "type": "string"], ["name": "desk", "type": "string"]],
    [["name": "desk", "type": "string"], ["name": "route", "type": "string"]],
    ["outputs-reordered decision/it.outputs"]),
  Case(.decision, "default", ["route": "refer"], ["route": "decline"], ["default-changed decision/it.default.route"]),
  Case(
    .decision, "assert", nil, [["never": ["route": "approve"]]],
    ["assertion-added decision/it.assert[{never: {route: approve}}]"]),
  Case(
    .decision, "assert", [["never": ["route": "approve"], "when": ["pep": "true"]]],
    [["never": ["route": "approve"], "when": ["pep": "false"]]], ["assertion-changed decision/it.assert"]),
  Case(
    .decision, "assert", [["never": ["route": "approve"], "because": "A"]],
    [["never": ["route": "approve"], "because": "B"]], ["reason-reworded decision/it.assert"]),
  Case(
    .decision, "examples", [["given": ["risk": "20"], "expect": ["route": "approve"]]],
    [["given": ["risk": "20"], "expect": ["route": "refer"]]], ["example-changed decision/it.examples"]),
  Case(.decision, "cases", nil, ["name": "a", "sha256": "b"], ["cases-changed decision/it.cases"]),

  rules(
    "a rule is added and one removed", [rule("r1", "low", "approve"), rule("r2", "high", "decline")],
    [rule("r1", "low", "approve"), rule("r3", "medium", "refer")],
    ["rule-removed decision/it.rules[r2]", "rule-added decision/it.rules[r3]"]),
  rules(
    "a cell changes", [rule("r1", "low", "approve")], [rule("r1", "low", "refer")],
    ["rule-changed decision/it.rules[r1].route"]),
  rules(
    "rules stand in another order where it counts",
    [rule("r1", "low", "approve"), rule("r2", "high", "decline"), rule("r3", "-", "refer")],
    [rule("r2", "high", "decline"), rule("r1", "low", "approve"), rule("r3", "-", "refer")],
    ["rules-reordered decision/it.rules"]),
  rules(
    "rules stand in another order where it does not count",
    [rule("r1", "low", "approve"), rule("r2", "high", "decline")],
    [rule("r2", "high", "decline"), rule("r1", "low", "approve")], policy: "unique", []),
  rules(
    "a rule gets another id", [rule("r1", "low", "approve")], [rule("r9", "low", "approve")],
    ["rule-renamed decision/it.rules"]),
  rules(
    "a cell of a rule without an id changes", [["risk": "low", "country": "A", "route": "approve"]],
    [["risk": "low", "country": "B", "route": "approve"]], ["rule-changed decision/it.rules"]),
  rules(
    "a rule is there twice", [["risk": "low"]], [["risk": "low"], ["risk": "low"]], ["rule-changed decision/it.rules"]),
  rules(
    "annotations of a rule change", [["id": "r1", "enacts": ["a"], "over": ["b"], "because": "A"]],
    [["id": "r1", "enacts": ["c"], "over": ["d"], "because": "B"]],
    [
      "reason-reworded decision/it.rules[r1].because", "rule-values-changed decision/it.rules[r1].enacts",
      "rule-values-changed decision/it.rules[r1].over",
    ]),
  rules(
    "a cell names the limit no longer", [rule("r1", "> cap", "decline")], [rule("r1", "> 80", "decline")],
    ["limit-bypassed decision/it.rules[r1].risk"]),
  rules(
    "an input that begins like the limit is not the limit", [rule("r1", "> cap score", "decline")],
    [rule("r1", "> 80", "decline")], ["rule-changed decision/it.rules[r1].risk"]),
  rules(
    "a text that reads like the limit is not the limit", [rule("r1", "\"> cap\"", "decline")],
    [rule("r1", "> 80", "decline")], ["rule-changed decision/it.rules[r1].risk"]),
  rules(
    "the only rule that names the limit is gone", [rule("r1", "> cap", "decline"), rule("r2", "-", "approve")],
    [rule("r2", "-", "approve")], ["limit-bypassed decision/it.rules[r1]"]),
  rules(
    "another rule still names the limit", [rule("r1", "> cap", "decline"), rule("r2", "> cap", "refer")],
    [rule("r2", "> cap", "refer")], ["rule-removed decision/it.rules[r1]"]),
  Case(
    "a name in the cells changes with the name of the use",
    decision("first", [rule("r1", "> cap", "decline")]),
    decision("first", [rule("r1", "> bound", "decline")], uses: ["bound": "limit/cap"]),
    [
      "use-added decision/it.uses.bound", "use-removed decision/it.uses.cap",
      "rule-changed decision/it.rules[r1].risk",
    ]),
]
