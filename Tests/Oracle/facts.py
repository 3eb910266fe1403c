"""The kinds of facts: what they may be, the constants that cells name, and every case worth trying."""
import datetime
from fractions import Fraction

from language import Span, literal, plain

FULL = Fraction(1)


class Kind:
    """A kind of fact. `values` has each value of a small domain, or each constant with a value in each gap between them."""

    type = "number"
    allowed = None
    step = None
    is_counted = True
    is_ordered = True

    def declaration(self):
        parts = [f"type: {self.type}"]
        if self.allowed:
            parts.append("allowed: '" + self.allowed.replace("'", "''") + "'")
        if self.step:
            parts.append(f"step: {self.step}")
        return parts

    def allows(self, value):
        """Whether it may be this: where it is not counted, what lies between the least and the greatest."""
        if self.allowed is None:
            return True
        return value in self.values if self.is_counted else self.values[0] <= value <= self.values[-1]

    def parse(self, text):
        raise NotImplementedError


class Boolean(Kind):
    type, is_ordered = "boolean", False
    constants = values = [True, False]


class Words(Kind):
    """Texts that are all declared, odd ones among them."""

    type, is_ordered = "string", False
    pools = [["x", "y", "z"], ["low", "medium", "high"], ["it's", 'a "b"', "c, d"], ["true", "null", "other"], ["é", "e\u0301", "E"]]

    def __init__(self, random):
        self.constants = self.values = random.choice(self.pools)
        self.allowed = ", ".join(literal(w) for w in self.values)


class Texts(Kind):
    """Texts of any kind: the last two are named nowhere."""

    type, is_counted, is_ordered = "string", False, False
    constants = ["p", "pq", 'r"s']
    values = constants + ["", "zz"]


class Whole(Kind):
    def __init__(self, random):
        low = random.choice([0, 0, -3, 1])
        size = random.choice([5, 7, 10])
        self.values = [Fraction(low + n) for n in range(size)]
        self.constants = self.values
        self.allowed, self.step = f"[{low}..{low + size - 1}]", 1


class Stepped(Kind):
    values = [Fraction(n, 4) for n in range(9)]
    constants = values + [Fraction(1, 8)]
    allowed, step = "[0..2]", "0.25"


class Dense(Kind):
    is_counted = False
    constants = [Fraction(n) for n in range(4)]
    values = [Fraction(n, 2) for n in range(7)]
    allowed = "[0..3]"


class Free(Kind):
    """Numbers without bounds."""

    is_counted = False
    constants = [Fraction(n) for n in (-2, 0, 3)]
    values = [Fraction(n) for n in (-9, -2, -1, 0, 1, 3, 10 ** 9)]


class Days(Kind):
    type = "date"
    values = constants = [datetime.date(2024, 2, 27) + datetime.timedelta(n) for n in range(5)]
    allowed = f"[{literal(values[0])}..{literal(values[-1])}]"

    def parse(self, text):
        return datetime.date.fromisoformat(text)


class FreeDays(Days):
    is_counted, allowed = False, None
    constants = [datetime.date(2025, 1, 1), datetime.date(2025, 1, 3)]
    values = [datetime.date(*d) for d in ((1999, 1, 1), (2025, 1, 1), (2025, 1, 2), (2025, 1, 3), (2030, 6, 1))]


class Times(Kind):
    type, is_counted = "time", False
    constants = [datetime.time(8), datetime.time(17, 30)]
    values = [datetime.time(*t) for t in ((7, 59), (8,), (12,), (17, 30), (23,))]

    def parse(self, text):
        return datetime.time.fromisoformat(text)


class Moments(Kind):
    type, is_counted = "date and time", False
    constants = [datetime.datetime(2025, 1, 1, 8), datetime.datetime(2025, 1, 2, 8)]
    values = [datetime.datetime(*t) for t in ((2024, 1, 1), (2025, 1, 1, 8), (2025, 1, 1, 9), (2025, 1, 2, 8), (2026, 1, 1))]

    def parse(self, text):
        return datetime.datetime.fromisoformat(text)


class Spans(Kind):
    type, is_counted = "days and time duration", False
    constants = [Span("seconds", n * 3600) for n in (2, 24)]
    values = [Span("seconds", n * 3600) for n in (0, 2, 5, 24, 100)]

    def parse(self, text):
        sign, rest = (-1, text[1:]) if text.startswith("-") else (1, text)
        days, _, clock = rest[1:].partition("T")
        total, number = 0, ""
        for part, units in ((days, {"D": 86400}), (clock, {"H": 3600, "M": 60, "S": 1})):
            for letter in part:
                if letter in units:
                    total, number = total + units[letter] * Fraction(number), ""
                else:
                    number += letter
        return Span("seconds", sign * total)


class Months(Kind):
    type, is_counted = "years and months duration", False
    constants = [Span("months", n) for n in (3, 12)]
    values = [Span("months", n) for n in (0, 3, 7, 12, 30)]

    def parse(self, text):
        sign, rest = (-1, text[1:]) if text.startswith("-") else (1, text)
        total, number = 0, ""
        for letter in rest[1:]:
            if letter in "YM":
                total, number = total + {"Y": 12, "M": 1}[letter] * Fraction(number), ""
            else:
                number += letter
        return Span("months", sign * total)


class Fact:
    def __init__(self, name, kind, is_nullable):
        self.name, self.kind, self.is_nullable = name, kind, is_nullable

    def allows(self, value):
        return self.is_nullable if value is None else self.kind.allows(value)

    @property
    def values(self):
        return list(self.kind.values) + ([None] if self.is_nullable else [])

    def declaration(self):
        return "{" + ", ".join([f"name: {self.name}"] + self.kind.declaration() + (["nullable: true"] if self.is_nullable else [])) + "}"


KINDS = [Boolean, Boolean, Words, Words, Texts, Whole, Whole, Whole, Stepped, Dense, Free, Days, Days, FreeDays, Times, Moments, Spans, Months]


def fact(name, random):
    kind = random.choice(KINDS)
    return Fact(name, kind(random) if kind in (Words, Whole) else kind(), random.random() < 0.2)
