#!/bin/sh
# Puts the queries of `ethos export sql` to DuckDB, PostgreSQL and Spark, over 100,000 cases each, and compares what they
# count with what `ethos replay` counts. Part of `make soak`.
#
# DuckDB and Spark come from PyPI into a virtual environment, Spark needs Java, PostgreSQL its server's programs; what
# cannot be had is said and skipped. ENGINES_FOLDER keeps the environment from run to run.
set -eu

cd "$(dirname "$0")/../.."
: "${SWIFT:=swift}"
: "${ENGINES:=duckdb postgres spark}"
work=$(mktemp -d "${TMPDIR:-/tmp}/ethos-sql.XXXXXX")
venv=${ENGINES_FOLDER:-$work}/venv
cluster=
failed=0

finish() {
  if [ -n "$cluster" ]; then as_nobody "$programs/pg_ctl" -D "$cluster/data" -m immediate stop >/dev/null 2>&1 || true; fi
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM

# PostgreSQL refuses to run as root.
as_nobody() {
  if [ "$(id -u)" = 0 ]; then runuser -u "$owner" -- "$@"; else "$@"; fi
}

echo "writing cases and queries"
ETHOS_SQL_FOLDER="$work/material" "$SWIFT" test --filter 'material for other engines' >"$work/log" 2>&1 || {
  tail -n 40 "$work/log"
  exit 1
}
[ -d "$work/material" ] || { echo "no material was written"; exit 1; }

python=python3
if [ -x "$venv/bin/python" ] || python3 -m venv "$venv" >"$work/log" 2>&1; then python=$venv/bin/python; fi

ask() {
  status=0
  "$python" Tests/Soak/sql-engines.py "$1" "$work/material" || status=$?
  if [ $status -ne 0 ] && [ $status -ne 77 ]; then failed=1; fi
}

for engine in $ENGINES; do
  case $engine in
  duckdb)
    "$python" -c 'import duckdb' 2>/dev/null || "$python" -m pip install --quiet duckdb >"$work/log" 2>&1 || true
    ask duckdb
    ;;
  spark)
    if ! command -v java >/dev/null; then
      echo "spark: skipped: there is no Java; on Debian: apt-get install default-jre-headless"
      continue
    fi
    "$python" -c 'import pyspark' 2>/dev/null || "$python" -m pip install --quiet pyspark >"$work/log" 2>&1 || true
    ask spark
    ;;
  postgres)
    programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
    [ -n "$programs" ] || { initdb=$(command -v initdb) && programs=$(dirname "$initdb"); } || true
    if [ -z "$programs" ] || ! command -v psql >/dev/null; then
      echo "postgres: skipped: there is no server; on Debian: apt-get install postgresql"
      continue
    fi
    owner=$(id postgres >/dev/null 2>&1 && echo postgres || echo nobody)
    cluster=$work/cluster
    mkdir "$cluster"
    chmod 755 "$work"
    [ "$(id -u)" != 0 ] || chown "$owner" "$cluster"
    if (cd / && as_nobody "$programs/initdb" -D "$cluster/data" -A trust -U ethos -E UTF8 --locale=C.UTF-8 &&
      as_nobody "$programs/pg_ctl" -D "$cluster/data" -w -l "$cluster/log" \
        -o "-k $cluster -c listen_addresses=''" start) >"$work/log" 2>&1; then
      PGHOST=$cluster PGUSER=ethos ask postgres
    else
      echo "postgres: skipped: no cluster could be started: $(tail -n 1 "$work/log")"
      cluster=
    fi
    ;;
  esac
done
exit $failed
