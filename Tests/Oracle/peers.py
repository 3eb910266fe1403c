#!/usr/bin/env python3
"""Holds what `ethos export dmn` writes to other engines: the tables of the templates, and random ones.

peers.py ETHOS [--tables N] [--seed S] [--only PEER] [--keep FOLDER]

Each table is exported, given to every engine that is installed and claims what stands in it, and decided there and by
ethos, case by case. What an engine does not claim it is not asked. Where one that claims a thing does it otherwise than
the standard, that is a line of its `LACKS`, with an example: an example that no longer differs is an error too.
Exit status: 0 when all agree, 1 when something does not, 77 when no engine is installed.
"""
import argparse
import contextlib
import datetime
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from fractions import Fraction
from types import SimpleNamespace
from xml.etree import ElementTree

sys.dont_write_bytecode = True

import facts
import model
from language import (
    Against, AnyOf, Anything, Arithmetic, Between, Call, Choice, Comparison, Constant, Name, NoDecision, Not, Span, TestReader, Where,
    literal, plain)

PER_BATCH = 50
CASES = 24
DMN = "https://www.omg.org/spec/DMN/20230324/MODEL/"
NAMESPACE = {"": DMN}


# MARK: a table as it was exported


class Table:
    """What other engines are told: the first decision table of a model, its names, and the limits that it uses."""

    def __init__(self, id, text):
        self.id, self.text = id, text
        root = ElementTree.fromstring(text)
        self.limits, self.tables = {}, 0
        for decision in root.findall("decision", NAMESPACE):
            table = decision.find("decisionTable", NAMESPACE)
            constant = decision.find("literalExpression/text", NAMESPACE)
            if table is None:
                self.limits[decision.find("variable", NAMESPACE).get("name")] = constant.text
                continue
            self.tables += 1
            if decision.get("id") != id:
                continue
            self.policy = " ".join([table.get("hitPolicy", "UNIQUE")] + [a for a in [table.get("aggregation")] if a]).lower()
            self.inputs = [(i.findtext("inputExpression/text", None, NAMESPACE), i.find("inputExpression", NAMESPACE).get("typeRef"),
                            i.findtext("inputValues/text", None, NAMESPACE)) for i in table.findall("input", NAMESPACE)]
            self.variable = decision.find("variable", NAMESPACE).get("name")
            self.outputs = [(o.get("name") or o.get("label"), o.get("typeRef"),
                             o.findtext("defaultOutputEntry/text", None, NAMESPACE), o.findtext("outputValues/text", None, NAMESPACE))
                            for o in table.findall("output", NAMESPACE)]
            self.rules = [([e.findtext("text", "", NAMESPACE) for e in rule.findall("inputEntry", NAMESPACE)],
                           [e.findtext("text", "", NAMESPACE) for e in rule.findall("outputEntry", NAMESPACE)])
                          for rule in table.findall("rule", NAMESPACE)]

    def cases(self, chance):
        """Some cases: every allowed word, and around each number that stands somewhere."""
        sides = []
        for column, (name, type, allowed) in enumerate(self.inputs):
            texts = [tests[column] for tests, _ in self.rules] + [allowed or ""] + list(self.limits.values())
            kind = {"boolean": facts.Boolean, "string": facts.Texts, "number": facts.Free}[type]()
            if type == "boolean":
                values = [True, False]
            elif type == "string":
                values = sorted({w for t in texts for w in re.findall(r'"([^"]*)"', t)})
            else:
                numbers = {Fraction(n) for t in texts for n in re.findall(r"-?\d+(?:\.\d+)?", t)}
                values = sorted({n + d for n in numbers for d in (-1, 0, 1)})
            if allowed:
                test = TestReader(allowed, kind).read()
                values = [v for v in values if test.holds(v, {}) is True]
            sides.append(values)
        return [dict(zip([i[0] for i in self.inputs], [chance.choice(side) for side in sides])) for _ in range(CASES)]

    def typed(self, outcome):
        """What `ethos decide` answered, as values."""
        types = {o[0]: o[1] for o in self.outputs}
        if isinstance(outcome, list):
            return [self.typed(o) for o in outcome]
        if not isinstance(outcome, dict):
            outcome = {self.outputs[0][0]: outcome}
        return {n: Fraction(v) if types.get(n) == "number" and isinstance(v, str) else v for n, v in outcome.items()}

    def is_list(self):
        return self.policy in ("collect", "rule order", "output order")


