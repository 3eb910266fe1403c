#!/usr/bin/env python3
"""What an audit of hmda-boston-1990.csv against the template mortgage-lending has to count.

Nothing of ethos is used: the policy below was copied by hand from the decision's table at each release, the file is read
with Python's csv, and numbers are compared as decimals.

usage: expected.py [FILE]             everything, as JSON with sorted keys
       expected.py --cells [FILE]     the counts by release, rule, recorded answer and segments, one line each

How the order of values is read (`values` of a release):

- The recorded answer speaks for a value only when all rules of the release with that answer enact the same one value.
  Otherwise a case with that answer is `ambiguous`.
- A rule states a pair when it enacts one value `over` another. Where the record follows such a rule and its answer
  speaks for the value, the pair is `kept`; where it departs and its answer speaks for the other value, it is `reversed`.
- A pair has a share, an interval and a verdict only where both of its values can be spoken for. Where only one can, every
  case that counts would count for that one, and a share would be an artefact: it is `oneSided`, with its counts alone.
  The verdict is `as stated` or `reversed` where the whole interval is on that side of one half, else `undecided`; of fewer
  than 30 cases it is `too few`.
- Departures from rules that state no pair are `unstated`, counted apart and in no share: the cases that follow such
  rules weigh nothing against them (`notWeighed`), so that a share of them would lean to the departures.
"""

import csv
import json
import math
import os
import sys
from collections import Counter
from decimal import Decimal as D

Z = 1.959963984540054  # two-sided 95 %
LEAST = 30  # cases from which a pair of values is judged

COLUMNS = {
    "payments to income": "pirat",
    "loan to value": "lvrat",
    "credit history": "chist",
    "public record": "phist",
    "insurance denied": "insurance",
}
ANSWER = {"yes": "deny", "no": "grant"}
SEGMENTS = ("afam", "selfemp")

PRUDENCE, ACCESS, EQUAL = "prudence", "access-to-housing", "equal-treatment"


# The tables, a function for each row: p payments to income, l loan to value, c credit history, r public record,
# i insurance denied. Each row: id, answer, the value that it enacts, the value that it is over, the condition.
RELEASES = {
    "release/growth-1988/1": [
        ("m1", "deny", PRUDENCE, None, lambda p, l, c, r, i: l > D("0.95")),
        ("m2", "deny", PRUDENCE, None, lambda p, l, c, r, i: l > D("0.90") and i),
        ("m3", "deny", PRUDENCE, None, lambda p, l, c, r, i: l > D("0.75") and r),
        ("m4", "deny", PRUDENCE, None, lambda p, l, c, r, i: p > D("0.42")),
        ("m5", "deny", PRUDENCE, None, lambda p, l, c, r, i: l > D("0.75") and c == 6),
        ("m9", "grant", ACCESS, PRUDENCE, lambda p, l, c, r, i: True),
    ],
    "release/growth-1988/2": [
        ("m1", "deny", PRUDENCE, None, lambda p, l, c, r, i: l > D("0.95")),
        ("m2", "deny", PRUDENCE, None, lambda p, l, c, r, i: l > D("0.80") and i),
        ("m3", "deny", PRUDENCE, None, lambda p, l, c, r, i: l > D("0.75") and r),
        ("m6", "grant", EQUAL, PRUDENCE,
         lambda p, l, c, r, i: l <= D("0.75") and not r and D("0.42") < p <= D("0.45") and c == 1),
        ("m4", "deny", PRUDENCE, None, lambda p, l, c, r, i: p > D("0.42")),
        ("m5", "deny", PRUDENCE, None, lambda p, l, c, r, i: c == 6),
        ("m9", "grant", ACCESS, PRUDENCE, lambda p, l, c, r, i: True),
    ],
    "release/prudence-1990/1": [
        ("m1", "deny", PRUDENCE, ACCESS, lambda p, l, c, r, i: l > D("0.95")),
        ("m2", "deny", PRUDENCE, ACCESS, lambda p, l, c, r, i: l > D("0.80") and i),
        ("m3", "deny", PRUDENCE, ACCESS, lambda p, l, c, r, i: r),
        ("m6", "grant", EQUAL, PRUDENCE,
         lambda p, l, c, r, i: l <= D("0.75") and not r and D("0.36") < p <= D("0.40") and c == 1),
        ("m4", "deny", PRUDENCE, ACCESS, lambda p, l, c, r, i: p > D("0.36")),
        ("m5", "deny", PRUDENCE, ACCESS, lambda p, l, c, r, i: 5 <= c <= 6),
        ("m9", "grant", ACCESS, None, lambda p, l, c, r, i: True),
    ],
    "release/prudence-1990/2": [
        ("m1", "deny", PRUDENCE, ACCESS, lambda p, l, c, r, i: l > D("0.95")),
        ("m2", "deny", PRUDENCE, ACCESS, lambda p, l, c, r, i: l > D("0.80") and i),
        ("m7", "grant", ACCESS, None,
         lambda p, l, c, r, i: l <= D("0.75") and r and p <= D("0.36") and 1 <= c <= 2),
        ("m3", "deny", PRUDENCE, ACCESS, lambda p, l, c, r, i: r),
        ("m6", "grant", ACCESS, None,
         lambda p, l, c, r, i: l <= D("0.75") and not r and D("0.36") < p <= D("0.40") and 1 <= c <= 2),
        ("m4", "deny", PRUDENCE, ACCESS, lambda p, l, c, r, i: p > D("0.36")),
        ("m5", "deny", PRUDENCE, ACCESS, lambda p, l, c, r, i: 5 <= c <= 6),
        ("m9", "grant", ACCESS, None, lambda p, l, c, r, i: True),
    ],
}

