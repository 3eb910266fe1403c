"""Makes a git repository that holds an identity of many values, of which the last commit changes some."""

import os
import subprocess
import sys

folder, count, changed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])


def git(*arguments):
    subprocess.run(["git", "-C", folder, *arguments], check=True, stdout=subprocess.DEVNULL)


def write(index, statement):
    path = f"{folder}/values/{index % 100:02}"
    os.makedirs(path, exist_ok=True)
    with open(f"{path}/v{index}.yaml", "w") as file:
        file.write(
            f"id: v{index}\ntitle: Value {index}\nstatement: |\n  {statement}\n  It holds in every case.\n"
            "because: |\n  What happened before taught us so, and we wrote it down.\n"
        )


os.makedirs(folder)
git("init", "-q", "-b", "main")
git("config", "gc.auto", "0")
git("config", "user.name", "Bench")
git("config", "user.email", "bench@ethos.example")
with open(f"{folder}/ethos.yaml", "w") as file:
    file.write("ethos: 1\norganisation: Bench\n")
for index in range(count):
    write(index, f"We hold to number {index} and must not give it up.")
git("add", "-A")
git("commit", "-qm", "Begin")
for index in range(changed):
    write(index * (count // changed), f"We hold to number {index} and should not give it up.")
git("add", "-A")
git("commit", "-qm", "Change")
git("gc", "-q")