def named(text, names):
    """A cell with other words for names, outside of texts."""
    if not names:
        return text
    pattern = "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))
    return re.sub(r'"(?:[^"\\]|\\.)*"|\b(?:' + pattern + r")\b", lambda m: names.get(m.group(0), m.group(0)), text)


def native(value):
    """A value as Python's programs have it."""
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(value)
    if isinstance(value, Span):
        return datetime.timedelta(seconds=float(value.amount))
    return value


def shown(answer, policy):
    """An answer in ethos' words."""
    if answer is None or "noDecision" in answer:
        return "no decision"
    if isinstance(answer, list):
        items = [literal(next(iter(a.values()))) if len(a) == 1 else
                 "{" + ", ".join(f"{n}: {literal(v)}" for n, v in a.items()) + "}" for a in answer]
        return "[" + "; ".join(i[1:-1] if i[0] == '"' else i for i in items) + "]"
    if len(answer) == 1 or policy.startswith("collect "):
        return plain(next(iter(answer.values())))
    return ", ".join(f"{n} {plain(v)}" for n, v in answer.items())


def exact(value):
    """What an engine answered, as a value."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, (int, float)):
        return Fraction(value).limit_denominator(10 ** 9)
    return value


# MARK: engines


class Peer:
    """An engine. `test`, `formula` and `claims` say what it claims to read of a random table, `cells` and `reads` of a template's."""

    name = package = cells = None
    policies = []
    kinds = [facts.Boolean, facts.Words, facts.Whole, facts.Stepped, facts.Dense, facts.Free]
    uses_limits = True
    has_defaults = True

    def test(self, test, fact):
        raise NotImplementedError

    def formula(self, formula):
        raise NotImplementedError

    def claims(self, decision):
        return decision.policy in self.policies and (self.has_defaults or decision.default is None) \
            and (self.uses_limits or not decision.limits) and all(type(f.kind) in self.kinds for f in decision.facts) \
            and all(self.test(t, f) for r in decision.rules for t, f in zip(r.tests, decision.facts)) \
            and all(self.formula(f) for r in decision.rules for f in r.answers) \
            and all(self.formula(f) for f in decision.default or [])

    def reads(self, table):
        """Whether an engine claims a table by what stands in it."""
        return table.policy in self.policies and (self.has_defaults or all(o[2] is None for o in table.outputs)) \
            and all(re.fullmatch(self.cells, named(t, table.limits)) for tests, _ in table.rules for t in tests)

    def ready(self, table):
        """A function from a case to an answer, as `Decision.decide` gives one; None where nothing is decided."""
        raise NotImplementedError


def is_simple(formula, *more):
    return isinstance(formula, (Constant, Name, *more))


class Spiff(Peer):
    """SpiffWorkflow: cells are comparisons and values in Python; one decision with the policies UNIQUE and COLLECT."""

    name, package = "SpiffWorkflow", "SpiffWorkflow"
    policies = ["unique", "collect"]
    has_defaults = False
    cells = r'-|(?:[<>]=?\s*)?(?:"[^"]*"|-?\d+(?:\.\d+)?|true|false)'

    def test(self, test, fact):
        if isinstance(test, Against):
            return is_simple(test.formula)
        return isinstance(test, Anything) or isinstance(test, Where)

    def formula(self, formula):
        return is_simple(formula, Arithmetic) or isinstance(formula, Call) and formula.function in ("min", "max", "abs")

    def ready(self, table):
        from lxml import etree
        from SpiffWorkflow.bpmn.script_engine.python_engine import PythonScriptEngine
        from SpiffWorkflow.bpmn.script_engine.python_environment import TaskDataEnvironment
        from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine
        from SpiffWorkflow.dmn.parser.DMNParser import DMNParser

        names = {n: f"n{i}_" for i, (n, *_) in enumerate(table.inputs)}
        names.update(table.limits)
        root = ElementTree.fromstring(table.text)
        for decision in root.findall("decision", NAMESPACE):
            if decision.get("id") != table.id:
                root.remove(decision)
        place = root.find(".//decisionTable", NAMESPACE)
        for part in place.findall("annotation", NAMESPACE):
            place.remove(part)
        # It takes the ids for required, which the standard does not, and the names of facts for Python's.
        for number, part in enumerate(place.iter()):
            part.set("id", part.get("id") or f"i{number}")
        for text in place.iter(f"{{{DMN}}}text"):
            text.text = named(text.text or "", names)
        model = ElementTree.tostring(root, encoding="unicode").replace(DMN, "https://www.omg.org/spec/DMN/20191111/MODEL/")
        parser = DMNParser(None, etree.fromstring(model), {"dmn": "https://www.omg.org/spec/DMN/20191111/MODEL/"})
        parser.parse()
        engine = DMNEngine(parser.decision.decisionTables[0])
        script = PythonScriptEngine(TaskDataEnvironment({"true": True, "false": False, "null": None, "min": min, "max": max, "abs": abs}))

        def decide(case):
            data = {names[n]: native(v) for n, v in case.items()}
            result = engine.result(SimpleNamespace(data=data, workflow=SimpleNamespace(script_engine=script)))
            if not result:
                return None
            if not table.is_list():
                return {n: exact(v) for n, v in result.items()}
            return [dict(zip(result, map(exact, values))) for values in zip(*result.values())]

        return decide


