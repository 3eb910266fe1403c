#!/bin/sh
# Measures ethos against its peers in one run, and prints ratios: the absolute times are this machine's.
# run.sh ETHOS BEHAVIOUR-BENCH; the time-out of Z3 in seconds is ETHOS_BENCH_Z3_SECONDS, 120 where it is not set.
set -eu
ethos=$1
behaviour=$2
case $ethos in /*) ;; *) ethos=$(pwd)/$ethos ;; esac
case $behaviour in /*) ;; *) behaviour=$(pwd)/$behaviour ;; esac
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Median wall time in milliseconds of N runs each of two commands, taken in turn.
compare() {
  python3 - "$@" <<'PY'
import shlex, statistics, subprocess, sys, time
title, runs, ours, peer = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
def once(command):
    begin = time.perf_counter()
    subprocess.run(shlex.split(command), stdout=subprocess.DEVNULL, check=True)
    return (time.perf_counter() - begin) * 1000
once(ours), once(peer)
pairs = [(once(ours), once(peer)) for _ in range(runs)]
a, b = (statistics.median(p[i] for p in pairs) for i in (0, 1))
ratio = statistics.median(x / y for x, y in pairs)
print(f"{title:<44} {a:9.1f} ms {b:9.1f} ms {ratio:8.2f} x")
PY
}

cc -O2 "$here/link-only.c" -o "$work/link-only" $(pkg-config --libs libgit2)
printf '%-44s %12s %12s %10s\n' "work" "ethos" "peer" "ratio"
compare "--version, against a C program on libgit2" 41 "$ethos --version" "$work/link-only"
compare "--help, against the same" 41 "$ethos --help" "$work/link-only"

# An identity of 10,000 values with 200 changed: the cost of a difference is that of the changed files.
python3 "$here/generate.py" "$work/big" 10000 200
cd "$work/big"
compare "diff A B, against git diff --raw A B" 11 "$ethos diff HEAD~1 HEAD" "git diff --raw HEAD~1 HEAD"
compare "diff A B, against git diff A B" 11 "$ethos diff HEAD~1 HEAD" "git diff HEAD~1 HEAD"

# The signatures and the rules of a long line. What misses its bar is told at the end of each part.
cd "$work"
status=0
python3 "$here/verification.py" "$ethos" "$work" || status=1

# The ledger over long histories.
python3 "$here/ledger.py" "$ethos" "$work" || status=1

# Recorded cases.
python3 "$here/replay.py" "$ethos" "$work" || status=1
python3 "$here/sql.py" "$ethos" "$work" || status=1

# The behavioural difference, and the same questions to Z3.
mkdir "$work/peer"
"$behaviour" --peer "$work/peer" || status=1
python=python3
if ! python3 -c 'import z3' 2>/dev/null; then
  echo "z3-solver is missing: installing it with pip, for this run"
  if python3 -m venv "$work/z3" && "$work/z3/bin/pip" install --quiet z3-solver; then
    python=$work/z3/bin/python
  else
    echo "z3-solver cannot be installed here: the comparison with Z3 is skipped"
    exit $status
  fi
fi
"$python" "$here/z3-peer.py" "$work/peer" || status=1
exit $status
