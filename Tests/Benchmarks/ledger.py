#!/usr/bin/env python3
"""The ledger against git, over long histories, as ratios in one run.

ledger.py ETHOS FOLDER [--small]

Makes identities of 200 x 2,000, 2,000 x 20,000 and 10,000 x 100,000 (commitments x commits), sharded and flat; git needs
some minutes to write the largest sharded, and up to half an hour flat. A history that is there already is used again. The
bars are those of the largest size: in a small one, to start is most of the work. What misses its bar is named at the end,
and the exit status is 1.
"""
import json, os, shutil, statistics, subprocess, sys, time

ethos, folder = os.path.abspath(sys.argv[1]), sys.argv[2]
sizes = [(200, 2_000), (2_000, 20_000)] + ([] if "--small" in sys.argv else [(10_000, 100_000)])
here = os.path.dirname(os.path.abspath(__file__))
environment = dict(os.environ, HOME=folder, XDG_STATE_HOME=f"{folder}/.local/state", GIT_CONFIG_NOSYSTEM="1",
                   XDG_CACHE_HOME=folder)
missed = []


def seconds(arguments, repository):
    begin = time.perf_counter()
    subprocess.run(arguments, cwd=repository, env=environment, check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    return time.perf_counter() - begin


def memory(arguments, repository):
    """The most memory that a command held, in MiB."""
    code = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, "
            "stderr=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
    result = subprocess.run([sys.executable, "-c", code] + arguments, cwd=repository, env=environment, check=True,
                            capture_output=True, text=True)
    return int(result.stdout) / 1024


def row(work, ours, peer, bar=None, faster=False):
    ratio = peer / ours if faster else ours / peer
    bar = bar if bars else None
    kept = bar is None or (ratio >= bar if faster else ratio <= bar)
    limit = "" if bar is None else f"(bar {bar:g})"
    print(f"  {work:<58} {ours * 1000:10.1f} ms {peer * 1000:10.1f} ms {ratio:9.2f} x {limit}"
          f"{'' if kept else '  MISSED'}", flush=True)
    if not kept:
        missed.append(f"{title}: {work}")


def median(arguments, repository, runs):
    return statistics.median(seconds(arguments, repository) for _ in range(runs))


def forget():
    """Removes the indexes of all histories, which lie in the user's own folder."""
    shutil.rmtree(f"{folder}/.local/state/ethos", ignore_errors=True)


def export(repository, revision, folder, names=None):
    """Writes the files of a revision, or these of them, to a folder."""
    os.makedirs(folder)
    index = dict(environment, GIT_INDEX_FILE=f"{folder}.index", GIT_WORK_TREE=folder)
    subprocess.run(["git", "read-tree", revision], cwd=repository, env=index, check=True)
    subprocess.run(["git", "checkout-index", "-q", "-f"] + (["-a"] if names is None else ["-z", "--stdin"]),
                   cwd=repository, env=index, check=True, input=names)
    os.remove(f"{folder}.index")


events = f"{folder}/yaml-events"
flags = subprocess.run(["pkg-config", "--cflags", "--libs", "yaml-0.1"], check=True, capture_output=True, text=True)
subprocess.run(["cc", "-O2", f"{here}/yaml-events.c", "-o", events] + flags.stdout.split(), check=True)
per_commit, bars = {}, False
for commitments, commits in sizes:
    for layout in ["sharded", "flat"]:
        title = f"{commitments:,} x {commits:,}, {layout}"
        bars = (commitments, commits) == sizes[-1]
        repository = f"{folder}/{commitments}-{commits}-{layout}"
        if not os.path.exists(f"{repository}.json"):
            shutil.rmtree(repository, ignore_errors=True)
            made = subprocess.run(
                [sys.executable, f"{here}/ledger-history.py", repository, str(commitments), str(commits), f"--{layout}",
                 "--bare"], env=environment, check=True, capture_output=True, text=True)
            with open(f"{repository}.json", "w") as file:
                file.write(made.stdout)
        with open(f"{repository}.json") as file:
            facts = json.load(file)
        print(f"{title}{'ethos':>{64 - len(title) + 9}} {'git':>13} {'ratio':>11}", flush=True)
        late, early = f"{facts['late']}.{facts['field']}", f"{facts['early']}.{facts['field']}"
        why = [ethos, "why", late]
        raw = ["git", "log", "--raw", "-r", "--diff-merges=first-parent"]
        runs = 3 if commits > 20_000 else 5

        # In turn, so that both see the same machine.
        cold, listed = [], []
        for _ in range(runs):
            forget()
            cold.append(seconds(why, repository))
            listed.append(seconds(raw, repository))
        row("cold: who touched what, against git log --raw -r", statistics.median(cold), statistics.median(listed), 1.3)

        # One answer is printed; to know where it is, all versions of all files are compared.
        compared, patched = [], []
        for _ in range(runs):
            forget()
            compared.append(seconds([ethos, "log", "--action", "reworded", "--limit", "1"], repository))
            patched.append(seconds(["git", "log", "-p", "--diff-merges=first-parent"], repository))
        row("cold: every version by meaning, against git log -p", statistics.median(compared),
            statistics.median(patched), 1.0)

        for name, place, file in [("late", late, facts["lateFile"]), ("early", early, facts["earlyFile"])]:
            blame = median(["git", "blame", "HEAD", "--", file], repository, 3)
            row(f"warm: why of a field changed {name}, against git blame", median([ethos, "why", place], repository, 9),
                blame, 100, faster=True)

        # One commit more, several times, after a full index.
        grown = []
        for number in range(5):
            tree = subprocess.run(["git", "rev-parse", "HEAD^{tree}"], cwd=repository, check=True, capture_output=True,
                                  text=True).stdout.strip()
            commit = subprocess.run(
                ["git", "-c", "user.name=Bench", "-c", "user.email=bench@ethos.example", "commit-tree", tree, "-p",
                 "HEAD", "-m", f"Nothing {number}"], cwd=repository, check=True, capture_output=True,
                text=True).stdout.strip()
            head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=repository, check=True, capture_output=True,
                                  text=True).stdout.strip()
            subprocess.run(["git", "update-ref", "HEAD", commit, head], cwd=repository, check=True)
            grown.append(seconds(why, repository))
        per_commit[(layout, commits)] = statistics.median(grown)
        subprocess.run(["git", "update-ref", "HEAD", "HEAD~5"], cwd=repository, check=True)
        print(f"  one new commit after a full index {per_commit[(layout, commits)] * 1000:33.1f} ms")

        # Both have seen the two states before. The peer lists the changed files, and libyaml goes over both sides of them.
        old = "HEAD~200"
        files = f"{repository}-changed"
        if not os.path.exists(files):
            for side in (old, "HEAD"):
                names = subprocess.run(["git", "diff", "--name-only", "-z", "--no-renames",
                                        f"--diff-filter={'d' if side == 'HEAD' else 'a'}", old, "HEAD"],
                                       cwd=repository, check=True, capture_output=True).stdout
                export(repository, side, f"{files}/{side}", names)
        changed = [ethos, "diff", old, "HEAD"]
        seconds(changed, repository)
        row("diff of 200 commits, against git diff --raw and libyaml", median(changed, repository, 9),
            median(["git", "diff", "--raw", old, "HEAD"], repository, 9) + median([events, files], repository, 9), 3)
        whole = f"{repository}-whole"
        if not os.path.exists(whole):
            export(repository, "HEAD", whole)
        checked, parsed = [], []
        for _ in range(9):
            # It finds nothing, or notes.
            checked.append(seconds([ethos, "check", "--at", "HEAD"], repository))
            parsed.append(seconds([events, whole], repository))
        row("check of one state, against libyaml in C on its files", statistics.median(checked),
            statistics.median(parsed), 2)
        forget()
        print(f"  most memory held, cold {memory(why, repository):44.0f} MiB")

title, bars = "all", True
for layout in ["sharded"]:
    small, large = per_commit[(layout, sizes[0][1])], per_commit[(layout, sizes[-1][1])]
    row(f"one new commit: {sizes[-1][1]:,} commits against {sizes[0][1]:,}", large, small, 1.5)
for miss in missed:
    print(f"missed: {miss}", file=sys.stderr)
sys.exit(1 if missed else 0)