class Rules(Peer):
    """pyDMNrules, whose cells are evaluated by pySFeel: S-FEEL, every hit policy."""

    name, package = "pyDMNrules", "pyDMNrules"
    policies = model.SINGLE + model.LISTS + model.AGGREGATES
    cells = ".*"
    kinds = Peer.kinds + [facts.Texts, facts.Days, facts.FreeDays, facts.Times, facts.Moments, facts.Spans]

    def test(self, test, fact):
        if isinstance(test, (Against, Not, AnyOf)):
            return all(is_simple(t.formula) if isinstance(t, Against) else self.test(t, fact)
                       for t in getattr(test, "tests", [test]))
        return isinstance(test, (Anything, Between))

    def formula(self, formula):
        return is_simple(formula, Arithmetic) or isinstance(formula, Call) and formula.function in ("min", "max", "abs")

    def ready(self, table):
        import pyDMNrules

        text = re.sub(r"(?s)<annotationEntry>.*?</annotationEntry>|<annotation [^>]*/>", "", table.text)
        if len(table.outputs) > 1:
            # It gives each output the name of the decision's variable.
            text = re.sub(f'<variable name="{re.escape(table.variable)}"[^>]*/>', "", text)
        engine = pyDMNrules.DMN()
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            problems = engine.useXML(text)
        if problems.get("errors"):
            raise ValueError(str(problems["errors"])[:300])

        def decide(case):
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                status, told = engine.decide({n: native(v) for n, v in case.items()})
            if status.get("errors"):
                if all(e.startswith("No rules matched") for e in status["errors"]):
                    return None
                raise ValueError(str(status["errors"])[:300])
            result = (told[-1] if isinstance(told, list) else told)["Result"]
            names = [table.variable] if len(table.outputs) == 1 else [o[0] for o in table.outputs]
            if not table.is_list():
                return {o[0]: exact(result[n]) for o, n in zip(table.outputs, names)}
            return [dict(zip([o[0] for o in table.outputs], map(exact, values))) for values in zip(*[result[n] for n in names])]

        return decide


