#!/usr/bin/env python3
"""Makes a repository whose identity has a long history, the same one for the same arguments.

ledger-history.py FOLDER COMMITMENTS COMMITS [--flat | --sharded] [--bare] [--commit-graph] [--seed N]

Most commits change a field of one or two commitments. Every 20th is a merge of a proposal whose commits changed other
commitments than main did meanwhile. Some commits move files within the folders of their kind, some give them a name that
says nothing, some write them otherwise without a change of meaning. The commits are written by `git fast-import`.

--flat keeps the values in one folder, --sharded (the default) in `values/ab/cd/` by a hash of the id. Prints a commitment
that was changed last at the end, and one that was changed last at the beginning, as JSON.
"""
import argparse, hashlib, json, os, random, subprocess, sys

arguments = argparse.ArgumentParser(usage=__doc__.split("\n")[2])
arguments.add_argument("folder")
arguments.add_argument("commitments", type=int)
arguments.add_argument("commits", type=int)
arguments.add_argument("--flat", action="store_true")
arguments.add_argument("--sharded", action="store_true")
arguments.add_argument("--bare", action="store_true")
arguments.add_argument("--commit-graph", action="store_true")
arguments.add_argument("--seed", type=int, default=1)
options = arguments.parse_args()
if options.flat and options.sharded:
    arguments.error("--flat and --sharded exclude each other")
if options.commitments < 100 or options.commits < 40:
    arguments.error("there must be 100 commitments and 40 commits at least")
if os.path.exists(options.folder):
    arguments.error(f"{options.folder} exists")

random = random.Random(options.seed)
PEOPLE = [("Jane Doe", "jane@northgate.example"), ("Mei Lin", "mei@northgate.example")]
START = 1_600_000_000
ROUND = 20  # a round of commits ends with a merge

SUBJECTS = ["clients", "staff", "suppliers", "auditors", "neighbours", "partners", "owners", "regulators"]
ACTS = ["we answer within a day", "we explain what we did", "we write down why", "we ask before we act",
        "we keep what we promised", "we say no early", "we share what we know", "we wait for a second opinion"]
REASONS = ["The last review showed that nobody read it that way.", "The board asked for it after the audit.",
           "Two incidents in a row went the other way.", "We had said it in three places, and in three ways.",
           "The people who work with it asked us to be plain.", "A client pointed out what was missing."]


def sentence():
    return f"With {random.choice(SUBJECTS)} {random.choice(ACTS)}, and {random.choice(ACTS)} ({random.randrange(10**6)})."


class Commitment:
    def __init__(self, kind, number):
        self.kind, self.id = kind, f"{kind[0]}{number}"
        self.comment, self.turned = 0, False
        if kind == "value":
            self.fields = {"title": f"Value {number}", "statement": sentence(), "because": sentence(), "owner": "lead"}
        elif kind == "limit":
            self.fields = {"title": f"Limit {number}", "atMost": str(random.randrange(10, 90)), "unit": "points",
                           "because": sentence(), "owner": "lead"}
        else:
            self.fields = {"title": f"Decision {number}", "question": f"Do we take on case {number}?", "owner": "lead",
                           "threshold": str(random.randrange(10, 90)), "because": sentence()}
        self.path = f"{self.kind}s/{self.shard(self.id)}{self.id}.yaml"

    def shard(self, name):
        """The folder below that of the kind."""
        if options.flat or self.kind != "value":
            return ""
        digest = hashlib.sha256(name.encode()).hexdigest()
        return f"{digest[:2]}/{digest[2:4]}/"

    def change(self):
        """Changes a field, and says which."""
        if self.kind == "value":
            field = random.choice(["statement", "because", "title"])
        elif self.kind == "limit":
            field = random.choice(["atMost", "atMost", "because"])
        else:
            field = random.choice(["threshold", "because", "question"])
        self.set(field)
        return field

    def set(self, field):
        if field in ("atMost", "threshold"):
            self.fields[field] = str((int(self.fields[field]) + random.randrange(1, 60)) % 100)
        elif field == "question":
            self.fields[field] = f"Do we take on case {random.randrange(10**6)}?"
        else:
            self.fields[field] = sentence()

    def rewrite(self):
        """Another text of the same meaning."""
        if random.random() < 0.5:
            self.turned = not self.turned
        else:
            self.comment += 1

    def move(self):
        name = f"{random.randrange(10**9)}"
        if random.random() < 0.2:
            self.path = f"{self.kind}s/{self.shard(name)}note-{name}.yaml"
        else:
            shard = self.shard(name) or ("" if "/old/" in self.path else "old/")
            self.path = f"{self.kind}s/{shard}{self.id}.yaml"

    def text(self):
        lines = []
        if self.comment:
            lines.append(f"# Written in edition {self.comment}.\n")
        lines.append(f"id: {self.id}\n")
        fields = list(self.fields.items())
        for name, value in reversed(fields) if self.turned else fields:
            if name == "threshold":
                lines.append(
                    "inputs:\n  - {name: score, type: number, allowed: \"[0..100]\", step: 1}\n"
                    "outputs:\n  - {name: route, type: string, allowed: '\"refer\", \"approve\"', strictest: first}\n"
                    "hitPolicy: first\nrules: |\n  | id | score | route   |\n  |----|-------|---------|\n"
                    f"  | r1 | > {value:<3} | refer   |\n  | r2 | -     | approve |\nserves: [v0]\n")
            elif name in ("statement", "because"):
                lines.append(f"{name}: |\n  {value}\n")
            else:
                lines.append(f"{name}: {value}\n")
        return "".join(lines)


