"""Puts the queries of `ethos export sql` to one engine and compares what it counts with what `ethos replay` counted.

usage: sql-engines.py ENGINE FOLDER

Each folder below FOLDER has `cases.csv` (texts), `manifest.json` (the table's name, and the rows that are expected) and
`ENGINE.sql`. The exit status is 77 where the engine cannot be had.
"""

import csv
import json
import os
import subprocess
import sys
import time


def plain(text):
    """A text as the manifest has it: what is no ASCII as its scalars, so that no two forms are taken for one."""
    if not isinstance(text, str):
        return text
    return "".join(c if ord(c) < 128 else f"\\u{ord(c):x};" for c in text)


class DuckDB:
    def __init__(self):
        import duckdb

        self.connection = duckdb.connect()
        self.name = "DuckDB " + duckdb.__version__

    def load(self, table, path, rows):
        quoted = '"' + table.replace('"', '""') + '"'
        path = path.replace("'", "''")
        # `typed` is read as DuckDB guesses the types of its columns.
        typed = "" if table == "typed" else ", all_varchar = true"
        self.connection.execute(
            f"CREATE OR REPLACE TABLE {quoted} AS SELECT * FROM read_csv('{path}', header = true, delim = ',', "
            f"quote = '\"', escape = '\"', new_line = '\\n', sample_size = -1{typed})"
        )

    def ask(self, query):
        return self.connection.execute(query).fetchall()


class PostgreSQL:
    """A cluster that was started for this: `PGHOST` names the folder of its socket."""

    def __init__(self):
        if not os.environ.get("PGHOST", "").startswith("/"):
            raise ImportError("no cluster was started")
        self.name = "PostgreSQL " + self.psql("SHOW server_version").split()[0]

    def psql(self, text, *more):
        result = subprocess.run(
            ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", "postgres", *more],
            input=text, capture_output=True, text=True)
        if result.returncode != 0:
            raise RuntimeError(result.stderr)
        return result.stdout

    def load(self, table, path, rows):
        def quoted(name):
            return '"' + name.replace('"', '""') + '"'

        with open(path, newline="", encoding="utf-8") as file:
            columns = next(csv.reader(file))
        self.psql(
            f"DROP TABLE IF EXISTS {quoted(table)};\n"
            f"CREATE TABLE {quoted(table)} ({', '.join(quoted(name) + ' text' for name in columns)});\n")
        with open(path, "rb") as file:
            result = subprocess.run(
                ["psql", "-X", "-q", "-d", "postgres", "-c", f"COPY {quoted(table)} FROM STDIN (FORMAT csv, HEADER)"],
                stdin=file, capture_output=True, text=True)
        if result.returncode != 0:
            raise RuntimeError(result.stderr)

    def ask(self, query):
        text = self.psql("SELECT json_build_array(kind, before, after, cases) FROM (\n" + query + "\n) AS answer;\n")
        return [tuple(json.loads(line)) for line in text.splitlines() if line]


class Spark:
    def __init__(self):
        import pyspark
        from pyspark.sql import SparkSession

        self.session = (
            SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "4").config("spark.log.level", "ERROR")
            .config("spark.ui.showConsoleProgress", "false").getOrCreate())
        self.name = "Spark " + pyspark.__version__

    def load(self, table, path, rows):
        from pyspark.sql.types import StringType, StructField, StructType

        with open(path, newline="", encoding="utf-8") as file:
            reader = csv.reader(file)
            columns = next(reader)
            # An empty line is a record of one column that is missing.
            records = [tuple(record or [""]) for record in reader]
        schema = StructType([StructField(name, StringType()) for name in columns])
        self.session.createDataFrame(records, schema).createOrReplaceTempView("`" + table.replace("`", "``") + "`")

    def ask(self, query):
        return [tuple(row) for row in self.session.sql(query).collect()]


ENGINES = {"duckdb": DuckDB, "postgres": PostgreSQL, "spark": Spark}


def main():
    engine_name, folder = sys.argv[1:]
    try:
        engine = ENGINES[engine_name]()
    except ImportError as problem:
        print(f"{engine_name}: skipped: {problem}")
        return 77
    failures = cases = 0
    start = time.time()
    names = sorted(name for name in os.listdir(folder) if os.path.isdir(os.path.join(folder, name)))
    for name in names:
        path = os.path.join(folder, name)
        with open(os.path.join(path, "manifest.json"), encoding="utf-8") as file:
            manifest = json.load(file)
        with open(os.path.join(path, engine_name + ".sql"), encoding="utf-8") as file:
            query = file.read()
        try:
            engine.load(manifest["table"], os.path.join(path, "cases.csv"), manifest["cases"])
            found = sorted((tuple(map(plain, row)) for row in engine.ask(query)), key=repr)
        except Exception as problem:  # what an engine says is the answer here
            print(f"{engine_name}: {name}: {str(problem)[:2000]}")
            failures += 1
            continue
        expected = sorted((tuple(row) for row in manifest["expected"]), key=repr)
        cases += manifest["cases"]
        if found != expected:
            failures += 1
            print(f"{engine_name}: {name} differs")
            print("  only here:  ", [row for row in found if row not in expected])
            print("  only replay:", [row for row in expected if row not in found])
    print(
        f"{engine.name}: {len(names) - failures} of {len(names)} queries count as replay, "
        f"over {cases} cases, in {time.time() - start:.0f} s")
    return 1 if failures or not names else 0


sys.exit(main())
