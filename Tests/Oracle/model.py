"""Decisions, their changes, and what they decide: worked out rule by rule, as the standard says of each hit policy."""
import copy
import itertools
from fractions import Fraction

from language import (
    Against, AnyOf, Anything, Arithmetic, Between, Call, Choice, Comparison, Constant, Name, NoDecision, Not, Where,
    literal)

AGGREGATES = ["collect sum", "collect min", "collect max", "collect count"]
LISTS = ["rule order", "output order", "collect"]
SINGLE = ["unique", "any", "priority", "first"]


class Rule:
    def __init__(self, tests, answers):
        self.tests, self.answers = tests, answers


class Output:
    def __init__(self, name, words):
        self.name, self.words = name, words

    def declaration(self):
        if self.words is None:
            return f"{{name: {self.name}, type: number}}"
        allowed = ", ".join(literal(w) for w in self.words)
        return f"{{name: {self.name}, type: string, allowed: '{allowed}', strictest: first}}"


class Decision:
    """A table. `limits` are names of uses with numbers; `used` is another decision that a column is about."""

    def __init__(self, id, facts, policy, outputs, rules, default, used=None, limits=()):
        self.id, self.facts, self.policy, self.outputs, self.rules = id, facts, policy, outputs, rules
        self.default, self.used, self.limits = default, used, list(limits)

    def copy(self):
        return Decision(
            self.id, list(self.facts), self.policy, list(self.outputs), [Rule(list(r.tests), list(r.answers)) for r in self.rules],
            self.default, self.used, self.limits)

    @property
    def all_facts(self):
        """Its own and those of the decision that it uses."""
        facts = list(self.facts)
        if self.used:
            facts += [f for f in self.used.all_facts if f.name not in {g.name for g in facts}]
        return facts

    @property
    def columns(self):
        return [f.name for f in self.facts] + ([self.used.id] if self.used else [])

    def cases(self):
        facts = self.all_facts
        for values in itertools.product(*[f.values for f in facts]):
            yield dict(zip([f.name for f in facts], values))

    def count(self):
        count = 1
        for fact in self.all_facts:
            count *= len(fact.values)
        return count

    # MARK: what it decides

    def decide(self, case, limits):
        # An input that is missing, or something else, and may not be: nothing can be decided.
        if not all(f.allows(case[f.name]) for f in self.facts):
            raise NoDecision("failed")
        known = {f.name: case[f.name] for f in self.facts}
        known.update({name: limits[name] for name in self.limits})
        if self.used:
            try:
                inner = self.used.decide(case, limits)
            except NoDecision:
                raise NoDecision("failed") from None
            if isinstance(inner, dict):
                inner = next(iter(inner.values())) if len(inner) == 1 else inner
            known[self.used.id] = inner
        hits = [r for r in self.rules
                if all(t.holds(known[c], known) is True for c, t in zip(self.columns, r.tests))]
        return self.outcome(hits, known)

    def answer(self, formulas, known):
        result = {}
        for output, formula in zip(self.outputs, formulas):
            value = formula.value(known)
            if value is None:
                raise NoDecision("failed")
            result[output.name] = value
        return result

    def outcome(self, hits, known):
        if not hits:
            if self.default is None:
                raise NoDecision("no-rule")
            return self.answer(self.default, known)
        if self.policy == "first":
            return self.answer(hits[0].answers, known)
        answers = [self.answer(r.answers, known) for r in hits]
        if self.policy == "unique":
            if len(hits) > 1:
                raise NoDecision("conflict")
            return answers[0]
        if self.policy == "any":
            if any(a != answers[0] for a in answers):
                raise NoDecision("conflict")
            return answers[0]
        # Python's sort keeps the order of rules among equals.
        ranked = sorted(answers, key=self.rank)
        if self.policy == "priority":
            return ranked[0]
        if self.policy == "output order":
            return ranked
        if self.policy in ("rule order", "collect"):
            return answers
        numbers = [next(iter(a.values())) for a in answers]
        name = self.outputs[0].name
        return {name: {"sum": sum(numbers), "min": min(numbers), "max": max(numbers),
                       "count": Fraction(len(numbers))}[self.policy.split()[1]]}

    def rank(self, answer):
        return [o.words.index(answer[o.name]) for o in self.outputs if o.words is not None]

    # MARK: the file

    def text(self, extra=()):
        lines = [f"id: {self.id}", f"title: Decision {self.id}", "question: What is decided?", "because: It has to be."]
        uses = {name: f"limit/{name}" for name in self.limits}
        if self.used:
            uses[self.used.id] = f"decision/{self.used.id}.{self.used.outputs[0].name}"
        if uses:
            lines.append("uses: {" + ", ".join(f"{k}: {v}" for k, v in uses.items()) + "}")
        lines += ["inputs:"] + [f"  - {f.declaration()}" for f in self.facts] if self.facts else []
        lines += ["outputs:"] + [f"  - {o.declaration()}" for o in self.outputs]
        lines += [f"hitPolicy: {self.policy}", "rules: |"]
        head = self.columns + [o.name for o in self.outputs]
        lines += ["  | " + " | ".join(head) + " |", "  |" + "---|" * len(head)]
        for rule in self.rules:
            cells = [t.text() for t in rule.tests] + [a.text() for a in rule.answers]
            lines.append("  | " + " | ".join(c.replace("|", "\\|") for c in cells) + " |")
        if self.default is not None:
            pairs = [f"{o.name}: '" + f.text().replace("'", "''") + "'" for o, f in zip(self.outputs, self.default)]
            lines.append("default: {" + ", ".join(pairs) + "}")
        return "\n".join(lines + list(extra)) + "\n"


