#!/bin/sh
# What `make demo` shows: a bank lowers its appetite for risk, from proposal to release, real decisions on mortgages held to a
# written policy, and three real releases of a real document of values compared in meaning.
#
# usage: Tests/demo.sh ETHOS_BINARY        KEEP=1 keeps the three repositories.
set -eu

project=$(cd "$(dirname "$0")/.." && pwd)
binary=${1:?usage: Tests/demo.sh ETHOS_BINARY}
binary=$(cd "$(dirname "$binary")" && pwd)/$(basename "$binary")
[ -x "$binary" ] || { echo "demo: no program at $binary: run \`make build\`" >&2; exit 2; }

root=$(mktemp -d "${TMPDIR:-/tmp}/ethos-demo.XXXXXX")
finish() { [ "${KEEP:-}" = 1 ] || rm -rf "$root"; }
trap finish EXIT
trap 'exit 130' INT TERM

# Hermetic: nothing of the caller's identity, configuration or language; the clock is the story's.
unset $(env | sed -n 's/^\(GIT_[A-Za-z0-9_]*\)=.*/\1/p') GIT_DIR
mkdir "$root/home" "$root/bin"
ln -s "$binary" "$root/bin/ethos"
export HOME="$root/home" XDG_CONFIG_HOME="$root/home" GIT_CONFIG_NOSYSTEM=1 LC_ALL=C.UTF-8 TZ=UTC
export PATH="$root/bin:$PATH" ETHOS_TEMPLATES="$project/Templates" COLUMNS=100 NO_COLOR=1
cd "$root"

heading() { printf '\n\n== %s ==\n' "$1"; }
say() { printf '%s\n' "$@"; }
indent() { sed 's/^/  /'; }

# be NAME DAY: who acts from here on, and when.
domain=northgate.example
be() {
  address=$(printf '%s' "${1%% *}" | tr '[:upper:]' '[:lower:]')@$domain
  export GIT_AUTHOR_NAME="$1" GIT_COMMITTER_NAME="$1" GIT_AUTHOR_EMAIL="$address" GIT_COMMITTER_EMAIL="$address"
  export ETHOS_NOW="$2T10:00:00+01:00"
}

# show ARGUMENT… and refused ARGUMENT…: print the command as one would type it, then what it answers, which is yes or no.
show() { answer 0 "$@"; }
refused() { answer 1 "$@"; }
answer() {
  expected=$1
  shift
  printf '\n%s, %s $ ethos' "$GIT_AUTHOR_NAME" "${ETHOS_NOW%%T*}"
  for argument in "$@"; do
    case $argument in
      *[!A-Za-z0-9./@_-]*) printf ' "%s"' "$argument" ;;
      *) printf ' %s' "$argument" ;;
    esac
  done
  printf '\n'
  answered=0
  ethos "$@" >"$root/answer" 2>&1 || answered=$?
  indent <"$root/answer"
  if [ "$answered" -ne "$expected" ]; then
    say "demo: that answered $answered and should have answered $expected" >&2
    exit 1
  fi
}

# quietly ARGUMENT…: the same without a word, unless it fails.
quietly() { ethos "$@" >"$root/answer" 2>&1 || { cat "$root/answer" >&2; exit 1; }; }

heading "A bank and its history"
be "Ingrid Solheim" 2026-11-16
quietly init bank --template financial-services --story
cd bank
say "Northgate Private Bank has kept its identity in git since 2019:" \
  "$(git rev-list --count main) commits, $(git branch --list 'proposals/*' | wc -l | tr -d ' ') proposals, \
$(git branch --list 'reviews/*' | wc -l | tr -d ' ') reviews, $(git tag --list 'release/*' | wc -l | tr -d ' ') releases in three leadership cycles." \
  "An assistant learnt onboarding from the files of 2017 to 2020, when the appetite was 75 points."
show releases
show status

heading "A change: the appetite falls from 60 to 55 points"
be "Mei Lin" 2026-11-16
show set limit/client-risk.atMost 55
show diff
say "" "The file of decision/onboarding did not change. What it decides did: the regions above say for whom, and name a case."
show decide onboarding "risk score=58" "country risk=low" "politically exposed=false" "source of wealth=documented"
show propose appetite-55 --subject "Lower the client risk appetite from 60 to 55 points" \
  --because "Since April we referred 57 clients between 55 and 60 points, and a person declined 41 of them. The limit now says what we do anyway, and the sixteen others are still read by a person." \
  --source "Risk report 2026-10, table 3"

heading "Who must agree, and who does"
refused review appetite-55
be "Omar Reyes" 2026-11-17
show approve appetite-55 --because "We have the count now, and it is our own."
be "Ada Obi" 2026-11-17
show approve appetite-55 --because "It follows what our people already decide."
be "Kenji Watanabe" 2026-11-18
show object appetite-55 --because "We changed the appetite in April and have seven months of files. Two changes in a year teach our advisers that the number is weather. Let us wait for a full year."
be "Leila Haddad" 2026-11-18
show approve appetite-55 --because "The report that Ruth was promised is there, and no country bears it alone."
be "Jane Doe" 2026-11-19
show approve appetite-55 --because "Better a small step on evidence than a large one on nerves."