def git(*command, **more):
    environment = dict(os.environ, GIT_CONFIG_NOSYSTEM="1")
    return subprocess.run(["git", "-C", options.folder, *command], check=True, env=environment, **more)


decisions, limits = options.commitments // 50, options.commitments // 12
values = options.commitments - decisions - limits
commitments = [Commitment("value", number) for number in range(values)]
commitments += [Commitment("limit", number) for number in range(limits)]
commitments += [Commitment("decision", number) for number in range(decisions)]
# Changed once, at the beginning, and never again; changed again at the end.
early, late = commitments[values // 3], commitments[values // 2]
rest = [commitment for commitment in commitments if commitment is not early]

os.makedirs(options.folder)
git("init", "-q", "-b", "main", *(["--bare"] if options.bare else []))
git("config", "gc.auto", "0")
importer = subprocess.Popen(
    ["git", "-C", options.folder, "fast-import", "--quiet", "--force"], stdin=subprocess.PIPE)
stream = importer.stdin
moment = START
MAIN, SIDE = "refs/heads/main", "refs/side"


def data(text):
    content = text.encode()
    return b"data %d\n%s\n" % (len(content), content)


def write(path, text):
    stream.write(b"M 100644 inline %s\n" % path.encode() + data(text))


def begin(branch, message, parent=None, merged=None):
    global moment
    moment += random.randrange(60, 1800)
    name, email = random.choice(PEOPLE)
    who = f"{name} <{email}> {moment} +0100\n"
    head = f"commit {branch}\nauthor {who}committer {who}".encode() + data(message)
    stream.write(head)
    if parent:
        stream.write(f"from {parent}\n".encode())
    if merged:
        stream.write(f"merge {merged}\n".encode())


def put(commitment, old):
    if old != commitment.path:
        stream.write(f"D {old}\n".encode())
    write(commitment.path, commitment.text())


def change(branch, chosen, parent=None, field=None):
    """A commit that changes one or two of the chosen commitments, or moves or rewrites one; gives what it changed."""
    first = chosen[0]
    old, chance = first.path, random.random()
    if field:
        first.set(field)
        changed, message = [first], f"Change {field} of {first.kind}/{first.id}"
    elif chance < 0.04:
        first.move()
        changed, message = [first], f"Move {first.kind}/{first.id}"
    elif chance < 0.08:
        first.rewrite()
        changed, message = [first], f"Write {first.kind}/{first.id} otherwise"
    else:
        changed = chosen[:2] if chance < 0.3 else chosen[:1]
        fields = [commitment.change() for commitment in changed]
        message = "Change " + " and ".join(
            f"{name} of {commitment.kind}/{commitment.id}" for name, commitment in zip(fields, changed))
    begin(branch, f"{message}\n\n{random.choice(REASONS)}\n", parent)
    for commitment in changed:
        put(commitment, old if commitment is first else commitment.path)
    return changed, old


begin(MAIN, "Found it\n\nThere was nothing to go by.\n")
write("ethos.yaml", "ethos: 1\norganisation: Northgate\ntimeZone: Europe/Zurich\nbranch: main\ndefaultOwner: lead\n")
write("cycles/first.yaml", "id: first\ntitle: First\nfrom: 2020-01-01\nmandate: Write it down.\n"
      "offices: {lead: jane-doe, board: [jane-doe, mei-lin]}\n")
for name, email in PEOPLE:
    person = name.lower().replace(" ", "-")
    write(f"people/{person}.yaml", f"id: {person}\nname: {name}\nemails: [{email}]\n")
for commitment in commitments:
    write(commitment.path, commitment.text())
change(MAIN, [early], field="because")

made, proposal = 2, 0
while made < options.commits - 1:
    # Each round changes its own commitments, on either side others.
    size = min(ROUND, options.commits - 1 - made)
    chosen = random.sample(rest, 2 * size)
    merges = size == ROUND
    beside = random.randrange(1, 7) if merges else 0
    places = set(random.sample(range(size - 1), beside)) if merges else set()
    first, touched, gone = True, {}, set()
    for index in range(size - 1 if merges else size):
        if index in places:
            changed, old = change(SIDE, chosen[2 * index:2 * index + 2], parent=MAIN if first else None)
            first = False
            for commitment in changed:
                touched[commitment.id] = commitment
            if old != changed[0].path:
                gone.add(old)
        else:
            change(MAIN, chosen[2 * index:2 * index + 2])
    if merges:
        proposal += 1
        approver = random.choice(PEOPLE)
        begin(MAIN, f"Ratify p{proposal}\n\n{random.choice(REASONS)}\n\nProposal: p{proposal}\n"
              f"Approved-by: {approver[0]} <{approver[1]}>\nRuleset: 2\n", merged=SIDE)
        for path in sorted(gone):
            stream.write(f"D {path}\n".encode())
        for commitment in touched.values():
            write(commitment.path, commitment.text())
    made += size
change(MAIN, [late], field="because")
stream.close()
if importer.wait() != 0:
    sys.exit("git fast-import failed")

git("update-ref", "-d", SIDE)
git("-c", "gc.writeCommitGraph=false", "gc", "-q", "--prune=now")
if options.commit_graph:
    git("commit-graph", "write", "--reachable", "--no-progress")
if not options.bare:
    git("reset", "-q", "--hard", "main")
count = int(git("rev-list", "--count", "main", stdout=subprocess.PIPE).stdout)
print(json.dumps({
    "commits": count, "commitments": len(commitments), "proposals": proposal, "field": "because",
    "late": f"value/{late.id}", "lateFile": late.path, "early": f"value/{early.id}", "earlyFile": early.path,
}))