# MARK: at random


def test(fact, decision_facts, limits, random):
    """A cell about a fact."""
    if random.random() < 0.35:
        return Anything()
    kind = fact.kind

    def constant():
        if kind.type == "number" and limits and random.random() < 0.3:
            return Name(random.choice(limits))
        return Constant(random.choice(kind.constants))

    roll = random.random()
    # Where `null` is a declared text, the bare word in a cell is that text.
    if fact.is_nullable and roll < 0.1 and "null" not in kind.constants:
        return random.choice([Against("=", Constant(None)), Not(Against("=", Constant(None)))])
    if kind.is_ordered and roll < 0.5:
        return Against(random.choice(["<", "<=", ">", ">="]), constant())
    if kind.is_ordered and roll < 0.65:
        low, high = sorted([random.choice(kind.constants), random.choice(kind.constants)])
        between = Between(Constant(low), Constant(high), random.choice("[("), random.choice("])"))
        return between if random.random() < 0.7 else Not(between)
    if kind.type == "number" and not fact.is_nullable and roll < 0.75:
        others = [f for f in decision_facts if f.kind.type == "number" and f is not fact and not f.is_nullable]
        if others and random.random() < 0.5:
            return Against(random.choice(["<", ">="]), Name(random.choice(others).name))
        return Where(random.choice(["and", "or"]), Comparison(">", Name("?"), constant()),
                     Comparison("<", Arithmetic("+", Name("?"), Constant(Fraction(1))), constant()))
    if kind.type == "string" and not kind.is_counted and not fact.is_nullable and roll < 0.3:
        return Where("and", random.choice([
            Call("starts with", Name("?"), Constant("p")), Comparison(">", Call("string length", Name("?")), Constant(Fraction(1)))]))
    if roll < 0.87:
        return Against("=", constant())
    if kind.is_ordered and roll < 0.91:
        low, high = sorted([random.choice(kind.constants), random.choice(kind.constants)])
        return AnyOf(Against(random.choice(["<", ">"]), constant()),
                     Between(Constant(low), Constant(high), random.choice("[("), random.choice("])")))
    tests = [Against("=", constant()) for _ in range(random.randint(1, 2))]
    return Not(*tests) if random.random() < 0.6 else AnyOf(*tests)


def formula(output, facts, limits, random, is_plain):
    if output.words is not None:
        word = Constant(random.choice(output.words))
        numbers = [f for f in facts if f.kind.type == "number" and not f.is_nullable]
        if not is_plain and numbers and random.random() < 0.1:
            return Choice(Comparison(">", Name(random.choice(numbers).name), Constant(Fraction(1))), word,
                          Constant(random.choice(output.words)))
        return word
    number = Constant(Fraction(random.randint(-1, 4)))
    named = [Name(f.name) for f in facts if f.kind.type == "number" and not f.is_nullable] + [Name(n) for n in limits]
    if is_plain or not named or random.random() < 0.7:
        return number
    name = random.choice(named)
    return random.choice([
        name, Arithmetic(random.choice("+-*"), name, number), Call("min", name, number), Call("max", name, number),
        Call("abs", name), Arithmetic("+", name, random.choice(named))])


def rule(decision, random):
    limits, facts = decision.limits, decision.facts
    tests = [test(f, facts, limits, random) for f in facts]
    if decision.used:
        tests.append(used_test(decision.used, random))
    plain = decision.policy == "output order"
    return Rule(tests, [formula(o, facts, limits, random, plain) for o in decision.outputs])


def used_test(used, random):
    output = used.outputs[0]
    if output.words is not None:
        return random.choice([Anything(), Against("=", Constant(random.choice(output.words))),
                              Not(Against("=", Constant(random.choice(output.words))))])
    return random.choice([Anything(), Against(random.choice(["<", ">=", ">"]), Constant(Fraction(random.randint(0, 4))))])


