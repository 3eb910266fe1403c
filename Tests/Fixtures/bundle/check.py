#!/usr/bin/env python3
"""Holds a bundle to its digest, and to the schemas in it and to that of the whole document: check.py BUNDLE SCHEMA.

Shares nothing with ethos: the canonical JSON is written here, and the schemas are read by the package `jsonschema`.
"""
import hashlib
import json
import sys


def canonical(value):
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(json.dumps(name, ensure_ascii=False) + ":" + canonical(value[name]) for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def says(digest, value):
    return digest == "sha256:" + hashlib.sha256(canonical(value).encode("utf-8")).hexdigest()


text = open(sys.argv[1], encoding="utf-8").read()
bundle = json.loads(text)
schema = json.load(open(sys.argv[2], encoding="utf-8"))
problems = []
if canonical(bundle) != text:
    problems.append("the document is not canonical")
digest = bundle.pop("digest")
if not says(digest, bundle):
    problems.append("the digest is another")
for name in bundle:
    if says(digest, {**bundle, name: "other"}):
        problems.append(f"the digest does not depend on {name}")
bundle["digest"] = digest
try:
    import jsonschema
except ImportError:
    print("skipped: python3 has no jsonschema, so that no schema was asked")
else:
    def errors(schema, value):
        jsonschema.Draft202012Validator.check_schema(schema)
        return [f"{error.json_path}: {error.message[:200]}" for error in jsonschema.Draft202012Validator(schema).iter_errors(value)]

    problems += errors(schema, bundle)
    for entry in bundle["entries"]:
        own = bundle["schemas"][entry["kind"]]
        problems += [f"{entry['kind']}/{entry['id']} {error}" for error in errors(own, entry["fields"])]
        # A validator that accepts everything would show nothing.
        for wrong in ({**entry["fields"], "owner": "board"}, {**entry["fields"], "title": 5}, {}):
            if not errors(own, wrong):
                problems.append(f"{entry['kind']}/{entry['id']}: the schema accepts {json.dumps(wrong)[:80]}")
print("\n".join(problems))
sys.exit(1 if problems else 0)
