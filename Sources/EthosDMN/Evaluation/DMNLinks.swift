import EthosText

/// Finds the elements that references mean, within a model and in those that it imports.
struct DMNLinks {
  private let models: [DMNModel]
  /// The index of the first element of each model, by kind.
  private var starts: [[DMNProgram.Kind: Int]] = []
  private var byID: [[String: Int]] = []
  private var byName: [[String: Int]] = []
  private(set) var diagnostics: [Diagnostic] = []

  init(_ models: [DMNModel]) {
    self.models = models
    var next = 0
    for model in models {
      var start: [DMNProgram.Kind: Int] = [:]
      var ids: [String: Int] = [:]
      var names: [String: Int] = [:]
      func add(_ kind: DMNProgram.Kind, _ parts: [(id: String?, name: String)]) {
        start[kind] = next
        for part in parts {
          if let id = part.id, ids[id] == nil { ids[id] = next }
          if names[part.name] == nil { names[part.name] = next }
          next += 1
        }
      }
      add(.input, model.inputs.map { ($0.id, $0.name) })
      add(.decision, model.decisions.map { ($0.id, $0.name) })
      add(.knowledge, model.knowledge.map { ($0.id, $0.name) })
      add(.service, model.services.map { ($0.id, $0.name) })
      starts.append(start)
      byID.append(ids)
      byName.append(names)
    }
  }

  /// The element of a part of a model.
  func place(_ model: Int, _ kind: DMNProgram.Kind, _ index: Int) -> Int { (starts[model][kind] ?? 0) + index }

  /// The elements that references mean; one that means nothing is told.
  mutating func needs(_ links: [DMNLink], _ model: Int) -> [DMNProgram.Need] {
    var result: [DMNProgram.Need] = []
    for link in links {
      guard let need = need(link, model) else {
        diagnostics.append(
          Diagnostic(
            "unknown-reference", .warning, "there is no element with the id `\(visibleText(link.id))`",
            at: DMNProgram.location(link.span, models[model])))
        continue
      }
      if !result.contains(where: { $0.element == need.element }) { result.append(need) }
    }
    return result
  }

  private func need(_ link: DMNLink, _ model: Int) -> DMNProgram.Need? {
    guard let namespace = link.namespace, namespace != models[model].namespace else {
      return (byID[model][link.id] ?? byName[model][link.id]).map { DMNProgram.Need(element: $0, prefix: nil) }
    }
    guard let other = models.firstIndex(where: { $0.namespace == namespace }),
      let element = byID[other][link.id] ?? byName[other][link.id]
    else { return nil }
    let prefix = models[model].imports.first { $0.namespace == namespace }?.name ?? ""
    return DMNProgram.Need(element: element, prefix: prefix.isEmpty ? nil : prefix)
  }
}
