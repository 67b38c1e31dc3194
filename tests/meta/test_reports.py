#!/usr/bin/python3
"""Holds the reports of a hostile and a plain run against the schemas of their formats.

usage: test_reports.py RENDER_TEST_REPORT      (run in the repository's root)
"""

import html.parser
import json
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

import jsonschema

KINDS = ("hostile", "plain", "many", "folded")


def render(binary, name, kind):
    run = subprocess.run([binary, name, kind], capture_output=True, timeout=120, check=True)
    return run.stdout.decode("utf-8")  # strict: what is not UTF-8 must not come out


def read_json(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def errors(schema, what, document):
    for error in schema.iter_errors(document):
        yield f"{what}: {'/'.join(map(str, error.absolute_path))}: {error.message[:300]}"


def check_json(text, schema, decision, what):
    document = json.loads(text)
    yield from errors(schema, what, document)
    for result in document["results"]:
        if result["record"] is not None:
            yield from errors(decision, f"{what} {result['id'][:60]}", result["record"])


def check_ndjson(text, raw, what):
    part = lambda name: jsonschema.Draft7Validator({**raw, "$ref": f"#/definitions/{name}"})
    lines = text.splitlines()
    if not text.endswith("\n") or len(text.split("\n")) != len(lines) + 1:
        yield f"{what}: a line end within a line"
    for line in lines[:-1]:
        yield from errors(part("result"), what, json.loads(line))
    yield from errors(part("ndjson_end"), what, json.loads(lines[-1]))


def check_junit(text, what):
    """`file` and `line` of a test case are what pytest adds and GitLab reads, beyond the schema."""
    root = ET.fromstring(text)
    names = set()
    for suite in root:
        for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            if int(suite.get(attribute)) != len(suite.findall(f"testcase/{tag}")):
                yield f"{what}: {attribute} of a suite is not the number of its cases"
        if int(suite.get("tests")) != len(suite.findall("testcase")):
            yield f"{what}: tests of a suite is not the number of its cases"
        for case in suite.iter("testcase"):
            name = (case.get("classname"), case.get("name"))
            if name in names:
                yield f"{what}: two cases have one name: {name}"
            names.add(name)
            case.attrib.pop("file", None)
            case.attrib.pop("line", None)
    with tempfile.NamedTemporaryFile("wb", suffix=".xml") as file:
        ET.ElementTree(root).write(file)
        file.flush()
        run = subprocess.run(
            ["xmllint", "--nonet", "--noout", "--schema", "tests/data/schemas/junit-10.xsd", file.name],
            capture_output=True, text=True, check=False, timeout=60,
        )
    if run.returncode != 0:
        yield f"{what}: {run.stderr}"


def check_cobertura(text, what):
    run = subprocess.run(
        ["xmllint", "--nonet", "--noout", "--dtdvalid", "tests/data/schemas/cobertura-04.dtd", "-"],
        input=text, capture_output=True, text=True, check=False, timeout=60,
    )
    if run.returncode != 0:
        yield f"{what}: {run.stderr}"


def check_lcov(text, what):
    """A record a file: what is found and hit are the sums of its lines and branches."""
    kinds = {"DA": ("LF", "LH"), "BRDA": ("BRF", "BRH")}
    known = re.compile(r"TN:$|SF:.+$|DA:\d+,\d+$|BRDA:\d+,\d+,\d+,(-|\d+)$|(BRF|BRH|LF|LH):\d+$")
    for record in text.split("end_of_record\n")[:-1]:
        lines = record.splitlines()
        yield from (f"{what}: {line[:100]}" for line in lines if not known.match(line))
        values = [line.split(":", 1) for line in lines]
        for kind, sums in kinds.items():
            counts = [value.split(",")[-1] for name, value in values if name == kind]
            hit = sum(count not in ("-", "0") for count in counts)
            if [int(dict(values)[name]) for name in sums] != [len(counts), hit]:
                yield f"{what}: {sums} are not the sums of {kind}"
    if not text.endswith("end_of_record\n"):
        yield f"{what}: an open record"


def check_sarif(text, schema, what):
    document = json.loads(text)
    yield from errors(schema, what, document)
    results = document["runs"][0]["results"]
    prints = [result["partialFingerprints"]["policysim/v1"] for result in results]
    if len(set(prints)) != len(prints):
        yield f"{what}: two results have one fingerprint"


def check_gitlab(text, what):
    schema = {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "properties": {
                "description": {"type": "string", "minLength": 1},
                "fingerprint": {"pattern": "^[0-9a-f]{16}$"},
                "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "properties": {
                        "path": {"type": "string", "minLength": 1},
                        "lines": {"type": "object", "required": ["begin"],
                                  "properties": {"begin": {"type": "integer", "minimum": 1}}},
                    },
                },
            },
        },
    }
    document = json.loads(text)
    yield from errors(jsonschema.Draft7Validator(schema), what, document)
    prints = [finding["fingerprint"] for finding in document]
    if len(set(prints)) != len(prints):
        yield f"{what}: two findings have one fingerprint"