# For a missing fact: a value at, between and beyond all thresholds, so that each answer that it could lead to is seen.
SAMPLES = {
    "payments to income": [D(x) for x in "0 0.36 0.38 0.40 0.41 0.42 0.43 0.45 0.46 3".split()],
    "loan to value": [D(x) for x in "0 0.75 0.78 0.80 0.85 0.90 0.92 0.95 0.96 2".split()],
    "credit history": [1, 2, 3, 4, 5, 6],
    "public record": [False, True],
    "insurance denied": [False, True],
}


def read_fact(name, text):
    """The fact, or None when it is missing; ValueError when it is none."""
    if text == "":
        return None
    if name in ("public record", "insurance denied"):
        return {"yes": True, "no": False}[text]
    number = D(text)
    low, high = {"payments to income": (0, 3), "loan to value": (0, 2), "credit history": (1, 6)}[name]
    if not number.is_finite() or not low <= number <= high or (name == "credit history" and number % 1):
        raise ValueError(text)
    return int(number) if name == "credit history" else number


def decide(table, facts):
    for rule in table:
        if rule[4](*facts):
            return rule
    raise AssertionError("the last row takes every case")


def decide_with_gaps(table, facts):
    """The rule and answer; the rule is None when several could answer alike, the answer too when they would differ."""
    cases = [[]]
    for name, fact in zip(COLUMNS, facts):
        options = SAMPLES[name] if fact is None else [fact]
        cases = [case + [option] for case in cases for option in options]
    rules = {rule[0]: rule for rule in (decide(table, case) for case in cases)}
    answers = {rule[1] for rule in rules.values()}
    return next(iter(rules.values())) if len(rules) == 1 else None, answers.pop() if len(answers) == 1 else None


def part(hits, cases):
    """A count of a count, with its Wilson interval at 95 %."""
    if cases == 0:
        return {"cases": 0, "hits": hits, "share": None, "wilson": None}
    share = hits / cases
    middle = (share + Z * Z / (2 * cases)) / (1 + Z * Z / cases)
    half = Z / (1 + Z * Z / cases) * math.sqrt(share * (1 - share) / cases + Z * Z / (4 * cases * cases))
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return {"cases": cases, "hits": hits, "share": round(share, 6), "wilson": [round(low, 6), round(high, 6)]}


def compared(rows):
    """Agreement of rows of (answer, recorded), and the departures either way."""
    rows = list(rows)
    return {
        "agreement": part(sum(answer == recorded for answer, recorded in rows), len(rows)),
        "departures": {
            "deniedThoughGranted": sum(pair == ("grant", "deny") for pair in rows),
            "grantedThoughDenied": sum(pair == ("deny", "grant") for pair in rows),
        },
        "policy": dict(Counter(answer for answer, _ in rows)),
        # By what the table says: the cases that were decided otherwise.
        "answers": {
            said: part(sum(answer == said != recorded for answer, recorded in rows), sum(a == said for a, _ in rows))
            for said in ("deny", "grant")
        },
        "recorded": dict(Counter(recorded for _, recorded in rows)),
    }


def read(path):
    cases, missing, malformed = [], Counter(), []
    with open(path, encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=1):
            try:
                facts = [read_fact(name, row[column]) for name, column in COLUMNS.items()]
                recorded = ANSWER[row["deny"]]
            except (KeyError, ValueError, ArithmeticError, TypeError):
                malformed.append(number)
                continue
            missing.update(name for name, fact in zip(COLUMNS, facts) if fact is None)
            cases.append((number, facts, recorded, {segment: row[segment] for segment in SEGMENTS}))
    return cases, missing, malformed


