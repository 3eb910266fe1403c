/// One valid file of every kind, as DESIGN section 2 writes them.
enum Samples {
  static let charter = """
    ethos: 1                          # format
    organisation: Northgate Private Bank
    timeZone: Europe/Zurich
    branch: main
    defaultOwner: chief-executive
    ranks: [root, system, guideline]  # highest first
    signatures: optional
    recorders: [secretary]
    authority:                        # what a change needs
      - {change: [value, limit, exception], level: critical, quorum: {chief-executive: 1, board: 2}}
      - {change: [decision], level: critical, quorum: {owner: 1, chief-executive: 1}, selfApproval: true, veto: [board]}
      - {change: ["*"], level: editorial, quorum: {anyone: 1}}
    severity: {value-reworded: undecided}

    """

  static let value = """
    # What we hold to.
    id: prudence
    title: Prudence before growth
    statement: We would rather lose a client than take one on whom we do not understand.
    because: The 2023 losses came from clients whose source of wealth nobody could explain.
    owner: chief-risk-officer
    rank: root                         # one of the charter's ranks
    outranks: [growth]                 # where they conflict
    serves: []
    friction:
      - {accept: slower onboarding, limit: limit/onboarding-days, measure: days to decision}
    audience: [clients, staff, ai-systems]
    examples:
      - situation: A friend of a director asks to skip the source-of-wealth check.
        expect: The check is made, by somebody who does not report to that director.

    """

  static let decision = """
    id: onboarding
    title: Client onboarding
    question: Do we take this client on?
    owner: chief-risk-officer
    enforcement: strict                # SBVR levels
    serves: [prudence, client-dignity]
    uses: {client risk: limit/client-risk, class: decision/risk-class.class}
    inputs:
      - {name: risk score, type: number, allowed: "[0..100]", step: 1}
      - {name: country risk, type: string, allowed: '"low", "medium", "high"'}
      - {name: politically exposed, type: boolean}
    outputs:                           # allowed values in order of priority
      - {name: route, type: string, allowed: '"decline", "refer", "approve"', strictest: first}
    hitPolicy: first
    rules: |
      | id  | country risk | politically exposed | risk score    | route   | enacts         | over   | because          |
      |-----|--------------|---------------------|---------------|---------|----------------|--------|------------------|
      | r1  | high         | -                   | > client risk | decline | prudence       | growth |                  |
      | r2  | -            | true                | -             | refer   | client-dignity | growth | a person decides |
      | r3  | -            | -                   | > client risk | refer   | prudence       |        |                  |
      | r4  | -            | -                   | -             | approve | growth         |        |                  |
    default: {route: refer}            # optional
    assert: [{never: {route: approve}, when: {politically exposed: "true"}, because: regulation}]
    examples:
      - {given: {risk score: 20, country risk: low, politically exposed: false}, expect: {route: approve}}
    cases: {name: onboarding-2025, sha256: 9f86d081}

    """

  static let limit = """
    id: client-risk
    title: Client risk appetite
    atMost: 60  # of a hundred
    unit: points
    because: What we can explain to the board.
    owner: chief-risk-officer
    serves: [prudence]

    """

  static let exception = """
    id: founder-accounts
    title: The founder's own accounts
    of: decision/onboarding
    when: {client id: '"F-1", "F-2"'}
    outcome: {route: '"approve"'}
    owner: board
    until: 2026-12-31
    because: Opened before the rule; being wound down.

    """

  static let cycle = """
    id: renewal-2026
    title: Renewal
    from: 2026-02-01
    mandate: Become more selective.
    offices:
      chief-executive: jane-doe
      chief-risk-officer: [{person: omar-reyes, from: 2026-02-01, deputy: mei-lin}]
      board: [jane-doe, ada-obi, ruth-klein]

    """

  static let person = """
    id: omar-reyes
    name: Omar Reyes
    emails: [omar@northgate.example]
    keys:
      - {key: ssh-ed25519 AAAA, from: 2026-01-10}

    """

  static let system = """
    id: onboarding-assistant
    title: Onboarding assistant
    owner: head-of-operations
    status: live
    implements: [decision/onboarding]
    builtFor: release/growth-2019/1
    learntFrom: {from: 2017-01-01, until: 2020-12-31}

    """

  static let tombstone = """
    id: harmony
    title: Harmony
    status: retired
    since: 2026-02-01
    because: It kept us from saying no.

    """

  static let all: [(path: String, text: String)] = [
    ("ethos.yaml", charter), ("values/prudence.yaml", value), ("decisions/onboarding.yaml", decision),
    ("limits/client-risk.yaml", limit), ("exceptions/founder-accounts.yaml", exception),
    ("cycles/renewal-2026.yaml", cycle), ("people/omar-reyes.yaml", person),
    ("systems/onboarding-assistant.yaml", system), ("values/harmony.yaml", tombstone),
  ]
}
