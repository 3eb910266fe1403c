#!/usr/bin/env python3
"""Measures `ethos verify` on lines of signed ratifications, and fails where it misses a bar.

verification.py ETHOS FOLDER

All of a line of 10,000 commits against git's own look at the same signatures; then one more ratification on that line
against one more on a line of 1,000. Git starts `ssh-keygen` for each commit, which takes minutes over the whole line: it
is measured over a tenth, and its time taken ten times.
"""
import os, shutil, statistics, subprocess, sys, time

ethos, folder = os.path.abspath(sys.argv[1]), sys.argv[2]
here = os.path.dirname(os.path.abspath(__file__))
SHORT, LONG = 1_000, 10_000
FASTER, DEARER = 20, 2
environment = dict(os.environ, GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_NOSYSTEM="1")


def line(commits):
    path = os.path.join(folder, f"line-{commits}")
    subprocess.run([sys.executable, os.path.join(here, "signed-line.py"), path, str(commits)], check=True)
    return path


def run(path, *command):
    begin = time.perf_counter()
    done = subprocess.run(command, cwd=path, env=environment, check=True, stdout=subprocess.PIPE)
    return (time.perf_counter() - begin) * 1000, done.stdout.decode()


def git(path, commits):
    """Milliseconds for the signatures of some commits, each of which must be good."""
    signers = f"gpg.ssh.allowedSignersFile={path}/.git/signers"
    took, said = run(path, "git", "-c", signers, "log", "--format=%G?", "--show-signature", f"-{commits}", "main")
    assert said.count('Good "git" signature for ') == commits, said[:400]
    return took


def one_more(path):
    """Milliseconds for the last ratification of a line whose others were verified before."""
    mark = os.path.join(path, ".git", "ethos", "verified")
    run(path, ethos, "verify", "one-less")
    shutil.copy(mark, mark + ".one-less")
    times = []
    for _ in range(21):
        shutil.copy(mark + ".one-less", mark)
        times.append(run(path, ethos, "verify")[0])
    return statistics.median(times)


short, long = line(SHORT), line(LONG)
ours = statistics.median(run(long, ethos, "verify", "--again")[0] for _ in range(3))
theirs = git(long, LONG // 10) * 10
print(f"{'verify 10,000 commits, git log --show-signature':<44} {ours:9.1f} ms {theirs:9.1f} ms {ours / theirs:8.2f} x")
print(f"  {theirs / ours:.1f} times as fast as git (measured over {LONG // 10:,} of them), bar {FASTER}")
few, many = one_more(short), one_more(long)
print(f"{'verify one more: of 10,000, of 1,000':<44} {many:9.1f} ms {few:9.1f} ms {many / few:8.2f} x")
print(f"  bar {DEARER} x")
if theirs / ours < FASTER or many / few > DEARER:
    sys.exit("verification misses its bar")
