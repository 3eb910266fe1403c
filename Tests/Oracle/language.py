"""The language of cells, small and apart: values, tests and formulas that write themselves as FEEL and are worked out here.

Nothing of ethos is used: what a test or a formula means is read from the DMN standard (three-valued logic, null, ranges).
"""
import datetime
from fractions import Fraction


class NoDecision(Exception):
    """Nothing is decided, with the reason."""


# MARK: values: None, bool, str, Fraction, date, Span (durations), Moment (times and moments)


class Span:
    """A duration: of seconds, or of months."""

    def __init__(self, unit, amount):
        self.unit, self.amount = unit, Fraction(amount)

    def __eq__(self, other):
        return isinstance(other, Span) and (self.unit, self.amount) == (other.unit, other.amount)

    def __lt__(self, other):
        return self.amount < other.amount

    def __hash__(self):
        return hash((self.unit, self.amount))

    def text(self):
        sign, amount = ("-", -self.amount) if self.amount < 0 else ("", self.amount)
        if self.unit == "months":
            return f"{sign}P{int(amount)}M"
        hours, rest = divmod(int(amount), 3600)
        days, hours = divmod(hours, 24)
        minutes, seconds = divmod(rest, 60)
        clock = "".join(f"{n}{u}" for n, u in ((hours, "H"), (minutes, "M"), (seconds, "S")) if n)
        return f"{sign}P" + (f"{days}D" if days else "") + (f"T{clock}" if clock else "") if amount else "PT0S"


def decimal(value):
    """A number as FEEL writes it; all here end."""
    sign, value = ("-", -value) if value < 0 else ("", value)
    digits = 0
    while value.denominator != 1 and (value * 10 ** digits).denominator != 1:
        digits += 1
    whole = str(int(value * 10 ** digits)).rjust(digits + 1, "0")
    return sign + (whole if not digits else f"{whole[:-digits]}.{whole[-digits:]}")


def plain(value):
    """A value as a file of cases has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Fraction):
        return decimal(value)
    if isinstance(value, Span):
        return value.text()
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    return value


def literal(value):
    """A value as FEEL has it."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, (bool, Fraction)):
        return plain(value)
    return f'@"{plain(value)}"'


def comparable(a, b):
    return a is not None and b is not None and type(a) is type(b) and not isinstance(a, bool) \
        and not (isinstance(a, Span) and a.unit != b.unit)


def compare(sign, a, b):
    """True, False or None, which is null."""
    if sign in ("=", "!="):
        if (a is None) != (b is None):
            same = False
        elif a is not None and type(a) is not type(b):
            return None
        else:
            same = a == b
        return same if sign == "=" else not same
    if not comparable(a, b):
        return None
    return {"<": a < b, "<=": a < b or a == b, ">": b < a, ">=": b < a or a == b}[sign]


def either(results):
    """`or` of the standard."""
    results = list(results)
    return True if True in results else None if None in results else False


def both(results):
    results = list(results)
    return False if False in results else None if None in results else True


# MARK: formulas


class Formula:
    """Work on facts: `text()` as FEEL, `value(facts)` here."""


class Constant(Formula):
    def __init__(self, value):
        self.held = value

    def text(self):
        return literal(self.held)

    def value(self, facts):
        return self.held


class Name(Formula):
    def __init__(self, name):
        self.name = name

    def text(self):
        return self.name

    def value(self, facts):
        return facts[self.name]


class Arithmetic(Formula):
    def __init__(self, sign, left, right):
        self.sign, self.left, self.right = sign, left, right

    def text(self):
        return f"({self.left.text()} {self.sign} {self.right.text()})"

    def value(self, facts):
        a, b = self.left.value(facts), self.right.value(facts)
        if a is None or b is None:
            return None
        return a + b if self.sign == "+" else a - b if self.sign == "-" else a * b


class Call(Formula):
    """`min`, `max`, `abs`, `floor`, `string length`, `upper case`."""

    def __init__(self, function, *arguments):
        self.function, self.arguments = function, arguments

    def text(self):
        return f"{self.function}({', '.join(a.text() for a in self.arguments)})"

    def value(self, facts):
        values = [a.value(facts) for a in self.arguments]
        if None in values:
            return None
        if self.function in ("min", "max"):
            return (min if self.function == "min" else max)(values)
        first = values[0]
        return {
            "abs": lambda: abs(first), "floor": lambda: Fraction(first.__floor__()),
            "string length": lambda: Fraction(len(first)), "upper case": lambda: first.upper(),
            "starts with": lambda: first.startswith(values[1]), "contains": lambda: values[1] in first,
        }[self.function]()


class Choice(Formula):
    def __init__(self, condition, yes, no):
        self.condition, self.yes, self.no = condition, yes, no

    def text(self):
        return f"if {self.condition.text()} then {self.yes.text()} else {self.no.text()}"

    def value(self, facts):
        return (self.yes if self.condition.value(facts) is True else self.no).value(facts)


