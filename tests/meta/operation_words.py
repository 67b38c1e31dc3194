#!/usr/bin/env python3
"""Every word of the operation table stands in docs/formats/operations.md, and nothing else does.

Usage: operation_words.py ROOT
"""
import re
import sys
from pathlib import Path

SECTIONS = {"Subject": "### Resources", "Fact": "### Conditions", "Value": "### Values"}
# Words whose spelling in the table is a form of its own.
FORMS = {"Value": {"text": "=text"}}


def words_of(header: str, enum: str) -> set[str]:
    body = re.search(rf"enum class {enum}[^{{]*{{(.*?)}};", header, re.S).group(1)
    names = re.findall(r"^ *k(\w+),", body, re.M)
    return {re.sub(r"(?<!^)([A-Z])", r"-\1", name).lower() for name in names}


def documented(page: str, title: str) -> set[str]:
    section = page.split(title, 1)[1].split("\n#", 1)[0]
    cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    marks = re.findall(r"`([^`]+)`", " ".join(cells))
    return {re.split(r"[ :]", mark)[0] for mark in marks if not mark.startswith("…")}


def main() -> int:
    root = Path(sys.argv[1])
    header = (root / "src/operations/operation_table.hpp").read_text()
    page = (root / "docs/formats/operations.md").read_text()
    bad = []
    for enum, title in SECTIONS.items():
        forms = FORMS.get(enum, {})
        known = {forms.get(word, word) for word in words_of(header, enum)}
        told = documented(page, title)
        bad += [f"{title}: `{word}` is not documented" for word in sorted(known - told)]
        bad += [f"{title}: `{word}` is no word of the table" for word in sorted(told - known)]
    print("\n".join(bad))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
