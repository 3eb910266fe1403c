extension HelpTopic {
  /// What each JSON document holds.
  ///
  /// A test compares it with what the commands answer.
  static let jsonText = """
    With `--format json` an answer is one JSON document. Its `schema` names its form and version; keys are added in
    a version, never renamed or removed. Numbers of the model are strings, so that no digit is lost; days are
    YYYY-MM-DD, moments ISO 8601; a value that is not there is null, a list that is empty is []. People have `name`,
    `email` and, where known, `id`. Commitments and fields are written as references (`ethos help references`).

    ethos.diff.v1 (diff)
      before, after     revision, commit (null for the work tree)
      level             the heaviest level, or null where nothing changed
      changes[]         id, action, area, level, commitment, field, before, after, also[] (the other commitments of one
                        act), because (with --why), signals[] (name, detail), behaviour (null where nothing was compared),
                        causes[] (the entries whose change moved this one)
      behaviour         verdict (equivalent, different, undecided), direction (tightened, loosened, changed), reason,
                        complete, share ("7/42"), shareReason, moreRegions, notes[], assumed (whether the verdict holds
                        only if facts under other names are the same facts)
        regions[]       when (fact to unary tests), unless[] (earlier rules), before, after (answer by output, or
                        noDecision; `= …` for a formula over the facts), share, witness (fact to value), proven (whether a
                        case was found), whole (whether every case of it is decided so), witnessBefore, witnessAfter (what
                        the witness gets, where it is not whole), rulesBefore[], rulesAfter[]
      renames[]         before, after, similarity
      touches[]         changed, touched, through[], owner

    ethos.why.v1 (why), ethos.log.v1 (log)
      commitment, reference, revision
      fields[], entries[]   commitment, field, value, before, change (an id of `ethos help changes`), commit, author, date,
                        cycle, reason (null when none was given), sources[], proposal, ratifiedBy (commit, name, email,
                        date), breach (codes[], adoptedBy[], adoption; null where nothing is in breach), approvedBy[],
                        objectedBy[], abstainedBy[] (name, email, id, commit, date, words, recordedBy, answer)

    ethos.blame.v1 (blame)
      commitment, file, revision
      lines[]           text, field, commit (null where a line says nothing)
      fields[]          as in ethos.why.v1: field, value, before, change, commit, author, date, cycle, reason, sources[],
                        proposal, ratifiedBy, breach, approvedBy[], objectedBy[], abstainedBy[]

    ethos.check.v1 (check)
      diagnostics[]     code, severity (error, warning, note), message, file, line, column, endLine, endColumn, help

    ethos.list.v1 (list)
      entries[]         commitment, kind, id, title, owner, status, path

    ethos.show.v1 (show of an entry), ethos.field.v1 (show of a field)
      commitment, kind, id, title, owner, status, path, revision, fields (as in the file); field, value

    ethos.status.v1 (status)
      organisation, today, cycle, inForce, announced, on (the branch), changed[] (paths), conflicts[] (paths in a git
                        conflict), beside[] (paths of files that are not read), unreleased[]
      missing           why releases may be missing in this clone; null where all must be here
      upcoming[]        release, effective, changes[] (id, level, commitment, field; null where they cannot be known): what
                        takes effect later, the nearest first
      breaches[]        code, message, commit: what is in breach on the branch in force, and not adopted
      behind[]          branch, commits: branches of remotes that hold more than the branch in force here
      me                your name, where you are a person of the identity
      waiting[]         act (review, review-again, moved, answer, ratify, approve-release, release), proposal or release
                        (the other is null), command: what waits for you
      proposals[]       name, tip, level, canRatify, missing[], moved[], collisions[], diverging[] (as in review)
      unreadable[]      branch, reference, reason: branches of proposals and reviews that cannot be read, and are set aside

    ethos.review.v1 (review)
      proposal, tip, main, level, open (no authority is stated), canRatify, missing[], conflicts[], diverging[] (branches
                        of remotes that hold other commits of the proposal)
      closed            null while it is open; as (ratified, withdrawn), by, date, commit and answers[] (person, words), or tag
                        and because
      entries[]         commitment, owner, level, met, seats[] (office, person, deputyOf, selfApproved),
                        verdicts[] (verdict, by, date, words, conditions[], recordedBy, sources[], commit),
                        stale[] (verdict, by, date, recordedBy, reason, commit): reviews that do not count
      moved[]           commitment, owner, causes[], asked[] (people), verdicts[]: decisions that decide otherwise because
                        of something that they use
      objections[]      by, date, words, veto, recordedBy, entries[]
      comments[]        by, on, date, words, commit
      aside[]           verdict, by (as it names itself), date, reason, commit: reviews that count for nothing
      collisions[]      proposal (another open one), commitments[] (that both change), conflict, decisions[] (decision,
                        witness: facts, inForce, mine, theirs, together; null where there is no such case; reason: why that
                        is open, or null)
      replay            what would have become of recorded cases, as in ethos.replay.v1; null without `--cases`

    ethos.collect.v1 (collect)
      proposal, commit (null where nothing was joined)
      reviews[]         commit, name, email: the reviews that the branch did not carry yet

    ethos.merge.v1 (merge)
      branch, held (whether the branch holds it already), commit (null where nothing was written), bases[] (commits)
      ours, theirs      revision, commit
      changes[]         id, level, commitment, field, before, after: what the branch says otherwise
      conflicts[]       kind (value, order, entry, path, file, behaviour, coherence), commitment, field, path, base, ours,
                        theirs, oursBy, theirsBy (commit, name, email, date, reason: the last change on each side),
                        witness (facts, base, ours, theirs, merged), reason (why it is open whether there is such a case),
                        diagnostics[] (as in check)

    ethos.verify.v1 (verify)
      branch, head, root, verified (commits), assurance, hasAuthority
      ratifications     signed, partly, unsigned: how many of the whole line are signed by all who had to agree, by some,
                        by nobody
      basis             judged (commits, now), remembered (commits, before), memory (upTo, written; null where nothing that
                        this clone had verified was used), signatures (of what was checked in this run alone: byEthos,
                        byPrograms[]: program, count, unchecked, unsigned), trust (null without `--trust`: asked[]
                        and demanded[], which is what rotations made of it: person, keys[]; threshold; vouched[]: person, key, tag (null for the first commit's own
                        signature), rotation; rotations[]), receipt (outcome: written, agrees, contradicted; written and
                        head of the one that was compared with, or null), serverLog
      findings[]        code, severity, tag, commit, commitments[], message, rule, needed[], signed[], missing[], help[]

    ethos.releases.v1 (releases)
      inForce, missing (why others may be missing in this clone, or null)
      releases[]        release, cycle, effective, commit, tag, title, by, date, changes (how many), found[] (what is
                        wrong, a word each)
      findings[]        code, tag, commit, message, rule, needed[], signed[], missing[], help[]

    ethos.release-notes.v1 (releases of one release)
      release, title, cycle, effective, retroactive (why, or null), level, ruleset, commit, tag, previous, since,
                        (the release in force until then), broughtForward[] (release, effective, changes[] and dropped[]: id,
                        level, commitment, field), by, date
      offices[]         office, holders[]
      approvals[]       person, name, commit, date, words
      acts[]            change (as in ethos.diff.v1), record (as in ethos.log.v1, or null where history does not tell)
      findings[]        as in ethos.releases.v1

    ethos.handover.v1 (handover)
      from, to, untouched[], compared (in-force, announced or unreleased: what the later side is), leftOut[] (releases),
                        unreleased[], changedLater[] (commitments that changed after the later side)
      values[], decisions[]   commitment, fate (added, removed, retired, restored, changed, reverted, reaffirmed,
                        later, untouched), changes[] (as in ethos.diff.v1)
      before, after     revision, commit
      changes[]         id, level, commitment, field, before, after, also[]
      objections[]      person, proposal, date, words, answer, commit, commitments[], withdrawn (with the proposal), stands
                        (whether it is still about what is said now)
      reaffirmed[]      commitment, by, date: also after the later release, by those who took over
      systems[]         system, builtFor

    ethos.import.v1 (import dmn)
      added[], updated[]   decisions; files[]: what was written; dryRun
      notes[]           what to look at in decisions that were there
      leftOut[]         what the model says that was not carried over: code, message, line, column

    ethos.decide.v1 (decide)
      decision, revision, release, facts, outcome (answer by output, or noDecision), enacts[], problems[]
      rules[]           rule, enacts[], over[], because
      used[]            decision, outcome, rules[]: the decisions that were taken on the way

    ethos.replay.v1 (replay)
      decision, file, cases (all records), decided, flipped, incomplete, malformed (how many)
      before, after     revision, commit
      transitions[]     before, after (answers by output, or noDecision), cases, row (of the first), gained[], lost[] (value,
                        cases), facts (of the first; null unless they are shown)
      segments[]        column, value, cases, flipped, incomplete, transitions[] (before, after, cases)
      missing[]         fact, cases, row: facts that the rules need and incomplete cases lack
      unfed[]           fact, sides[] (before, after), said (by --map): facts that no column feeds
      records[]         row, line, column, reason, value (null unless it is shown): the first malformed records

    ethos.audit.v1 (audit)
      decision, file, at (what all cases are held to; null where each is held to its day), cases (all records), beforeFirst,
                        incomplete, malformed, excepted (departures that an exception accepts), excluded (not asked about),
                        unsettled (of which the condition says neither yes nor no), refused (with a fact that the rules in
                        force do not allow)
      inForce           agree, of, share, low, high (the bounds of the rate, 95 %)
      always            outcome, agree (as in inForce): what the most frequent answer would agree with, given to every case
      releases[]        release, cycle, agree, of, share
      left[]            release, cycle, reason, cases (of its days): releases that cannot read the log
      unfed[]           fact, releases[], said (by --map): facts that no column feeds
      best              release and cycle (null where several cannot be told apart), releases[] (all of those), agree (agree, of,
                        share, low, high), always, next (the nearest that is behind), differ, asBest, asNext, p, test,
                        correction, level, comparisons; null of no cases
      comparisons[]     first, second, both (cases that both decide), differ, asFirst, asSecond, p, adjusted (by Holm), low, high
                        (exact, of the share of the first), needed (the least count for one; null where there are too few
                        cases), neededCases (the least number of cases)
      rules[]           release, rules[], expected, departed (departed, of, share, low, high), excepted
      departures[]      release, rules[], expected, actual, cases, overridden (with a reason), row, exception (that accepts
                        them, or null), facts (of the first row; null unless shown)
      sample[]          row, line, release, rules[], expected, actual, facts: departures that were drawn, or null
      unapplied[]       release, exception, reason: exceptions of which the log does not tell which cases they are about
      segments[]        column, value, values[], agree (agree, of, share, low, high), best[] (the releases that it cannot tell
                        apart), releases[] (agreement with each of releases[]), answers[] (release, expected, departed),
                        rules[] (release, rules[], departed)
      crossed[]         as segments[], by all columns together: values[] in their order
      reversals[]       column, more, less, moreDeparted, lessDeparted, within (rules, or a column), parts, turned, difference
      systems[]         system (as the log names it), reference, builtFor, agree, best[], asBuiltFor, releases[] (as in
                        segments[])
      quarters[]        from (its first day), agree, best[], releases[] (agree, of, share, low, high)
      priorities        stated[] (release, over, under: what the values say), revealed[] (release, over, under: as the rules
                        have it; cases, kept, reversed, ambiguous, agree (kept of kept and reversed; null where one-sided),
                        verdict: as-stated, reversed, open, too-few, one-sided; values: same, opposite, null), unstated[]
                        (release, over, under, cases), ambiguous, ambiguousDepartures, notWeighed
      friction[]        release, value, accept, measure, limit, direction (atMost, atLeast), bound, unit, cases (measured),
                        mean, median, ninth (the least number that nine of ten do not exceed), digits (of these two, where
                        they are rounded up; null where exact), beyond (agree is how many are beyond the bound, of, share,
                        low, high), empty, unreadable
      sweep             limit, release, unit, current, most[] (the values that agree with most cases), best[] (those not told
                        apart from it), atEnd (a better one may lie beyond), comparisons, values[] (value, agree); or null
      missing[]         fact, cases, row: facts that the rules in force need and incomplete cases lack
      records[]         row, line, column, reason, value (null unless it is shown): the first malformed records

    ethos.systems.v1 (systems)
      today, inForce, file (of recorded cases), forbidOutdated
      systems[]         system, title, owner, status, builtFor, releasesBehind, cyclesBehind, changed[] (of what it decides
                        by), otherChanges, level, forbidden, decisions[], learntFrom[], withoutRelease (from, until)
      decisions[]       decision, verdict, behaviour (as in ethos.diff.v1), reason, recorded (cases, decided, flipped, share,
                        incomplete, malformed, or the reason why the cases say nothing of it; null without cases)
      learntFrom[]      release, cycle, from, until, decisions[]

    ethos.test.v1 (test)
      decisions, passed, failed, undecided (how many)
      tests[]           decision, kind (example, assertion), number, verdict, title, detail, witness

    ethos.bundle.v1 (export bundle; canonical JSON, `ethos help bundle`, `ethos schema bundle`)
      organisation, release, effective (null where the commit is no release), cycle, commit
      schemas           by kind, the JSON Schema of `fields`
      entries[]         kind, id (null for the charter), fingerprint (null where it would be one of people), retired,
                        fields (as they count, without people, FEEL as {"feel": "…"})
      digest            the SHA-256 of the canonical JSON of all other members

    `check --format sarif` answers in SARIF 2.1.0.

    """
}