class Zen(Peer):
    """GoRules' zen-engine: its own model, JDM, to which a table is translated cell by cell; FIRST and COLLECT."""

    name, package = "zen-engine", "zen"
    policies = ["first", "collect"]
    cells = r"(?!not\().*"
    kinds = Peer.kinds + [facts.Texts]

    def test(self, test, fact):
        if isinstance(test, AnyOf):
            return all(isinstance(t, (Against, Between)) and self.test(t, fact) for t in test.tests)
        return isinstance(test, (Anything, Between)) or isinstance(test, Against) and is_simple(test.formula)

    def formula(self, formula):
        return is_simple(formula, Arithmetic) or isinstance(formula, Call) and formula.function == "abs"

    def ready(self, table):
        import zen

        names = {n: f"n{i}_" for i, (n, *_) in enumerate(table.inputs)}
        words = {**names, **table.limits}
        outputs = [(f"o{i}_", o) for i, o in enumerate(table.outputs)]
        rules = [(tests, answers) for tests, answers in table.rules]
        if table.outputs[0][2] is not None:
            rules.append((["-"] * len(table.inputs), [o[2] for o in table.outputs]))
        content = {
            "hitPolicy": table.policy,
            "inputs": [{"id": f"i{i}", "name": n, "field": names[n]} for i, (n, *_) in enumerate(table.inputs)],
            "outputs": [{"id": key, "name": o[0], "field": key} for key, o in outputs],
            "rules": [{"_id": f"r{number}", **{f"i{i}": "" if t == "-" else named(t, words) for i, t in enumerate(tests)},
                       **{key: named(a, words) for (key, _), a in zip(outputs, answers)}}
                      for number, (tests, answers) in enumerate(rules)],
        }
        nodes = [("i", "inputNode", None), ("t", "decisionTableNode", content), ("o", "outputNode", None)]
        document = {
            "nodes": [{"id": id, "type": kind, "name": id, "position": {"x": 0, "y": 0}, **({"content": c} if c else {})}
                      for id, kind, c in nodes],
            "edges": [{"id": a + b, "sourceId": a, "targetId": b, "type": "edge"} for a, b in ("it", "to")],
        }
        decision = zen.ZenEngine().create_decision(json.dumps(document))

        def decide(case):
            result = decision.evaluate({names[n]: native(v) for n, v in case.items()})["result"]
            if not result:
                return None
            rows = [{o[0]: exact(row[key]) for key, o in outputs} for row in (result if isinstance(result, list) else [result])]
            return rows if table.is_list() else rows[0]

        return decide


PEERS = [Spiff(), Rules(), Zen()]


# MARK: ethos


class Identity:
    """Decisions in a folder, exported and decided by ethos: a case is an example of its decision."""

    def __init__(self, ethos, folder):
        self.ethos, self.folder = ethos, folder
        self.environment = {"PATH": os.environ["PATH"], "HOME": folder, "NO_COLOR": "1", "LC_ALL": "C.UTF-8",
                            "GIT_CONFIG_NOSYSTEM": "1", "XDG_STATE_HOME": os.path.join(folder, ".state")}
        os.makedirs(folder, exist_ok=True)
        subprocess.run(["git", "init", "-q", folder], env=self.environment, check=True)

    def run(self, *arguments, statuses=(0, 1)):
        done = subprocess.run([self.ethos, *arguments], cwd=self.folder, env=self.environment, capture_output=True, text=True)
        if done.returncode not in statuses:
            raise SystemExit(f"ethos {' '.join(arguments)}: {done.stderr[:2000]}")
        return done.stdout

    def write(self, path, text):
        path = os.path.join(self.folder, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)

    def exported(self, id):
        return Table(id, self.run("export", "dmn", id))

    def outcome(self, id, case):
        """An answer; None where the case may not be so, as where it is between two steps."""
        text = self.run("decide", id, *(f"{n}={literal(v)}" for n, v in case.items()), "--format", "json", statuses=(0, 1, 2))
        return json.loads(text)["outcome"] if text else None

    def answers(self, asked):
        """What ethos decides, in its words: of (decision, case, what is expected) each."""
        told = json.loads(self.run("test", "--format", "json"))["tests"]
        found = {(t["decision"], t["number"]): t for t in told if t["kind"] == "example"}
        numbers, result = {}, []
        for id, expected in asked:
            numbers[id] = number = numbers.get(id, 0) + 1
            test = found[f"decision/{id}", number]
            result.append(expected if test["verdict"] == "passed" else test["detail"])
        return result


def told(detail):
    """What is decided, out of the sentence of an example that is decided otherwise."""
    text = detail.removeprefix("it is decided ")
    if text.startswith("no decision"):
        return "no decision"
    return re.sub(r" by #\d+(, #\d+)*(: .*)?$", "", text)


# MARK: comparing


