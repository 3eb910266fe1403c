#!/bin/sh
# Says in Markdown what ethos says of a pull request, or of the branch in force. `ethos help forges` says how to use it.
#
#   report.sh pull BRANCH TIP BASE    what the merge of TIP into BASE would bring, who is missing, and the verdict on it
#   report.sh line [BEFORE]           the verdict on the branch in force, which held BEFORE before the push
#
# Exits with 0 where all is in order, with 1 where it is not, and with 2 where that cannot be told. Nothing of what is
# judged is run: branches are read as data, and names are used only after they were looked at.
set -u
# A class as [A-Z] means other letters in other languages.
LC_ALL=C
export LC_ALL

commit() { git rev-parse --verify --quiet --end-of-options "$1^{commit}"; }

pull() {
  tip=$(commit "$2") && base=$(commit "$3") || { echo "The commits of the pull request are not here."; return 2; }
  name=
  refused=
  case $1 in
    proposals/*[!A-Za-z0-9_-]* | proposals/ | proposals/[!A-Za-z0-9]*) ;;
    proposals/*) name=${1#proposals/} ;;
  esac
  if [ -z "$name" ]; then
    echo "The branch is no proposal: those are called proposals/NAME (\`ethos propose NAME\`)."
  else
    # Anybody can call a branch as a proposal is called: what is shown is the commit that would be merged, or nothing.
    review=$(ethos review "$name" --at "$tip" --format markdown)
    [ $? -le 1 ] || { echo "The proposal cannot be shown: the log of the check says why."; return 2; }
    if [ -n "$review" ]; then
      printf '%s\n' "$review"
    else
      refused=yes
      echo "The branch bears the name of another proposal, and is not that proposal: the log of the check says more."
      echo "Fetch, if the proposal went on since; else give the branch a name of its own."
    fi
  fi

  # The verdict is on what the forge would make: a merge of the two, which carries only what the branch carries.
  echo && echo "## What the forge would merge" && echo
  tree=$(git merge-tree --write-tree "$base" "$tip" 2>/dev/null) || {
    echo "It cannot be merged: both sides changed the same. Bring the branch up to date."
    return 1
  }
  merge=$(GIT_AUTHOR_NAME=Forge GIT_AUTHOR_EMAIL=forge@localhost GIT_COMMITTER_NAME=Forge \
    GIT_COMMITTER_EMAIL=forge@localhost git commit-tree "$tree" -p "$base" -p "$tip" -m 'What the forge would merge') ||
    return 2
  ethos verify --format markdown "$base..$merge"
  verdict=$?
  if [ $verdict -eq 1 ] && [ -n "$name" ] && [ -z "$refused" ]; then
    echo && ethos collect "$name" --at "$tip" --dry-run --format markdown
  fi
  # Whatever it would bring, it is not what its name says.
  [ -z "$refused" ] || [ $verdict -gt 1 ] || verdict=1
  return $verdict
}

line() {
  ethos verify --format markdown
  verdict=$?
  # A branch that is new held nothing: forges say so with zeros.
  case ${1:-0} in
    *[!0]*)
      if ! before=$(commit "$1") || ! git merge-base --is-ancestor "$before" HEAD; then
        echo && echo "The branch in force went back: it no longer holds what it held before the push."
        [ $verdict -gt 1 ] || verdict=1
      fi
      ;;
  esac
  return $verdict
}

case "${1:-} $#" in
  'pull 4') pull "$2" "$3" "$4" ;;
  'line 1' | 'line 2') line "${2:-}" ;;
  *)
    sed -n '2,5s/^# \{0,1\}//p' "$0" >&2
    exit 64
    ;;
esac
