#!/usr/bin/python3
"""Validates every shipped fixture and every decision printed for it against docs/formats/. What the
cases expect is held against the decisions by tests/fixtures.

usage: schemas.py POLICYSIM FIXTURE_TO_JSON      (run in the repository's root)
"""

import glob
import json
import subprocess
import sys

import jsonschema


def validator(name):
    with open(f"docs/formats/{name}", encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def read_fixture(fixture_to_json, path):
    run = subprocess.run([fixture_to_json, path], capture_output=True, text=True, timeout=60, check=True)
    return json.loads(run.stdout)


def findings(validate, what, document):
    for error in validate.iter_errors(document):
        yield f"{what}: /{'/'.join(map(str, error.path))}: {error.message[:200]}"


def main():
    policysim, fixture_to_json = sys.argv[1:3]
    fixture_schema = validator("fixture-v1.schema.json")
    decision_schema = validator("decision-v1.schema.json")
    problems = []
    decided = 0
    for path in sorted(glob.glob("fixtures/**/*.yaml", recursive=True)):
        fixture = read_fixture(fixture_to_json, path)
        problems += findings(fixture_schema, path, fixture)
        run = subprocess.run(
            [policysim, "evaluate", path, "--format", "json", "--exit-zero", "--no-config"],
            capture_output=True, text=True, timeout=120, check=False,
        )
        if "/worlds/" in path:
            continue
        if run.returncode != 0:
            problems.append(f"{path}: exit {run.returncode}: {run.stderr[:500]}")
            continue
        for decision in json.loads(run.stdout):
            decided += 1
            what = f"{path}: {decision['id']}"
            problems += findings(decision_schema, what, decision)
    print(f"{decided} decisions, {len(problems)} problems")
    print("\n".join(problems))
    return 1 if problems or decided == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
