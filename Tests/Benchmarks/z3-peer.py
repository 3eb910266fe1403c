"""Asks Z3 the questions that behaviour-bench answered: is there a case that two tables decide otherwise, and where?

A table is a nested if over its rules, in their order, which is what `first` means. That its rules do not overlap is not
told: it would have to be proved first. The question is built twice, through the Python interface, and as a text for
Z3's own parser, which builds it some ten times faster; both are told, and the bar is set against the interface that
people use. Where all regions are asked for, each case that is found is widened to the boxes of the two rules that
decide it, and left out from then on.
"""

import glob
import json
import os
import sys
import time

import z3

folder = sys.argv[1]
timeout = float(os.environ.get("ETHOS_BENCH_Z3_SECONDS", "120"))
now = time.process_time if "ETHOS_BENCH_PROCESS_TIME" in os.environ else time.perf_counter
missed = 0


def bounds(table, conditions):
    """The ends of a box that are not those of the domain."""
    for axis, low, high in conditions:
        if low > table["inputs"][axis][0]:
            yield axis, low, True
        if high < table["inputs"][axis][1]:
            yield axis, high, False


def through_python(question):
    names = [z3.Int(f"x{axis}") for axis in range(len(question["before"]["inputs"]))]

    def nested(table):
        answer = z3.IntVal(-1)
        for conditions, value in reversed(table["rules"]):
            box = [names[a] >= end if is_low else names[a] <= end for a, end, is_low in bounds(table, conditions)]
            answer = z3.If(z3.And(box), z3.IntVal(value), answer)
        return answer

    solver = z3.Solver()
    for name, (low, high) in zip(names, question["before"]["inputs"]):
        solver.add(name >= low, name <= high)
    solver.add(nested(question["before"]) != nested(question["after"]))
    return solver


def through_text(question):
    def nested(table):
        parts = []
        for conditions, value in table["rules"]:
            box = " ".join(f"({'>=' if low else '<='} x{axis} {end})" for axis, end, low in bounds(table, conditions))
            parts.append(f"(ite {f'(and {box})' if box else 'true'} {value} ")
        return "".join(parts) + "(- 1)" + ")" * len(parts)

    lines = [
        f"(declare-const x{axis} Int)(assert (and (>= x{axis} {low}) (<= x{axis} {high})))"
        for axis, (low, high) in enumerate(question["before"]["inputs"])
    ]
    lines.append(f"(define-fun before () Int {nested(question['before'])})")
    lines.append(f"(define-fun after () Int {nested(question['after'])})")
    lines.append("(assert (distinct before after))")
    solver = z3.Solver()
    solver.from_string("\n".join(lines))
    return solver


def regions(solver, question, start):
    """How many regions were found, and whether they are all."""
    names = [z3.Int(f"x{axis}") for axis in range(len(question["before"]["inputs"]))]
    count = 0
    while now() - start < timeout:
        solver.set("timeout", max(1, int((timeout - (now() - start)) * 1000)))
        answer = solver.check()
        if answer != z3.sat:
            return count, answer == z3.unsat
        model = solver.model()
        case = [model.eval(name, model_completion=True).as_long() for name in names]
        box = []
        for side in ("before", "after"):
            rules = question[side]["rules"]
            first = next(c for c, _ in rules if all(low <= case[a] <= high for a, low, high in c))
            for axis, low, high in first:
                box += [names[axis] >= low, names[axis] <= high]
        solver.add(z3.Not(z3.And(box)))
        count += 1
    return count, False


def ask(build, question):
    """What Z3 answers, and the seconds of building and of solving."""
    start = now()
    solver = build(question)
    built = now()
    if question["edit"] == "outputs":
        count, is_complete = regions(solver, question, built)
        answer = f"{count} regions" + ("" if is_complete else ", not finished")
        return answer, is_complete, built - start, now() - built
    solver.set("timeout", int(timeout * 1000))
    found = solver.check()
    answer = {"sat": "different", "unsat": "equivalent"}.get(str(found), "not finished")
    return answer, found != z3.unknown, built - start, now() - built


def tell(is_kept, text):
    global missed
    print(f"{'PASS' if is_kept else 'MISS'} {text}", flush=True)
    missed += 0 if is_kept else 1


print(f"\nZ3 {z3.get_version_string()}, at most {timeout:g} s a question", end="")
print("" if timeout >= 120 else " (ETHOS_BENCH_Z3_SECONDS: the full bench gives it 120 s)")
print(f"{'edit':<14} {'built':<8} {'answer':<26} {'build s':>8} {'solve s':>8} {'ethos ms':>9} {'ratio':>9}")
for name in ("threshold", "reversed", "outputs"):
    with open(f"{folder}/{name}.json") as file:
        question = json.load(file)
    ours = question["milliseconds"] / 1000
    for way, build in (("python", through_python), ("text", through_text)):
        # What the faster way of building does not change is asked once.
        if name != "threshold" and way == "python":
            continue
        answer, is_finished, building, solving = ask(build, question)
        ratio = (building + solving) / ours
        print(
            f"{question['edit']:<14} {way:<8} {answer:<26} {building:8.2f} {solving:8.2f} {ours * 1000:9.1f} "
            f"{'' if is_finished else '> '}{ratio:.0f} x", flush=True)
        if is_finished and name != "outputs" and answer != question["verdict"]:
            tell(False, f"{question['edit']}: Z3 says {answer}, and ethos {question['verdict']}")
        if name == "threshold" and way == "text":
            continue
        if name == "threshold":
            tell(ratio >= 100, f"{question['edit']}, built through {way}: at least 100 x faster than Z3 ({ratio:.0f} x)")
        else:
            # A machine on which Z3 finishes is no fault of ours; it is still to be ahead.
            tell(not is_finished or ratio > 1, f"{question['edit']}: Z3 does not finish, or is slower")

# Random clauses: a verdict, in at most twice the time of Z3 over all of them, and wherever Z3 has one within a minute.
timeout = min(timeout, 60)
ours = theirs = 0.0
for path in sorted(glob.glob(f"{folder}/clauses-*.json")):
    with open(path) as file:
        question = json.load(file)
    answer, is_finished, building, solving = ask(through_text, question)
    print(
        f"{question['edit']:<14} {'text':<8} {answer:<26} {building:8.2f} {solving:8.2f} "
        f"{question['milliseconds']:9.1f}", flush=True)
    if is_finished and answer != question["verdict"]:
        tell(False, f"{question['edit']}: Z3 says {answer}, and ethos {question['verdict']}")
    ours += question["milliseconds"] / 1000
    theirs += building + solving
if theirs > 0:
    tell(ours <= 2 * theirs, f"random clauses: at most 2 x the time of Z3 ({ours / theirs:.2f} x)")
sys.exit(1 if missed else 0)