def values(table, decided):
    speaks = {}
    for answer in ("deny", "grant"):
        enacted = {rule[2] for rule in table if rule[1] == answer}
        speaks[answer] = enacted.pop() if len(enacted) == 1 else None
    kept, reversed_, unstated, stated, ambiguous = (Counter() for _ in range(5))
    not_weighed = 0
    for rule, _, recorded in decided:
        _, answer, enacts, over, _ = rule
        if over is not None:
            stated[enacts, over] += 1
        elif answer == recorded:
            not_weighed += 1
            continue
        winner = speaks[recorded]
        if winner is None:
            ambiguous["followed" if answer == recorded else "departed"] += 1
        elif answer == recorded:
            kept[enacts, over] += 1
        elif winner == enacts:
            ambiguous["departed"] += 1
        elif over == winner:
            reversed_[winner, enacts] += 1
        else:
            unstated[winner, enacts] += 1
    pairs = []
    for (value, over), cases in sorted(stated.items()):
        there, back = kept[value, over], reversed_[over, value]
        pair = {"value": value, "over": over, "cases": cases, "kept": there, "reversed": back,
                "ambiguous": cases - there - back, "oneSided": not {value, over} <= set(speaks.values())}
        if not pair["oneSided"]:
            pair["keptOf"] = part(there, there + back)
            low, high = pair["keptOf"]["wilson"] or (0, 1)
            few = there + back < LEAST
            pair["verdict"] = "too few" if few else "as stated" if low > 0.5 else "reversed" if high < 0.5 else "undecided"
        pairs.append(pair)
    return {
        "speaks": speaks,
        "pairs": pairs,
        "unstated": {f"{winner} over {loser}": cases for (winner, loser), cases in unstated.items()},
        "ambiguous": {"departed": ambiguous["departed"], "followed": ambiguous["followed"]},
        "notWeighed": not_weighed,
    }


def main(arguments):
    only_cells = "--cells" in arguments
    paths = [argument for argument in arguments if not argument.startswith("--")]
    here = os.path.dirname(os.path.abspath(__file__))
    cases, missing, malformed = read(paths[0] if paths else os.path.join(here, "hmda-boston-1990.csv"))

    answers, releases, cells = {}, {}, Counter()
    for release, table in RELEASES.items():
        decided, incomplete, by_rule = [], 0, {rule[0]: [] for rule in table}
        by_segment = {segment: {} for segment in SEGMENTS}
        segment_rules = {segment: {} for segment in SEGMENTS}
        rows, answers[release], first = [], {}, {}
        for number, facts, recorded, segments in cases:
            rule, answer = decide_with_gaps(table, facts)
            answers[release][number] = answer
            if answer is None:
                incomplete += 1
                continue
            rows.append((answer, recorded))
            for segment, value in segments.items():
                by_segment[segment].setdefault(value, []).append((answer, recorded))
            if rule is None:
                continue
            decided.append((rule, answer, recorded))
            by_rule[rule[0]].append((answer, recorded))
            if answer != recorded:
                first.setdefault(rule[0], number)
            for segment, value in segments.items():
                segment_rules[segment].setdefault(value, {}).setdefault(rule[0], []).append((answer, recorded))
            cells[(release, rule[0], answer, recorded, *segments.values())] += 1
        releases[release] = {
            "all": compared(rows),
            "incomplete": incomplete,
            "rules": {
                rule[0]: {
                    "answer": rule[1], "enacts": rule[2], "over": rule[3], "firstDeparture": first.get(rule[0]),
                    "departed": part(sum(a != b for a, b in by_rule[rule[0]]), len(by_rule[rule[0]])),
                }
                for rule in table
            },
            "segments": {
                segment: {
                    value: compared(found) | {
                        "rules": {
                            rule: part(sum(a != b for a, b in of_rule), len(of_rule))
                            for rule, of_rule in segment_rules[segment].get(value, {}).items()
                        }
                    }
                    for value, found in by_segment[segment].items()
                }
                for segment in SEGMENTS
            },
            "values": values(table, decided),
        }
    if only_cells:
        for cell, count in sorted(cells.items()):
            print("|".join(cell) + f"|{count}")
        return

    names = list(RELEASES)
    ranked = sorted(names, key=lambda name: (-releases[name]["all"]["agreement"]["hits"], names.index(name)))
    recorded = {number: answer for number, _, answer, _ in cases}
    best, second = ranked[:2]
    told = [n for n in recorded if answers[best][n] != answers[second][n]]
    transitions = {}
    for at, before in enumerate(names):
        for after in names[at + 1:]:
            found = {}
            for number in recorded:
                pair = answers[before][number], answers[after][number]
                if pair[0] != pair[1]:
                    entry = found.setdefault(f"{pair[0]} -> {pair[1]}", {"cases": 0, "row": number})
                    entry["cases"] += 1
            transitions[f"{before} -> {after}"] = found
    print(json.dumps({
        "cases": len(cases),
        "malformed": malformed,
        "missing": {name: missing[name] for name in COLUMNS},
        "recorded": {
            "all": dict(Counter(recorded.values())),
            "segments": {
                segment: {
                    value: part(sum(r == "deny" for _, _, r, s in cases if s[segment] == value),
                                sum(s[segment] == value for _, _, _, s in cases))
                    for value in ("no", "yes")
                }
                for segment in SEGMENTS
            },
        },
        "releases": releases,
        # What agreement is worth: so much of it has who never reads a file.
        "always": {answer: part(sum(a == answer for a in recorded.values()), len(recorded)) for answer in ("deny", "grant")},
        "best": {
            "order": ranked,
            "toldApartBy": {
                "cases": len(told),
                "withBest": sum(recorded[n] == answers[best][n] for n in told),
                "withSecond": sum(recorded[n] == answers[second][n] for n in told),
            },
        },
        "transitions": transitions,
    }, indent=2, sort_keys=True))


if __name__ == "__main__":
    main(sys.argv[1:])
