#!/usr/bin/env python3
"""Measures `ethos verify` on lines of signed ratifications, and fails where it misses a bar.

verification.py ETHOS FOLDER

All of a line of 10,000 commits against git's own look at the same signatures; then one more ratification on that line
against one more on a line of 1,000. Git starts `ssh-keygen` for each commit, which takes minutes over the whole line: it
is measured over a 25th, three times, and the time taken for the whole.
"""
import os, shutil, statistics, subprocess, sys, time

ethos, folder = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
here = os.path.dirname(os.path.abspath(__file__))
SHORT, LONG = 1_000, 10_000
FASTER, DEARER = 20, 2
environment = dict(os.environ, GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_NOSYSTEM="1", XDG_STATE_HOME=f"{folder}/state")


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


def mark(path):
    return os.path.join(path, ".git", "ethos", "verified")


def remember(path):
    """Verifies a line without its last ratification, and keeps what is remembered of it."""
    run(path, ethos, "verify", "one-less")
    shutil.copy(mark(path), mark(path) + ".one-less")


def one_more(path):
    """Milliseconds for the last ratification of a line whose others were verified before."""
    shutil.copy(mark(path) + ".one-less", mark(path))
    return run(path, ethos, "verify")[0]


# In turn, so that what else the machine does weighs on both alike.
short, long = line(SHORT), line(LONG)
pairs = [(run(long, ethos, "verify", "--again")[0], git(long, LONG // 25) * 25) for _ in range(3)]
ours, theirs = (statistics.median(pair[side] for pair in pairs) for side in (0, 1))
print(f"{'verify 10,000 commits, git log --show-signature':<44} {ours:9.1f} ms {theirs:9.1f} ms {ours / theirs:8.2f} x")
print(f"  {theirs / ours:.1f} times as fast as git, which was measured over 3 x {LONG // 25} of them; bar {FASTER}")
remember(short), remember(long)
pairs = [(one_more(long), one_more(short)) for _ in range(21)]
many, few = (statistics.median(pair[side] for pair in pairs) for side in (0, 1))
ratio = statistics.median(many / few for many, few in pairs)
print(f"{'verify one more: of 10,000, of 1,000':<44} {many:9.1f} ms {few:9.1f} ms {ratio:8.2f} x")
print(f"  bar {DEARER} x")
if theirs / ours < FASTER or ratio > DEARER:
    sys.exit("verification misses its bar")
