import EthosTestSupport

/// Random changes of a state, each with what it did in words.
extension World {
  /// Changes one thing of a state; nil where the dice asked for what there is not.
  func edit(_ state: inout ModelState) -> String? {
    let number = Int.random(in: 0..<100, using: &random)
    switch number {
    case 0..<25: return editLimit(&state)
    case 25..<45: return editValue(&state)
    case 45..<58: return editDecision(&state)
    case 58..<74: return editException(&state)
    case 74..<86: return editSystem(&state)
    case 86..<93: return editNote(&state)
    default: return editCharter(&state)
    }
  }

  private func set(_ key: String, _ field: String, _ value: String, _ state: inout ModelState) -> String {
    state.entries[key]?.fields[field] = value
    return "\(key).\(field) = \(value)"
  }

  private func pickKey(_ kind: String, _ state: ModelState) -> String? {
    let keys = state.entries.filter { $0.value.kind == kind && !$0.value.isRetired }.keys.sorted()
    return keys.isEmpty ? nil : random.pick(keys)
  }

  private func owner() -> String { random.pick(["chief-risk-officer", "operations", "board", "chief-executive"]) }

  private func editLimit(_ state: inout ModelState) -> String? {
    guard let key = pickKey("limit", state) else { return nil }
    switch Int.random(in: 0..<10, using: &random) {
    case 0..<6: return set(key, "atMost", "\(Int.random(in: 10..<70, using: &random))", &state)
    case 6: return set(key, "title", freshName("Limit"), &state)
    case 7: return set(key, "because", "The board asked \(freshName("again")).", &state)
    case 8: return set(key, "owner", owner(), &state)
    default:
      let id = freshName("limit")
      state.entries["limit/\(id)"] = ModelEntry(
        kind: "limit", id: id,
        fields: [
          "title": "A new limit", "atMost": "5", "unit": "points", "because": "It was missing.", "owner": owner(),
        ])
      return "adds limit/\(id)"
    }
  }

  private func editValue(_ state: inout ModelState) -> String? {
    guard let key = pickKey("value", state) else { return nil }
    switch Int.random(in: 0..<10, using: &random) {
    case 0..<5: return set(key, "statement", "We say it anew, \(freshName("wording")).", &state)
    case 5..<8: return set(key, "because", "We learnt it, \(freshName("lesson")).", &state)
    case 8: return set(key, "owner", owner(), &state)
    default:
      let id = freshName("value")
      state.entries["value/\(id)"] = ModelEntry(
        kind: "value", id: id,
        fields: ["title": "A new value", "statement": "We hold to it.", "because": "We do.", "owner": owner()])
      return "adds value/\(id)"
    }
  }

  private func editDecision(_ state: inout ModelState) -> String? {
    let key = "decision/onboarding"
    // With the limit that it uses, what becomes of its behaviour is more than the model wants to know.
    guard state.print("limit/risk") == main.print("limit/risk") else { return nil }
    switch Int.random(in: 0..<10, using: &random) {
    case 0..<6: return set(key, "threshold", "\(Int.random(in: 71...95, using: &random))", &state)
    case 6..<8: return set(key, "question", "Do we take them on, \(freshName("asked"))?", &state)
    case 8: return set(key, "title", freshName("Onboarding"), &state)
    default: return set(key, "owner", owner(), &state)
    }
  }

  private func editException(_ state: inout ModelState) -> String? {
    if let key = pickKey("exception", state), random.happens(60) {
      switch Int.random(in: 0..<3, using: &random) {
      case 0: return set(key, "until", ModelDay.text(today + Int.random(in: 250...390, using: &random)), &state)
      case 1: return set(key, "title", freshName("Exception"), &state)
      default:
        state.entries[key]?.fields["since"] = ModelDay.text(today)
        return set(key, "status", "retired", &state)
      }
    }
    let id = freshName("exception")
    var fields = [
      "title": "Founders", "of": "decision/onboarding", "when": "{country: '\"high\"'}",
      "outcome": "{route: '\"refer\"'}", "owner": owner(), "until": ModelDay.text(today + 300),
      "because": "Opened before the rule.",
    ]
    if random.happens(40) { fields["benefits"] = "[\(random.pick(people + ["operations"]))]" }
    state.entries["exception/\(id)"] = ModelEntry(kind: "exception", id: id, fields: fields)
    return "adds exception/\(id)"
  }

  private func editSystem(_ state: inout ModelState) -> String? {
    guard let key = pickKey("system", state), !random.happens(25) else {
      let id = freshName("system")
      state.entries["system/\(id)"] = ModelEntry(
        kind: "system", id: id,
        fields: [
          "title": "A new system", "owner": owner(), "status": "planned", "since": ModelDay.text(today),
          "implements": "[decision/onboarding]", "because": "It helps.",
        ])
      return "adds system/\(id)"
    }
    if random.happens(50) { return set(key, "title", freshName("System"), &state) }
    state.entries[key]?.fields["since"] = ModelDay.text(today)
    return set(key, "status", random.pick(["planned", "live", "suspended", "retired"]), &state)
  }

  private func editNote(_ state: inout ModelState) -> String? {
    let key = random.pick(state.entries.keys.sorted())
    state.entries[key]?.note = freshName("see minute")
    return "a comment in \(key)"
  }

  private func editCharter(_ state: inout ModelState) -> String? {
    switch Int.random(in: 0..<5, using: &random) {
    case 0: state.charter.rows[0].veto = random.pick([[], ["secretary"], ["chief-risk-officer"]])
    case 1: state.charter.recorderLevel = random.pick([nil, .minor, .major, .critical])
    case 2: state.charter.rows[5].quorum = random.pick([["owner": 1], ["anyone": 2], ["board": 1]])
    case 3: state.charter.rows[2].selfApproval.toggle()
    default:
      guard isSigned else { return nil }
      state.charter.signaturesRequired = true
    }
    return "the charter"
  }
}