def decision(id, facts, random, used=None, limits=(), policies=None):
    policy = random.choice(policies or SINGLE * 2 + LISTS + AGGREGATES)
    if policy in AGGREGATES:
        outputs = [Output(f"{id}y", None)]
    elif policy in ("priority", "output order"):
        outputs = [Output(f"{id}y", ["a", "b", "c"])] + ([Output(f"{id}z", None)] if random.random() < 0.6 else [])
    else:
        outputs = [Output(f"{id}y", ["a", "b", "c"] if random.random() < 0.6 else None)]
        if random.random() < 0.4:
            outputs.append(Output(f"{id}z", None))
    # Three and four of them, words and numbers.
    if policy not in AGGREGATES and random.random() < 0.25:
        outputs += [Output(f"{id}{letter}", random.choice([None, ["u", "v"], ["v", "u", "w"]]))
                    for letter in ["v", "w"][:random.randint(1, 2)]]
    made = Decision(id, facts, policy, outputs, [], None, used, limits)
    made.rules = [rule(made, random) for _ in range(random.randint(1, 6))]
    if random.random() < 0.6 and policy not in LISTS:
        made.default = [formula(o, facts, limits, random, True) for o in outputs]
    return made


def names(formula_or_test):
    """The names that a test or a formula is about, apart from its own column."""
    found, open_parts = set(), [formula_or_test]
    while open_parts:
        part = open_parts.pop()
        if isinstance(part, Name):
            found.add(part.name)
        elif isinstance(part, (list, tuple)):
            open_parts += part
        elif hasattr(part, "__dict__"):
            open_parts += [v for v in vars(part).values() if not isinstance(v, (str, Fraction))]
    return found


def with_other_inputs(after, new_fact, random):
    """An input less, one more, one of another name, or one that may be something else."""
    roll = random.randrange(4)
    column = random.randrange(len(after.facts))
    old = after.facts[column]
    if roll == 0 and len(after.facts) > 1:
        del after.facts[column]
        for row in after.rules:
            del row.tests[column]
    elif roll == 1:
        after.facts.insert(column, new_fact(f"g{len(after.facts)}"))
        for row in after.rules:
            row.tests.insert(column, test(after.facts[column], after.facts, after.limits, random))
    elif roll == 2:
        # Mostly as people do it: another name, and nothing else.
        after.facts[column] = type(old)(f"h{column}", old.kind, old.is_nullable)
    else:
        kind = new_fact(old.name).kind if random.random() < 0.5 else old.kind
        after.facts[column] = type(old)(old.name, kind, random.random() < 0.5)
        for row in after.rules:
            if kind is not old.kind or after.facts[column].is_nullable != old.is_nullable:
                row.tests[column] = test(after.facts[column], after.facts, after.limits, random)
    # What is about a fact that is no more, or is something else now, is written anew.
    known = {f.name for f in after.facts if f.kind.type == "number" and not f.is_nullable} | set(after.limits) | {"?"}
    renewed = {old.name: after.facts[column].name} if roll == 2 else {}
    for row in after.rules:
        fresh = rule(after, random)
        for place, cell in enumerate(row.tests):
            if renewed:
                row.tests[place] = renamed(cell, renewed)
            elif not names(cell) <= known:
                row.tests[place] = fresh.tests[place] if place < len(fresh.tests) else cell
        for place, answer in enumerate(row.answers):
            if renewed:
                row.answers[place] = renamed(answer, renewed)
            elif not names(answer) <= known:
                row.answers[place] = fresh.answers[place]


def renamed(part, others):
    """A copy with other names."""
    if isinstance(part, Name):
        return Name(others.get(part.name, part.name))
    if isinstance(part, (list, tuple)):
        return type(part)(renamed(p, others) for p in part)
    if not isinstance(part, (str, Fraction)) and hasattr(part, "__dict__") and not isinstance(part, Constant):
        made = copy.copy(part)
        made.__dict__ = {k: renamed(v, others) for k, v in vars(part).items()}
        return made
    return part


def changed(before, random, new_fact=None):
    """The same with some of it changed, its inputs among them where facts can be made."""
    after = before.copy()
    if new_fact and not before.used and random.random() < 0.25:
        with_other_inputs(after, new_fact, random)
        if random.random() < 0.5:
            return after
    for _ in range(random.randint(1, 3)):
        row = random.randrange(len(after.rules))
        roll = random.randrange(9)
        if roll in (0, 1):
            after.rules[row].tests = rule(after, random).tests[:1] + after.rules[row].tests[1:] if random.random() < 0.5 \
                else rule(after, random).tests
        elif roll in (2, 3):
            after.rules[row].answers = rule(after, random).answers
        elif roll == 4:
            other = random.randrange(len(after.rules))
            after.rules[row], after.rules[other] = after.rules[other], after.rules[row]
        elif roll == 5:
            after.rules.insert(row, rule(after, random))
        elif roll == 6 and len(after.rules) > 1:
            del after.rules[row]
        elif roll == 7 and after.policy not in LISTS:
            after.default = None if random.random() < 0.4 else \
                [formula(o, after.facts, after.limits, random, True) for o in after.outputs]
        elif roll == 8 and after.policy in SINGLE:
            allowed = SINGLE if after.outputs[0].words is not None else ["unique", "any", "first"]
            after.policy = random.choice(allowed)
    return after
