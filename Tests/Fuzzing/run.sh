#!/bin/sh
# Builds the fuzzers and runs each for a number of seconds: sh Tests/Fuzzing/run.sh SECONDS [TARGET…]
#
# The targets are feel, table, dmn and cases; all of them where none is named. A crash, a broken law, or an input that takes
# ten seconds ends the run: the input is named, and the exit status is 1. New inputs that reach new code are gathered
# below .build-fuzz and start the next run; an input that failed belongs into the corpus, under a name that tells why.
set -eu
cd "$(dirname "$0")/../.."

seconds=${1:?"usage: run.sh SECONDS [TARGET…]"}
shift
[ $# -gt 0 ] || set -- feel table dmn cases
build=.build-fuzz
export ETHOS_FUZZ=1

for target in "$@"; do
  "${SWIFT:-swift}" build -c release --sanitize=fuzzer --scratch-path "$build" --product "fuzz-$target"
done
binaries=$("${SWIFT:-swift}" build -c release --sanitize=fuzzer --scratch-path "$build" --show-bin-path)

# Threads of the program have stacks as small as this one.
ulimit -s 512
# libFuzzer catches what ends the process and keeps the input; Swift's own report would come first and take seconds.
export SWIFT_BACKTRACE=enable=no

failed=
for target in "$@"; do
  found="$build/found/$target"
  grown="$build/corpus/$target"
  mkdir -p "$found" "$grown"
  echo "fuzzing $target for $seconds seconds"
  "$binaries/fuzz-$target" -max_total_time="$seconds" -max_len=8192 -timeout=10 -rss_limit_mb=2048 \
    -dict="Tests/Fuzzing/$target.dictionary" -artifact_prefix="$found/" -print_final_stats=1 \
    "$grown" "Tests/Fuzzing/Corpus/$target" >"$found/log" 2>&1 || failed="$failed $target"
  grep -E '^stat::|^Done|INITED|ERROR|SUMMARY|broken law|Fatal error|Test unit written' "$found/log" || true
done

[ -z "$failed" ] || {
  echo "failed:$failed; the inputs are in $build/found; run one again with $binaries/fuzz-TARGET INPUT" >&2
  exit 1
}