class Run:
    """Counts and differences, by engine."""

    def __init__(self, ethos, peers, folder):
        self.ethos, self.peers, self.folder = ethos, peers, folder
        self.counts = {p.name: dict.fromkeys(("tables", "cases", "known"), 0) for p in peers}
        self.wrong = []

    def say(self, peer, what):
        self.wrong.append(f"{peer}: {what}")
        print(self.wrong[-1], flush=True)

    def compare(self, peer, table, cases, answers, excuse=lambda case: None, where=""):
        """What an engine decides otherwise; the first case of each table is told."""
        count = self.counts[peer.name]
        count["tables"] += 1
        try:
            decide = peer.ready(table)
        except Exception as error:
            reason = excuse(None)
            count["known"] += reason is not None
            return reason or self.say(peer.name, f"{where}{table.id} cannot be read: {error!r}"[:400])
        is_told = False
        for case, answer in zip(cases, answers):
            count["cases"] += 1
            try:
                other = shown(decide(case), table.policy)
            except Exception as error:
                other = f"refused: {error!r}"[:300]
            if other == answer:
                continue
            if excuse(case):
                count["known"] += 1
            elif not is_told:
                is_told = True
                self.say(peer.name, f"{where}{table.id} ({table.policy}), {', '.join(f'{n}={plain(v)!r}' for n, v in case.items())}: "
                                    f"ethos {answer}, and there {other}")

    # MARK: random tables

    def batch(self, number, count, seed, only):
        chance = random.Random(f"{seed}/{number}")
        identity = Identity(self.ethos, os.path.join(self.folder, f"batch{number}"))
        identity.write("ethos.yaml", "ethos: 1\norganisation: Peers\n")
        identity.write("limits/l0.yaml", "id: l0\ntitle: A limit\natMost: 2\nbecause: It is one.\n")
        limits = {"l0": Fraction(2)}
        made, asked = [], []
        for place in range(count):
            decision = drawn(f"d{place}", self.peers[place % len(self.peers)], chance)
            cases = [c for c in decision.cases() if "" not in c.values() and any(v is not None for v in c.values())]
            cases = chance.sample(cases, min(CASES, len(cases)))
            answers = [decided(decision, case, limits) for case in cases]
            identity.write(f"decisions/{decision.id}.yaml", decision.text(examples(decision, cases, answers)))
            made.append((decision, cases))
            asked += [(decision.id, shown(a, decision.policy)) for a in answers]
        found = iter([a if a == e else told(a) for a, (_, e) in zip(identity.answers(asked), asked)])
        expected = iter([e for _, e in asked])
        for decision, cases in made:
            answers = [next(found) for _ in cases]
            for case, answer, other in zip(cases, answers, [next(expected) for _ in cases]):
                if answer != other:
                    self.say("ethos", f"batch {number}, {decision.id}, {case}: ethos {answer}, and the standard {other}")
                    break
            claiming = [p for p in self.peers if p.claims(decision) and only in (None, p.name)]
            table = identity.exported(decision.id) if claiming else None
            for peer in claiming:
                self.compare(peer, table, cases, answers, lambda case: lack(peer, decision, case, case and decided(decision, case, limits)),
                             f"batch {number}, ")


    # MARK: the tables of the templates

    def templates(self, folder, seed, only):
        chance = random.Random(seed)
        for name in sorted(os.listdir(folder)):
            source = os.path.join(folder, name, "identity")
            if not os.path.isdir(source):
                continue
            place = os.path.join(self.folder, name)
            shutil.copytree(source, place)
            identity = Identity(self.ethos, place)
            for file in sorted(os.listdir(os.path.join(place, "decisions"))):
                table = identity.exported(file.removesuffix(".yaml"))
                asked = [(case, identity.outcome(table.id, case)) for case in table.cases(chance)]
                cases = [case for case, outcome in asked if outcome is not None]
                answers = [shown(table.typed(outcome), table.policy) for _, outcome in asked if outcome is not None]
                for peer in self.peers:
                    if only in (None, peer.name) and peer.reads(table):
                        self.compare(peer, table, cases, answers, lambda case: known_of_table(peer, table), f"template {name}, ")

    # MARK: what is known

    def known(self, lacks):
        """Each example of a lack is still decided otherwise."""
        identity = Identity(self.ethos, os.path.join(self.folder, "known"))
        identity.write("ethos.yaml", "ethos: 1\norganisation: Peers\n")
        for number, lack in enumerate(lacks):
            peer = next((p for p in self.peers if p.name == lack.peer), None)
            if not peer:
                continue
            lack.decision.id = f"example{number}"
            answer = decided(lack.decision, lack.case, {})
            right = shown(answer, lack.decision.policy)
            # A case has to have a fact.
            is_asked = any(v is not None for v in lack.case.values())
            lines = examples(lack.decision, [lack.case], [answer]) if is_asked else []
            identity.write(f"decisions/{lack.decision.id}.yaml", lack.decision.text(lines))
            if is_asked:
                found = identity.answers([(lack.decision.id, right)])[0]
                if found != right and told(found) != right:
                    self.say("ethos", f"{lack.reason}: ethos {found}, and the standard {right}")
            table = identity.exported(lack.decision.id)
            try:
                other = shown(peer.ready(table)(lack.case), table.policy)
            except Exception:
                continue
            if other == right:
                self.say(lack.peer, f"no longer so, take it out of the list: {lack.reason}")
            if not lack.excuses(lack.decision, lack.case, answer):
                self.say(lack.peer, f"its own example is not what it is about: {lack.reason}")


