#!/usr/bin/env python3
"""Says which targets of Package.swift depend on one that none of their files imports, and fails where there are any."""

import json
import pathlib
import re
import subprocess
import sys

IMPORT = re.compile(
    r"^\s*(?:@\w+\s+)*(?:(?:package|public|internal|private|fileprivate)\s+)?import\s+(?:(?:struct|enum|class|func)\s+)?(\w+)",
    re.MULTILINE,
)
# Every target of tests has these for the sake of one list in Package.swift.
EVERYWHERE = {"EthosTestSupport"}

root = pathlib.Path(__file__).resolve().parent.parent
described = subprocess.run(
    ["swift", "package", "describe", "--type", "json"], cwd=root, check=True, capture_output=True, text=True
)
targets = json.loads(described.stdout)["targets"]
unused = []
for target in targets:
    imported = set()
    for file in (root / target["path"]).rglob("*.swift"):
        imported.update(IMPORT.findall(file.read_text(encoding="utf-8")))
    for name in sorted(set(target.get("target_dependencies", [])) - imported - EVERYWHERE):
        unused.append(f"{target['name']} depends on {name} and never imports it")
if not targets:
    sys.exit("the package has no targets: it was not read")
print("\n".join(unused) if unused else f"{len(targets)} targets, and each imports what it depends on")
sys.exit(1 if unused else 0)
