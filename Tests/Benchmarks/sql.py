"""Puts the queries of `ethos export sql` beside the CASE that a person would write, in one run on the same engine, and prints
ratios: as the text of each column, and `--typed`.

sql.py ETHOS WORK. A case is decided by 50 rules over 6 facts, before and after; both queries have to count the same. DuckDB
is installed with pip for the run where it is missing, PostgreSQL needs its server's programs; what cannot be had is named and
left out. Exits with 1 where a bar is missed.
"""

import csv
import glob
import os
import pwd
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time

here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "Replay")
ethos, work = sys.argv[1], os.path.join(sys.argv[2], "sql")
CASES = int(os.environ.get("ETHOS_BENCH_CASES", "1000000"))
RUNS = 5
# The most that a typed query may cost, beside the plain CASE.
BAR = 1.5
TYPES = {
    "duckdb": "score INTEGER, amount DECIMAL(12,2), country VARCHAR, branch VARCHAR, exposed BOOLEAN, opened DATE",
    "postgres": "score integer, amount numeric(12,2), country text, branch text, exposed boolean, opened date",
    "sqlite": "score INTEGER, amount NUMERIC, country TEXT, branch TEXT, exposed INTEGER, opened TEXT",
}
missed = []


def run(*command, cwd=None):
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=cwd).stdout


def prepare():
    os.makedirs(work)
    run("cc", "-O2", os.path.join(here, "table.c"), "-o", "table", cwd=work)
    with open(os.path.join(work, "cases.csv"), "w") as file:
        subprocess.run(["./table", "cases", str(CASES)], check=True, stdout=file, cwd=work)
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


def plain(dialect):
    sides = [run("./table", "sql", side, cwd=work) for side in ("before", "after")]
    if dialect == "sqlite":
        sides = [side.replace("DATE '", "'") for side in sides]
    return (
        f"SELECT 'decided', b, a, count(*) AS n FROM (SELECT {sides[0]} AS b, {sides[1]} AS a FROM cases) AS t "
        "GROUP BY b, a")


class DuckDB:
    def __init__(self):
        sys.path += glob.glob(os.path.join(work, "venv", "lib", "python*", "site-packages"))
        import duckdb

        self.connection = duckdb.connect()
        self.connection.execute(f"CREATE TABLE cases ({TYPES['duckdb']})")
        self.connection.execute(f"INSERT INTO cases SELECT * FROM read_csv('{work}/cases.csv', header = true)")

    def ask(self, query):
        return self.connection.execute(query).fetchall()


class SQLite:
    def __init__(self):
        self.connection = sqlite3.connect(":memory:")
        self.connection.execute(f"CREATE TABLE cases ({TYPES['sqlite']})")
        with open(os.path.join(work, "cases.csv"), newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        # Its booleans are numbers: what is read as text has a table of texts.
        self.connection.execute(f"CREATE TABLE texts ({', '.join(f'{name} TEXT' for name in rows[0])})")
        self.connection.executemany("INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?)", rows[1:])
        self.connection.executemany(
            "INSERT INTO cases VALUES (?, ?, ?, ?, ?, ?)", ([*r[:4], int(r[4] == "true"), r[5]] for r in rows[1:]))

    def ask(self, query):
        return self.connection.execute(query).fetchall()


class PostgreSQL:
    """A cluster for this run."""

    def __init__(self):
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin")) or [os.path.dirname(shutil.which("initdb") or "")]
        self.programs = found[-1]
        if not self.programs or not shutil.which("psql"):
            raise ImportError("there is no server")
        self.folder = os.path.join(work, "cluster")
        os.makedirs(self.folder)
        self.user = None
        if os.getuid() == 0:
            # It refuses to run as root.
            names = {entry.pw_name for entry in pwd.getpwall()}
            self.user = "postgres" if "postgres" in names else "nobody"
            os.chmod(sys.argv[2], 0o755)
            os.chmod(work, 0o755)
            shutil.chown(self.folder, self.user)
        self.program("initdb", "-D", f"{self.folder}/data", "-A", "trust", "-U", "ethos", "-E", "UTF8", "--locale=C.UTF-8")
        self.program(
            "pg_ctl", "-D", f"{self.folder}/data", "-w", "-l", f"{self.folder}/log", "-o",
            f"-k {self.folder} -c listen_addresses=''", "start")
        self.psql("-c", f"CREATE TABLE cases ({TYPES['postgres']})")
        self.psql("-c", f"\\copy cases FROM '{work}/cases.csv' (FORMAT csv, HEADER)")
        self.psql("-c", "VACUUM ANALYZE cases")

    def program(self, name, *more):
        before = ["runuser", "-u", self.user, "--"] if self.user else []
        subprocess.run([*before, os.path.join(self.programs, name), *more], check=True, cwd="/", stdout=subprocess.DEVNULL)

    def psql(self, *more, text=None):
        return subprocess.run(
            ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-U", "ethos", "-d", "postgres", *more],
            check=True, input=text, capture_output=True, text=True).stdout

    def ask(self, query):
        return [tuple(line.split("|")) for line in self.psql(text=query + ";\n").splitlines()]

    def stop(self):
        self.program("pg_ctl", "-D", f"{self.folder}/data", "-m", "immediate", "stop")


def counted(rows):
    return {(row[1], row[2]): int(row[3]) for row in rows if row[0] == "decided"}


def compare(identity, dialect, engine):
    command = [ethos, "export", "sql", "--decision", "bench", "--from", "before", "--to", "after", "--dialect", dialect]
    table = "texts" if dialect == "sqlite" else "cases"
    queries = [
        plain(dialect), run(*command, "--table", table, cwd=identity), run(*command, "--typed", cwd=identity)]
    expected = counted(engine.ask(queries[0]))
    for query in queries[1:]:
        if counted(engine.ask(query)) != expected:
            sys.exit(f"{dialect}: the query of ethos and the plain CASE count differently")
    times = [[], [], []]
    for _ in range(RUNS):
        for query, taken in zip(queries, times):
            begin = time.perf_counter()
            engine.ask(query)
            taken.append(time.perf_counter() - begin)
    by_hand, text, typed = map(statistics.median, times)
    for title, ours, bar in (("as texts", text, None), ("--typed", typed, BAR)):
        ratio = ours / by_hand
        verdict = "" if bar is None or ratio <= bar else f"   missed: at most {bar:g} x"
        print(
            f"{f'export sql, {dialect}, {title}, against a CASE':<44} {ours * 1000:9.1f} ms {by_hand * 1000:9.1f} ms "
            f"{ratio:8.2f} x{verdict}", flush=True)
        if verdict:
            missed.append(dialect)


identity = prepare()
for dialect, make in (("sqlite", SQLite), ("duckdb", DuckDB), ("postgres", PostgreSQL)):
    if dialect == "duckdb" and subprocess.run([sys.executable, "-c", "import duckdb"], capture_output=True).returncode:
        print("duckdb is missing: installing it with pip, for this run")
        subprocess.run([sys.executable, "-m", "venv", os.path.join(work, "venv")])
        subprocess.run([os.path.join(work, "venv", "bin", "pip"), "install", "--quiet", "duckdb"])
    try:
        engine = make()
    except (ImportError, subprocess.CalledProcessError) as problem:
        print(f"{dialect} cannot be had here: the comparison with it is skipped ({problem})")
        continue
    try:
        compare(identity, dialect, engine)
    finally:
        if dialect == "postgres":
            engine.stop()
sys.exit(1 if missed else 0)
