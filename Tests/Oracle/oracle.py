#!/usr/bin/env python3
"""Holds ethos to an evaluator that shares nothing with it.

oracle.py ETHOS [--pairs N] [--every N] [--jobs N] [--seed S] [--only BATCH[:DECISION]] [--keep FOLDER]

Random pairs of decisions are written into identities; every case of small domains is decided here, and what ethos says of
the pairs is compared: the verdict of `diff`, its shares, the cases of every region and its witness; `replay` of all cases;
fingerprints; gaps and collisions of `check --decisions`; assertions of `test`; exported SQL on SQLite, and on DuckDB where
this Python has it.
Exit status: 0 when all agree, 1 when something does not, with the seed that shows it.
"""
import argparse
import csv
import itertools
import json
import multiprocessing
import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
from fractions import Fraction

sys.dont_write_bytecode = True

try:
    import duckdb
except ImportError:
    duckdb = None

import facts
import model
from language import NoDecision, TestReader, Unreadable, literal, plain

PER_BATCH = 20


class Batch:
    """One identity with some pairs of decisions, before and after."""

    def __init__(self, number, seed, ethos, folder, every):
        self.number, self.ethos, self.folder, self.every = number, ethos, folder, every
        self.random = random.Random(f"{seed}/{number}")
        self.wrong, self.counts = [], {}
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": folder, "GIT_CONFIG_NOSYSTEM": "1", "XDG_STATE_HOME": folder + "/state",
            "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
        for role in ("AUTHOR", "COMMITTER"):
            self.environment[f"GIT_{role}_NAME"], self.environment[f"GIT_{role}_EMAIL"] = "Ann Lee", "ann@bank.example"
            self.environment[f"GIT_{role}_DATE"] = "2026-03-01T09:00:00Z"
        self.identity = os.path.join(folder, "identity")

    def count(self, what, number=1):
        self.counts[what] = self.counts.get(what, 0) + number

    def say(self, decision, what):
        self.wrong.append(f"batch {self.number}, {decision}: {what}")

    # MARK: running

    def run(self, *command, statuses=(0, 1)):
        done = subprocess.run(command, cwd=self.identity, env=self.environment, capture_output=True, timeout=600)
        if done.returncode not in statuses:
            self.say(" ".join(command[1:4]), f"exit {done.returncode}: {done.stderr.decode()[:600]}")
            return None
        return done.stdout.decode()

    def answer(self, *arguments, statuses=(0, 1, 3)):
        text = self.run(self.ethos, *arguments, "--format", "json", statuses=statuses)
        try:
            return json.loads(text) if text else None
        except ValueError:
            self.say(arguments[0], f"no JSON: {text[:200]}")
            return None

    def write(self, path, text):
        path = os.path.join(self.identity, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)

    def commit(self, message):
        self.run("git", "add", "-A")
        self.run("git", "commit", "-qm", message, "-m", "As it was decided.")

    # MARK: making

    def make(self):
        chance = self.random
        self.before, self.after, self.assertions = {}, {}, {}
        self.limits = [{"l0": Fraction(2)}, {"l0": Fraction(2 if chance.random() < 0.6 else 3)}]
        for number in range(PER_BATCH):
            self.pair(f"d{number}", chance)

    def pair(self, id, chance):
        while True:
            own = [facts.fact(f"f{n}", chance) for n in range(chance.randint(1, 3))]
            limits = ["l0"] if chance.random() < 0.4 else []
            used = None
            # A chain: what it uses answers always, and with one word or number.
            if self.before and chance.random() < 0.25:
                fit = [d for d in self.before.values() if d.policy == "first" and d.default and len(d.outputs) == 1
                       and self.after[d.id].default and self.after[d.id].policy == "first" and d.depth < 2]
                used = chance.choice(fit) if fit else None
            if used:
                shared = {f.name: f for f in used.all_facts}
                own = [shared.get(f.name, f) for f in own]
            before = model.decision(id, own, chance, used, limits)
            before.depth = used.depth + 1 if used else 0
            if before.count() <= 400:
                break
        while True:
            after = model.changed(before, chance, lambda name: facts.fact(name, chance))
            if after.count() <= 400 and self.union(before, after) <= 2000:
                break
        after.depth = before.depth
        if used:
            after.used = self.after[used.id]
        self.before[id], self.after[id] = before, after

    def store(self):
        os.makedirs(self.identity)
        self.run("git", "init", "-q", "-b", "main")
        self.write("ethos.yaml", "ethos: 1\norganisation: Oracle\n")
        for side, decisions in ((0, self.before), (1, self.after)):
            for name, value in self.limits[side].items():
                self.write(f"limits/{name}.yaml", f"id: {name}\ntitle: A limit\natMost: {plain(value)}\nbecause: It is one.\n")
            for id, decision in decisions.items():
                extra = self.assertion(id, decision) if side == 1 else ()
                self.write(f"decisions/{id}.yaml", decision.text(extra))
            self.commit(["Begin", "Change"][side])

    def assertion(self, id, decision):
        """One assertion about the first output, with a condition on one fact."""
        if decision.policy in model.LISTS or decision.used:
            return ()
        output = decision.outputs[0]
        value = self.random.choice(output.words) if output.words else Fraction(self.random.randint(-1, 4))
        fact = self.random.choice(decision.facts)
        condition = model.test(fact, [fact], [], self.random)
        word = self.random.choice(["never", "never", "always"])
        self.assertions[id] = (word, output.name, value, fact.name, condition)

        def quoted(text):
            return "'" + text.replace("'", "''") + "'"

        return ["assert:", f"  - {{{word}: {{{output.name}: {quoted(literal(value))}}}, when: {{{fact.name}: {quoted(condition.text())}}}}}"]

    # MARK: deciding

    def decided(self, decision, side, case):
        try:
            return decision.decide(case, self.limits[side])
        except NoDecision as reason:
            return {"noDecision": str(reason)}

    def check(self):
        self.diff = self.answer("diff", "HEAD~1", "HEAD")
        bundles = [self.answer_bundle(revision) for revision in ("HEAD~1", "HEAD")]
        found = self.answer("check", "--decisions")
        tests = self.answer("test")
        if self.diff is None:
            return
        for id in self.before:
            table = [(case, self.decided(self.before[id], 0, case), self.decided(self.after[id], 1, case))
                     for case in self.cases(id)]
            self.count("pairs")
            self.count("cases", len(table))
            if [f.name for f in self.before[id].facts] != [f.name for f in self.after[id].facts] or self.is_retyped(id):
                self.count("pairs with other inputs")
            self.count("inputs read as others", len(self.renamed(id)))
            if table:
                self.check_diff(id, table)
            if bundles[0] and bundles[1]:
                self.check_fingerprint(id, table, bundles)
            if int(id[1:]) % self.every == 0 and not self.is_retyped(id) and not self.renamed(id):
                self.check_replay(id, table)
            own = table if self.has_same_inputs(id) else \
                [(case, None, self.decided(self.after[id], 1, case)) for case in self.after[id].cases()]
            if found:
                self.check_findings(id, own, found)
            if tests and id in self.assertions:
                self.check_assertion(id, own, tests)
            if int(id[1:]) % self.every == 0:
                self.check_sql(id, table)

    @staticmethod
    def union(before, after):
        """How many cases there are of the inputs of both."""
        count = before.count()
        for fact in after.facts:
            if fact.name not in {f.name for f in before.facts}:
                count *= len(fact.values)
        return count

    def renamed(self, id):
        """Which inputs are read as others of before, by the name that they have now."""
        change = self.change(id)
        notes = " ".join(change["behaviour"]["notes"] or []) if change else ""
        return dict(re.findall(r"`(\w+)` is read as what `(\w+)` was", notes))

    def change(self, id):
        return next((c for c in self.diff["changes"] if f"decision/{id}" in [c["commitment"], *c["also"]] and c["behaviour"]), None)

    def cases(self, id):
        """Every case of the inputs of both sides; of an input that is something else now, what it may be on both."""
        before, after = self.before[id].all_facts, self.after[id].all_facts
        known, new, renamed = {f.name: f for f in before}, {f.name: f for f in after}, self.renamed(id)
        def shared(fact):
            other = new.get(fact.name, fact)
            values = [v for v in fact.kind.values if v in other.kind.values]
            return values + ([None] if values and (fact.is_nullable or other.is_nullable) else [])

        sides = {f.name: shared(f) for f in before}
        sides.update({f.name: f.values for f in after if f.name not in known and f.name not in renamed})
        for values in itertools.product(*sides.values()):
            case = dict(zip(sides, values))
            yield dict(case, **{now: case[then] for now, then in renamed.items()})

    def has_same_inputs(self, id):
        return [(f.name, f.is_nullable) for f in self.before[id].all_facts] == [(f.name, f.is_nullable) for f in self.after[id].all_facts] \
            and not self.is_retyped(id)

    def is_retyped(self, id):
        """Whether an input of the same name may be something else now."""
        known = {f.name: f for f in self.before[id].all_facts}
        return any(f.name in known and (known[f.name].kind is not f.kind or known[f.name].is_nullable != f.is_nullable)
                   for f in self.after[id].all_facts)

    def answer_bundle(self, revision):
        text = self.run(self.ethos, "export", "bundle", "--at", revision)
        return json.loads(text) if text else None

    def plain_answer(self, answer):
        if isinstance(answer, list):
            return [self.plain_answer(a) for a in answer]
        return {name: plain(value) for name, value in answer.items()}

    def check_diff(self, id, table):
        change = self.change(id)
        differing = [(case, old, new) for case, old, new in table if old != new]
        if change is None:
            self.count("equal, or told as no change of behaviour")
            if differing:
                case, old, new = differing[0]
                self.say(id, f"no change of behaviour is told; {self.show(case)} was {old} and is {new}")
            return
        told = change["behaviour"]
        self.count(told["verdict"])
        if told["verdict"] == "equivalent" and differing:
            case, old, new = differing[0]
            self.say(id, f"proved equal; {self.show(case)} was {old} and is {new}")
        if told["verdict"] != "different":
            return
        kinds = {f.name: f.kind for d in (self.before[id], self.after[id]) for f in d.all_facts}
        for number, region in enumerate(told["regions"]):
            self.check_region(id, number, region, kinds, table)
        if self.is_retyped(id):
            return self.count("inputs of another type")
        if not differing and all(k.is_counted for k in kinds.values()):
            self.say(id, "told as different, and no case is")
        if told["complete"] and not told["moreRegions"]:
            for case, old, new in differing:
                inside = [self.inside(region, case, kinds) for region in told["regions"]]
                if not any(i is not False for i in inside):
                    self.say(id, f"no region has {self.show(case)}, which was {old} and is {new}")
                    break
        if told["share"] and all(k.is_counted for k in kinds.values()):
            whole = [(old, new) for case, old, new in table if None not in case.values()]
            share = Fraction(told["share"])
            self.count("shares")
            if whole and share != Fraction(sum(old != new for old, new in whole), len(whole)):
                self.say(id, f"share {told['share']}, counted {sum(o != n for o, n in whole)}/{len(whole)}")

    def show(self, case):
        return ", ".join(f"{n}={plain(v)!r}" for n, v in case.items())

    def inside(self, region, case, kinds):
        """Whether a case lies in a region; None where it cannot be said here."""
        if "read" not in region:
            region["read"] = self.read(region, kinds)
        if region["read"] is None:
            return None
        return all(test.holds(case[name], case) is True for name, test in region["read"])

    def read(self, region, kinds):
        if region["unless"]:
            return None
        tests = []
        for name, text in region["when"].items():
            if name not in kinds:
                return None
            try:
                tests.append((name, TestReader(text, kinds[name]).read()))
            except (Unreadable, ValueError, IndexError):
                self.say("a region", f"`{text}` cannot be read")
                return None
        return tests

    def check_region(self, id, number, region, kinds, table):
        self.count("regions")
        if not region["witness"]:
            # It is shown as what no case was found for, and nothing is claimed of it.
            self.count("regions without a case")
            if region["proven"]:
                self.say(id, f"region {number} has no case: {json.dumps(region['when'], ensure_ascii=False)}")
            return
        witness = self.witness(region["witness"], kinds, {f.name: f.values for d in (self.before[id], self.after[id]) for f in d.all_facts})
        if witness is not None:
            witness.update({now: witness[then] for now, then in self.renamed(id).items() if then in witness})
        if witness is None:
            return self.say(id, f"the case of region {number} cannot be read: {region['witness']}")
        old, new = self.decided(self.before[id], 0, witness), self.decided(self.after[id], 1, witness)
        if old == new:
            self.say(id, f"the case of region {number} is decided alike: {self.show(witness)}: {old}")
        # Where formulas answer, the case says what it gets, and speaks for itself alone.
        before, after = (region["before"], region["after"]) if region["whole"] else \
            (region["witnessBefore"], region["witnessAfter"])
        if old != new and (self.told(before) != self.plain_answer(old) or self.told(after) != self.plain_answer(new)):
            self.say(id, f"the case {self.show(witness)} of region {number} was {self.plain_answer(old)} and is {self.plain_answer(new)}; "
                         f"told: {before}, {after}")
        if self.inside(region, witness, kinds) is False:
            self.say(id, f"region {number} does not have its own case {self.show(witness)}: {region['when']}")
        for case, old, new in table if region["whole"] else []:
            if self.inside(region, case, kinds) is True and region["proven"]:
                if old == new:
                    self.say(id, f"region {number} has {self.show(case)}, which is decided alike: {old}")
                    break
                if self.told(region["before"]) != self.plain_answer(old) or self.told(region["after"]) != self.plain_answer(new):
                    self.say(id, f"region {number} has {self.show(case)}, which was {self.plain_answer(old)} and is {self.plain_answer(new)}; "
                                 f"told: {region['before']}, {region['after']}")
                    break

    def witness(self, told, kinds, nullable):
        """The case that a region names; texts stand there as they are."""
        result = {}
        for name, kind in kinds.items():
            text = told.get(name)
            try:
                # A missing fact stands there as `null`; the text, where it is declared, has its quotation marks.
                if text is None or text == "null" and None in nullable.get(name, ()):
                    result[name] = None
                elif kind.type == "string":
                    quoted = len(text) > 1 and text[0] == text[-1] == '"'
                    result[name] = TestReader(text, kind).quoted() if quoted else None if text == "null" and not kind.allowed else text
                else:
                    result[name] = TestReader(text, kind).constant()
            except (Unreadable, ValueError, IndexError):
                return None
        return result

    def told(self, answer):
        """An answer of a region as this has it."""
        if isinstance(answer, dict):
            return {k: v if isinstance(v, (str, list)) else plain(v) for k, v in answer.items()}
        return answer

    def check_fingerprint(self, id, table, bundles):
        prints = [next((e["fingerprint"] for e in b["entries"] if e["kind"] == "decision" and e["id"] == id), None) for b in bundles]
        if prints[0] is None or prints[1] is None:
            return self.say(id, "no fingerprint in the bundle")
        if prints[0] == prints[1]:
            self.count("equal fingerprints")
            differing = [(c, o, n) for c, o, n in table if o != n]
            if differing:
                self.say(id, f"equal fingerprints; {self.show(differing[0][0])} was {differing[0][1]} and is {differing[0][2]}")

    def check_replay(self, id, table):
        names = list(table[0][0]) if table else []
        path = os.path.join(self.folder, f"{id}.csv")
        # A text that is empty cannot be told from one that is missing in such a file.
        rows = [row for row in table if "" not in row[0].values()]
        if not rows:
            return
        with open(path, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(names)
            writer.writerows([[plain(case[n]) for n in names] for case, _, _ in rows])
        told = self.answer("replay", path, "--decision", id, "--from", "HEAD~1", "--to", "HEAD")
        if told is None:
            return
        self.count("replays")
        flipped = sum(old != new for _, old, new in rows)
        if told["cases"] != len(rows) or told["malformed"] or told["incomplete"]:
            self.say(id, f"replay has {told['cases']} cases, {told['malformed']} malformed, {told['incomplete']} incomplete, of {len(rows)}")
        elif told["flipped"] != flipped:
            self.say(id, f"replay flips {told['flipped']}, counted {flipped}")

    def check_findings(self, id, table, found):
        codes = [d["code"] for d in found["diagnostics"] if d["file"] == f"decisions/{id}.yaml"]
        decision = self.after[id]
        unsettled = "analysis-incomplete" in codes
        gap = collision = None
        for case, _, _ in table:
            known = {name: case.get(name) for name in decision.columns if name in case}
            known.update({n: self.limits[1][n] for n in decision.limits})
            if decision.used:
                inner = self.decided(decision.used, 1, case)
                if "noDecision" in inner:
                    continue
                known[decision.used.id] = next(iter(inner.values()))
            hits = [r for r in decision.rules if all(t.holds(known[c], known) is True for c, t in zip(decision.columns, r.tests))]
            if not hits:
                gap = gap or case
            if len(hits) > 1 and (decision.policy == "unique" or decision.policy == "any" and self.decided(decision, 1, case) == {"noDecision": "conflict"}):
                collision = collision or case
        if decision.default is None and decision.policy in model.SINGLE and gap and not unsettled and "decision-gap" not in codes:
            self.say(id, f"check finds no gap at {self.show(gap)}: {codes}")
        if collision and not unsettled and not any(c in codes for c in ("decision-collision", "rules-overlap", "rules-collide", "decision-overlap", "rule-overlap", "rule-conflict")):
            self.say(id, f"check finds no collision at {self.show(collision)}: {codes}")
        counted = all(f.kind.is_counted for f in decision.all_facts)
        if counted and not gap and "decision-gap" in codes:
            self.say(id, "check finds a gap where there is none")

    def check_assertion(self, id, table, tests):
        word, output, value, fact, condition = self.assertions[id]
        told = next((t for t in tests["tests"] if t["decision"] == f"decision/{id}"), None)
        if told is None:
            return self.say(id, "the assertion was not run")
        meant = [(case, new) for case, _, new in table if condition.holds(case[fact], case) is True]
        def breaks(new):
            answered = new.get(output) == value
            return answered if word == "never" else not answered
        broken = [case for case, new in meant if breaks(new)]
        self.count(f"assertions {told['verdict']}")
        if broken and told["verdict"] == "passed":
            self.say(id, f"the assertion {told['title']} passes; {self.show(broken[0])} breaks it")
        if not broken and told["verdict"] == "failed" and all(f.kind.is_counted for f in self.after[id].all_facts):
            self.say(id, f"the assertion {told['title']} fails at {told['witness']}; no case breaks it")

    def check_sql(self, id, table):
        if not self.has_same_inputs(id):
            return
        names = list(table[0][0])
        rows = [row for row in table if "" not in row[0].values()]
        cases = [[None if case[n] is None else plain(case[n]) for n in names] for case, _, _ in rows]
        for dialect, ask in ENGINES:
            text = subprocess.run(
                [self.ethos, "export", "sql", "--decision", id, "--from", "HEAD~1", "--to", "HEAD", "--dialect", dialect],
                cwd=self.identity, env=self.environment, capture_output=True)
            if text.returncode != 0:
                self.count(f"no SQL for {dialect}")
                continue
            try:
                answer = ask(names, cases, text.stdout.decode().rstrip().rstrip(";"))
            except Exception as error:
                self.say(id, f"{dialect}: {error}")
                continue
            self.count(f"SQL on {dialect}")
            decided = [r for r in answer if r[0] == "decided"]
            if sum(r[3] for r in decided) != len(rows):
                self.say(id, f"{dialect} decides {sum(r[3] for r in decided)} of {len(rows)}: {answer[:4]}")
                continue
            flipped = sum(r[3] for r in decided if r[1] != r[2])
            if flipped != sum(old != new for _, old, new in rows):
                self.say(id, f"{dialect} flips {flipped}, counted {sum(o != n for _, o, n in rows)}")


def ask_sqlite(names, cases, query):
    base = sqlite3.connect(":memory:")
    base.execute("create table cases (" + ", ".join(f'"{n}" text' for n in names) + ")")
    base.executemany("insert into cases values (" + ",".join("?" * len(names)) + ")", cases)
    return base.execute(query).fetchall()


def ask_duckdb(names, cases, query):
    base = duckdb.connect(":memory:", config={"threads": 1})
    base.execute("create table cases (" + ", ".join(f'"{n}" varchar' for n in names) + ")")
    # One statement: it takes rows slowly one by one.
    places = ", ".join("(" + ",".join("?" * len(names)) + ")" for _ in cases)
    if cases:
        base.execute(f"insert into cases values {places}", [value for case in cases for value in case])
    return base.execute(query).fetchall()


ENGINES = [("sqlite", ask_sqlite)] + ([("duckdb", ask_duckdb)] if duckdb else [])


def bare(cell):
    """A cell without what only layout is."""
    return "".join(c for c in cell if c not in " ()") if '"' not in cell else cell.replace(" ", "")


class Merges:
    """Two edits of the same decisions, merged by git with ethos as its driver: what is written without a conflict decides
    every case as one of the sides does."""

    def __init__(self, batch):
        self.batch, self.random = batch, batch.random

    def check(self):
        batch = self.batch
        batch.identity = os.path.join(batch.folder, "merges")
        base, ours, theirs = {}, {}, {}
        for number in range(PER_BATCH):
            while True:
                own = [facts.fact(f"f{n}", self.random) for n in range(self.random.randint(1, 3))]
                made = model.decision(f"m{number}", own, self.random)
                if made.count() <= 300 and len(made.rules) > 2:
                    break
            base[made.id], ours[made.id], theirs[made.id] = made, self.edited(made), self.edited(made)
        os.makedirs(batch.identity)
        batch.run("git", "init", "-q", "-b", "main")
        batch.write("ethos.yaml", "ethos: 1\norganisation: Oracle\n")
        self.state(base, "Begin")
        os.makedirs(os.path.join(batch.folder, "bin"), exist_ok=True)
        os.symlink(batch.ethos, os.path.join(batch.folder, "bin", "ethos"))
        batch.environment["PATH"] = os.path.join(batch.folder, "bin") + ":" + os.environ["PATH"]
        batch.run(batch.ethos, "driver", "install")
        batch.commit("Driver")
        batch.run("git", "switch", "-qc", "theirs")
        self.state(theirs, "Theirs")
        batch.run("git", "switch", "-q", "main")
        self.state(ours, "Ours")
        batch.run("git", "merge", "-q", "theirs", "-m", "Merge")
        conflicts = set((batch.run("git", "diff", "--name-only", "--diff-filter=U") or "").split())
        for id in base:
            path = f"decisions/{id}.yaml"
            if path in conflicts:
                batch.count("merge conflicts")
                continue
            batch.count("merges")
            with open(os.path.join(batch.identity, path), encoding="utf-8") as file:
                text = file.read()
            try:
                merged = self.read(text, [base[id], ours[id], theirs[id]])
            except (KeyError, ValueError, IndexError) as error:
                batch.say(id, f"the merged file has what no side has: {error!r}")
                continue
            for case in base[id].cases():
                o, t, m = (batch.decided(d, 0, case) for d in (ours[id], theirs[id], merged))
                if m != o and m != t:
                    batch.say(id, f"merged decides {batch.show(case)} as neither side: {o}, {t}, merged {m}")
                    break

    def edited(self, decision):
        """Small edits, as people make them, so that many merge."""
        after = decision.copy()
        for _ in range(self.random.randint(0, 2)):
            row = self.random.randrange(len(after.rules))
            new = model.rule(after, self.random)
            roll = self.random.randrange(5)
            if roll == 0:
                after.rules[row].answers = new.answers
            elif roll == 1:
                column = self.random.randrange(len(new.tests))
                after.rules[row].tests[column] = new.tests[column]
            elif roll == 2:
                after.rules.insert(row, new)
            elif roll == 3 and len(after.rules) > 1:
                del after.rules[row]
            elif after.policy not in model.LISTS:
                after.default = [model.formula(o, after.facts, [], self.random, True) for o in after.outputs]
        return after

    def state(self, decisions, message):
        for id, decision in decisions.items():
            self.batch.write(f"decisions/{id}.yaml", decision.text())
        self.batch.commit(message)

    def read(self, text, sides):
        """The merged file by the cells of the sides, which it is made of."""
        tests, answers, defaults = {}, {}, {}
        for side in sides:
            for rule in side.rules:
                tests.update({bare(t.text()): t for t in rule.tests})
                answers.update({bare(a.text()): a for a in rule.answers})
            for formula in side.default or []:
                defaults[formula.text()] = formula
        result = sides[0].copy()
        result.rules, result.default = [], None
        lines = text.split("\n")
        start = lines.index("rules: |") + 3
        for line in lines[start:]:
            if not line.startswith("  |"):
                break
            cells = [c.strip() for c in line.strip()[1:-1].split(" | ")]
            count = len(result.facts)
            result.rules.append(model.Rule([tests[bare(c)] for c in cells[:count]], [answers[bare(c)] for c in cells[count:]]))
        for line in lines:
            if line.startswith("default: {"):
                found = []
                for output in result.outputs:
                    rest = line.split(f"{output.name}: ", 1)[1]
                    if rest.startswith("'"):
                        rest = rest[1:]
                        end = rest.index("', ") if "', " in rest else rest.index("'}")
                        found.append(defaults[rest[:end].replace("''", "'")])
                    else:
                        found.append(defaults[rest.replace("}", ",").split(",")[0]])
                result.default = found
        return result


def batch(arguments):
    """What disagrees in one batch, and how often what was asked."""
    number, seed, ethos, keep, every = arguments
    with tempfile.TemporaryDirectory() as folder:
        made = Batch(number, seed, ethos, keep or folder, every)
        made.make()
        made.store()
        made.check()
        Merges(made).check()
        return made.wrong, made.counts


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("ethos")
    parser.add_argument("--pairs", type=int, default=1000)
    parser.add_argument("--every", type=int, default=1, help="replay and query each of so many pairs alone")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--only")
    parser.add_argument("--keep")
    options = parser.parse_args()
    only = options.only.split(":") if options.only else None
    numbers = [int(only[0])] if only else range(-(-options.pairs // PER_BATCH))
    work = [(n, options.seed, os.path.abspath(options.ethos), options.keep, options.every) for n in numbers]
    counts, wrong = {}, []
    with multiprocessing.Pool(1 if only else options.jobs) as pool:
        for lines, made in pool.imap(batch, work):
            for name, count in made.items():
                counts[name] = counts.get(name, 0) + count
            for line in lines:
                if not only or len(only) < 2 or f" {only[1]}:" in line:
                    print(line, flush=True)
                    wrong.append(line)
        # They end by themselves: who blocks signals, as a runner of tests may, could not end them.
        pool.close()
        pool.join()
    print(", ".join(f"{count} {name}" for name, count in sorted(counts.items())))
    if wrong:
        print(f"{len(wrong)} disagree; each again with --seed {options.seed} --only BATCH:DECISION --keep FOLDER")
        sys.exit(1)


if __name__ == "__main__":
    main()
