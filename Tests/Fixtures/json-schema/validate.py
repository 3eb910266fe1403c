#!/usr/bin/env python3
"""Holds files to a JSON Schema, and says where the validator and `accepted` disagree.

FOLDER/schema.json is the schema, FOLDER/documents.json a list of {text, accepted}. The texts are read by the core schema
of YAML 1.2, as editors do: days are texts, `yes` is one, and so is `1_000`.
"""
import json
import re
import sys

import jsonschema
import yaml


class Core(yaml.SafeLoader):
    yaml_implicit_resolvers = {}


Core.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(~|null|Null|NULL|)$"), ["~", "n", "N", ""])
Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|True|TRUE|false|False|FALSE)$"), list("tTfF"))
Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))
Core.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$"), list("-+.0123456789"))
Core.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))
Core.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value))

folder = sys.argv[1]
validator = jsonschema.Draft202012Validator(json.load(open(f"{folder}/schema.json", encoding="utf-8")))
documents = json.load(open(f"{folder}/documents.json", encoding="utf-8"))
wrong = 0
for document in documents:
    try:
        errors = [error.message for error in validator.iter_errors(yaml.load(document["text"], Loader=Core))]
    except yaml.YAMLError as problem:
        errors = [str(problem)]
    if (not errors) != document["accepted"]:
        wrong += 1
        if wrong <= 40:
            print(f"accepted by {'check' if document['accepted'] else 'the schema'} alone: {errors[:1]}\n{document['text']}")
print(f"{len(documents)} files, {sum(d['accepted'] for d in documents)} accepted, {wrong} disagreements")
sys.exit(1 if wrong else 0)
