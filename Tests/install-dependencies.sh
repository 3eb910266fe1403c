#!/bin/sh
# Sees to it that the C libraries are there: installs them where it may, and says what to install where it may not.
# With the argument `tests`, also the programs that some tests ask where they are there: they do without them where not.
set -eu
missing=""
if [ "${1-}" = tests ] && command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  for program in strace sqlite3; do
    command -v "$program" >/dev/null 2>&1 || missing="$missing $program"
  done
  if [ -n "$missing" ]; then
    apt-get update -qq >&2 || true
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >&2 || true
    missing=""
  fi
fi
for pair in libgit2:libgit2-dev yaml-0.1:libyaml-dev sqlite3:libsqlite3-dev; do
  if ! command -v pkg-config >/dev/null 2>&1 || ! pkg-config --exists "${pair%%:*}"; then
    missing="$missing ${pair##*:}"
  fi
done
command -v pkg-config >/dev/null 2>&1 || missing="$missing pkg-config"
command -v git >/dev/null 2>&1 || missing="$missing git"
[ -n "$missing" ] || exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "installing$missing" >&2
  apt-get update -qq >&2 || true
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >&2
elif command -v apt-get >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
  echo "installing$missing" >&2
  sudo -n apt-get update -qq >&2 || true
  # shellcheck disable=SC2086
  sudo -n env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >&2
else
  echo "ethos needs$missing. Install them, on Debian and Ubuntu with:" >&2
  echo "  sudo apt-get install$missing" >&2
  exit 1
fi