class Comparison(Formula):
    def __init__(self, sign, left, right):
        self.sign, self.left, self.right = sign, left, right

    def text(self):
        return f"{self.left.text()} {self.sign} {self.right.text()}"

    def value(self, facts):
        return compare(self.sign, self.left.value(facts), self.right.value(facts))


# MARK: tests


class Anything:
    def text(self):
        return "-"

    def holds(self, value, facts):
        return True


class Against:
    """`> 5`, `5`, `<= limit`: a comparison with a formula."""

    def __init__(self, sign, formula):
        self.sign, self.formula = sign, formula

    def text(self):
        return self.formula.text() if self.sign == "=" else f"{self.sign} {self.formula.text()}"

    def holds(self, value, facts):
        return compare(self.sign, value, self.formula.value(facts))


class Between:
    def __init__(self, low, high, opens, closes):
        self.low, self.high, self.opens, self.closes = low, high, opens, closes

    def text(self):
        return f"{self.opens}{self.low.text()}..{self.high.text()}{self.closes}"

    def holds(self, value, facts):
        return both([
            compare(">=" if self.opens == "[" else ">", value, self.low.value(facts)),
            compare("<=" if self.closes == "]" else "<", value, self.high.value(facts))])


class AnyOf:
    def __init__(self, *tests):
        self.tests = tests

    def text(self):
        return ", ".join(t.text() for t in self.tests)

    def holds(self, value, facts):
        return either(t.holds(value, facts) for t in self.tests)


class Not:
    def __init__(self, *tests):
        self.tests = tests

    def text(self):
        return f"not({', '.join(t.text() for t in self.tests)})"

    def holds(self, value, facts):
        result = either(t.holds(value, facts) for t in self.tests)
        return None if result is None else not result


class Where:
    """`? > 1 and ? < other`: conditions over the fact and others."""

    def __init__(self, word, *conditions):
        self.word, self.conditions = word, conditions

    def text(self):
        return f" {self.word} ".join(c.text() for c in self.conditions)

    def holds(self, value, facts):
        known = dict(facts)
        known["?"] = value
        results = [c.value(known) for c in self.conditions]
        return (both if self.word == "and" else either)(results)


# MARK: reading what ethos writes


class Unreadable(Exception):
    pass


class TestReader:
    """Unary tests over constants, as regions have them."""

    def __init__(self, text, kind):
        self.text, self.kind, self.at = text, kind, 0

    def read(self):
        if self.text.strip() == "-":
            return Anything()
        result = self.alternatives()
        if self.rest():
            raise Unreadable(self.text)
        return result

    def rest(self):
        while self.at < len(self.text) and self.text[self.at] == " ":
            self.at += 1
        return self.text[self.at:]

    def take(self, word):
        if self.rest().startswith(word):
            self.at += len(word)
            return True
        return False

    def alternatives(self):
        tests = [self.test()]
        while self.take(","):
            tests.append(self.test())
        return tests[0] if len(tests) == 1 else AnyOf(*tests)

    def test(self):
        if self.take("not("):
            inner = self.alternatives()
            if not self.take(")"):
                raise Unreadable(self.text)
            return Not(inner)
        for sign in ("<=", ">=", "!=", "<", ">"):
            if self.take(sign):
                return Against(sign, Constant(self.constant()))
        for opens in "[(":
            if self.take(opens):
                low = self.constant()
                if not self.take(".."):
                    raise Unreadable(self.text)
                high = self.constant()
                closes = self.rest()[:1]
                self.at += 1
                if closes not in "])[":
                    raise Unreadable(self.text)
                return Between(Constant(low), Constant(high), opens, "]" if closes == "]" else ")")
        return Against("=", Constant(self.constant()))

    def constant(self):
        for word, value in (("null", None), ("true", True), ("false", False)):
            if self.take(word):
                return value
        if self.take("@"):
            return self.kind.parse(self.quoted())
        for function in ("date and time(", "date(", "time(", "duration("):
            if self.take(function):
                value = self.kind.parse(self.quoted())
                self.take(")")
                return value
        if self.rest().startswith('"'):
            return self.quoted()
        rest, end = self.rest(), 0
        while end < len(rest) and (rest[end].isdigit() or rest[end] in "-eE" or rest[end] == "." and rest[end:end + 2] != ".."):
            end += 1
        if not end:
            raise Unreadable(self.text)
        self.at += end
        return Fraction(rest[:end])

    def quoted(self):
        if not self.take('"'):
            raise Unreadable(self.text)
        result = ""
        while self.text[self.at] != '"':
            if self.text[self.at] == "\\":
                self.at += 1
                escape = self.text[self.at]
                if escape in "uU":
                    digits = 4 if escape == "u" else 6
                    result += chr(int(self.text[self.at + 1:self.at + 1 + digits], 16))
                    self.at += digits
                else:
                    result += {"n": "\n", "t": "\t", "r": "\r"}.get(escape, escape)
            else:
                result += self.text[self.at]
            self.at += 1
        self.at += 1
        return result
