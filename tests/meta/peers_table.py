"""docs/semantics/peers.md and the tests of peers name each other: every line of the table names a
test that exists, and every such test stands in the table once.

Usage: peers_table.py CONFORMANCE_PROGRAM TABLE
"""

import collections
import re
import subprocess
import sys
from pathlib import Path


def tests_of(program: str) -> list[str]:
    run = subprocess.run([program, "--gtest_list_tests", "--gtest_filter=Peers*"],
                         capture_output=True, text=True, check=True)
    suite, out = "", []
    for line in run.stdout.splitlines():
        name = line.split("#")[0].rstrip()
        if name.startswith("  "):
            out.append(suite + name.strip())
        elif name.endswith("."):
            suite = name
    return out


def faults(table: str, tests: list[str]) -> list[str]:
    out, named = [], collections.Counter()
    for number, line in enumerate(table.splitlines(), 1):
        if not line.startswith("| ") or re.match(r"\| AWS \|", line):
            continue
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        name = cells[-1].strip("`")
        named[name] += 1
        if len(cells) != 3 or not all(cells):
            out.append(f"line {number}: not three cells")
        if name not in tests:
            out.append(f"line {number}: there is no test {name}")
    out += [f"{name} stands there {count} times" for name, count in named.items() if count > 1]
    out += [f"{name} is missing in the table" for name in tests if name not in named]
    return out if tests else ["the program has no test of peers"]


def planted() -> list[str]:
    """What the check must find, or else it is worth nothing."""
    table = "| AWS | who differs | test |\n|---|---|---|\n| a | b | `Peers/X.Is/one` |\n"
    out = []
    if faults(table, ["Peers/X.Is/one"]):
        out.append("self-test: finds a fault where there is none")
    for text, tests in ((table, ["Peers/X.Is/one", "Peers/X.Is/two"]), (table, ["Peers/X.Is/two"]),
                        (table + "| a | `Peers/X.Is/one` |\n", ["Peers/X.Is/one"]), (table, [])):
        if not faults(text, tests):
            out.append(f"self-test: finds nothing in {text!r} for {tests}")
    return out


def main() -> int:
    found = planted() + faults(Path(sys.argv[2]).read_text(encoding="utf-8"), tests_of(sys.argv[1]))
    print("\n".join(found) if found else "peers: every line has its test, every test its line")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