def decided(decision, case, limits):
    try:
        return decision.decide(case, limits)
    except NoDecision as reason:
        return {"noDecision": str(reason)}


def examples(decision, cases, answers):
    """The lines of a decision's file that ask for these cases."""
    def quoted(value):
        return "'" + literal(value).replace("'", "''") + "'"

    lines = ["examples:"]
    for case, answer in zip(cases, answers):
        if isinstance(answer, list) or "noDecision" in answer:
            answer = {o.name: o.words[0] if o.words else Fraction(0) for o in decision.outputs}
        given, expect = (", ".join(f"{n}: {quoted(v)}" for n, v in values.items() if v is not None) for values in (case, answer))
        lines.append(f"  - {{given: {{{given}}}, expect: {{{expect}}}}}")
    return lines


def drawn(id, peer, chance):
    """A random decision of which an engine claims everything."""
    while True:
        own = []
        while len(own) < chance.randint(1, 3):
            fact = facts.fact(f"f{len(own)}", chance)
            if type(fact.kind) in peer.kinds:
                own.append(fact)
        limits = ["l0"] if peer.uses_limits and chance.random() < 0.3 else []
        made = model.decision(id, own, chance, None, limits, peer.policies)
        # A table that asks nothing is exported as its answer.
        if made.count() > 400 or len(made.rules) == 1 and all(isinstance(t, Anything) for t in made.rules[0].tests):
            continue
        is_plain = made.policy == "output order"
        for rule in made.rules:
            for column, fact in enumerate(own):
                while not peer.test(rule.tests[column], fact):
                    rule.tests[column] = model.test(fact, own, limits, chance)
            for column, output in enumerate(made.outputs):
                while not peer.formula(rule.answers[column]):
                    rule.answers[column] = model.formula(output, own, limits, chance, is_plain)
        if not peer.has_defaults:
            made.default = None
        return made


# MARK: what engines do otherwise


class Lack:
    """What an engine does otherwise than the standard, where, and the smallest case that shows it."""

    def __init__(self, peer, reason, excuses, facts, policy, rules, case, outputs=None, default=None, tables=None):
        self.peer, self.reason, self.excuses, self.tables = peer, reason, excuses, tables or (lambda table: False)
        outputs = outputs or [model.Output("y", None)]
        rules = [model.Rule([t if hasattr(t, "holds") else Against("=", Constant(t)) for t in tests],
                            [a if hasattr(a, "value") else Constant(a) for a in answers]) for tests, answers in rules]
        self.decision = model.Decision("example", facts, policy, outputs, rules, default and [Constant(d) for d in default])
        self.case = case


def number(value):
    return Fraction(value)


def free(name, is_nullable=False):
    return facts.Fact(name, facts.Free(), is_nullable)


def free_test():
    return Against("<", Constant(number(3)))


def has_quote(decision, case, answer):
    """A text with a quotation mark, declared, in a cell or in the case."""
    return any('"' in w for f in decision.facts for w in f.values if isinstance(w, str))


def is_null(decision, case, answer):
    return case is not None and any(case[f.name] is None for f in decision.facts)


class Ranged(model.Output):
    """A number in a range."""

    def declaration(self):
        return f"{{name: {self.name}, type: number, allowed: '[0..9]'}}"


