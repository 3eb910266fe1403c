import EthosModel

private func row(_ change: Written, _ level: String, _ quorum: Written) -> Written {
  ["change": change, "level": .text(level), "quorum": quorum]
}

let charterCases: [Case] = [
  Case(.charter, "ethos", "1", "2", ["format-changed charter.ethos"]),
  Case(.charter, "organisation", "A", "B", ["organisation-renamed charter.organisation"]),
  Case(.charter, "timeZone", "UTC", "Europe/Zurich", ["time-zone-changed charter.timeZone"]),
  Case(.charter, "timeZone", nil, "UTC", []),
  Case(.charter, "branch", nil, "trunk", ["branch-changed charter.branch"]),
  Case(.charter, "defaultOwner", "a", "b", ["default-owner-reassigned charter.defaultOwner"]),
  Case(.charter, "ranks", ["a", "b"], ["b", "a"], ["ranks-changed charter.ranks"]),
  Case(.charter, "signatures", nil, "required", ["signatures-strengthened charter.signatures"]),
  Case(.charter, "approvalsExpire", nil, "180 days", ["approvals-expire-strengthened charter.approvalsExpire"]),
  Case(.charter, "approvalsExpire", "30 days", "31 days", ["approvals-expire-weakened charter.approvalsExpire"]),
  Case(.charter, "approvalsExpire", nil, "365 days", []),
  Case(.charter, "forbidOutdated", nil, "critical", ["outdated-strengthened charter.forbidOutdated"]),
  Case(.charter, "forbidOutdated", "critical", "major", ["outdated-strengthened charter.forbidOutdated"]),
  Case(.charter, "recorders", nil, ["secretary"], ["recorder-added charter.recorders[secretary]"]),
  Case(
    .charter, "recorders", ["secretary"], [["office": "secretary", "level": "minor"]],
    ["recorder-changed charter.recorders[secretary].level"]),
  Case(
    .charter, "authority", nil, [row(["value"], "critical", ["board": "2"])],
    ["authority-added charter.authority['{change: [value], level: critical, quorum: {board: 2}}']"]),
  Case(
    .charter, "authority", [row(["value", "limit"], "critical", ["board": "2", "owner": "1"])],
    [row(["limit", "value"], "critical", ["board": "1", "owner": "1"])], ["authority-weakened charter.authority"]),
  Case(
    .charter, "authority", [row(["value"], "critical", ["board": "2"])],
    [row(["value"], "critical", ["board": "1", "owner": "1"])], ["authority-changed charter.authority"]),
  Case(
    .charter, "authority", [row(["value"], "critical", ["board": "2"])],
    [["change": ["value"], "level": "critical", "quorum": ["board": "2"], "selfApproval": "true"]],
    ["authority-weakened charter.authority"]),
  Case(
    .charter, "authority", [row(["value"], "critical", ["board": "2"])],
    [["change": ["value"], "level": "critical", "quorum": ["board": "2"], "veto": ["board"]]],
    ["authority-strengthened charter.authority"]),
  Case(
    .charter, "authority", [row(["value"], "critical", ["board": "2"])], [row(["value"], "minor", ["board": "3"])],
    ["authority-changed charter.authority"]),
  Case(
    .charter, "severity", nil, ["limit-tightened": "minor"], ["severity-lowered charter.severity.limit-tightened"]),
  Case(
    .charter, "severity", ["value-reworded": "major"], ["value-reworded": "critical"],
    ["severity-raised charter.severity.value-reworded"]),
  Case(
    .charter, "severity", nil, ["value-reworded": "undecided"], ["severity-changed charter.severity.value-reworded"]),
]

let peopleCases: [Case] = [
  Case(.cycle, "from", "2026-02-01", "2026-03-01", ["cycle-narrowed cycle/it.from"]),
  Case(.cycle, "until", "2026-02-01", "2026-03-01", ["cycle-widened cycle/it.until"]),
  Case(.cycle, "until", nil, "2026-03-01", ["cycle-narrowed cycle/it.until"]),
  Case(.cycle, "mandate", "Grow.", "Be selective.", ["mandate-reworded cycle/it.mandate"]),
  Case(.cycle, "offices", nil, ["board": ["jane", "ada"]], ["office-added cycle/it.offices.board"]),
  Case(
    .cycle, "offices", ["board": ["jane", "ada"]], ["board": ["jane", "ruth"]],
    ["holder-removed cycle/it.offices.board[ada]", "holder-added cycle/it.offices.board[ruth]"]),
  Case(
    .cycle, "offices", ["board": ["jane"]], ["board": [["person": "jane", "deputy": "ada"]]],
    ["holder-changed cycle/it.offices.board[jane].deputy"]),
  Case(.person, "name", "Jane", "Ada", ["person-renamed person/it.name"]),
  Case(
    .person, "emails", ["a@x.example"], ["b@x.example"],
    ["email-removed person/it.emails['a@x.example']", "email-added person/it.emails['b@x.example']"]),
  Case(.person, "keys", nil, ["ssh-ed25519 A"], ["key-added person/it.keys[ssh-ed25519 A]"]),
  Case(
    .person, "keys", ["ssh-ed25519 A"], [["key": "ssh-ed25519 A", "until": "2026-01-01"]],
    ["key-changed person/it.keys[ssh-ed25519 A].until"]),
  Case(.system, "status", "planned", "live", ["system-status-changed system/it.status"]),
  Case(.system, "implements", nil, ["decision/a"], ["implements-added system/it.implements[decision/a]"]),
  Case(.system, "builtFor", "release/a/1", "release/a/2", ["built-for-changed system/it.builtFor"]),
  Case(
    .system, "learntFrom", ["from": "2017-01-01"], ["from": "2018-01-01"], ["learnt-from-changed system/it.learntFrom"]),
]
