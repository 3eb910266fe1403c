"""Replays recorded cases with ethos and its peers, on the same file with the same rules and threads, and prints ratios.

replay.py ETHOS WORK. A case is decided by 50 rules over 6 facts, before and after. All of them have to count the same
transitions. DuckDB, polars and the rule engine zen (GoRules) are installed with pip for the run where they are missing; a peer that
cannot be had is named and left out. Exits with 1 where a bar is missed.
"""

import json
import os
import statistics
import subprocess
import sys
import time

here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "Replay")
ethos, work = sys.argv[1], os.path.join(sys.argv[2], "replay")
CASES = int(os.environ.get("ETHOS_BENCH_CASES", "1000000"))
THREADS = os.cpu_count() or 1
# How many cases an engine that decides one at a time is given.
SAMPLE = 20_000
missed = []


def run(*command, cwd=None):
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=cwd).stdout


def prepare():
    os.makedirs(work)
    run("cc", "-O2", os.path.join(here, "table.c"), "-o", "table", cwd=work)
    with open(os.path.join(work, "tables.h"), "w") as file:
        file.write(run("./table", "c", "before", cwd=work) + run("./table", "c", "after", cwd=work))
    run("cc", "-O3", "-march=native", "-pthread", "-I", work, os.path.join(here, "replay.c"), "-o", "replay-c", cwd=work)
    for name, count in (("cases.csv", CASES), ("few.csv", CASES // 10), ("many.csv", CASES * 10)):
        with open(os.path.join(work, name), "w") as file:
            subprocess.run(["./table", "cases", str(count)], check=True, stdout=file, cwd=work)
    identity = os.path.join(work, "id")
    os.makedirs(os.path.join(identity, "decisions"))
    run("git", "init", "--quiet", "--initial-branch=main", identity)
    with open(os.path.join(identity, "ethos.yaml"), "w") as file:
        file.write("ethos: 1\norganisation: Bench\ntimeZone: UTC\nbranch: main\n")
    for name in ("before", "after"):
        with open(os.path.join(identity, "decisions", "bench.yaml"), "w") as file:
            file.write(run("./table", "yaml", name, cwd=work))
        run("git", "add", "--all", cwd=identity)
        run(
            "git", "-c", "user.name=Bench", "-c", "user.email=bench@bench.example", "commit", "--quiet", "--message",
            f"Rules {name}", "--message", "To measure.", cwd=identity)
        run("git", "tag", name, cwd=identity)
    return identity


def command(file, threads, *more):
    return [
        ethos, "replay", os.path.join(work, file), "--decision", "bench", "--from", "before", "--to", "after",
        "--threads", str(threads), *more]


def counted(identity, file="cases.csv"):
    answer = json.loads(run(*command(file, THREADS, "--format", "json"), cwd=identity))
    return {(item["before"]["route"], item["after"]["route"]): item["cases"] for item in answer["transitions"]}


PEER = """
import json, subprocess, sys, time
which, path, threads, table = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
sql = {side: subprocess.run([table, "sql", side], capture_output=True, text=True).stdout for side in ("before", "after")}
query = f"SELECT b, a, count(*) AS n FROM (SELECT {sql['before']} AS b, {sql['after']} AS a FROM cases) GROUP BY b, a"
times = []
if which == "duckdb":
    import duckdb
    columns = "{'score': 'INTEGER', 'amount': 'DECIMAL(12,2)', 'country': 'VARCHAR', 'branch': 'VARCHAR', 'exposed': 'BOOLEAN', 'opened': 'DATE'}"
    connection = duckdb.connect()
    connection.execute(f"SET threads = {threads}")
    for _ in range(6):
        begin = time.perf_counter()
        rows = connection.execute(f"WITH cases AS (SELECT * FROM read_csv('{path}', header = true, columns = {columns})) {query}").fetchall()
        times.append(time.perf_counter() - begin)
else:
    import os
    os.environ["POLARS_MAX_THREADS"] = str(threads)
    import polars
    schema = {"score": polars.Int32, "amount": polars.Decimal(12, 2), "country": polars.String, "branch": polars.String, "exposed": polars.Boolean, "opened": polars.Date}
    for _ in range(6):
        begin = time.perf_counter()
        rows = polars.SQLContext(cases=polars.scan_csv(path, schema=schema)).execute(query).collect().rows()
        times.append(time.perf_counter() - begin)
print(json.dumps({"seconds": sorted(times[1:])[len(times) // 2 - 1], "rows": [list(row) for row in rows]}))
"""


# One case at a time, as a service would ask: zen has no way to be given a file. Its days are numbers here.
ENGINE = """
import csv, json, subprocess, sys, time
import zen
path, table = sys.argv[1], sys.argv[2]
names = ["score", "amount", "country", "branch", "exposed", "opened"]
def node(kind, name, **more):
    return dict(id=name, name=name, type=kind, position=dict(x=0, y=0), **more)
def decision(side):
    lines = [line.strip() for line in subprocess.run([table, "yaml", side], capture_output=True, text=True).stdout.split("\\n")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| r")]
    rules = []
    for row in rows:
        cells = {"_id": row[0], "route": json.dumps(row[-1])}
        for name, cell in zip(names, row[1:-1]):
            cells[name] = "" if cell == "-" else cell.replace('@"', "").replace('"', "").replace("-", "") if "@" in cell else cell
        rules.append(cells)
    content = dict(hitPolicy="first", rules=rules, inputs=[dict(id=n, name=n, field=n) for n in names],
                   outputs=[dict(id="route", name="route", field="route")])
    graph = dict(nodes=[node("inputNode", "in"), node("decisionTableNode", "rules", content=content), node("outputNode", "out")],
                 edges=[dict(id="a", sourceId="in", targetId="rules", type="edge"), dict(id="b", sourceId="rules", targetId="out", type="edge")])
    return zen.ZenEngine().create_decision(json.dumps(graph))
before, after = decision("before"), decision("after")
counts = {}
begin = time.perf_counter()
for row in csv.DictReader(open(path, newline="", encoding="utf-8")):
    case = dict(score=int(row["score"]), amount=float(row["amount"]), country=row["country"], branch=row["branch"],
                exposed=row["exposed"] == "true", opened=int(row["opened"].replace("-", "")))
    pair = before.evaluate(case)["result"]["route"], after.evaluate(case)["result"]["route"]
    counts[pair] = counts.get(pair, 0) + 1
print(json.dumps({"seconds": time.perf_counter() - begin, "rows": [[*pair, count] for pair, count in counts.items()]}))
"""


def peer(python, which):
    """The median time of a peer in its own process, without its start, and what it counts."""
    result = subprocess.run(
        [python, "-c", PEER, which, os.path.join(work, "cases.csv"), str(THREADS), os.path.join(work, "table")],
        capture_output=True, text=True)
    if result.returncode != 0:
        return None
    answer = json.loads(result.stdout)
    return answer["seconds"], {(before, after): count for before, after, count in answer["rows"]}


def wall(command, cwd):
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=cwd)
    return time.perf_counter() - begin


def line(title, ours, theirs, bar):
    ratio = ours / theirs
    verdict = "" if ratio <= bar else f"   missed: at most {bar:g} x"
    print(f"{title:<44} {ours * 1000:9.1f} ms {theirs * 1000:9.1f} ms {ratio:8.2f} x{verdict}", flush=True)
    if verdict:
        missed.append(title)


def peak(command, cwd):
    """The most memory of a process, in KB."""
    script = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
    script += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    return int(run(sys.executable, "-c", script, *command, cwd=cwd))


identity = prepare()
expected = counted(identity)
flipped = sum(count for (before, after), count in expected.items() if before != after)
by_hand = run("./replay-c", "cases.csv", str(THREADS), cwd=work).split()
if [int(by_hand[0]), int(by_hand[2])] != [CASES, flipped]:
    sys.exit(f"the program of C and ethos count differently: {by_hand}, {flipped}")
for threads in sorted({1, THREADS}):
    pairs = []
    for _ in range(9):
        pairs.append((
            wall(command("cases.csv", threads), identity), wall(["./replay-c", "cases.csv", str(threads)], work)))
    ours, theirs = (statistics.median(pair[side] for pair in pairs) for side in (0, 1))
    line(f"replay of {CASES} cases, {threads} threads, against C", ours, theirs, 2)
# What is compared is the process of ethos with its start, and the query of a peer without.
python = sys.executable
for which in ("duckdb", "polars"):
    found = peer(python, which)
    if found is None and python == sys.executable:
        print("duckdb and polars are missing: installing them with pip, for this run")
        venv = os.path.join(work, "venv")
        if subprocess.run([sys.executable, "-m", "venv", venv]).returncode == 0:
            subprocess.run([os.path.join(venv, "bin", "pip"), "install", "--quiet", "duckdb", "polars"])
            python = os.path.join(venv, "bin", "python")
            found = peer(python, which)
    if found is None:
        print(f"{which} cannot be had here: the comparison with it is skipped")
        continue
    if found[1] != expected:
        sys.exit(f"{which} and ethos count differently: {found[1]}, {expected}")
    ours = statistics.median(wall(command("cases.csv", THREADS), identity) for _ in range(9))
    line(f"the same, against {which}", ours, found[0], 1)
for attempt in (python, os.path.join(work, "venv", "bin", "python")):
    if attempt != python:
        if not os.path.exists(attempt):
            subprocess.run([sys.executable, "-m", "venv", os.path.join(work, "venv")])
        subprocess.run([os.path.join(work, "venv", "bin", "pip"), "install", "--quiet", "zen-engine"])
    sample = os.path.join(work, "sample.csv")
    with open(sample, "w") as file:
        subprocess.run(["./table", "cases", str(SAMPLE)], check=True, stdout=file, cwd=work)
    result = subprocess.run([attempt, "-c", ENGINE, sample, os.path.join(work, "table")], capture_output=True, text=True)
    if result.returncode == 0:
        answer = json.loads(result.stdout)
        if {(before, after): count for before, after, count in answer["rows"]} != counted(identity, "sample.csv"):
            sys.exit("zen and ethos count differently")
        ours = statistics.median(wall(command("cases.csv", 1), identity) for _ in range(5))
        line("the same, 1 thread, against zen (scaled up)", ours, answer["seconds"] * CASES / SAMPLE, 1)
        break
else:
    print("zen cannot be had here: the comparison with it is skipped")
few, many = (peak(command(file, THREADS), identity) for file in ("few.csv", "many.csv"))
print(f"peak memory of {CASES // 10} and {CASES * 10} cases: {few} KB, {many} KB")
if many > few * 1.1 + 2_048:
    missed.append("peak memory")
sys.exit(1 if missed else 0)