def check_tap(text, what):
    lines = text.splitlines()
    numbers = [int(match[1]) for line in lines if (match := re.match(r"(?:not )?ok (\d+) - ", line))]
    if lines[0] != "TAP version 14" or lines[1] != f"1..{len(numbers)}":
        yield f"{what}: version or plan"
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"{what}: numbers"
    known = re.compile(r"(not )?ok \d+ - |  ---$|  \.\.\.$|  [a-z_]+: \".*\"$|# |1\.\.\d+$|TAP version 14$")
    yield from (f"{what}: {line[:100]}" for line in lines if not known.match(line))


class Page(html.parser.HTMLParser):
    """Only what the program writes itself may be markup."""

    TAGS = set("""a b body br code col dd details div dl dt figcaption figure footer h1 h2 h3 head header
        html i li main meta nav p pre script section small span style summary table tbody td th thead
        title tr ul""".split())

    def __init__(self):
        super().__init__()
        self.problems, self.scripts, self.ids, self.links = [], 0, set(), set()

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.scripts += tag == "script"
        if tag not in self.TAGS:
            self.problems.append(f"element {tag}")
        for name, value in attrs.items():
            if name.startswith("on") or name in ("src", "srcdoc"):
                self.problems.append(f"attribute {name}")
            if name == "href" and not value.startswith("#"):
                self.problems.append(f"link to {value}")
            if name == "href":
                self.links.add(value[1:])
            if name == "id":
                if value in self.ids:
                    self.problems.append(f"two elements have the id {value}")
                self.ids.add(value)


def check_html(text, what):
    page = Page()
    page.feed(text)
    yield from (f"{what}: {problem}" for problem in page.problems)
    if page.scripts != 1:
        yield f"{what}: {page.scripts} scripts"
    yield from (f"{what}: a link leads to no {link}" for link in page.links - page.ids)
    if len(text.encode()) > 2_000_000:
        yield f"{what}: {len(text.encode())} bytes"


def main():
    binary = sys.argv[1]
    raw = read_json("docs/formats/test-run-v1.schema.json")
    jsonschema.Draft7Validator.check_schema(raw)
    schema = jsonschema.Draft7Validator(raw)
    decision = jsonschema.Draft7Validator(read_json("docs/formats/decision-v1.schema.json"))
    sarif = jsonschema.Draft4Validator(read_json("tests/data/schemas/sarif-2.1.0.json"))
    checks = {
        "json": lambda text, what: check_json(text, schema, decision, what),
        "ndjson": lambda text, what: check_ndjson(text, raw, what),
        "junit": check_junit,
        "sarif": lambda text, what: check_sarif(text, sarif, what),
        "gitlab": check_gitlab,
        "tap": check_tap,
        "lcov": check_lcov,
        "cobertura": check_cobertura,
        "html": check_html,
    }
    found, count = [], 0
    for kind in KINDS:
        for name, check in checks.items():
            if kind == "many" and name not in ("junit", "html"):
                continue  # slow, and no other shape
            text = render(binary, name, kind)
            if text != render(binary, name, kind):
                found.append(f"{name} {kind}: not the same twice")
            found.extend(check(text, f"{name} {kind}"))
            count += 1
    for line in found[:40]:
        print(line)
    print(f"{count} reports, {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