heading "An objection does not block, and has to be answered"
be "Ingrid Solheim" 2026-11-20
refused ratify appetite-55
show ratify appetite-55 --answer "kenji-watanabe=The board discussed waiting until April. It prefers the limit to say what the referrals show, and will leave it alone until the end of 2027 unless losses force its hand."

heading "Years later somebody asks: why 55?"
show why limit/client-risk.atMost

heading "A release for the leadership cycle"
be "Jane Doe" 2026-11-23
show release --cycle renewal-2026 --effective 2026-12-01 --title "The appetite follows the evidence"

heading "The hand-over from the leadership before"
show handover consolidation-2023 renewal-2026
bank=$PWD

heading "Does it decide as it says? 2,380 real decisions on mortgages"
domain=wharflane.example
be "Eleanor Brandt" 1990-11-20
cd "$root"
quietly init savings-bank --template mortgage-lending --story
cd savings-bank
cp "$project/Tests/Fixtures/hmda/hmda-boston-1990.csv" "$root"
say "The bank and its policy are invented. The decisions are real, of many lenders in Boston in 1990, none of whom had read" \
  "this policy: what agrees or departs below is a record and our table, and no finding about any lender." \
  "The decision's file says which columns are its facts, and what their texts stand for."
show audit ../hmda-boston-1990.csv --decision mortgage --at release/prudence-1990/2 --by afam --by selfemp
say "" "The same record, held to the rules of the leadership before:"
ethos audit ../hmda-boston-1990.csv --decision mortgage --at release/growth-1988/1 >"$root/answer"
sed -n '1p; /^The order of values/,/^$/p' "$root/answer" | indent
savings=$PWD

heading "Real input: three releases of the OpenAI Model Spec"
domain=spec.example
be "Editor" 2025-02-01
mkdir -p "$root/model-spec/cycles" "$root/model-spec/people"
cd "$root/model-spec"
cat >ethos.yaml <<'YAML'
ethos: 1
organisation: Model Spec
timeZone: UTC
defaultOwner: editor
YAML
cat >cycles/drafts-2025.yaml <<'YAML'
id: drafts-2025
title: The drafts of 2025
from: 2025-01-01
offices: {editor: the-editor}
YAML
cat >people/the-editor.yaml <<'YAML'
id: the-editor
name: Editor
emails: [editor@spec.example]
YAML
git init -q -b main
git add .
GIT_AUTHOR_DATE=2025-02-01T10:00:00Z GIT_COMMITTER_DATE=2025-02-01T10:00:00Z \
  git commit -q -m "Begin the identity" -m "The document exists; from here on its changes have a meaning."
say "An open identity: no authority is asked for, so a proposal is ratified as it is made."
ranks=platform,developer,user,guideline
for day in 2025-02-12 2025-04-11 2025-09-12; do
  if [ "$day" = 2025-09-12 ]; then ranks=root,system,platform,developer,user,guideline; fi
  be "Editor" "$day"
  printf '\nEditor, %s $ ethos import markdown %s.md --rank-attribute authority; propose, ratify and release\n' "$day" "$day"
  ethos import markdown "$project/Tests/Fixtures/model-spec/$day.md" --document "Model Spec" --owner editor \
    --rank-attribute authority --ranks "$ranks" --because "The release of $day leaves it out." >"$root/answer"
  sed -n 's/^added [0-9]* values.*/  &/p' "$root/answer"
  quietly propose "spec-$day" --subject "Model Spec of $day" --because "As published on $day."
  quietly ratify "spec-$day"
  ethos release --title "Model Spec of $day" | sed -n 's/^released.*/  &/p'
done

heading "What the last of them changed"
be "Editor" 2025-09-13
printf '\nEditor, 2025-09-13 $ ethos diff release/drafts-2025/2 release/drafts-2025/3\n'
ethos diff release/drafts-2025/2 release/drafts-2025/3 >"$root/diff"
# The whole is long: the acts on several values, one example of a reworded statement, and what there is of each change.
sed -n '/^On several at once/,/^charter/p' "$root/diff" | sed '$d' | indent
for value in stay_in_bounds be_kind love_humanity; do
  sed -n "/^value\\/$value /,/^\$/p" "$root/diff" | sed 14q | indent
done
say "  Of each change there are:"
sed -n 's/^  [-+~].*\[[a-z]*\] \([a-z-]*\)$/\1/p' "$root/diff" | sort | uniq -c | sort -rn | indent
tail -n 1 "$root/diff" | indent

heading "All of it is plain git"
for folder in "$bank" "$savings" "$root/model-spec"; do
  printf '\n$ git -C %s fsck --strict\n' "$(basename "$folder")"
  git -C "$folder" fsck --strict --no-progress 2>&1 | indent
  [ -z "$(git -C "$folder" fsck --strict --no-progress 2>&1)" ] || exit 1
  say "  clean; $(git -C "$folder" rev-list --all --count) commits, $(git -C "$folder" tag | wc -l | tr -d ' ') tags"
done

if [ "${KEEP:-}" = 1 ]; then
  say "" "To explore: cd $bank && PATH=\"$(dirname "$binary"):\$PATH\" && ethos log limit/client-risk"
else
  say "" "To explore: KEEP=1 make demo keeps the repositories, and says where."
fi