ANY = Anything()
TEXT = facts.Fact("f", facts.Texts(), False)
LACKS = [
    Lack("SpiffWorkflow", "UNIQUE takes the first rule that applies, though several do",
         lambda decision, case, answer: answer == {"noDecision": "conflict"},
         [free("f")], "unique", [([ANY], [number(1)]), ([ANY], [number(2)])], {"f": number(0)}),
    Lack("SpiffWorkflow", "a comparison with null is an error of Python's, and not null",
         is_null, [free("f", True)], "unique", [([Against("<", Constant(number(3)))], [number(1)])], {"f": None}),
    Lack("pyDMNrules", "UNIQUE and ANY take the first rule that applies, though others answer otherwise",
         lambda decision, case, answer: answer == {"noDecision": "conflict"},
         [free("f")], "unique", [([free_test()], [number(1)]), ([free_test()], [number(2)])], {"f": number(0)}),
    Lack("pyDMNrules", "a quotation mark in a text ends the text, escaped or not",
         has_quote, [TEXT], "first", [(['r"s'], [number(1)])], {"f": 'r"s'}),
    Lack("pyDMNrules", "null is refused where a fact has allowed values, and outside of each range",
         is_null, [free("f", True)], "first",
         [([Not(Between(Constant(number(0)), Constant(number(2)), "[", "]"))], [number(1)])], {"f": None}),
    Lack("pyDMNrules", "a name that begins with that of the fact is taken for the fact",
         lambda decision, case, answer: any(f.name.startswith(g.name) for f in decision.facts for g in decision.facts if f is not g),
         [free("f"), free("f floor")], "first",
         [([Against("<", Name("f floor")), ANY], [number(1)])], {"f": number(0), "f floor": number(3)},
         tables=lambda table: any(name.startswith(i[0]) for i in table.inputs for name in [*table.limits, *(j[0] for j in table.inputs)]
                                  if name != i[0])),
    Lack("pyDMNrules", "a range among the allowed values of an output is taken for a value",
         lambda decision, case, answer: any(isinstance(o, Ranged) for o in decision.outputs),
         [free("f")], "first", [([free_test()], [number(1)])], {"f": number(0)}, [Ranged("y", None)],
         tables=lambda table: any(".." in (o[3] or "") for o in table.outputs)),
    Lack("pyDMNrules", "a range after another in a cell is taken for an index",
         lambda decision, case, answer: any(isinstance(t, AnyOf) and any(isinstance(p, Between) for p in t.tests[1:])
                                            for r in decision.rules for t in r.tests),
         [free("f")], "first",
         [([AnyOf(*[Between(Constant(number(n)), Constant(number(n + 1)), "[", "]") for n in (3, 6)])], [number(1)])], {"f": number(0)},
         tables=lambda table: any(t.count("..") > 1 for tests, _ in table.rules for t in tests)),
    Lack("pyDMNrules", "in a list of dates or times these lose their quotation marks",
         lambda decision, case, answer: any(len(getattr(t, "tests", [])) > 1 and '@' in t.text() for r in decision.rules for t in r.tests),
         [facts.Fact("f", facts.Times(), False)], "first",
         [([Not(*[Against("=", Constant(v)) for v in facts.Times.constants])], [number(1)])], {"f": datetime.time(12)}),
    Lack("zen-engine", "a quotation mark in a text is not read, escaped or not",
         has_quote, [TEXT], "first", [(['r"s'], [number(1)])], {"f": 'r"s'}),
]


def known_of_table(peer, table):
    return next((l for l in LACKS if l.peer == peer.name and l.tables(table)), None)


def lack(peer, decision, case, answer):
    return next((l for l in LACKS if l.peer == peer.name and l.excuses(decision, case, answer)), None)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("ethos")
    parser.add_argument("--tables", type=int, default=2000)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--only")
    parser.add_argument("--keep")
    options = parser.parse_args()
    peers = []
    for peer in PEERS:
        try:
            with contextlib.redirect_stderr(io.StringIO()):
                __import__(peer.package)
            peers.append(peer)
        except ImportError:
            print(f"{peer.name}: skipped: it is not installed; python3 -m pip install {peer.name}")
    if not peers:
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder:
        run = Run(os.path.abspath(options.ethos), peers, options.keep or folder)
        run.known(LACKS)
        run.templates(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../Templates"), options.seed, options.only)
        for number in range(-(-options.tables // PER_BATCH)):
            run.batch(number, min(PER_BATCH, options.tables - number * PER_BATCH), options.seed, options.only)
        for name, count in run.counts.items():
            print(f"{name}: " + ", ".join(f"{n} {what}" for what, n in count.items()))
    sys.exit(1 if run.wrong else 0)


if __name__ == "__main__":
    main()
