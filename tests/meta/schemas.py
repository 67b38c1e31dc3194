#!/usr/bin/python3
"""Validates every shipped fixture and every decision printed for it against docs/formats/, and
compares each decision with what its case expects.

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


def matches(reason, wanted):
    return all(
        reason["statement"] == int(value[1:]) if key == "sid" and value.startswith("#") else reason[key] == value
        for key, value in wanted.items()
    )


def meets(decision, expect):
    """What is wrong with a decision, or None."""
    if isinstance(expect, str):
        expect = {"decision": expect}
    if "error" in decision or "error" in expect:
        return None if decision.get("error", {}).get("code") == expect.get("error") else str(decision.get("error"))
    kind = decision["decision"]
    wanted = expect["decision"]
    if kind != wanted and not (wanted == "deny" and kind in ("explicit_deny", "implicit_deny")):
        return f"{kind}, expected {wanted}: {json.dumps(decision['reasons'])}"
    by = expect.get("by", {})
    all_of = by.get("all_of", [] if "any_of" in by or not by else [by])
    any_of = by.get("any_of", [{}] if not decision["reasons"] else [])
    reasons = decision["reasons"]
    if not all(any(matches(reason, one) for reason in reasons) for one in all_of):
        return f"not by {by}: {json.dumps(reasons)}"
    if any_of and any_of != [{}] and not any(matches(reason, one) for reason in reasons for one in any_of):
        return f"not by {by}: {json.dumps(reasons)}"
    contains = expect.get("message", {}).get("contains")
    if contains and contains not in (decision["message"] or ""):
        return f"message {decision['message']!r} lacks {contains!r}"
    return None


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
        cases = {case["id"]: case for case in fixture.get("cases", [])}
        if not cases:
            continue
        if run.returncode != 0:
            problems.append(f"{path}: exit {run.returncode}: {run.stderr[:500]}")
            continue
        for decision in json.loads(run.stdout):
            decided += 1
            what = f"{path}: {decision['id']}"
            problems += findings(decision_schema, what, decision)
            wrong = meets(decision, cases.pop(decision["id"])["expect"])
            if wrong:
                problems.append(f"{what}: {wrong}")
        problems += [f"{path}: {name} was not decided" for name in cases]
    print(f"{decided} decisions, {len(problems)} problems")
    print("\n".join(problems))
    return 1 if problems or decided == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
