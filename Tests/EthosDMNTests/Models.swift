import EthosDMN
import EthosText
import Foundation

/// Models as XML for tests: what stands inside `definitions`.
func model(_ body: String, version: DMNVersion = .v15) -> SourceText {
  SourceText(
    path: "test.dmn",
    text: """
      <?xml version="1.0" encoding="UTF-8"?>
      <definitions xmlns="\(version.namespace)" namespace="urn:test" name="test">
      \(body)
      </definitions>
      """)
}

/// A decision with a literal expression.
func literal(_ name: String, _ text: String, type: String = "number", needs: [String] = []) -> String {
  """
  <decision id="\(name)" name="\(name)"><variable name="\(name)" typeRef="\(type)"/>\(requirements(needs))\
  <literalExpression><text>\(XMLText.escaped(text))</text></literalExpression></decision>
  """
}

/// Requirements by `input:`, `decision:` and `knowledge:` in front of the name.
func requirements(_ needs: [String]) -> String {
  needs.map { need in
    let parts = need.split(separator: ":", maxSplits: 1).map(String.init)
    switch parts[0] {
    case "input": return "<informationRequirement><requiredInput href=\"#\(parts[1])\"/></informationRequirement>"
    case "decision":
      return "<informationRequirement><requiredDecision href=\"#\(parts[1])\"/></informationRequirement>"
    default: return "<knowledgeRequirement><requiredKnowledge href=\"#\(parts[1])\"/></knowledgeRequirement>"
    }
  }.joined()
}

func input(_ name: String, _ type: String) -> String {
  "<inputData id=\"\(name)\" name=\"\(name)\"><variable name=\"\(name)\" typeRef=\"\(type)\"/></inputData>"
}

/// A table: inputs as expression and type, outputs as name and type, and rows of cells.
func table(
  _ policy: String, inputs: [(String, String)], outputs: [(String, String)], _ rows: [[String]],
  values: String? = nil, default fallback: String? = nil
) -> String {
  var text = "<decisionTable hitPolicy=\"\(policy)\">"
  if let space = policy.range(of: "COLLECT "), space.lowerBound == policy.startIndex {
    text = "<decisionTable hitPolicy=\"COLLECT\" aggregation=\"\(policy.dropFirst(8))\">"
  }
  for (expression, type) in inputs {
    text += "<input><inputExpression typeRef=\"\(type)\"><text>\(expression)</text></inputExpression></input>"
  }
  for (name, type) in outputs {
    text += "<output name=\"\(name)\" typeRef=\"\(type)\">"
    if let values { text += "<outputValues><text>\(XMLText.escaped(values))</text></outputValues>" }
    if let fallback {
      text += "<defaultOutputEntry><text>\(XMLText.escaped(fallback))</text></defaultOutputEntry>"
    }
    text += "</output>"
  }
  for row in rows {
    text += "<rule>"
    for (index, cell) in row.enumerated() {
      let element = index < inputs.count ? "inputEntry" : "outputEntry"
      text += "<\(element)><text>\(XMLText.escaped(cell))</text></\(element)>"
    }
    text += "</rule>"
  }
  return text + "</decisionTable>"
}

func decision(_ name: String, type: String? = nil, needs: [String], _ logic: String) -> String {
  let type = type.map { " typeRef=\"\($0)\"" } ?? ""
  return
    "<decision id=\"\(name)\" name=\"\(name)\"><variable name=\"\(name)\"\(type)/>\(requirements(needs))\(logic)</decision>"
}

extension XMLText {
  static func escaped(_ text: String) -> String {
    text.replacingScalar("&", with: "&amp;").replacingScalar("<", with: "&lt;")
  }
}
